"""GeoPackage (OGC 12-128), for QGIS and other desks; written by GDAL, which is an extra."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geomap.errors import BadInput, GeomapError
from geomap.render.flat import NUMBERS, TEXTS, number, words
from geomap.render.geojson import Json

_LAYERS = {"points": ("Point",), "lines": ("LineString", "MultiLineString"), "regions": ("Polygon", "MultiPolygon")}
"""A layer holds one kind of geometry: desks style them so."""

_KINDS = {"points": "Point", "lines": "MultiLineString", "regions": "MultiPolygon"}


def gpkg(collection: Json) -> bytes:
    """Layers points, lines and regions, and a table of distances without a geometry; empty ones are left out.

    Raises :class:`~geomap.errors.BadInput` where pyogrio is not installed.
    """
    features = collection["features"]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "incident.gpkg"
        for layer, kinds in _LAYERS.items():
            _write(file, layer, [each for each in features if each["geometry"] and each["geometry"]["type"] in kinds])
        _write(file, "unmeasured", [each for each in features if not each["geometry"]])
        if not file.exists():
            _write(file, "points", [], always=True)
        return file.read_bytes()


def _write(file: Path, layer: str, features: list[Json], *, always: bool = False) -> None:
    if not features and not always:
        return
    try:
        from pyogrio.errors import DataSourceError, GeometryError  # type: ignore[import-untyped]
        from pyogrio.raw import write  # type: ignore[import-untyped]
    except ImportError as error:
        raise BadInput("GeoPackage needs GDAL; pip install -r requirements-gis.txt, or choose geojson") from error
    kind = _KINDS.get(layer)
    shapes = [shape(feature["geometry"]) for feature in features] if kind else None
    try:
        write(
            str(file),
            None if shapes is None else np.array(shapely.to_wkb(shapes), dtype=object),
            _columns(features),
            [*TEXTS, *NUMBERS],
            layer=layer,
            driver="GPKG",
            geometry_type=kind,
            crs="EPSG:4326" if kind else None,
            promote_to_multi=bool(kind) and layer != "points",
            append=file.exists(),
        )
    except (DataSourceError, GeometryError, OSError) as error:
        raise GeomapError(f"the GeoPackage could not be written: {' '.join(str(error).split())[:200]}") from error


def _columns(features: list[Json]) -> list[np.ndarray[Any, Any]]:
    texts = [np.array([words(feature, column) or None for feature in features], dtype=object) for column in TEXTS]
    numbers = [np.array([number(feature, column) for feature in features], dtype=float) for column in NUMBERS]
    return texts + numbers
