"""Exports, each read back by a library that did not write it: GDAL, gpxpy, fastkml, GeoPandas."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import fastkml
import fastkml.utils
import geopandas
import gpxpy
import pyogrio
import pyproj
import pytest
import shapely
from pyarrow import parquet

from geomap import cli
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


def test_geoparquet_holds_every_feature_with_its_place(tmp_path: Path) -> None:
    """GeoPandas reads rows, geometries, reference system and lists, and skips rows by the covering box."""
    incident = samples.incident()
    path = write(incident, "geoparquet", tmp_path)
    frame = geopandas.read_parquet(path)
    found = feature_collection(incident)["features"]
    assert frame.crs == pyproj.CRS("OGC:CRS84")
    assert list(frame["role"]) == [each["properties"]["role"] for each in found]
    assert [list(each) for each in frame["speakers"]] == [each["properties"]["speakers"] for each in found]
    for written, each in zip(frame.geometry, found, strict=True):
        assert (written is None) == (each["geometry"] is None)
        assert written is None or written.equals_exact(shapely.geometry.shape(each["geometry"]), 1e-9)
    near = geopandas.read_parquet(path, bbox=(37.3, 50.8, 37.4, 50.9))
    assert "crash-site" in set(near["role"])
    assert len(near) < len(frame)


def test_geoparquet_says_what_it_holds_in_its_metadata(tmp_path: Path) -> None:
    """The members that GeoParquet 1.1 asks for, and the collection's own further members."""
    path = write(samples.incident(), "geoparquet", tmp_path)
    schema = parquet.read_schema(path)
    geo = json.loads(schema.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"], column["orientation"]) == ("1.1.0", "WKB", "counterclockwise")
    assert column["covering"] == {"bbox": {corner: ["bbox", corner] for corner in ("xmin", "ymin", "xmax", "ymax")}}
    assert set(column["geometry_types"]) >= {"Point", "LineString"}
    assert column["crs"]["type"] == "GeographicCRS"
    rest = json.loads(schema.metadata[b"geomap"])
    assert rest["incident"]["title"] == samples.incident().title
    assert rest["conflicts"]


def test_gpxpy_and_fastkml_read_what_they_did_not_write(tmp_path: Path) -> None:
    incident = samples.incident()
    document = gpxpy.parse(write(incident, "gpx", tmp_path).read_text(encoding="utf-8"))
    assert [each.name for each in document.waypoints] == [f["properties"]["name"] for f in features(incident, *POINTS)]
    root = fastkml.KML.parse(write(incident, "kml", tmp_path))
    marks = list(fastkml.utils.find_all(root, of_type=fastkml.Placemark))
    assert len(marks) == len(feature_collection(incident)["features"])
    assert sum(mark.geometry is not None for mark in marks) == len(features(incident, *POINTS, *LINES, *AREAS))


MAPS = ("geojson", "kml", "gpx", "gpkg")
"""What GDAL, as its wheel has it, reads with places."""


@pytest.mark.parametrize("form", export.FORMATS)
@pytest.mark.parametrize(
    "incident", [hostile(), antimeridian(), Incident("none", "", None, ())], ids=["hostile", "antimeridian", "empty"]
)
def test_whatever_the_reports_say_it_can_be_written_and_read(tmp_path: Path, form: str, incident: Incident) -> None:
    path = write(incident, form, tmp_path)
    assert path.stat().st_size
    if form == "geoparquet":
        assert len(geopandas.read_parquet(path)) == len(feature_collection(incident)["features"])
    if form not in MAPS or not feature_collection(incident)["features"]:
        return
    total = sum(
        pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
        for name, _ in pyogrio.list_layers(path)
    )
    assert total >= len(features(incident, *POINTS))


@pytest.mark.parametrize("form", sorted(set(export.FORMATS) - {"gpkg"}))
def test_the_same_incident_gives_the_same_bytes(form: str) -> None:
    """A file's digest can be published beside it; GDAL alone writes the time into what it makes."""
    assert export.dumps(samples.incident(), form) == export.dumps(samples.incident(), form)


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
    with pytest.raises(BadInput, match=", ".join(export.FORMATS)):
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


def test_the_command_line_offers_every_format() -> None:
    assert list(export.FORMATS) == cli.FORMS


@pytest.mark.parametrize(("form", "library"), [("geoparquet", "pyarrow"), ("gpkg", "pyogrio")])
def test_a_format_whose_library_is_absent_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(BadInput, match=r"pip install -r requirements-gis\.txt"):
        write(samples.incident(), form, tmp_path)
    assert list(tmp_path.iterdir()) == []
