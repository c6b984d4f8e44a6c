"""How things of the incident are drawn: what a thing is sets colour and shape, how sure it is sets line and filling.

The numbers are those of static/css/map.css: a picture and the page are read by one legend.
"""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.render.picture.drawing import Element, add, path
from geomap.render.picture.hatching import PATTERNS

Colours = Mapping[str, str]

HOLLOW = frozenset({"claimed", "unverified", "denied"})
BARE = frozenset({"origin", "destination"})
"""Layers whose regions are outlined only: they would lie over everything."""
REGIONS: Mapping[str, tuple[float, str, str, float]] = {
    "reported": (1.75, "", "", 0.16),
    "confirmed": (3, "", "", 0.34),
    "claimed": (1.75, "7 4", "hatch", 1),
    "unverified": (2, "0.5 5", "dots", 1),
    "denied": (1.25, "2 4", "cross", 0.7),
}
"""Width of the outline, its dashes, the pattern of the filling ("" is plain), and how opaque that is."""
LINES: Mapping[str, tuple[float, str]] = {
    "reported": (2.5, ""),
    "confirmed": (3.5, ""),
    "claimed": (2.5, "9 6"),
    "unverified": (2.5, "0.5 6"),
    "denied": (1.5, "2 5"),
}
DISTANCE = 1.75
"""Width of a measured distance."""


def definitions(parent: Element, colours: Colours) -> None:
    """The arrow's head, which routes refer to."""
    defs = add(parent, "defs")
    arrow = add(defs, "marker", id="arrow", viewBox="0 0 10 10", refX=8, refY=5, markerWidth=14, markerHeight=14)
    arrow.set("markerUnits", "userSpaceOnUse")
    arrow.set("orient", "auto")
    add(arrow, "path", d="M1 1L9 5L1 9", fill="none", stroke=colours["route"], stroke_width=2)


def region(parent: Element, layer: str, status: str, area: BaseGeometry, colours: Colours, *, broad: bool) -> None:
    """An area in units of the picture; ``broad`` ones are fainter, since they lie under everything."""
    width, dashes, pattern, opacity = REGIONS[status]
    if broad:
        width, opacity = 1.25, 0.38 if pattern else 0.07
    colour = _colour(layer, colours)
    if layer not in BARE:
        if pattern:
            _hatching(parent, pattern, area, colour, opacity)
        else:
            add(parent, "path", d=outline(area), fill=colour, fill_opacity=opacity, fill_rule="evenodd")
    drawn = add(parent, "path", d=outline(area), fill="none")
    if layer in BARE:
        width = 1.25
        drawn.set("stroke-opacity", "0.75")
    _outline(drawn, colour, width, dashes)


def outline(area: BaseGeometry) -> str:
    """Path data of every ring of an area."""
    return path([shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))], closed=True)


def _hatching(parent: Element, pattern: str, area: BaseGeometry, colour: str, opacity: float) -> None:
    drawn = add(parent, "path", d=PATTERNS[pattern](area), fill="none", stroke=colour)
    dots = pattern == "dots"
    drawn.set("stroke-width", "2.2" if dots else "1.6")
    drawn.set("stroke-opacity", f"{opacity * (0.75 if dots else 0.6):.3g}")
    if dots:
        drawn.set("stroke-linecap", "round")


def line(parent: Element, layer: str, status: str, data: str, colours: Colours) -> None:
    """A route, with its arrow, or a measured distance."""
    width, dashes = LINES[status]
    drawn = add(parent, "path", d=data, fill="none")
    _outline(drawn, _colour(layer, colours), DISTANCE if layer == "distance" else width, dashes)
    if layer == "route":
        drawn.set("marker-end", "url(#arrow)")


def symbol(parent: Element, layer: str, status: str, at: tuple[float, float], colours: Colours) -> None:
    """The symbol of a site at a point: solid where reported or confirmed, hollow where only said."""
    (x, y), colour, hollow = at, _colour(layer, colours), status in HOLLOW
    filling = colours["paper-raised"] if hollow else colour
    if layer == "launch-area":
        add(parent, "path", d=_triangle(x, y, 9, 8), fill=colour, stroke=colours["halo"], stroke_width=1.5)
        if hollow:
            add(parent, "path", d=_triangle(x, y + 2, 4, 3.5), fill=colours["paper-raised"])
        return
    half = 8.5 if layer in ("crash-site", "incident-site") else 6
    for grow, paint, stroke in ((2.0, colours["halo"], ""), (-1.25, filling, colour)):
        shape = _shape(parent, layer, x, y, half + grow)
        shape.set("fill", paint)
        if stroke:
            _outline(shape, stroke, 2.5, "2.5 2.5" if status == "unverified" else "")
    if half > 6:
        add(parent, "circle", cx=x, cy=y, r=2.5, fill=colour if hollow else colours["paper-raised"])


def _shape(parent: Element, layer: str, x: float, y: float, half: float) -> Element:
    if layer in ("exchange-point", "destination"):
        box = add(parent, "rect", x=x - half, y=y - half, width=2 * half, height=2 * half)
        if layer == "exchange-point":
            box.set("transform", f"rotate(45 {round(x, 2):g} {round(y, 2):g})")
        return box
    return add(parent, "circle", cx=x, cy=y, r=half)


def _triangle(x: float, y: float, half: float, high: float) -> str:
    """A triangle that points up, ``half`` units to either side and ``high`` up and down from its middle."""
    return f"M{x:.1f} {y - high:.1f}L{x + half:.1f} {y + high:.1f}L{x - half:.1f} {y + high:.1f}Z"


def _colour(layer: str, colours: Colours) -> str:
    return colours["ink-soft"] if layer == "key" else colours[layer]


def _outline(element: Element, colour: str, width: float, dashes: str) -> None:
    element.set("stroke", colour)
    element.set("stroke-width", f"{width:g}")
    if dashes:
        element.set("stroke-dasharray", dashes)
        if dashes.startswith("0.5"):
            element.set("stroke-linecap", "round")
