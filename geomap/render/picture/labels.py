"""Names on a picture: the incident's first, then towns by rank, never one over another (as static/js/labels.js)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geomap.render.geojson import Json
from geomap.render.picture import lettering
from geomap.render.picture.drawing import Element, add, reading
from geomap.render.picture.frame import Frame
from geomap.render.picture.lettering import REGULAR, STRONG
from geomap.render.view import EVENT
from geomap.tongue import joined, quantity, say

LINE = 15
"""Units from one line of a label to the next."""
SPACED, REGION_SPACED = 2, 1.2
"""Units between the letters of a country's name, and of a region's."""
LARGE = 2.6
"""Countries of a rank below this are large on any map."""
LONG = 18
"""Letters above which the name of an area is set on two lines."""
OUTSIDE = 80
"""Units that a point may lie outside the picture and still be named."""
NATIVE_ZOOM = 9.5
"""From here on towns are named in their own script too."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

SPOTS = (
    (0, -0.5, 1, 0),
    (-1, -0.5, -1, 0),
    (-0.5, -1, 0, -1),
    (-0.5, 0, 0, 1),
    (0, -1, 0.7, -0.7),
    (0, 0, 0.7, 0.7),
    (-1, -1, -0.7, -0.7),
    (-1, 0, -0.7, 0.7),
)
"""Where a label may stand round its point, best first: shares of its own size, and of its gap."""
ALONG = (0.5, 0.3, 0.7)
"""The shares of a line at which its label may stand."""
CENTRED = (
    (-0.5, -0.5, 0, 0),
    (-0.5, -1, 0, 0),
    (-0.5, 0, 0, 0),
    (-0.35, -0.5, 0, 0),
    (-0.65, -0.5, 0, 0),
    (-0.5, -1.5, 0, 0),
    (-0.5, 0.5, 0, 0),
)
"""The same round the middle of a country or a region."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label; ``tail`` is the native name, in the softer colour."""

    text: str
    size: float
    weight: int = REGULAR
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines to write beside a point in units, or beside one ``elsewhere`` where there is no room.

    ``dot`` is the radius of a dot at the point, 0 for none; ``spaced`` the room between letters; the dots of
    ``major`` towns are kept free by what is written before them.
    """

    x: float
    y: float
    lines: tuple[Line, ...]
    colour: str
    gap: float
    dot: float = 0
    centred: bool = False
    spaced: float = 0
    major: bool = False
    elsewhere: tuple[tuple[float, float], ...] = ()


def labels(doc: Json, base: Json, frame: Frame, *, static: Path, brief: bool) -> Iterator[Label]:
    """Every label that the map would have, the most important first.

    ``brief`` ones are names alone, for a picture that has no room for more.
    """
    entries = [each for each in doc["entries"] if shown(each)]
    sites = sorted((each for each in entries if "lonlat" in each), key=lambda each: each["layer"] not in EVENT)
    own = {each["name"] for each in sites}
    yield from (_site(each, frame, static, brief=brief) for each in sites)
    ends = {end["name"]: end for each in entries for end in each.get("ends", ()) if end["name"] not in own}
    yield from (_end(each, frame) for each in ends.values())
    lines = {feature["id"]: feature["geometry"] for feature in doc["features"]}
    if not brief:
        checks = [each for each in entries if each["layer"] == "distance"]
        # A direction alone says less than a distance.
        checks.sort(key=lambda each: each["quoted_km"] is None)
        yield from (_distance(each, lines[each["id"]], frame) for each in checks)
    yield from _countries(base["countries"]["features"], frame, static)
    yield from _towns(base["places"]["features"], frame, own | set(ends), static)
    if "region_names" in base:
        yield from _regions(base["region_names"]["features"], frame, {name.lower() for name in own}, static)


def shown(entry: Json) -> bool:
    """Whether a picture draws the entry: what is placed, not too vast, and part of the incident."""
    return bool(entry["placed"]) and not entry.get("hidden") and entry["layer"] != "mentioned"


def write(parent: Element, found: Iterable[Label], taken: list[Box], frame: Frame, paint: Painter) -> None:
    """Draw each label for which there is room beside those before it and what is ``taken`` already."""
    wanted = list(found)
    taken += [_dot(label) for label in wanted if label.major]
    for label in wanted:
        inside = -OUTSIDE < label.x < frame.width + OUTSIDE and -OUTSIDE < label.y < frame.height + OUTSIDE
        if not inside and not label.elsewhere:
            continue
        box = _place(label, paint.size(label), taken, frame)
        if box is None:
            continue
        taken.append(box)
        if label.dot:
            add(parent, "circle", cx=label.x, cy=label.y, r=label.dot, fill=paint.colours[label.colour])
            taken.append(_dot(label))
        paint.write(parent, label, box)


def _dot(label: Label) -> Box:
    return label.x - 2, label.y - 2, label.x + 2, label.y + 2


def _place(label: Label, size: tuple[float, float], taken: Sequence[Box], frame: Frame) -> Box | None:
    wide, high = size
    for x, y in ((label.x, label.y), *label.elsewhere):
        for across, down, aside, below in CENTRED if label.centred else SPOTS:
            left, top = x + across * wide + aside * label.gap, y + down * high + below * label.gap
            box = left, top, left + wide, top + high
            inside = left > 2 and top > 2 and box[2] < frame.width - 2 and box[3] < frame.height - 2
            if inside and clear(box, taken):
                return box
    return None


def clear(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box touches none of the others."""
    return all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken)


@dataclass(frozen=True, slots=True)
class Painter:
    """Writes labels in a theme's colours and the font's widths."""

    colours: Mapping[str, str]
    static: Path

    def width(self, text: str, size: float, weight: int) -> float:
        """Units that the text runs."""
        return lettering.width(text, size, weight, self.static)

    def size(self, label: Label) -> tuple[float, float]:
        """Units across and down."""
        wide = max(
            self.width(line.text, line.size, line.weight)
            + self.width(line.tail, line.size, REGULAR)
            + label.spaced * len(line.text)
            for line in label.lines
        )
        return wide + 4, LINE * len(label.lines) + 2

    def write(self, parent: Element, label: Label, box: Box) -> None:
        """The lines of a label, each with a halo that lifts it off the map."""
        for number, line in enumerate(label.lines):
            baseline = box[1] + LINE * number + 8.5 + 0.36 * line.size
            text = self._text(parent, line, (box[0] + box[2]) / 2 if label.centred else box[0] + 2, baseline)
            if label.centred:
                text.set("text-anchor", "middle")
                text.set("letter-spacing", str(label.spaced))
            add(text, "tspan", line.text, fill=self.colours[label.colour], font_weight=line.weight)
            if line.tail:
                add(text, "tspan", line.tail, fill=self.colours["label"])
            reading(text)

    def _text(self, parent: Element, line: Line, x: float, y: float) -> Element:
        return add(
            parent,
            "text",
            x=x,
            y=y,
            font_size=line.size,
            stroke=self.colours["halo"],
            stroke_width=3.5,
            stroke_linejoin="round",
            paint_order="stroke",
        )


def _at(frame: Frame, lonlat: Sequence[float]) -> tuple[float, float]:
    ((x, y),) = frame.points([lonlat]).tolist()
    return x, y


def _site(entry: Json, frame: Frame, static: Path, *, brief: bool) -> Label:
    x, y = _at(frame, entry["lonlat"])
    if brief:
        return Label(x, y, (Line(entry["name"], 12, STRONG),), f"{entry['layer']}-ink", 11)
    sure = entry["status"] not in ("reported", "confirmed")
    said = joined([entry["label"], entry["status_text"]]) if sure else entry["label"]
    lines = [
        Line(entry["name"], 13.5, STRONG, _native(entry["native"], static)),
        Line(said, 12),
    ]
    if sure and entry["layer"] == "launch-area" and entry["speakers"]:
        # An accusation never stands without its author.
        lines.append(Line(say("by %(speakers)s", speakers=joined(entry["speakers"])), 12))
    return Label(x, y, tuple(lines), f"{entry['layer']}-ink", 13)


def _native(name: str, static: Path) -> str:
    """A native name as the tail of a line, "" where the font cannot write it."""
    return f" {name}" if name and lettering.written(name, static) else ""


def _end(end: Json, frame: Frame) -> Label:
    """A place that a distance runs from or to, where nothing else names it."""
    x, y = _at(frame, end["lonlat"])
    return Label(x, y, (Line(end["name"], 12.5, STRONG),), "label-strong", 6, dot=3)


def _distance(entry: Json, line: Json, frame: Frame) -> Label:
    """What a line was quoted as and what it measures, beside its middle or another part of it."""
    parts = line["coordinates"] if line["type"] == "MultiLineString" else [line["coordinates"]]
    points = frame.points([point for part in parts for point in part])
    share = np.linspace(0, 1, len(points))
    spots = np.column_stack([np.interp(ALONG, share, axis) for axis in points.T]).tolist()
    size = quantity(round(entry["measured_km"], 1), "km") if entry["quoted_km"] else f"{entry['azimuth']}°"
    quoted, measured = say("quoted %(what)s", what=entry["quoted_text"]), say("measured %(what)s", what=size)
    lines = Line(quoted, 12, STRONG), Line(measured, 12)
    (x, y), *elsewhere = spots
    return Label(x, y, lines, "distance-ink", 5, elsewhere=tuple((a, b) for a, b in elsewhere))


def _countries(features: Sequence[Json], frame: Frame, static: Path) -> Iterator[Label]:
    for feature in features:
        rank = feature["properties"]["rank"]
        if rank <= frame.zoom + 0.75:
            lines = _area_lines(_called(feature["properties"], static).upper())
            size, weight = (12, STRONG) if rank < LARGE else (11, REGULAR)
            yield _area(feature, frame, tuple(Line(each, size, weight) for each in lines), "label", SPACED)


def _regions(features: Sequence[Json], frame: Frame, own: set[str], static: Path) -> Iterator[Label]:
    """First-level units with room for their name, but for those that the incident names."""
    for feature in features:
        properties = feature["properties"]
        if properties["rank"] <= frame.zoom and not {each.lower() for each in _forms(properties)} & own:
            lines = _area_lines(_called(properties, static))
            yield _area(feature, frame, tuple(Line(each, 11) for each in lines), "label-region", REGION_SPACED)


def _forms(properties: Json) -> set[str]:
    """What a place of the basemap is called: in the language of the names, and in English."""
    return {properties["name"], properties.get("english", properties["name"])}


def _called(properties: Json, static: Path) -> str:
    """The name of a place of the basemap; the English one where the font cannot write it."""
    name = str(properties["name"])
    return name if lettering.written(name, static) else str(properties.get("english", name))


def _area_lines(name: str) -> list[str]:
    """A name set across an area: a long one on two lines."""
    half = name.find(" ", len(name) // 3) if len(name) > LONG else -1
    return [name[:half], name[half + 1 :]] if half > 0 else [name]


def _area(feature: Json, frame: Frame, lines: tuple[Line, ...], colour: str, spaced: float) -> Label:
    points = [feature["geometry"]["coordinates"], *feature["properties"].get("also", ())]
    (x, y), *elsewhere = [_at(frame, point) for point in points]
    apart = 0 if any(lettering.joins(line.text) for line in lines) else spaced
    return Label(x, y, lines, colour, 0, centred=True, spaced=apart, elsewhere=tuple(elsewhere))


def _towns(features: Sequence[Json], frame: Frame, own: set[str], static: Path) -> Iterator[Label]:
    native = frame.zoom >= NATIVE_ZOOM
    for feature in features:
        town = feature["properties"]
        if town["rank"] <= frame.zoom and town["name"] not in own:
            x, y = _at(frame, feature["geometry"]["coordinates"])
            tail = _native(town["native"], static) if native and town["native"] != town["name"] else ""
            major = town["capital"] or town["rank"] <= 4
            line = Line(_called(town, static), 12, STRONG if major else REGULAR, tail)
            yield Label(x, y, (line,), "label", 5, dot=1.8, major=major)
