"""An incident as a file that other tools open: each format is a function in a table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from geomap import files
from geomap.config import STATIC
from geomap.errors import BadInput
from geomap.model import Incident
from geomap.render import webannotation
from geomap.render.darwin import dwc, dwca
from geomap.render.flat import csv
from geomap.render.geojson import Json, feature_collection
from geomap.render.geopackage import gpkg
from geomap.render.geoparquet import geoparquet
from geomap.render.gpx import gpx
from geomap.render.kml import kml
from geomap.render.picture import Options, png, svg


@dataclass(frozen=True, slots=True)
class Setting:
    """What some formats need besides the incident.

    ``static`` is the folder of style sheets, basemap and font; ``made`` when the incident was last compiled;
    ``address`` where its annotations are served ("" nowhere); ``picture`` the size and theme of pictures.
    """

    static: Path = STATIC
    made: dt.datetime | None = None
    address: str = ""
    picture: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Format:
    """How an incident becomes a file's bytes, the media type they are served under, and the name's ending.

    ``needs`` is the library that writes it, where that is an extra.
    """

    render: Callable[[Incident, Setting], bytes]
    media_type: str
    ending: str
    needs: str = ""

    @property
    def installed(self) -> bool:
        """Whether this machine can write it."""
        return not self.needs or find_spec(self.needs) is not None


def geojson(collection: Json) -> bytes:
    """The collection itself (RFC 7946), in UTF-8."""
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _collected(render: Callable[[Json], bytes]) -> Callable[[Incident, Setting], bytes]:
    """A format that is made from the GeoJSON."""
    return lambda incident, setting: render(feature_collection(incident))


def _annotated(incident: Incident, setting: Setting) -> bytes:
    found = webannotation.collection(incident, address=setting.address, made=setting.made)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"


FORMATS = {
    "geojson": Format(_collected(geojson), "application/geo+json", "geojson"),
    "kml": Format(_collected(kml), "application/vnd.google-earth.kml+xml", "kml"),
    "gpx": Format(_collected(gpx), "application/gpx+xml", "gpx"),
    "csv": Format(_collected(csv), "text/csv; charset=utf-8", "csv"),
    "gpkg": Format(_collected(gpkg), "application/geopackage+sqlite3", "gpkg", "pyogrio"),
    "geoparquet": Format(_collected(geoparquet), "application/vnd.apache.parquet", "parquet", "pyarrow"),
    "annotations": Format(_annotated, webannotation.MEDIA_TYPE, "jsonld"),
    "dwc": Format(lambda incident, setting: dwc(incident, setting.made), "text/csv; charset=utf-8", "csv"),
    "dwca": Format(lambda incident, setting: dwca(incident, setting.made), "application/zip", "zip"),
    "svg": Format(
        lambda incident, setting: svg(incident, setting.picture, static=setting.static).encode(), "image/svg+xml", "svg"
    ),
    "png": Format(lambda incident, setting: png(incident, setting.picture, static=setting.static), "image/png", "png"),
}
"""Every format that an incident can be written in, by the name a person gives it."""


def require(name: str) -> Format:
    """The format of that name. Raises :class:`~geomap.errors.BadInput`, naming those there are, for any other."""
    if name not in FORMATS:
        raise BadInput(f"the format {name!r:.40} is not known; use {', '.join(FORMATS)}")
    return FORMATS[name]


def dumps(incident: Incident, form: str, setting: Setting | None = None) -> bytes:
    """The incident as the bytes of a file.

    Raises :class:`~geomap.errors.BadInput` for an unknown format, or one whose library is not installed, and
    :class:`~geomap.errors.NotFound` where a picture lacks what set-up fetches.
    """
    return require(form).render(incident, setting or Setting())


def write(incident: Incident, form: str, path: Path, setting: Setting | None = None) -> None:
    """Write the incident to a file, whole or not at all.

    Raises what :func:`dumps` raises, :class:`~geomap.errors.BadInput` for a folder that is not there, and
    :class:`~geomap.errors.GeomapError` where the file cannot be written.
    """
    require(form)
    files.require_folder(path)
    content = dumps(incident, form, setting)
    with files.replacing(path) as part:
        part.write_bytes(content)
