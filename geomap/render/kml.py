"""KML 2.3 (OGC 12-007r2), for Google Earth and the like.

Written with the standard library: the KML writer at hand passes on unescaped what stands between CDATA marks, and
report text may hold anything.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from geomap.render.flat import called, words
from geomap.render.geojson import Json

_NAMESPACE = "http://www.opengis.net/kml/2.2"
"""KML 2.3 kept the namespace of 2.2."""

_FOLDERS = {"route": "Routes", "distance": "Quoted distances", "length": "Quoted distances", "mentioned": "Mentioned"}
_SITES = "Sites"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_COLOURS = {"claimed": "ff1a8fe6", "confirmed": "ff3c8c2e", "denied": "ff4040c0", "unverified": "ff808080"}
"""Line colours by status, as KML writes them: alpha, blue, green, red."""

_REPORTED = "ffb36b1f"
_FILL = "40"
"""How opaque a region is, in hexadecimal."""


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def kml(collection: Json) -> bytes:
    """A document with a folder each for sites, routes, quoted distances and places mentioned.

    A placemark's name tells its role too; every other property stands in its ExtendedData; its description says in
    words who reports what. A distance that could not be measured is a placemark without a place.
    """
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = _child(root, "Document")
    _child(document, "name", collection["incident"]["title"])
    for status in ("reported", *_COLOURS):
        _style(document, status)
    folders: dict[str, ET.Element] = {}
    for feature in collection["features"]:
        title = _FOLDERS.get(feature["properties"]["role"], _SITES)
        if title not in folders:
            folders[title] = _child(document, "Folder")
            _child(folders[title], "name", title)
        _placemark(folders[title], feature)
    ET.indent(root, " ")
    return f"{_DECLARATION}\n{ET.tostring(root, encoding='unicode')}\n".encode()


def _child(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = xml_text(text)
    return element


def _style(document: ET.Element, status: str) -> None:
    colour = _COLOURS.get(status, _REPORTED)
    style = _child(document, "Style", id=status)
    line = _child(style, "LineStyle")
    _child(line, "color", colour)
    _child(line, "width", "2")
    _child(_child(style, "PolyStyle"), "color", _FILL + colour[2:])


def _placemark(folder: ET.Element, feature: Json) -> None:
    properties: dict[str, Any] = feature["properties"]
    placemark = _child(folder, "Placemark")
    _child(placemark, "name", f"{called(feature)} ({properties['role'].replace('-', ' ')})")
    _child(placemark, "description", _description(feature))
    _child(placemark, "styleUrl", f"#{properties['status']}")
    extended = _child(placemark, "ExtendedData")
    for key, value in properties.items():
        # Readers take a datum called name for the placemark's own.
        if key not in ("name", "called") and value not in (None, "", []):
            _child(_child(extended, "Data", name=key), "value", words(feature, key))
    if feature["geometry"]:
        _geometry(placemark, feature["geometry"])


def _description(feature: Json) -> str:
    """Lines for the balloon, which shows HTML: whatever a report says is escaped."""
    lines = [
        f"{label}: {html.escape(text)}"
        for label, key in (
            ("Status", "status"),
            ("Says", "speakers"),
            ("Quoted", "quoted"),
            ("Verdict", "verdict"),
            ("Why", "reason"),
            ("Reports", "reports"),
        )
        if (text := words(feature, key))
    ]
    return "<br/>".join(lines)


def _geometry(parent: ET.Element, geometry: Json) -> None:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        many = _child(parent, "MultiGeometry")
        for part in coordinates:
            _geometry(many, {"type": kind.removeprefix("Multi"), "coordinates": part})
        return
    element = _child(parent, kind)
    if kind == "Polygon":
        for at, ring in enumerate(coordinates):
            boundary = _child(element, "innerBoundaryIs" if at else "outerBoundaryIs")
            _child(_child(boundary, "LinearRing"), "coordinates", _tuples(ring))
        return
    if kind == "LineString":
        # Without it, Google Earth draws the line through the ground.
        _child(element, "tessellate", "1")
    _child(element, "coordinates", _tuples([coordinates] if kind == "Point" else coordinates))


def _tuples(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in points)
