"""Sites that no gazetteer has, drawn as somewhere in the place that their report puts them in."""

from __future__ import annotations

import pytest

from geomap.claims.holders import held
from geomap.model import (
    Article,
    Claim,
    Kind,
    Locative,
    Mention,
    Place,
    QuotedDistance,
    Referent,
    Relation,
    Resolution,
    Role,
    Span,
)
from geomap.regions import locate
from tests import samples
from tests.places import FewPlaces
from tests.samples import BELGOROD_REGION, KOLOTILOVKA
from tests.test_incident import assembled

PLACES = {"Belgorod region": BELGOROD_REGION, "Kolotilovka crossing": KOLOTILOVKA}


def found(text: str, name: str = "Dobry Kut", relation: Relation = Relation.IN) -> tuple[Article, Claim]:
    """A report with a claim that its incident was at a place which no gazetteer has, as the holders leave it."""
    report = samples.article("a", text)
    span = samples.span(report, name)
    far = QuotedDistance(span, 40, "km") if relation is Relation.OFFSET else None
    claim = samples.claim(report, name, Role.INCIDENT_SITE, value=Locative(relation, far))
    known = [
        Resolution(Mention("a", samples.span(report, each), each, Kind.LITERAL, "test"), place, (), 1.0, "test")
        for each, place in PLACES.items()
        if each in text
    ]
    (made,) = held(report, [samples.replace(claim, subject=Referent(name, span))], known)
    return report, made


def within(claim: Claim) -> Place | None:
    return claim.subject.within if claim.subject else None


@pytest.mark.parametrize(
    "text",
    [
        "Two died in Dobry Kut, Belgorod region, on Monday.",
        "Two died in Dobry Kut in Belgorod region.",
        "Two died in Dobry Kut, in the Belgorod region.",
        "Two died in the Dobry Kut area of Belgorod region.",
        "Two died in Dobry Kut, a small border village in the north of the Belgorod region.",
        "Two died in Belgorod region's village of Dobry Kut.",
    ],
)
def test_a_place_that_no_gazetteer_has_is_where_its_report_puts_it(text: str) -> None:
    assert within(found(text)[1]) == BELGOROD_REGION


@pytest.mark.parametrize(
    "text",
    [
        "Two died in Dobry Kut. Belgorod region was told.",
        "Two died in Dobry Kut, and the governor of Belgorod region came.",
        "Two died in Dobry Kut near Belgorod region.",
        "A bus from Belgorod region burnt in Dobry Kut.",
        "Two died in Dobry Kut, Kolotilovka crossing officials said.",
        "Two died in Dobry Kut, Belgorod region said on Monday.",
        "Two died in Dobry Kut, the Belgorod region Rescue Service told reporters.",
        "Two died in Dobry Kut, Belgorod region's governor said.",
        "After the strike on Dobry Kut, Belgorod region closed its roads.",
        "There were blasts in Dobry Kut, Belgorod region and Lyptsi.",
        "Two died in Dobry Kut, a village east of Belgorod region.",
        "Two died in Dobry Kut, a day after a crash in Belgorod region.",
        "Two died in Dobry Kut, a reply to a raid on Belgorod region.",
        "Belgorod region's drones hit Dobry Kut.",
        "Belgorod region's air force bombed Dobry Kut.",
    ],
)
def test_what_only_stands_near_it_holds_nothing(text: str) -> None:
    """A sentence's end, another's home, a neighbour, a spot that nothing lies in, who speaks, acts or owns."""
    assert within(found(text)[1]) is None


def test_it_is_drawn_as_anywhere_in_there_and_called_by_its_name() -> None:
    """The region of what holds it, said to be that; the name is no longer listed as not on the map."""
    report, claim = found("Two died in Dobry Kut, Belgorod region, on Monday.")
    footprint = locate(claim, FewPlaces())
    assert footprint is not None
    assert footprint.method.startswith("held: ")
    assert footprint.uncertainty_m >= BELGOROD_REGION.footprint.uncertainty_m
    name = Mention("a", samples.span(report, "Dobry Kut"), "Dobry Kut", Kind.LITERAL, "test")
    lost = Resolution(name, None, (), 0.0, "test", "not in the gazetteer")
    made = assembled([claim], {claim.id: footprint}, resolutions=[lost])
    assert [(site.name, site.place) for site in made.sites] == [("Dobry Kut", None)]
    assert not made.unplaced


def test_what_lies_off_it_is_not_drawn() -> None:
    """Forty kilometres from somewhere in a region is nowhere in particular."""
    _, claim = found("Two died 40 km from Dobry Kut, Belgorod region.", relation=Relation.OFFSET)
    assert locate(claim, FewPlaces()) is None


def test_a_place_that_is_known_needs_no_holder() -> None:
    report = samples.article("a", "Two died in Yablonovo, Belgorod region.")
    span = Span(12, 21)
    claim = samples.claim(report, "Yablonovo", Role.INCIDENT_SITE, value=Locative(Relation.IN))
    placed = samples.replace(claim, subject=Referent("Yablonovo", span, samples.YABLONOVO))
    assert held(report, [placed], []) == [placed]


@pytest.mark.parametrize("role", [Role.ORIGIN, Role.DESTINATION, Role.LAUNCH_AREA])
def test_only_where_it_happened_is_somewhere(role: Role) -> None:
    """A flight from a village that nobody knows is listed as not on the map, as before."""
    report = samples.article("a", "It had left Dobry Kut, Belgorod region, on Monday.")
    span = samples.span(report, "Dobry Kut")
    claim = samples.replace(samples.claim(report, "Dobry Kut", role), subject=Referent("Dobry Kut", span))
    known = Mention("a", samples.span(report, "Belgorod region"), "Belgorod region", Kind.LITERAL, "test")
    assert held(report, [claim], [Resolution(known, BELGOROD_REGION, (), 1.0, "test")]) == [claim]
