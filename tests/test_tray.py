"""What is not on the map, by category, with the candidates that were rejected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import geomap
from geomap.incident import NOT_ON_THE_MAP
from geomap.model import Candidate, Span, Unplaced
from geomap.render import tray
from tests import samples

ONE = Candidate(replace(samples.place("Dobry Kut", 34.1, 49.2, id="one"), population=300), 0.5, ("its main name",))
FAR = Candidate(samples.place("Dobry Kut", 90.1, 59.2, id="far"), 0.01, ("another name of it",))


def lost(reason: str, *candidates: Candidate, report: str = "north", text: str = "Dobry Kut") -> Unplaced:
    return Unplaced(text, report, reason, Span(0, 9), candidates)


@pytest.mark.parametrize(
    ("reason", "category"),
    [
        ("Dobry Kut is ambiguous: it may be Dobry Kut or Dobry Kut", tray.AMBIGUOUS),
        ("Dobry Kut is not in the gazetteer", tray.UNKNOWN),
        ("Dobry Kut is not in the gazetteer; the nearest spelling is Dobry Kot", tray.UNKNOWN),
        ("the gazetteer has no Dobry Kut in France", tray.UNKNOWN),
        (
            "Dobry Kut may be a place that the gazetteer lacks: Dobry Kut is far from the report's other places",
            tray.UNKNOWN,
        ),
        ("the Dobry Kut that is known lies 5,072 km from where the report puts it", tray.ELSEWHERE),
        ("the wording does not say where clearly enough to draw it", tray.LOOSE),
        *((reason, tray.NO_PLACE) for reason in NOT_ON_THE_MAP.values()),
    ],
)
def test_every_reason_that_a_stage_gives_has_its_category(reason: str, category: str) -> None:
    assert tray.category(lost(reason)) == category


def test_the_reasons_above_are_those_the_stages_give() -> None:
    """Words that the categories look for stand in the stages: a reason reworded there is noticed here."""
    package = Path(geomap.__file__).parent
    stages = "".join((package / name).read_text(encoding="utf-8") for name in ("geoparse/resolve.py", "incident.py"))
    for words in (
        "is ambiguous",
        "not in the gazetteer",
        "gazetteer has no",
        "gazetteer lacks",
        "from where the report puts it",
    ):
        assert words in stages, words


def test_a_report_that_was_not_read_says_so() -> None:
    assert tray.category(Unplaced("the whole report", "north", "it is in Finnish")) == tray.UNREAD


def test_a_name_left_out_for_one_reason_stands_once_with_every_outlet() -> None:
    rows = tray.tray(
        [lost("is not in the gazetteer"), lost("is not in the gazetteer", report="south")], {"north": "N", "south": "S"}
    )
    assert [(row["text"], row["outlets"]) for row in rows] == [("Dobry Kut", ["N", "S"])]


def test_what_a_reader_can_settle_comes_first() -> None:
    demonym, loose, unclear = (
        lost(next(iter(NOT_ON_THE_MAP.values())), text="French"),
        lost("the wording does not say where clearly enough to draw it", text="nearby"),
        lost("Springfield is ambiguous: it may be here or there", text="Springfield"),
    )
    assert [row["text"] for row in tray.tray([demonym, loose, unclear], {})] == ["Springfield", "nearby", "French"]


def test_a_candidate_says_where_it_is_why_it_was_thought_of_and_why_not() -> None:
    [row] = tray.tray([lost("Dobry Kut is ambiguous: it may be either", ONE, FAR)], {})
    near, far = row["candidates"]
    assert (near["name"], near["kind"], near["population"], near["lonlat"]) == (
        "Dobry Kut",
        "settlement",
        300,
        [34.1, 49.2],
    )
    assert (near["fits"], near["against"]) == ("its main name", "no surer than its namesakes")
    assert far["against"] == "unlikely beside the others"


def test_many_candidates_are_counted_and_not_all_listed() -> None:
    [row] = tray.tray([lost("Dobry Kut is ambiguous: it may be any", *[ONE] * 40)], {})
    assert (len(row["candidates"]), row["more"]) == (tray.MOST, 40 - tray.MOST)
