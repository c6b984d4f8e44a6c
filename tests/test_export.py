"""Exports, each read back by a library that did not write it (GDAL, through pyogrio)."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from geomap.errors import BadInput, GeomapError
from geomap.model import Incident, Mentioned
from geomap.render import export
from geomap.render.geojson import feature_collection
from tests import samples

HOSTILE = '<script>x</script> & "q" ]]> <![CDATA[<b>]]> ${1} \x0b\x1f \u202eback\u202c \U0001f6e9 =1+1'


def hostile() -> Incident:
    """An incident whose words try to break out of whatever they are written into."""
    base = samples.incident()
    site = replace(base.sites[0], name=HOSTILE, speakers=("=cmd()", HOSTILE))
    place = samples.place(HOSTILE, 1, 2, id="hostile")
    return replace(
        base, title=HOSTILE, sites=(site, *base.sites[1:]), mentioned=(*base.mentioned, Mentioned(place, ("a",), ()))
    )


def antimeridian() -> Incident:
    """An incident with a route across the antimeridian."""
    base = samples.incident()
    cut = shapely.MultiLineString([[(179, 10), (180, 10)], [(-180, 10), (-179, 10)]])
    return replace(base, routes=(replace(base.routes[0], geometry=cut),))


def write(incident: Incident, form: str, folder: Path) -> Path:
    """The incident written in that format."""
    path = folder / f"incident.{form}"
    export.write(incident, form, path)
    return path


def layer(path: Path, name: str) -> tuple[list[Any], dict[str, list[Any]]]:
    """The geometries and the fields of one layer, as GDAL reads them."""
    meta, _, geometry, fields = pyogrio.raw.read(path, layer=name)
    shapes = [] if geometry is None else list(shapely.from_wkb(geometry))
    return shapes, dict(zip(meta["fields"], map(list, fields), strict=True))


def features(incident: Incident, *kinds: str) -> list[dict[str, Any]]:
    """The features whose geometry is of one of those kinds; none named gives those without."""
    found = feature_collection(incident)["features"]
    return [each for each in found if (each["geometry"]["type"] in kinds if each["geometry"] else not kinds)]


POINTS, LINES, AREAS = ("Point",), ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")


def test_geojson_is_the_feature_collection_as_gdal_reads_it(tmp_path: Path) -> None:
    incident = samples.incident()
    path = write(incident, "geojson", tmp_path)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(feature_collection(incident)))
    assert pyogrio.read_info(path)["features"] == len(feature_collection(incident)["features"])


def test_kml_holds_every_feature_in_folders(tmp_path: Path) -> None:
    incident = samples.incident()
    path = write(incident, "kml", tmp_path)
    layers = {name: layer(path, name) for name, _ in pyogrio.list_layers(path)}
    assert set(layers) == {"Sites", "Routes", "Quoted distances", "Mentioned"}
    assert sum(len(fields["Name"]) for _, fields in layers.values()) == len(feature_collection(incident)["features"])
    shapes, fields = layers["Sites"]
    sites = [each for each in features(incident, *POINTS, *AREAS) if each["properties"]["role"] != "mentioned"]
    assert [s["properties"]["role"] for s in sites] == fields["role"]
    assert fields["Name"][:2] == ["Yablonovo (crash site)"] * 2
    for written, site in zip(shapes, sites, strict=True):
        assert shapely.force_2d(written).equals_exact(shapely.geometry.shape(site["geometry"]), 1e-6)


def test_gpx_holds_points_routes_and_measured_distances(tmp_path: Path) -> None:
    incident = samples.incident()
    path = write(incident, "gpx", tmp_path)
    points, names = layer(path, "waypoints")
    expected = features(incident, *POINTS)
    assert names["name"] == [each["properties"]["name"] for each in expected]
    assert [(p.x, p.y) for p in points] == [tuple(each["geometry"]["coordinates"]) for each in expected]
    lines = features(incident, *LINES)
    drawn = layer(path, "routes")[0] + layer(path, "tracks")[0]
    assert len(drawn) == len(lines)
    assert len(layer(path, "routes")[0]) == len(incident.routes)


def test_csv_has_a_row_for_each_feature(tmp_path: Path) -> None:
    incident = samples.incident()
    path = write(incident, "csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    found = feature_collection(incident)["features"]
    assert [row["role"] for row in rows] == [each["properties"]["role"] for each in found]
    for row, each in zip(rows, found, strict=True):
        if each["geometry"]:
            assert shapely.from_wkt(row["wkt"]).equals_exact(shapely.geometry.shape(each["geometry"]), 1e-9)
        if each["properties"]["role"] == "distance":
            assert float(row["quoted_km"]) == each["properties"]["quoted_km"]
            assert row["verdict"] == each["properties"]["verdict"]


def test_a_geopackage_has_a_layer_for_each_kind_of_geometry(tmp_path: Path) -> None:
    incident = samples.incident()
    path = write(incident, "gpkg", tmp_path)
    for name, kinds in (("points", POINTS), ("lines", LINES), ("regions", AREAS)):
        shapes, fields = layer(path, name)
        expected = features(incident, *kinds)
        assert fields["name"] == [each["properties"]["name"] for each in expected]
        assert all(
            written.normalize().equals_exact(shapely.geometry.shape(each["geometry"]).normalize(), 1e-9)
            or written.equals(shapely.geometry.shape(each["geometry"]))
            for written, each in zip(shapes, expected, strict=True)
        )
        assert "4326" in pyogrio.read_info(path, layer=name)["crs"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.parametrize("form", export.FORMATS)
@pytest.mark.parametrize(
    "incident", [hostile(), antimeridian(), Incident("none", "", None, ())], ids=["hostile", "antimeridian", "empty"]
)
def test_whatever_the_reports_say_gdal_can_read_it(tmp_path: Path, form: str, incident: Incident) -> None:
    path = write(incident, form, tmp_path)
    if form == "csv" or not feature_collection(incident)["features"]:
        assert path.stat().st_size
        return
    total = sum(
        pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
        for name, _ in pyogrio.list_layers(path)
    )
    assert total >= len(features(incident, *POINTS))


def test_words_arrive_as_words(tmp_path: Path) -> None:
    """Nothing in a name becomes markup; only the characters that XML cannot hold are replaced."""
    readable = HOSTILE.replace("\x0b", "\ufffd").replace("\x1f", "\ufffd")
    _, kml = layer(write(hostile(), "kml", tmp_path), "Sites")
    assert kml["Name"][0] == f"{readable} (crash site)"
    assert "<script>" not in kml["description"][0]
    assert "&lt;script&gt;" in kml["description"][0]
    _, gpx = layer(write(hostile(), "gpx", tmp_path), "waypoints")
    assert gpx["name"][0] == readable
    _, gpkg = layer(write(hostile(), "gpkg", tmp_path), "points")
    assert gpkg["name"][0] == HOSTILE


def test_a_spreadsheet_runs_no_formula(tmp_path: Path) -> None:
    path = write(hostile(), "csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert rows[0]["speaker"] == "'=cmd()"


def test_an_unknown_format_is_refused_by_naming_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="geojson, kml, gpx, csv, gpkg"):
        export.write(samples.incident(), "shapefile", tmp_path / "x.shp")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", export.FORMATS)
def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, form: str) -> None:
    with pytest.raises(GeomapError, match="there is no folder"):
        export.write(samples.incident(), form, tmp_path / "none" / "x")
    assert list(tmp_path.iterdir()) == []


def test_writing_again_replaces_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    path.write_text("old", encoding="utf-8")
    export.write(samples.incident(), "kml", path)
    assert path.read_text(encoding="utf-8").startswith("<?xml")
    assert [each.name for each in tmp_path.iterdir()] == ["x.kml"]
