"""An incident as an SVG: basemap, regions, lines, symbols, names, and what stands round them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geomap.catalogs import nearest
from geomap.model import Incident
from geomap.render import basemap
from geomap.render.document import LAYERS, document
from geomap.render.geojson import Json
from geomap.render.naming import at_home, call, named
from geomap.render.picture import furniture, lettering, symbols
from geomap.render.picture.alt import alt
from geomap.render.picture.drawing import NAMESPACE, Element, add, path
from geomap.render.picture.frame import Frame, Room, fit
from geomap.render.picture.ground import ground
from geomap.render.picture.labels import Box, Painter, labels, shown, write
from geomap.render.picture.options import Options
from geomap.render.picture.palette import palette
from geomap.render.view import WIDEST_M, WORLD
from geomap.tongue import ENGLISH, say, speaking, spoken

EDGE = 28
"""Units kept free round what the picture is to show."""
BESIDE = 3
"""A legend narrower than this part of the picture has the map beside it; another has it above."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def svg(incident: Incident, options: Options, *, static: Path) -> str:
    """The picture, the same bytes for the same incident, options and static folder.

    Its words are text in the page's colours; ``title`` and ``desc`` say what is on it. Raises
    :class:`~geomap.errors.NotFound` where ``static`` lacks style sheet, basemap or font.
    """
    with speaking(nearest(options.lang) or ENGLISH):
        return drawn(document(incident), options, static=static)


def drawn(doc: Json, options: Options, *, static: Path) -> str:
    """The same of a view document, as :func:`geomap.render.document.document` makes it."""
    width, height = options.width / options.zoom, options.height / options.zoom
    call(doc, static)
    paint = Painter(palette(static, options.theme), static)
    top = furniture.CAPTION if furniture.roomy(width, height) else 0
    found = furniture.rows(doc) if top else []
    box = furniture.legend_box(found, width, height - top, paint)
    frame = fit(doc["view"]["event"] or WORLD, width, height - top, _room(box, width, height - top))
    base = named(at_home(basemap.clip(frame.bounds, static), static), options.lang)
    root = _root(doc, options, width, height)
    symbols.definitions(root, paint.colours)
    canvas = add(root, "svg", y=top, width=width, height=height - top)
    ground(canvas, base, frame, paint.colours)
    _features(canvas, doc, frame, paint)
    taken = [
        each for each in (box, furniture.credits(canvas, frame, paint), furniture.scale(canvas, frame, paint)) if each
    ]
    taken += _symbol_boxes(doc, frame)
    write(canvas, labels(doc, base, frame, static=static, brief=not top), taken, frame, paint)
    _symbols(canvas, doc, frame, paint)
    if box:
        furniture.legend(canvas, found, box, paint)
    if top:
        furniture.caption(root, doc, width, paint, note=options.note)
    return _DECLARATION + ET.tostring(root, encoding="unicode") + "\n"


def _room(legend: Box | None, width: float, height: float) -> Room:
    """What is kept free: a legend at the side of a wide picture, below the map of a narrow one."""
    edge = min(EDGE, width / 10, height / 10)
    left, top, right, _ = legend or (0, height, 0, height)
    if right - left < width / BESIDE:
        return Room(left=max(edge, right + edge), top=edge + 8, right=edge, bottom=edge + 12)
    return Room(left=edge, top=edge + 8, right=edge, bottom=max(edge + 12, height - top + edge))


def _root(doc: Json, options: Options, width: float, height: float) -> Element:
    root = ET.Element(
        "svg", {"xmlns": NAMESPACE, "role": "img", "aria-labelledby": "title", "aria-describedby": "desc"}
    )
    root.set("width", str(options.width))
    root.set("height", str(options.height))
    root.set("viewBox", f"0 0 {round(width, 2):g} {round(height, 2):g}")
    root.set("font-family", lettering.STACK)
    root.set("lang", spoken().code)
    add(root, "title", say("%(title)s: map", title=doc["title"]), id="title")
    add(root, "desc", alt(doc), id="desc")
    return root


def _features(parent: Element, doc: Json, frame: Frame, paint: Painter) -> None:
    """Regions, then lines; the layers in the order in which the map stacks them."""
    shapes = {feature["id"]: feature["geometry"] for feature in doc["features"]}
    entries = sorted((each for each in doc["entries"] if shown(each)), key=lambda e: -list(LAYERS).index(e["layer"]))
    for entry in entries:
        if region := shapes.get(f"{entry['id']}.region"):
            broad = entry.get("reach_km", 0) * 1000 > WIDEST_M
            area = _area(region, frame)
            if not area.is_empty:
                symbols.region(parent, entry["layer"], entry["status"], area, paint.colours, broad=broad)
    for entry in entries:
        if entry["layer"] in ("route", "distance"):
            data = path(list(_lines(shapes[entry["id"]], frame)), closed=False)
            symbols.line(parent, entry["layer"], entry["status"], data, paint.colours)


def _symbols(parent: Element, doc: Json, frame: Frame, paint: Painter) -> None:
    for entry in reversed(_sites(doc)):
        ((x, y),) = frame.points([entry["lonlat"]]).tolist()
        symbols.symbol(parent, entry["layer"], entry["status"], (x, y), paint.colours)


def _symbol_boxes(doc: Json, frame: Frame) -> list[Box]:
    points = frame.points([entry["lonlat"] for entry in _sites(doc)]).tolist()
    return [(x - 10, y - 10, x + 10, y + 10) for x, y in points]


def _sites(doc: Json) -> list[Json]:
    return [entry for entry in doc["entries"] if shown(entry) and "lonlat" in entry]


def _area(region: Json, frame: Frame) -> BaseGeometry:
    """A region in units of the picture, with no more of it than the picture and its near surroundings."""
    area = shapely.transform(shape(region), frame.points)
    whole = shapely.make_valid(area) if not area.is_valid else area
    return shapely.intersection(whole, shapely.box(-EDGE, -EDGE, frame.width + EDGE, frame.height + EDGE))


def _lines(line: Json, frame: Frame) -> Iterator[NDArray[np.float64]]:
    for part in line["coordinates"] if line["type"] == "MultiLineString" else [line["coordinates"]]:
        yield frame.points(np.array(part))
