"""An incident as a file that other tools open: each format is a function in a table, made from the GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geomap import files
from geomap.errors import BadInput
from geomap.model import Incident
from geomap.render.flat import csv
from geomap.render.geojson import Json, feature_collection
from geomap.render.geopackage import gpkg
from geomap.render.gpx import gpx
from geomap.render.kml import kml


@dataclass(frozen=True, slots=True)
class Format:
    """How a FeatureCollection becomes a file's bytes, and the media type they are served under."""

    render: Callable[[Json], bytes]
    media_type: str


def geojson(collection: Json) -> bytes:
    """The collection itself (RFC 7946), in UTF-8."""
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


FORMATS = {
    "geojson": Format(geojson, "application/geo+json"),
    "kml": Format(kml, "application/vnd.google-earth.kml+xml"),
    "gpx": Format(gpx, "application/gpx+xml"),
    "csv": Format(csv, "text/csv; charset=utf-8"),
    "gpkg": Format(gpkg, "application/geopackage+sqlite3"),
}
"""Every format that an incident can be written in, by the name a person gives it."""


def require(name: str) -> Format:
    """The format of that name. Raises :class:`~geomap.errors.BadInput`, naming those there are, for any other."""
    if name not in FORMATS:
        raise BadInput(f"the format {name!r:.40} is not known; use {', '.join(FORMATS)}")
    return FORMATS[name]


def dumps(incident: Incident, form: str) -> bytes:
    """The incident as the bytes of a file. Raises :class:`~geomap.errors.BadInput` for an unknown format."""
    return require(form).render(feature_collection(incident))


def write(incident: Incident, form: str, path: Path) -> None:
    """Write the incident to a file, whole or not at all.

    Raises :class:`~geomap.errors.BadInput` for an unknown format or a folder that is not there, and
    :class:`~geomap.errors.GeomapError` where the file cannot be written.
    """
    require(form)
    files.require_folder(path)
    content = dumps(incident, form)
    with files.replacing(path) as part:
        part.write_bytes(content)
