"""What is not on the map: each name or wording once, by category, with the places it could be and why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from geomap.model import Candidate, Unplaced
from geomap.render import wording
from geomap.render.geojson import Json
from geomap.render.restated import restated
from geomap.tongue import joined, mark, say

AMBIGUOUS: Final = mark("Could be several places")
UNKNOWN: Final = mark("Not in the gazetteer")
NO_PLACE: Final = mark("Not meant as places")
ELSEWHERE: Final = mark("Known only where it cannot be")
LOOSE: Final = mark("Worded too loosely to draw")
UNREAD: Final = mark("Not read in full")

CATEGORIES: Final = (
    (AMBIGUOUS, re.compile("is ambiguous")),
    (ELSEWHERE, re.compile("from where the report puts it")),
    (UNKNOWN, re.compile("not in the gazetteer|gazetteer has no|gazetteer lacks")),
    (NO_PLACE, re.compile("not a place|the name of an organisation|the name of a person")),
)
"""The categories that a reason tells, in the order they are looked for; other reasons are about the wording."""
ORDER: Final = (AMBIGUOUS, UNKNOWN, ELSEWHERE, LOOSE, UNREAD, NO_PLACE)

AGAINST: Final = {
    AMBIGUOUS: mark("no surer than its namesakes"),
    UNKNOWN: mark("the name is not quite its own, or all else that the report names is far off"),
    NO_PLACE: mark("the words do not speak of the place itself"),
    ELSEWHERE: mark("too far from where the report puts it"),
}
"""What speaks against every candidate of a category."""
UNLIKELY: Final = 0.05
"""A candidate with a smaller share than this lost to its namesakes, whatever became of them."""
MOST: Final = 8
"""Candidates that are shown for one name."""


def tray(unplaced: Iterable[Unplaced], outlets: Mapping[str, str]) -> list[Json]:
    """Rows ``{"text", "reason", "category", "candidates", "more", "outlets"}``, a name left out for one reason once.

    ``outlets`` names the report of each id. Rows of one category stand together, what a reader can settle first.
    """
    rows: dict[tuple[str, str], Json] = {}
    for each in unplaced:
        kind = category(each)
        row: Json = {"text": each.text if each.span else restated(each.text), "reason": restated(each.reason)}
        row |= {"category": kind, "outlets": []}
        row |= {"candidates": _candidates(each.candidates, kind), "more": max(0, len(each.candidates) - MOST)}
        found = rows.setdefault((each.text, each.reason), row)["outlets"]
        name = outlets.get(each.report, each.report)
        if name not in found:
            found.append(name)
    ordered = sorted(rows.values(), key=lambda row: ORDER.index(row["category"]))
    return [row | {"category": say(row["category"])} for row in ordered]


def category(unplaced: Unplaced) -> str:
    """What kind of reason keeps it off the map."""
    if unplaced.span is None:
        return UNREAD
    return next((name for name, words in CATEGORIES if words.search(unplaced.reason)), LOOSE)


def _candidates(found: Sequence[Candidate], kind: str) -> list[Json]:
    return [
        {
            "name": each.place.name,
            "within": joined(list(dict.fromkeys(n for n in reversed(each.place.within) if n != each.place.name))),
            "country": each.place.country,
            "kind": wording.place_kind(each.place.feature_code),
            "population": each.place.population,
            "lonlat": [round(degrees, 4) for degrees in each.place.lonlat],
            "fits": "; ".join(restated(said) for said in each.evidence),
            "share": round(100 * each.score),
            "against": _against(each, kind),
        }
        for each in found[:MOST]
    ]


def _against(candidate: Candidate, kind: str) -> str:
    if candidate.score < UNLIKELY:
        return say("unlikely beside the others")
    return say(AGAINST[kind]) if kind in AGAINST else ""
