"""The whole-incident cases: every reading parses, names known places, and means what its README says."""

from __future__ import annotations

import pytest

from benchmarks.incidents import gold
from benchmarks.incidents.match import at, springs
from geomap.model import Attribution, Claim, Footprint, Locative, Place, Referent, Relation, Role, Span

INCIDENTS = gold.incidents()


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda each: each.slug)
def test_every_line_parses(incident: gold.Gold) -> None:
    """A distance has numbers, a count a number and what is counted, a time a clock or a day, a role one we know."""
    for line in (each for lines in incident.lines.values() for each in lines):
        match line.role:
            case "distance" | "length":
                assert gold.quoted(line.field(0)).quantity > 0
            case "count":
                assert gold.counted(line.field(0))[1] != ("",), line.shown
            case "time":
                assert gold.clock(line.field(0)), line.shown
            case "site":
                assert line.kind == "never"
            case _:
                assert Role(line.role)
                assert line.field(0)


def test_the_set_is_broad() -> None:
    """At least 24 reports, a dozen kinds, fifteen countries, six incidents told more than once."""
    reports = sum(len(each.paths) for each in INCIDENTS)
    assert reports >= 24
    assert len({each.kind for each in INCIDENTS}) >= 12
    assert len({each.country for each in INCIDENTS}) >= 15
    assert sum(len(each.paths) > 1 for each in INCIDENTS) >= 6


def test_a_listed_place_must_be_placed_and_an_unlisted_one_need_not() -> None:
    """Within its tolerance a place is met; a name alone is enough only for places that gazetteers lack."""
    spots = {
        "Ibi": gold.Spot("Ibi", 9.744, 8.181, 10_000, listed=True),
        "Dampar": gold.Spot("Dampar", 10.1, 8.4, 10_000, listed=False),
    }
    place = Place("geonames", "1", "Ibi", "PPL", Footprint.point(9.75, 8.18, 1_000, "point"))
    ibi, dampar = (gold.Line("must", "origin", (name,)) for name in spots)
    assert at(ibi, 0, Referent("Ibi", place=place), spots)
    assert not at(ibi, 0, Referent("Ibi"), spots)
    assert at(dampar, 0, Referent("Dampar market"), spots)
    assert not at(dampar, 0, Referent("Dampar", place=place), spots)


def test_a_place_of_the_background_springs_for_every_role_that_maps_it() -> None:
    """``never: site`` holds for an origin as for the site itself, and not for another place."""
    line = gold.Line("never", "site", ("Katni",))
    for role, text, leaks in ((Role.ORIGIN, "Katni", True), (Role.INCIDENT_SITE, "Itarsi", False)):
        claim = Claim(
            id="1",
            article="001",
            span=Span(0, 1),
            quote=text,
            role=role,
            attribution=Attribution(""),
            subject=Referent(text),
            value=Locative(Relation.AT),
        )
        assert springs(line, claim, {}) is leaks
