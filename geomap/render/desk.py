"""Checks of a text as one JSON-able document: what the distance desk shows, in the shape its map is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geomap import plane
from geomap.geodesy import METRES
from geomap.model import QuotedDistance, Role, Span, Status
from geomap.render import wording
from geomap.render.checks import plain_row, row
from geomap.render.geojson import Json, geometry
from geomap.render.plot import plot
from geomap.render.view import widen
from geomap.tongue import quantity, say, series

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.desk import Check
    from geomap.ends import End, Namesake

FIELD = "place."
"""What the name of a field, or of a part of an address, begins with that chooses the place some words mean."""

FRAMED = 3.0
"""A region that reaches farther than this many times the distance is not what the map opens on."""
FINE = 2_000
"""A region is drawn to this part of its own width: finer than a screen shows."""


def document(text: str, checks: Sequence[Check]) -> Json:
    """The view of what a text quotes; ``text`` is what was checked. ``json.dumps`` takes it as it is.

    ``distances`` are also the entries of its map; ``plain`` are the times and sums.
    """
    offered: set[str] = set()
    measured = [check for check in checks if check.is_measured]
    besides = [check for check in checks if not check.is_measured]
    entries = [_entry(number, each, offered) for number, each in enumerate(measured, 1)]
    plain = [plain_row(each.claim, each.finding) | {"id": f"check-{n}"} for n, each in enumerate(besides, 1)]
    features = [
        feature for entry, each in zip(entries, measured, strict=True) for feature in _features(entry["id"], each)
    ]
    bounds = _bounds(measured)
    marks = [(each.claim.span, row["id"]) for row, each in zip([*entries, *plain], [*measured, *besides], strict=True)]
    return {
        "id": "desk",
        "layers": [{"id": "distance", "label": say("Quoted distances"), "count": len(entries), "status": "reported"}],
        "entries": entries,
        "distances": entries,
        "checks": plain,
        "found": _found(entries, plain),
        "features": features,
        "view": {"event": bounds, "whole": bounds},
        "text": _marked(text, marks),
    }


def _found(entries: Sequence[Json], plain: Sequence[Json]) -> str:
    """What a text holds, as a heading counts it: "Two distances and one time"."""
    kinds = [each["kind"] for each in plain]
    counted = (len(entries), "distance"), (kinds.count("time"), "time"), (kinds.count("sum"), "sum")
    return wording.capitalized(series([wording.counted(noun, number) for number, noun in counted if number]))


def chosen(fields: Mapping[str, str]) -> dict[str, str]:
    """The places that the fields of a form or address choose: words to ``Place.key``."""
    return {name.removeprefix(FIELD): key for name, key in fields.items() if name.startswith(FIELD) and key}


def pinned(checks: Iterable[Check]) -> dict[str, str]:
    """The fields that choose every place as it was measured, whatever a later reading would make of the text.

    Words that the text uses for two places are left to be read again.
    """
    meant: dict[str, set[str]] = {}
    for check in checks:
        for end in (check.reference, check.subject):
            if end and end.place:
                meant.setdefault(FIELD + end.words, set()).add(end.place.key)
    return {name: next(iter(keys)) for name, keys in meant.items() if len(keys) == 1}


def _entry(number: int, check: Check, offered: set[str]) -> Json:
    finding = check.finding
    entry: Json = {
        "id": "distance" if number == 1 else f"distance-{number}",
        "number": number,
        "layer": "distance",
        "label": wording.role(Role.DISTANCE),
        "native": "",
        "status": str(Status.REPORTED),
        "status_text": wording.status(Status.REPORTED),
        "speakers": [],
        "placed": bool(finding.geodesic or check.region),
        "plot": None,
        "region": wording.method(check.region.method) if check.region else "",
        "sides": [_side(end, what, offered) for end, what in _ends(check) if end],
        "lacking": [what for end, what in _ends(check) if end is None and check.claim.role is Role.DISTANCE],
    }
    if finding.geodesic and finding.quoted_m and finding.percentile is not None:
        entry["plot"] = plot(finding.quoted_m, finding.geodesic.distance_m)
    entry |= row(check.claim, finding)
    said = check.claim.value
    if isinstance(said, QuotedDistance) and said.quantity is None and said.direction is None:
        entry["quoted_text"] = check.claim.quote  # "an hour's drive" has no shorter form
    return entry


def _ends(check: Check) -> tuple[tuple[End | None, str], tuple[End | None, str]]:
    return (check.reference, "From"), (check.subject, "To")


def _side(end: End, what: str, offered: set[str]) -> Json:
    """An end of a distance; the choice of its place is offered where its words first stand."""
    options = [_option(each) for each in sorted(end.namesakes, key=lambda n: (n.away_m is None, n.away_m or 0.0))]
    read = end.read.key if end.read else ""
    side = {
        "what": what,
        "words": end.words,
        "label": end.place.label if end.place else "",
        "where": wording.coordinates(*end.place.lonlat) if end.place else "",
        "kind": wording.place_kind(end.place.feature_code) if end.place else "",
        "chosen": end.chosen,
        "read": end.read.label if end.read else "",
        "field": FIELD + end.words,
        "first": end.words not in offered,
        "key": end.place.key if end.place and end.chosen else "",
        "options": [option for option in options if option["key"] != read],
        "more": end.more,
    }
    offered.add(end.words)
    return side


def _option(each: Namesake) -> Json:
    away = "" if each.away_m is None else say("%(far)s off", far=quantity(f"{each.away_m / METRES['km']:,.0f}", "km"))
    kind = wording.place_kind(each.place.feature_code)
    return {
        "key": each.place.key,
        "label": each.place.label,
        "away": away,
        "kind": "" if kind == say("settlement") else kind,
    }


def _features(id: str, check: Check) -> Iterable[Json]:
    """The region first, so that the line lies over it."""
    if check.region:
        yield {"type": "Feature", "id": f"{id}.region", "geometry": geometry(_drawn(check.region.geometry))}
    if line := _line(check):
        yield {"type": "Feature", "id": id, "geometry": geometry(line)}


def _drawn(shape: BaseGeometry) -> BaseGeometry:
    west, south, east, north = shape.bounds
    return shape.simplify(max(east - west, north - south) / FINE)


def _line(check: Check) -> BaseGeometry | None:
    start, end = check.claim.reference, check.claim.subject
    if not (check.finding.geodesic and start and end and start.place and end.place):
        return None
    return plane.line(*start.place.lonlat, *end.place.lonlat)


def _bounds(checks: Iterable[Check]) -> list[float] | None:
    """What the map opens on: every line, and the regions that are of its size."""
    found: list[tuple[float, ...]] = []
    for check in checks:
        line = _line(check)
        long = max(check.finding.quoted_m or 0.0, check.finding.geodesic.distance_m if check.finding.geodesic else 0.0)
        if line:
            found.append(line.bounds)
        if check.region and (not line or check.region.uncertainty_m <= FRAMED * long):
            found.append(check.region.geometry.bounds)
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    return widen((min(west), min(south), max(east), max(north)))


def _marked(text: str, spans: Sequence[tuple[Span, str]]) -> list[dict[str, Any]]:
    """The text in runs ``{"text"[, "entry"]}``: those of a distance name its entry."""
    runs: list[dict[str, Any]] = []
    at = 0
    for span, id in sorted(spans):
        if span.end <= at:  # two readings of one phrase: the first marks it
            continue
        start = max(at, span.start)  # of "20 km from both X and Y" the second has what is left
        runs += [{"text": text[at:start]}, {"text": text[start : span.end], "entry": id}]
        at = span.end
    return [run for run in [*runs, {"text": text[at:]}] if run["text"]]
