"""Saying which place is meant: evidence from the report, and doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_gazetteer import SmallGazetteer, report, tagged

from geomap.geoparse.recognize import Recognizer
from geomap.geoparse.resolve import SURE, resolve
from geomap.model import Resolution


def answers(text: str, **labels: str) -> dict[str, Resolution]:
    article, gazetteer = report(text), SmallGazetteer()
    mentions = Recognizer(None)(article, tagged(text, **labels) if labels else None, gazetteer)
    return {r.mention.surface: r for r in resolve(article, None, mentions, gazetteer)}


def admin(resolution: Resolution) -> tuple[str, ...]:
    assert resolution.place is not None, resolution.reason
    return resolution.place.admin


def test_a_quoted_distance_rules_out_every_namesake_but_one() -> None:
    found = answers("The village of Yablonovo, 70 km northeast of Belgorod, was cut off.")
    assert admin(found["Yablonovo"]) == ("RU", "RU.09")
    assert any("distance from Belgorod" in reason for reason in found["Yablonovo"].candidates[0].evidence)


@pytest.mark.parametrize("text", ["It rained in Springfield, Ill.", "It rained in Springfield, Illinois."])
def test_what_stands_behind_the_comma_contains_the_name(text: str) -> None:
    assert admin(answers(text, Springfield="GPE")["Springfield"]) == ("US", "US.IL")


def test_equal_namesakes_are_left_open_with_a_reason_a_reader_understands() -> None:
    found = answers("It rained in Springfield.", Springfield="GPE")["Springfield"]
    assert found.place is None
    assert found.reason.startswith("Springfield is ambiguous: it may be Springfield (US.")
    assert 0 < found.confidence < SURE


def test_a_name_that_no_one_files_is_said_to_be_missing() -> None:
    found = answers("It rained in Vysoke.", Vysoke="GPE")["Vysoke"]
    assert (found.place, found.reason, found.confidence) == (None, "Vysoke is not in the gazetteer", 0.0)


def test_a_spelling_is_mended_only_where_the_report_vouches_for_the_place() -> None:
    alone = answers("It rained in Korotcha.", Korotcha="GPE")["Korotcha"]
    assert alone.place is None
    assert "nearest spelling is Korocha" in alone.reason
    within = answers("It rained in Korotcha, Russia.", Korotcha="GPE", Russia="GPE")["Korotcha"]
    assert within.place is not None


def test_the_bare_name_is_the_city_and_the_designator_asks_for_the_region() -> None:
    found = answers("Belgorod is the seat of the Belgorod region.", Belgorod="GPE")
    assert found["Belgorod"].place.feature_code == "PPLA"
    assert found["Belgorod region"].place.feature_code == "ADM1"


def test_a_name_has_one_sense_in_a_report() -> None:
    text = "Springfield, Illinois, flooded. Later Springfield was dry."
    article, gazetteer = report(text), SmallGazetteer()
    mentions = Recognizer(None)(article, tagged(text, Springfield="GPE", Illinois="GPE"), gazetteer)
    found = [r for r in resolve(article, None, mentions, gazetteer) if r.mention.surface == "Springfield"]
    assert len(found) == 2
    assert len({r.place.key for r in found if r.place}) == 1


def test_people_resolve_to_their_country() -> None:
    assert answers("Ukrainian crews helped.")["Ukrainian"].place.name == "Ukraine"


@pytest.mark.parametrize(
    ("title", "outlet"), [("Chatham, Illinois", ""), ("Illinois_floods", ""), ("", "The Illinois Ledger")]
)
def test_the_title_and_the_outlet_tell_where_a_report_is_at_home(title: str, outlet: str) -> None:
    article, gazetteer = report("It rained in Springfield."), SmallGazetteer()
    article = replace(article, title=title, outlet=outlet)
    mentions = Recognizer(None)(article, tagged(article.text, Springfield="GPE"), gazetteer)
    assert admin(resolve(article, None, mentions, gazetteer)[0]) == ("US", "US.IL")


def test_a_town_put_in_a_state_that_has_none_of_its_name_is_left_open() -> None:
    found = answers("He lives in Yablonovo, Texas.", Yablonovo="GPE", Texas="GPE")["Yablonovo"]
    assert found.place is None
    assert found.reason == "the gazetteer has no Yablonovo in Texas"


def test_a_small_place_far_from_all_that_a_report_names_may_be_one_that_the_gazetteer_lacks() -> None:
    names = {"Springfield": "GPE", "Texas": "GPE", "Illinois": "GPE", "Korocha": "GPE"}
    found = answers("Rain fell in Illinois and Texas, in Springfield and in Korocha.", **names)["Korocha"]
    alone = answers("Rain fell in Korocha in Russia.", Korocha="GPE", Russia="GPE")["Korocha"]
    assert found.confidence < alone.confidence
