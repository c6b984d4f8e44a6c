"""Uncertainty by the point-radius method, against the worked examples of its guide."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from pyproj import Geod

from geomap.geodesy import COMPASS, METRES, WGS84
from geomap.regions import pointradius as pr


def cases(shared: Path) -> list[dict[str, dict[str, float]]]:
    return list(json.loads((shared / "data" / "distances" / "georef_cases.json").read_text()))


def worked(case: dict[str, object]) -> float:
    """The uncertainty of a worked example, in the unit it is expected in."""
    given, want = case["input"], case["expect"]
    assert isinstance(given, dict)
    assert isinstance(want, dict)
    unit = METRES[given.get("unit", "m")]
    ellipsoid = Geod(ellps="clrk66") if "ellipsoid" in given else WGS84
    ground = given.get("datum_unc_m", 0) + given.get("map_unc_m", 0) + given.get("map_unc_ft", 0) * METRES["ft"]
    apart = ground / unit + given.get("meas_err", 0) + given.get("radial", 0)
    cell = 0.0
    if "coord_precision_deg" in given:
        cell = pr.coordinate_precision(given["lat"], given["coord_precision_deg"], ellipsoid=ellipsoid) / unit
    angle = pr.HALF_ANGLES[len(given.get("heading", "N"))]
    step = given.get("distance_precision", 0)
    found = {
        "coordinates": lambda: pr.at_feature(apart, cell),
        "feature": lambda: pr.at_feature(apart, cell),
        "distance_only": lambda: pr.at_distance(apart, given["offset"], step, cell),
        "distance_along_path": lambda: pr.along_path(apart, step, cell),
        "orthogonal": lambda: pr.orthogonal(apart, step, cell),
        "distance_at_heading": lambda: pr.at_heading(apart, given["offset"], step, angle, cell),
        "direction_arc": lambda: pr.at_heading(given["other_unc"], given["offset"], 0, angle),
        "sum": lambda: pr.along_path(apart, 2 * given["distance_precision_unc"]),
        "box": lambda: pr.orthogonal(0, step),
        "coord_precision": lambda: cell,
    }[str(case["locality_type"])]()
    return float(found * unit / METRES[want["unit"]])


def test_the_guides_worked_examples(shared: Path) -> None:
    """Each numeric example comes out as printed, but for the two that are known to be misprints."""
    checked = 0
    for case in cases(shared):
        if "uncertainty" not in case["expect"] or not case["input"]:
            continue
        known = {"arc-only": 3.9018, "arc-plus-dist": 6.2017}.get(str(case["id"]), case["expect"]["uncertainty"])
        assert worked(case) == pytest.approx(known, rel=2e-4), case["id"]
        checked += 1
    assert checked == 18


def test_the_guides_corrected_centres(shared: Path) -> None:
    """A centre moved east and north lies where the guides put it."""
    for case in cases(shared):
        given, want = case["input"], case["expect"]
        if case["locality_type"] not in {"orthogonal", "distance_at_heading"}:
            continue
        angle = math.radians(COMPASS[str(given.get("heading", "n")).lower()])
        east = given.get("offset_e", given.get("offset", 0) * math.sin(angle))
        north = given.get("offset_n", given.get("offset", 0) * math.cos(angle))
        ellipsoid = Geod(ellps="clrk66") if "ellipsoid" in given else WGS84
        mile = METRES["mi"]
        lon, lat = pr.displaced(given["lon"], given["lat"], east * mile, north * mile, ellipsoid=ellipsoid)
        assert (lat, lon) == pytest.approx((want["lat"], want["lon"]), abs=2e-6)


def test_an_unknown_datum_is_never_better_than_nothing() -> None:
    """Where no datum is known the guides' worst case may be added: 5.4 km, more than any village is wide."""
    assert pr.at_feature(pr.UNKNOWN_DATUM_M + 1_000) == 6_359
