"""Clock times, days, numbers, speakers, offices, denials as reports word them: a phrase a line in tests/cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.claims import grammar, rules
from geomap.claims.attribution import attribute
from geomap.claims.clocks import groups
from geomap.claims.dates import days
from geomap.claims.denials import is_denied, is_supposed
from geomap.claims.numbers import numbers
from geomap.claims.second.moments import moments
from geomap.claims.times import halves
from geomap.model import Article, ClockTime, Span
from geomap.parse import SpacyParser

parse = SpacyParser()
CASES = Path(__file__).parent / "cases"


def lines(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in (CASES / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, _, wanted = line.rpartition(" | ")
            yield phrase, [] if wanted == "none" else wanted.split(", ")


def article(phrase: str) -> Article:
    return Article("figures", f"{phrase}.", "0", published=dt.date(2031, 1, 6))


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("clocks.txt")])
def test_a_clock_time_is_read_as_worded(phrase: str, wanted: list[str]) -> None:
    found = [clock for group in groups(article(phrase)) for clock in group]
    assert [f"{clock.time}{'' if clock.half or clock.zone else '?'}" for clock in found] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("numbers.txt")])
def test_a_whole_number_is_read_as_worded(phrase: str, wanted: list[str]) -> None:
    told = article(phrase)
    assert [str(number.value) for number in numbers(grammar.read(told, parse(told)))] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("days.txt")])
def test_a_day_is_read_as_worded(phrase: str, wanted: list[str]) -> None:
    found = sorted(days(article(phrase)), key=lambda day: day.span)
    assert [str(day.date) for day in found] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("halves.txt")])
def test_a_clock_time_is_of_the_half_of_the_day_that_the_report_speaks_of(phrase: str, wanted: list[str]) -> None:
    told = article(phrase)
    assert list(halves(grammar.read(told, parse(told)), list(groups(told)))) == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("moments.txt")])
def test_a_clock_time_is_of_the_day_that_the_report_speaks_of(phrase: str, wanted: list[str]) -> None:
    told = article(phrase)
    found = [claim.value for claim in moments(rules.read(told, parse(told), ()))]
    timed = [value for value in found if isinstance(value, ClockTime) and value.local]
    assert [f"{value.date} {value.local}" for value in timed] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("posts.txt")])
def test_a_person_is_shown_with_the_office_that_the_report_gives(phrase: str, wanted: list[str]) -> None:
    told = article(phrase)
    said = attribute(told, parse(told))(Span(told.text.index("Nine"), told.text.index("Nine") + 4))
    assert [f"{said.speaker}: {said.office or '-'}"] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("tellers.txt")])
def test_who_tells_a_thing_is_read_as_worded(phrase: str, wanted: list[str]) -> None:
    told = article(phrase.replace(" // ", "\n"))
    at = told.text.casefold().index("nine")
    assert [attribute(told, parse(told))(Span(at, at + 4)).speaker] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("denials.txt")])
def test_what_a_sentence_denies_is_told_from_what_it_says(phrase: str, wanted: list[str]) -> None:
    sentence, _, named = phrase.rpartition(" | ")
    told = article(sentence)
    syntax = grammar.read(told, parse(told))
    start = sentence.index(named)
    inside = syntax.within(Span(start, start + len(named)))
    assert is_denied(syntax, inside) == (wanted == ["denied"])
    assert is_supposed(syntax, inside) == (wanted == ["supposed"])
