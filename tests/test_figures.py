"""Clock times and whole numbers as reports word them: one phrase a line in tests/cases/clocks.txt and numbers.txt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.claims import grammar
from geomap.claims.clocks import groups
from geomap.claims.numbers import numbers
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
    return Article("figures", f"{phrase}.", "0")


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("clocks.txt")])
def test_a_clock_time_is_read_as_worded(phrase: str, wanted: list[str]) -> None:
    found = [clock for group in groups(article(phrase)) for clock in group]
    assert [f"{clock.time}{'' if clock.half or clock.zone else '?'}" for clock in found] == wanted


@pytest.mark.parametrize(("phrase", "wanted"), [*lines("numbers.txt")])
def test_a_whole_number_is_read_as_worded(phrase: str, wanted: list[str]) -> None:
    told = article(phrase)
    assert [str(number.value) for number in numbers(grammar.read(told, parse(told)))] == wanted
