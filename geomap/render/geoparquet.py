"""GeoParquet 1.1 (geoparquet.org), for DuckDB, QGIS and data frames; written by Apache Arrow, which is an extra."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import shapely
from pyproj import CRS
from shapely.geometry import shape

from geomap.errors import BadInput
from geomap.render.flat import NUMBERS, TEXTS, number, words
from geomap.render.geojson import Json

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LISTS = ("speakers", "reports", "within", "claims", "dropped")
"""Properties that stay lists of words."""
CORNERS = ("xmin", "ymin", "xmax", "ymax")
VERSION = "1.1.0"


def geoparquet(collection: Json) -> bytes:
    """One row for each feature: its properties, ``geometry`` as WKB, and ``bbox``, by which readers skip rows.

    Degrees are longitude before latitude (OGC:CRS84), written out as PROJJSON. The file's metadata holds the
    collection's further members as JSON, under "geomap". Raises :class:`~geomap.errors.BadInput` where pyarrow is not
    installed.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError as error:
        raise BadInput("GeoParquet needs pyarrow; pip install -r requirements-gis.txt, or choose geojson") from error
    features = collection["features"]
    shapes = [shape(each["geometry"]) if each["geometry"] else None for each in features]
    columns: dict[str, Any] = {name: pa.array(_words(features, name), _type(pa, name)) for name in TEXTS}
    columns |= {name: pa.array([number(each, name) for each in features], pa.float64()) for name in NUMBERS}
    corners = pa.struct([(corner, pa.float64()) for corner in CORNERS])
    columns["bbox"] = pa.array([_corners(each) for each in shapes], corners)
    columns["geometry"] = pa.array([None if each is None else shapely.to_wkb(each) for each in shapes], pa.binary())
    rest = {name: value for name, value in collection.items() if name not in ("type", "features")}
    metadata = {"geo": json.dumps(_geo(shapes)), "geomap": json.dumps(rest, ensure_ascii=False)}
    target = io.BytesIO()
    parquet.write_table(pa.table(columns).replace_schema_metadata(metadata), target, compression="zstd")
    return target.getvalue()


def _type(pa: Any, name: str) -> Any:
    return pa.list_(pa.string()) if name in LISTS else pa.string()


def _words(features: list[Json], name: str) -> list[Any]:
    """A column of words: lists where they are lists, null where a feature has none."""
    if name in LISTS:
        return [each["properties"].get(name) for each in features]
    return [words(each, name) or None for each in features]


def _corners(area: BaseGeometry | None) -> dict[str, float] | None:
    return None if area is None else dict(zip(CORNERS, area.bounds, strict=True))


def _geo(shapes: list[BaseGeometry | None]) -> Json:
    """The file's "geo" metadata."""
    placed = [each for each in shapes if each is not None]
    column: Json = {
        "encoding": "WKB",
        "geometry_types": sorted({each.geom_type for each in placed}),
        "crs": CRS("OGC:CRS84").to_json_dict(),
        "orientation": "counterclockwise",
        "edges": "planar",
        "covering": {"bbox": {corner: ["bbox", corner] for corner in CORNERS}},
    }
    if placed:
        column["bbox"] = [float(each) for each in shapely.total_bounds(placed)]
    return {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
