"""The whole way: reports of one incident in, its exported GeoJSON held against what a careful reader takes from them.

The five published reports and that reading stand outside the repository (``../shared``); the digests of
``seeds/il76-belgorod-2024`` say the same in our own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from shapely import Point
from shapely.geometry import shape

from geomap import geodesy, read
from geomap.model import Gazetteer, Incident
from geomap.pipeline import Pipeline
from geomap.render.geojson import feature_collection

SEED = Path(__file__).resolve().parent.parent / "seeds" / "il76-belgorod-2024"
MINISTRY = {"russian defence ministry", "russian defense ministry", "russia's ministry of defence", "russian military"}
SOURCES = ("articles", "digests")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    """What a careful reader takes from the five reports."""
    result: dict[str, Any] = json.loads((shared / "articles" / "expected.json").read_text(encoding="utf8"))
    return result


@pytest.fixture(scope="module")
def incidents(shared: Path, gazetteer: Gazetteer) -> dict[str, Incident]:
    """The incident as compiled from the published reports, and from our digests of them."""
    pipeline = Pipeline(gazetteer=gazetteer)
    articles = sorted((shared / "articles").glob("*.txt"))
    return {
        "articles": pipeline.incident(read.reports(articles), id="articles"),
        "digests": pipeline.incident(read.reports([SEED]), id="digests"),
    }


@pytest.fixture(scope="module", params=SOURCES)
def geojson(request: pytest.FixtureRequest, incidents: dict[str, Incident]) -> dict[str, Any]:
    """The export of each, as any other program reads it."""
    result: dict[str, Any] = json.loads(json.dumps(feature_collection(incidents[request.param])))
    return result


def features(geojson: dict[str, Any], *roles: str) -> list[dict[str, Any]]:
    return [f for f in geojson["features"] if f["properties"]["role"] in roles]


def reports(found: Iterable[dict[str, Any]]) -> set[str]:
    """The first three characters of the ids of all reports behind some features."""
    return {report[:3] for feature in found for report in feature["properties"]["reports"]}


def km_from(feature: dict[str, Any], lon: float, lat: float) -> float:
    centre = shape(feature["geometry"]).centroid
    return geodesy.inverse(centre.x, centre.y, lon, lat).distance_m / 1000


def near(found: Iterable[dict[str, Any]], want: dict[str, Any], places: dict[str, Any]) -> list[dict[str, Any]]:
    """The features within the tolerance of a site, which names a place or has coordinates of its own."""
    where = places.get(want.get("place", ""), want)
    return [f for f in found if f["geometry"] and km_from(f, where["lon"], where["lat"]) <= where.get("tol_km", 15)]


def test_every_place_is_on_the_map_with_the_reports_that_name_it(
    geojson: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Each expected place lies within its tolerance of a feature, in every report that has it."""
    drawn = [f for f in geojson["features"] if f["geometry"] and f["properties"]["role"] != "distance"]
    missing = {}
    for place in expected["places"]:
        if "country" in place:
            found = [f for f in drawn if f["properties"].get("country") == place["country"]]
        else:
            found = near(drawn, place, {})
        if absent := set(place["in"]) - reports(found):
            missing[place["name"]] = sorted(absent)
    assert not missing


def test_background_places_are_mentioned_and_no_more(geojson: dict[str, Any], expected: dict[str, Any]) -> None:
    """A place that is no part of the incident is on the mentioned layer only."""
    sites = [f for f in geojson["features"] if f["geometry"] and f["properties"]["role"] not in {"mentioned", "route"}]
    background = [place for place in expected["places"] if place.get("background") and "lat" in place]
    # Moscow's surroundings hold the air field that the flight left from.
    background = [place for place in background if place["name"] != "Moscow"]
    assert not [(place["name"], f["properties"]["role"]) for place in background for f in near(sites, place, {})]


def test_nothing_lands_on_a_namesake_far_away(geojson: dict[str, Any]) -> None:
    """No site lies in Zabaykalye, where the only Yablonovo of the big gazetteers is."""
    assert not [f for f in geojson["features"] if f["geometry"] and km_from(f, 112.76, 51.84) < 1_000]


def test_every_site_is_found_with_its_reports_and_speaker(geojson: dict[str, Any], expected: dict[str, Any]) -> None:
    """Crash site, origin, destination, launch areas and exchange point, each said by whom it should be."""
    places = {place["name"]: place for place in expected["places"]}
    for site in expected["sites"]:
        found = near(features(geojson, site["role"].replace(" ", "-")), site, places)
        assert found, site
        assert reports(found) >= set(site.get("reports", ())), site
        if site.get("status"):
            assert {f["properties"]["status"] for f in found} == {site["status"]}, site
        if site.get("speaker"):
            speakers = {speaker.casefold() for f in found for speaker in f["properties"]["speakers"]}
            assert speakers & MINISTRY, (site, speakers)


def test_the_crash_site_is_one_region_that_holds_where_the_wreck_was_found(
    geojson: dict[str, Any], expected: dict[str, Any]
) -> None:
    """All five reports' wordings intersect in one region of at most 900 km², its best point within 15 km."""
    published = expected["incident"]["crash_site_published_later"]
    crash = features(geojson, "crash-site")
    points = [f for f in crash if f["properties"]["part"] == "point"]
    regions = [f for f in crash if f["properties"]["part"] == "region"]
    assert len(points) == len(regions) == 1
    assert km_from(points[0], published["lon"], published["lat"]) <= 15
    assert shape(regions[0]["geometry"]).covers(Point(published["lon"], published["lat"]))
    assert regions[0]["properties"]["area_km2"] <= 900
    assert reports(crash) == {"000", "001", "002", "003", "004"}


def test_the_route_runs_from_the_air_field_to_the_region(geojson: dict[str, Any], expected: dict[str, Any]) -> None:
    """The flight's route is a line from Chkalovsky to the Belgorod region, as the ministry says."""
    routes = features(geojson, "route")
    assert "004" in reports(routes)
    places = {place["name"]: place for place in expected["places"]}
    start, end = places["Chkalovsky air field"], places["Belgorod region"]
    for route in routes:
        line = shape(route["geometry"])
        for (lon, lat), place in ((line.coords[0], start), (line.coords[-1], end)):
            assert geodesy.inverse(lon, lat, place["lon"], place["lat"]).distance_m <= place["tol_km"] * 1000


def test_every_distance_is_checked(geojson: dict[str, Any], expected: dict[str, Any]) -> None:
    """Quoted distances are measured within 1.5 km and 2 degrees, and come out with the verdict expected."""
    found = features(geojson, "distance", "length")
    for want in expected["distances"]:
        mine = [f["properties"] for f in found if f["properties"]["reports"][0].startswith(want["report"])]
        verdict = next(v for v in ("plausible", "agrees", "uncheckable") if v in want["reading"])
        mine = [p for p in mine if p["verdict"] == verdict and p["direction"] == want.get("direction")]
        assert mine, want
        if "quantity" in want:
            km = geodesy.metres(want["quantity"], want["unit"]) / 1000
            mine = [p for p in mine if p["quoted_km"] == pytest.approx(km, abs=0.01)]
            assert mine, want
        if "measured_km" in want:
            assert mine[0]["measured_km"] == pytest.approx(want["measured_km"], abs=1.5)
            assert mine[0]["azimuth"] == pytest.approx(want["azimuth"], abs=2)


def test_the_conflicts_are_those_and_no_others(geojson: dict[str, Any], expected: dict[str, Any]) -> None:
    """Time, missiles fired and cargo contradict; background attacks and coarser wordings do not."""
    found = {conflict["about"]: conflict for conflict in geojson["conflicts"]}
    assert set(found) == {conflict["about"] for conflict in expected["conflicts"]}
    for want in expected["conflicts"]:
        sides = found[want["about"]]["sides"]
        assert len(sides) == len(want["sides"]), sides
        for side in want["sides"]:
            matching = [s for s in sides if {r[:3] for r in s["reports"]} >= set(side["reports"])]
            assert matching, (side, sides)
            if isinstance(side["value"], int) or want["about"] == "time":
                assert side["value"] in [s["value"] for s in matching]


def test_no_person_organisation_or_weapon_is_a_place(geojson: dict[str, Any], expected: dict[str, Any]) -> None:
    """What is no place has no feature."""
    names = {f["properties"]["name"].casefold() for f in geojson["features"]}
    assert not names & {name.casefold() for name in expected["not_places"]}


def test_claims_carry_the_counts_and_times(incidents: dict[str, Incident], expected: dict[str, Any]) -> None:
    """Each count and time is claimed in every report that has it."""
    from geomap import wire

    of = {"prisoners aboard": "prisoners", "crew": "crew", "accompanying": "accompanying", "aboard in all": "aboard"}
    for incident in incidents.values():
        claims = [wire.claim(each) | {"report": each.article[:3]} for each in incident.claims]
        counts = {(c["value"]["of"], c["value"]["count"], c["report"]) for c in claims if c["role"] == "count"}
        for want in expected["counts"]:
            if want["what"] in of:
                assert {(of[want["what"]], want["value"], report) for report in want["reports"]} <= counts, want
        times = {(c["value"]["local"], c["value"]["gmt"], c["report"]) for c in claims if c["role"] == "time"}
        assert {(t["local"], t["gmt"], t["report"]) for t in expected["times"]} <= times
