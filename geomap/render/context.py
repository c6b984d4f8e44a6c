"""What the templates of an incident are given, whoever renders them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geomap.model import Incident
from geomap.render import basemap, names
from geomap.render.crowd import LISTED, crowd
from geomap.render.document import document
from geomap.render.facets import indexed
from geomap.render.geojson import Json
from geomap.render.map import map_data, parts, script_json
from geomap.render.naming import at_home, call, named
from geomap.render.stored import Bounds
from geomap.render.view import WORLD, around
from geomap.tongue import spoken


def context(incident: Incident, static: Path, *, osm: bool = False, names: str = "") -> dict[str, Any]:
    """What every template with a map is given: ``doc``, ``map``, and as JSON for its scripts ``mapdata`` and the like.

    ``static`` is the folder of our own CSS, JavaScript and basemap; ``osm`` offers OpenStreetMap's tiles as a layer;
    ``names`` is the language (BCP 47) of the basemap's names where it is not the one spoken.
    """
    return mapped(document(incident), static, osm=osm, names=names)


def mapped(doc: Json, static: Path, *, osm: bool = False, names: str = "") -> dict[str, Any]:
    """The same of any document that a map is made from."""
    base = named(at_home(ground(doc["view"], static), static), names or spoken().code)
    call(doc, static)
    return {
        "doc": doc,
        "map": parts(doc, osm=osm),
        "mapdata": script_json(map_data(doc)),
        "basemap": script_json(base),
        "wordings": script_json(doc.get("wordings", {})),
        "ledgerdata": script_json(ledger_data(doc)),
        "osm": osm,
        "listed": LISTED if crowd(doc) else None,
    }


def ledger_data(doc: Json) -> Json:
    """What the incident's page filters and searches by: each claim's options, and the names that an entry goes by."""
    return {
        "claims": indexed(doc.get("claims", {}), doc.get("facets", [])),
        "also": {entry["id"]: entry["also"] for entry in doc["entries"] if entry.get("also")},
    }


def ground(view: Json, static: Path) -> Json:
    """The basemap under a view: shapes for all of it; names for the event, for the whole, and the world's largest."""
    bounds = around(view["whole"] or WORLD)
    whole = basemap.clip(bounds, static)
    views = (
        names.largest((bounds[0] + bounds[2]) / 2, static),
        whole,
        basemap.clip(around(view["event"] or WORLD), static),
    )
    places = {(tuple(p["geometry"]["coordinates"])): p for clip in views for p in clip["places"]["features"]}
    found = whole | {"places": {"type": "FeatureCollection", "features": list(places.values())}}
    found["region_names"] = names.merged(*(clip["region_names"] for clip in views if "region_names" in clip))
    # The view opens on the event: a country whose own point lies just outside is named inside as well.
    opening = names.countries(_midway(view["event"] or WORLD), static / "basemap")
    found["countries"] = names.merged(*(clip["countries"] for clip in views), opening)
    return found


def _midway(bounds: Sequence[float]) -> Bounds:
    """About what a screen shows that is fitted to the bounds: half-way from them to what is drawn around them."""
    west, south, east, north = ((a + b) / 2 for a, b in zip(bounds, around(bounds), strict=True))
    return west, south, east, north
