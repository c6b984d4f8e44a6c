"""The export that every other format is made from."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import shape

from geomap.model import Finding, Incident, Verdict
from geomap.render.geojson import feature_collection

from .samples import incident

KEYS = {"role", "name", "status", "speaker", "reports", "uncertainty_m"}
DISTANCE_KEYS = {"quoted", "quoted_km", "measured_km", "azimuth", "percentile", "verdict", "reason"}


@pytest.fixture
def collection() -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(feature_collection(incident()), allow_nan=False))
    return result


def by_role(collection: dict[str, Any], role: str) -> list[dict[str, Any]]:
    return [f for f in collection["features"] if f["properties"]["role"] == role]


def test_every_feature_says_what_who_and_how_sure(collection: dict[str, Any]) -> None:
    """The properties that other programs rely on are on each feature."""
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature["properties"].keys() >= KEYS
        if feature["properties"]["role"] == "distance":
            assert feature["properties"].keys() >= DISTANCE_KEYS


def test_a_site_is_a_point_and_the_region_it_lies_in(collection: dict[str, Any]) -> None:
    """The crash site comes as its best point and as its region, which holds the point."""
    point, region = by_role(collection, "crash-site")
    assert (point["properties"]["part"], region["properties"]["part"]) == ("point", "region")
    assert shape(region["geometry"]).covers(shape(point["geometry"]))
    assert region["properties"]["uncertainty_m"] == 10_000
    assert shape(region["geometry"]).exterior.is_ccw


def test_a_distance_runs_from_the_reference_to_the_subject(collection: dict[str, Any]) -> None:
    """Its line begins at the place measured from, with the verdict and its reason."""
    yablonovo = by_role(collection, "distance")[0]
    assert yablonovo["geometry"]["coordinates"][0] == [36.581, 50.603]
    assert yablonovo["geometry"]["coordinates"][-1] == [37.345, 50.873]
    assert yablonovo["properties"]["verdict"] == "agrees"
    assert yablonovo["properties"]["quoted_km"] == 70


def test_what_cannot_be_measured_has_no_geometry() -> None:
    """A distance without two places is listed with its reason, and not drawn."""
    sample = incident()
    finding = Finding(sample.findings[0].claim, Verdict.UNCHECKABLE, "no two places to measure between")
    (feature,) = by_role(feature_collection(replace(sample, findings=(finding,))), "distance")
    assert feature["geometry"] is None
    assert feature["properties"]["measured_km"] is None


def test_conflicts_unplaced_and_the_incident_are_members(collection: dict[str, Any]) -> None:
    """Contradictions and what is not on the map travel with the features."""
    assert collection["incident"]["id"] == "sample"
    assert [r["id"] for r in collection["incident"]["reports"]] == ["north", "south"]
    time = collection["conflicts"][0]
    assert time["about"] == "time"
    assert time["sides"][0].items() >= {"value": "11:00", "hedge": "about", "reports": ["north"]}.items()
    assert collection["unplaced"] == [{"text": "Dobry Kut", "report": "north", "reason": "not in the gazetteer"}]


def test_an_empty_incident_is_an_empty_collection() -> None:
    """An incident of which nothing could be placed is still a sound file."""
    empty = feature_collection(Incident("none", "Nothing placed", None, ()))
    assert empty["features"] == []
    assert empty["incident"]["date"] is None
