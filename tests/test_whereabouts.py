"""What a site is called that is not at the place it is named by: on the map, in the ledger, in its incident's title."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from geomap.config import STATIC
from geomap.model import Incident, Locative, Place, Quantity, QuotedDistance, Referent, Relation, Role, Span
from geomap.render import wording
from geomap.render.context import context
from geomap.render.export import dumps
from geomap.render.geojson import feature_collection
from geomap.render.restated import restated
from geomap.tongue import speaking
from tests import samples
from tests.samples import BELGOROD, BELGOROD_REGION, KHARKIV, NORTH, SOUTH, YABLONOVO
from tests.test_incident import area, assembled
from tests.test_restated import language

WORDS = Span(0, 1)
AWAY = QuotedDistance(WORDS, 70, "km", direction="ne")
BETWEEN = Locative(Relation.BETWEEN)


@pytest.mark.parametrize(
    ("told", "called"),
    [
        (Locative(Relation.IN), "Belgorod"),
        (Locative(Relation.NEAR), "Belgorod"),
        (Locative(Relation.OFFSET, AWAY), "70 km northeast of Belgorod"),
        (
            Locative(Relation.OFFSET, QuotedDistance(WORDS, 40, "mi", hedge="about")),
            "about 40 mi from Belgorod",
        ),
        (Locative(Relation.OFFSET, QuotedDistance(WORDS, direction="s")), "south of Belgorod"),
        (Locative(Relation.OFFSET, QuotedDistance(WORDS, manner="radius")), "Belgorod"),
        (Locative(Relation.OFFSET, QuotedDistance(WORDS, 0, "km")), "Belgorod"),
        (
            Locative(Relation.OFFSET, QuotedDistance(WORDS, quantity=5, quantity_to=8, unit="km", manner="border")),
            "5 to 8 km from the border of Belgorod",
        ),
        (
            Locative(Relation.OFFSET, QuotedDistance(WORDS, quantity=12, unit="nmi", manner="coast")),
            "12 nmi off the coast of Belgorod",
        ),
        (
            Locative(
                Relation.OFFSET,
                QuotedDistance(WORDS, quantity=60, unit="mi", manner="road", conversion=Quantity(97, "km")),
            ),
            "60 mi from Belgorod",
        ),
        (BETWEEN, "between Belgorod and Kharkiv"),
        (Locative(Relation.BORDER), "on the border of Belgorod"),
        (Locative(Relation.BORDER, QuotedDistance(WORDS, manner="coast")), "near the coast of Belgorod"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_site_is_called_by_its_wording(told: Locative, called: str) -> None:
    """The place alone where the site is at it or near it, else how it lies to it."""
    assert wording.sited("Belgorod", wording.whereabouts(told, "Kharkiv")) == called


def test_what_lies_between_two_places_needs_both() -> None:
    """One of two that is not known leaves the other."""
    assert wording.sited("Belgorod", wording.whereabouts(BETWEEN)) == "Belgorod"


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("de", "70 km nordöstlich von Belgorod"),
        ("fr", "70\u202fkm au nord-est de Belgorod"),
        ("uk", "70 км на північний схід від Belgorod"),
    ],
)
def test_every_language_says_it_in_its_own_order(code: str, called: str) -> None:
    """The place keeps its name, for none is guessed."""
    with speaking(language(code)):
        assert wording.sited("Belgorod", wording.whereabouts(Locative(Relation.OFFSET, AWAY))) == called


OFF = samples.claim(
    NORTH,
    "70 km northeast of Belgorod",
    Role.CRASH_SITE,
    subject=BELGOROD,
    value=Locative(Relation.OFFSET, AWAY),
)
NEAR = samples.claim(NORTH, "near Yablonovo", Role.CRASH_SITE, subject=YABLONOVO, value=Locative(Relation.NEAR))
AMID = samples.claim(
    SOUTH,
    "Belgorod is about 60 miles north of Kharkiv",
    Role.INCIDENT_SITE,
    subject=BELGOROD,
    reference=KHARKIV,
    value=BETWEEN,
)
WIDE, CLOSE = area(37.3, 50.9, 0.2), area(37.345, 50.873, 0.05)


def shown(incident: Incident) -> dict[str, Any]:
    """The entry of its first site, as pages have it."""
    entry: dict[str, Any] = context(incident, STATIC)["doc"]["entries"][0]
    return entry


def test_a_site_off_a_place_is_not_labelled_as_that_place() -> None:
    """A pin 70 km from Belgorod does not say "Belgorod"; whoever looks for that name finds it."""
    found = assembled([OFF], {OFF.id: WIDE})
    entry = shown(found)
    assert entry["name"] == "70 km northeast of Belgorod"
    assert "Belgorod" in entry["also"]
    assert found.sites[0].name == "Belgorod"
    assert found.title == "Crash about 70 km from Belgorod"


def test_a_site_is_called_by_the_finest_wording_there_is() -> None:
    """Of "70 km northeast of Belgorod" and "near Yablonovo" the second says more."""
    found = assembled([OFF, NEAR], {OFF.id: WIDE, NEAR.id: CLOSE})
    assert found.sites[0].lead == NEAR.id
    assert shown(found)["name"] == "Yablonovo"


def test_the_ledger_says_it_too() -> None:
    """An answer to where it happened is no bare name either."""
    doc = context(assembled([OFF], {OFF.id: WIDE}), STATIC)["doc"]
    answers = [each["value"] for question in doc["matrix"]["questions"] for each in question["answers"]]
    assert answers == ["70 km northeast of Belgorod"]


def test_a_place_that_no_gazetteer_has_is_somewhere_in_what_holds_it() -> None:
    """The pin stands for the whole of the region: its words say so."""
    held = Referent("Dobry Kut", None, None, BELGOROD_REGION)
    told = replace(samples.claim(NORTH, "Dobry Kut", Role.CRASH_SITE, value=Locative(Relation.IN)), subject=held)
    assert shown(assembled([told], {told.id: WIDE}))["name"] == "Dobry Kut, somewhere in Belgorod region"


def test_a_route_is_named_as_the_language_does() -> None:
    """Its two ends with what stands between them."""
    with speaking(language("de")):
        entries = context(samples.incident(), STATIC)["doc"]["entries"]
    (route,) = [entry["name"] for entry in entries if entry["layer"] == "route"]
    assert route == "Chkalovsky air base – Belgorod region"


@pytest.mark.parametrize(
    ("code", "title", "name"),
    [
        ("en", "Incident between Belgorod and Kharkiv", "Between Belgorod and Kharkiv"),
        ("es", "Incidente entre Belgorod y Kharkiv", "Entre Belgorod y Kharkiv"),
    ],
)
def test_an_incident_between_two_places_is_named_for_both(code: str, title: str, name: str) -> None:
    """In its title and on the map, in the words of the language."""
    found = assembled([AMID], {AMID.id: WIDE})
    with speaking(language(code)):
        assert restated(found.title) == title
        assert shown(found)["name"] == name


@pytest.mark.parametrize(
    ("value", "place", "title", "german"),
    [
        (Locative(Relation.NEAR), BELGOROD, "Crash near Belgorod", "Absturz bei Belgorod"),
        (Locative(Relation.IN), BELGOROD, "Crash near Belgorod", "Absturz bei Belgorod"),
        (Locative(Relation.IN), BELGOROD_REGION, "Crash in Belgorod region", "Absturz in Belgorod region"),
        (
            Locative(Relation.OFFSET, QuotedDistance(WORDS, 1500, "km", hedge="more than")),
            BELGOROD,
            "Crash about 1,500 km from Belgorod",
            "Absturz etwa 1.500 km von Belgorod",
        ),
        (
            Locative(Relation.OFFSET, QuotedDistance(WORDS, 40, "km", hedge="less than")),
            BELGOROD,
            "Crash near Belgorod",
            "Absturz bei Belgorod",
        ),
        (
            Locative(Relation.OFFSET, QuotedDistance(WORDS, 3, "mi", direction="n")),
            BELGOROD,
            "Crash near Belgorod",
            "Absturz bei Belgorod",
        ),
        (Locative(Relation.OFFSET, QuotedDistance(WORDS, direction="n")), BELGOROD, "Crash near Belgorod", ""),
    ],
)
def test_a_title_says_how_far_off_it_was(value: Locative, place: Place, title: str, german: str) -> None:
    """Only what is near a place is said to be so."""
    told = samples.claim(NORTH, "70 km northeast of Belgorod", Role.CRASH_SITE, subject=place, value=value)
    found = assembled([told], {told.id: WIDE})
    assert found.title == title
    with speaking(language("de")):
        assert restated(found.title) == (german or "Absturz bei Belgorod")


@pytest.mark.parametrize(
    "headline", ["Crash in Texas kills four", "Crash between bus and lorry kills 12", "Incident near a school"]
)
def test_a_headline_is_not_half_translated(headline: str) -> None:
    """Only titles that are made here are said again."""
    with speaking(language("de")):
        assert restated(headline) == headline


def test_what_lies_between_a_place_that_is_not_known_and_another_is_called_by_both() -> None:
    told = replace(AMID, subject=Referent("Dobry Kut"))
    found = assembled([told], {told.id: WIDE})
    assert found.title == "Incident between Dobry Kut and Kharkiv"
    assert shown(found)["name"] == "Between Dobry Kut and Kharkiv"


def test_files_for_people_call_it_so_too() -> None:
    """Google Earth and a navigator show a pin with its name; programs keep the place's own."""
    found = assembled([OFF], {OFF.id: WIDE})
    assert "70 km northeast of Belgorod (crash site)" in dumps(found, "kml").decode()
    assert "<name>70 km northeast of Belgorod</name>" in dumps(found, "gpx").decode()
    assert feature_collection(found)["features"][0]["properties"]["name"] == "Belgorod"
