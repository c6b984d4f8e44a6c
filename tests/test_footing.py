"""What a site's region stands on: its wordings, their weights, and why a claim is left out, in words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from shapely import Point
from shapely.geometry import shape

from geomap.config import STATIC
from geomap.model import Footprint, Incident, Origin, Role, Wording
from geomap.render import footing
from geomap.render.context import mapped
from geomap.render.document import document
from geomap.render.geojson import feature_collection
from tests import samples

NEAR, INSIDE, *_ = (claim.id for claim in samples.incident().claims if claim.role is Role.CRASH_SITE)
OFF = next(claim.id for claim in samples.incident().claims if claim.role is Role.LAUNCH_AREA)
KEYS = {NEAR: "claim-1", INSIDE: "claim-2", OFF: "claim-3"}


def disc(lon: float, lat: float, degrees: float) -> Footprint:
    return Footprint(Point(lon, lat).buffer(degrees), degrees * 80_000, "near")


def site(*wordings: tuple[str, Footprint], dropped: tuple[str, ...] = ()) -> Incident:
    """The sample whose crash site stands on these wordings."""
    found = samples.incident()
    made = replace(
        found.sites[0],
        wordings=tuple(Wording((id,), each) for id, each in wordings),
        dropped=dropped,
        footprint=wordings[0][1],
        best=wordings[0][1].lonlat,
    )
    return replace(found, sites=(made, *found.sites[1:]))


def test_a_point_is_sent_as_the_disc_that_it_stands_for() -> None:
    """What a browser intersects is an area, as it is where regions are first put together."""
    point = Footprint.point(37.0, 50.0, 10_000, "point")
    incident = site((NEAR, point), (INSIDE, disc(37, 50, 0.3)))
    sent, _ = footing.wordings(incident, incident.sites[0], KEYS)
    _, south, _, north = shape(sent["geometry"]).bounds
    assert north - south == pytest.approx(20_000 / 111_200, rel=0.01)
    assert (sent["claims"], sent["best"], sent["uncertainty_m"]) == (["claim-1"], [37.0, 50.0], 10_000)


def test_claims_of_one_origin_share_its_voice() -> None:
    incident = site((NEAR, disc(37, 50, 0.1)), (INSIDE, disc(37, 50, 0.2)))
    incident = replace(incident, origins=(Origin("ministry", ("north",), (NEAR, INSIDE)),))
    assert [each["weight"] for each in footing.wordings(incident, incident.sites[0], KEYS)] == [0.5, 0.5]


def test_what_lies_apart_says_how_far_and_from_which_words() -> None:
    incident = site((NEAR, disc(37, 50, 0.1)), (INSIDE, disc(37, 50, 0.2)), (OFF, disc(39, 50, 0.1)), dropped=(OFF,))
    said = footing.reasons(incident, incident.sites[0])[OFF]
    assert "129 km or more from all that “near Yablonovo” admits" in said
    assert "apart from one other wording" in said


def test_what_meets_each_and_not_all_says_so() -> None:
    """Three discs that meet in pairs and share no point."""
    first, second, third = disc(37.0, 50, 0.55), disc(38.0, 50, 0.55), disc(37.5, 50.85, 0.55)
    incident = site((NEAR, first), (INSIDE, second), (OFF, third), dropped=(OFF,))
    both = first.geometry.intersection(second.geometry)
    made = replace(incident.sites[0], footprint=Footprint(both, 9_000, "intersection"), best=(37.5, 50.0))
    said = footing.reasons(incident, made)[OFF]
    assert said.startswith("it meets every other wording, but none at the place that all share")


def test_a_claim_whose_wording_was_not_kept_still_has_a_reason() -> None:
    incident = replace(samples.incident().sites[0], dropped=(OFF,))
    assert footing.reasons(samples.incident(), incident) == {OFF: "it cannot hold together with the rest"}


def test_those_left_out_are_named() -> None:
    incident = site(
        (NEAR, disc(37, 50, 0.1)), (OFF, disc(39, 50, 0.1)), (INSIDE, disc(41, 50, 1)), dropped=(OFF, INSIDE)
    )
    assert footing.left_out(incident, incident.sites[0]) == (
        "Two claims cannot hold with the rest and are left out: "
        "“from the area of Lyptsi” and “in the Korochansky district”."
    )
    assert footing.left_out(samples.incident(), samples.incident().sites[0]) == ""


def test_the_document_has_wordings_and_the_export_does_not() -> None:
    incident = site((NEAR, disc(37, 50, 0.1)), (INSIDE, disc(37, 50, 0.2)))
    doc = document(incident)
    assert doc["wordings"].keys() == {"crash-site"}
    assert doc["entries"][0]["switched"] == [NEAR, INSIDE]
    assert "site" not in doc["entries"][0]
    json.dumps(doc, allow_nan=False)
    assert "wordings" not in json.dumps(feature_collection(incident))
    assert '"wordings"' not in mapped(doc, STATIC)["mapdata"]


def test_a_site_of_one_wording_has_nothing_to_take_away() -> None:
    assert document(site((NEAR, disc(37, 50, 0.1))))["wordings"] == {}
    assert document(samples.incident())["wordings"] == {}
