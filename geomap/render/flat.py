"""Features as rows of a table: one row each, the same columns for all."""

from __future__ import annotations

import csv as csvs
import io
import re
from typing import Any

from shapely.geometry import shape

from geomap.render.geojson import Json

TEXTS = (
    "role",
    "name",
    "native",
    "part",
    "status",
    "speaker",
    "speakers",
    "reports",
    "quoted",
    "verdict",
    "reason",
    "direction",
    "method",
    "country",
    "feature_code",
    "within",
    "claims",
    "dropped",
)
"""Properties written as words; lists are joined by semicolons."""

NUMBERS = ("uncertainty_m", "area_km2", "distance_km", "quoted_km", "measured_km", "azimuth", "percentile", "gid")
"""Properties written as numbers."""

_FORMULA = re.compile(r"[=+\-@\t\r]")


def words(feature: Json, column: str) -> str:
    """A property as words, "" where the feature has none."""
    value = feature["properties"].get(column)
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


def called(feature: Json) -> str:
    """What people read for a feature: a site as its wording puts it, anything else by its name."""
    return words(feature, "called") or words(feature, "name")


def number(feature: Json, column: str) -> float | None:
    """A property as a number, None where the feature has none."""
    value = feature["properties"].get(column)
    return None if value is None else float(value)


def csv(collection: Json) -> bytes:
    """A row for each feature (RFC 4180, UTF-8): its properties, a point's ``lon`` and ``lat``, any geometry as WKT.

    A cell of words that a spreadsheet would run as a formula begins with an apostrophe.
    """
    target = io.StringIO(newline="")
    writer = csvs.writer(target)
    writer.writerow([*TEXTS, *NUMBERS, "lon", "lat", "wkt"])
    for feature in collection["features"]:
        texts = [cell(words(feature, column)) for column in TEXTS]
        numbers = [feature["properties"].get(column) for column in NUMBERS]
        writer.writerow([*texts, *numbers, *_where(feature)])
    return target.getvalue().encode()


def cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _where(feature: Json) -> tuple[Any, Any, str]:
    geometry = feature["geometry"]
    if geometry is None:
        return None, None, ""
    lon, lat = geometry["coordinates"] if geometry["type"] == "Point" else (None, None)
    return lon, lat, shape(geometry).wkt
