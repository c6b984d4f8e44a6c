"""geomap: news reports of an incident in; a sourced, checkable map out.

    import geomap

    incident = geomap.compile("reports/")           # files, a directory of them, or a seed incident
    incident                                         # last in a cell of Jupyter: its map
    geomap.save(incident, "incident.html")           # one page that needs no network
    geomap.show(incident, height=800)                # the same map in Jupyter, as high as you like
    geomap.check_distance(60, "mi", "n", reference=(36.26, 49.98), subject=(36.58, 50.60)).reason

Coordinates are (longitude, latitude) in degrees on WGS84; lengths are metres unless a name says otherwise.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from geomap import display

if TYPE_CHECKING:
    from geomap.check import check_distance
    from geomap.errors import GeomapError
    from geomap.model import Article, Claim, Finding, Incident, Place
    from geomap.notebook import compile, save, show
    from geomap.render.geojson import feature_collection

_HOMES = {
    "Article": "model",
    "Claim": "model",
    "Finding": "model",
    "GeomapError": "errors",
    "Incident": "model",
    "Place": "model",
    "check_distance": "check",
    "compile": "notebook",
    "feature_collection": "render.geojson",
    "save": "notebook",
    "show": "notebook",
}

__all__ = [
    "Article",
    "Claim",
    "Finding",
    "GeomapError",
    "Incident",
    "Place",
    "check_distance",
    "compile",
    "feature_collection",
    "save",
    "show",
]


def _map(incident: Incident) -> str:
    """An incident as a notebook shows it."""
    shown: str = importlib.import_module("geomap.notebook").html(incident)
    return shown


display.register("Incident", _map)


def __getattr__(name: str) -> object:
    # Each name is imported when it is first used, so that `import geomap` costs nothing that is not needed.
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    return getattr(importlib.import_module(f"geomap.{_HOMES[name]}"), name)
