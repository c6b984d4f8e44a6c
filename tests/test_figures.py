"""Clock times, days and whole numbers as reports word them: one phrase a line in the .txt files of tests/cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.claims import grammar
from geomap.claims.clocks import groups
from geomap.claims.dates import days
from geomap.claims.numbers import numbers
from geomap.claims.times import halves
from geomap.model import Article
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
