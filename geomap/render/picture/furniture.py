"""What stands round the map on a picture: the caption above, legend, scale bar and credits on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import shapely

from geomap.render import wording
from geomap.render.geojson import Json
from geomap.render.picture import symbols
from geomap.render.picture.drawing import Element, add, reading
from geomap.render.picture.frame import Frame
from geomap.render.picture.labels import Box, Painter, shown
from geomap.render.picture.lettering import REGULAR, STRONG, shortened
from geomap.tongue import joined, mark, quantity, say

CREDITS = mark("Places: GeoNames (CC BY 4.0). Basemap: Natural Earth. Map: geomap.")
CREDIT = 20
CAPTION = 52
"""Units that the caption is high; a picture lower or narrower than LEAST has none, and no legend."""
LEAST = (360, 260)
MARGIN = 10
SIDE = 16
WIDE = 600
"""From here on the title has its full size."""
ROW = 24
PADDING = 12
SWATCH = 34
KEY = {
    "confirmed": mark("confirmed"),
    "reported": mark("reported"),
    "claimed": mark("only claimed"),
    "unverified": mark("unverified"),
    "denied": mark("denied"),
}
"""How sure, as the legend of the page says it."""
BAR = 110
"""Units that the scale bar is wide at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the legend: a layer, or (where ``layer`` is "key") what a status looks like."""

    layer: str
    status: str
    text: str
    soft: str = ""


def roomy(width: float, height: float) -> bool:
    """Whether there is room for a caption and a legend."""
    return width >= LEAST[0] and height >= LEAST[1]


def caption(parent: Element, doc: Json, width: float, paint: Painter, *, note: str = "") -> None:
    """The title, with the note or else the date and the reports beside it, on paper of its own."""
    colours = paint.colours
    add(parent, "rect", width=width, height=CAPTION, fill=colours["paper"])
    add(parent, "path", d=f"M0 {CAPTION - 0.5}H{width:g}", stroke=colours["rule"], stroke_width=1)
    size = 20 if width >= WIDE else 16
    beside = _beside(doc, note, width - 4 * SIDE - paint.width(doc["title"], size, STRONG), paint)
    room = paint.width(beside, 14, REGULAR) + 2 * SIDE if beside else 0
    title = shortened(doc["title"], width - room - 2 * SIDE, size, STRONG, paint.static)
    add(parent, "text", title, x=SIDE, y=33, font_size=size, font_weight=STRONG, fill=colours["ink"])
    if beside:
        end = add(parent, "text", beside, x=width - SIDE, y=33, font_size=14, fill=colours["ink-soft"])
        end.set("text-anchor", "end")


def _beside(doc: Json, note: str, room: float, paint: Painter) -> str:
    """The note at any price; else as much of the date and the number of reports as the title leaves room for."""
    if note:
        return note
    reports = wording.counted("report", len(doc["reports"]))
    for words in (joined([part for part in (doc["when_text"], reports) if part]), doc["when_text"]):
        if paint.width(words, 14, REGULAR) <= room:
            return str(words)
    return ""


def rows(doc: Json) -> list[Row]:
    """The legend: each layer drawn, then how sure its things are where one is not simply reported."""
    layers = [Row(e["id"], e["status"], e["label"], e["sureness"]) for e in doc["layers"] if e["id"] != "mentioned"]
    found = {each["status"] for each in doc["entries"] if shown(each)}
    sure = [Row("key", status, say(words)) for status, words in KEY.items() if status in found]
    return layers + (sure if found - {"reported"} else [])


def legend_box(found: list[Row], width: float, height: float, paint: Painter) -> Box | None:
    """Where the legend stands, bottom left; None where it holds nothing or would fill the picture."""
    high = ROW * len(found) + 2 * PADDING - 4
    if not found or high > height - CAPTION - 4 * MARGIN:
        return None
    wide = max(paint.width(f"{row.text} {row.soft}", 13, REGULAR) for row in found) + SWATCH + 3 * PADDING
    bottom = height - MARGIN
    if MARGIN + wide > width - credits_width(paint):
        bottom -= CREDIT
    return MARGIN, bottom - high, MARGIN + wide, bottom


def legend(parent: Element, found: list[Row], box: Box, paint: Painter) -> None:
    """The legend's card."""
    colours = paint.colours
    left, top, right, bottom = box
    card = add(parent, "rect", x=left + 0.5, y=top + 0.5, width=right - left, height=bottom - top, rx=3)
    card.set("fill", colours["paper-raised"])
    card.set("stroke", colours["rule-strong"])
    for number, row in enumerate(found):
        middle = top + PADDING + ROW * number + ROW / 2 - 2
        _swatch(parent, row, left + PADDING + SWATCH / 2, middle, paint)
        soft = row.layer == "key"
        text = add(parent, "text", x=left + 2 * PADDING + SWATCH, y=middle + 4.5, font_size=13)
        add(text, "tspan", row.text, fill=colours["ink-soft" if soft else "ink"])
        if row.soft:
            add(text, "tspan", f" {row.soft}", fill=colours["ink-soft"])
        reading(text)


def _swatch(parent: Element, row: Row, x: float, y: float, paint: Painter) -> None:
    if row.layer == "key":
        symbols.region(parent, "key", row.status, shapely.box(x - 15, y - 7, x + 15, y + 7), paint.colours, broad=False)
    elif row.layer in ("route", "distance"):
        symbols.line(parent, row.layer, row.status, f"M{x - 15:g} {y:g}H{x + 15:g}", paint.colours)
    else:
        symbols.symbol(parent, row.layer, row.status, (x, y), paint.colours)


def scale(parent: Element, frame: Frame, paint: Painter) -> Box:
    """A bar of a round length, bottom right; it is right in the middle of the map. Returns the room it takes."""
    metres = round_length(BAR * frame.metres)
    long = metres / frame.metres
    right, base = frame.width - MARGIN, frame.height - 30
    left = right - long
    data = f"M{left:.1f} {base - 5:.1f}V{base:.1f}H{right:.1f}V{base - 5:.1f}"
    for colour, width in ((paint.colours["halo"], 4.0), (paint.colours["ink-soft"], 1.5)):
        add(parent, "path", d=data, fill="none", stroke=colour, stroke_width=width)
    words = quantity(round(metres / 1000), "km") if metres >= 1000 else quantity(round(metres), "m")
    text = add(parent, "text", words, x=right - 4, y=base - 8, font_size=12, fill=paint.colours["ink-soft"])
    text.set("text-anchor", "end")
    text.set("stroke", paint.colours["halo"])
    text.set("stroke-width", "3")
    text.set("paint-order", "stroke")
    return left - 4, base - 24, frame.width, base + 4


def round_length(most: float) -> float:
    """The longest of 1, 2, 3 and 5 times a power of ten that is not above ``most``."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 3, 5) if step * power <= most)


def credits_width(paint: Painter) -> float:
    """Units that the credits run."""
    return paint.width(say(CREDITS), 11, REGULAR) + 12


def credits(parent: Element, frame: Frame, paint: Painter) -> Box | None:
    """Whose data the map is made of, bottom right; None where the picture is too narrow for the words."""
    wide = credits_width(paint)
    if wide > frame.width:
        return None
    box = frame.width - wide, frame.height - CREDIT, frame.width, frame.height
    add(parent, "rect", x=box[0], y=box[1], width=wide, height=CREDIT, fill=paint.colours["halo"])
    text = add(parent, "text", say(CREDITS), x=frame.width - 6, y=frame.height - 6, font_size=11)
    text.set("fill", paint.colours["ink-soft"])
    text.set("text-anchor", "end")
    return box
