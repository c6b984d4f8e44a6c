"""What claims are filtered by: outlet, speaker, role and status, and which of each a claim has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from geomap.render.geojson import Json
from geomap.tongue import mark, say

FACETS: Final = {
    "outlet": mark("Outlet"),
    "speaker": mark("Speaker"),
    "role": mark("What it says"),
    "status": mark("How sure"),
}
"""The facets in the order a page offers them; each is the key of a claim in the view document."""

OWN_WORDS: Final = mark("the report's own words")
"""What stands for the speaker of a claim that nobody is quoted for; no report can name a speaker so, in small letters
and with its article."""


def facets(claims: Mapping[str, Json]) -> list[Json]:
    """Each facet with its options, the commonest first: ``{"id", "label", "options": [{"value", "label", "count"}]}``.

    A facet that all claims share is left out: there would be nothing to choose.
    """
    found = []
    for id, label in FACETS.items():
        counts = Counter((value(claim, id), _label(claim, id)) for claim in claims.values())
        options = [
            {"value": given, "label": shown, "count": count}
            for (given, shown), count in sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
        ]
        if len(options) > 1:
            found.append({"id": id, "label": say(label), "options": options})
    return found


def indexed(claims: Mapping[str, Json], offered: list[Json]) -> dict[str, list[int]]:
    """For each claim, by its element's key, the number of the option that it has in each facet offered."""
    places = [{option["value"]: number for number, option in enumerate(facet["options"])} for facet in offered]
    return {
        claim["key"]: [numbers[value(claim, facet["id"])] for facet, numbers in zip(offered, places, strict=True)]
        for claim in claims.values()
    }


def value(claim: Json, facet: str) -> str:
    """What a claim has in a facet."""
    return str(claim[facet]) or OWN_WORDS


def _label(claim: Json, facet: str) -> str:
    shown = {"role": "label", "status": "status_text"}.get(facet)
    return str(claim[shown]) if shown else say(OWN_WORDS) if not claim[facet] else str(claim[facet])
