"""What the templates of an incident are given, whoever renders them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geomap.model import Incident
from geomap.render import basemap
from geomap.render.document import document
from geomap.render.map import map_data, parts, script_json


def context(incident: Incident, static: Path, *, osm: bool = False) -> dict[str, Any]:
    """The variables ``doc``, ``map``, ``mapdata``, ``basemap`` and ``osm`` of every template that has a map.

    ``static`` is the folder of our own CSS, JavaScript and basemap; ``osm`` offers OpenStreetMap's tiles as a layer.
    """
    doc = document(incident)
    bounds = doc["view"]["whole"]
    return {
        "doc": doc,
        "map": parts(doc, osm=osm),
        "mapdata": script_json(map_data(doc)),
        "basemap": script_json(basemap.clip(tuple(bounds), static)) if bounds else None,
        "osm": osm,
    }
