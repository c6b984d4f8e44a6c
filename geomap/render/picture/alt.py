"""A picture in words, for those who do not see it: its title, what is on it, and what was measured."""

from __future__ import annotations

from geomap.render import wording
from geomap.render.geojson import Json
from geomap.render.picture.labels import shown

SHORT = 420
"""Characters that social networks keep of a picture's description."""


def alt(doc: Json, *, most: int | None = None) -> str:
    """The map of a view document in sentences; ``most`` keeps as many whole ones as fit so many characters."""
    kept = ""
    for sentence in _sentences(doc):
        more = f"{kept} {sentence}".strip()
        if most is not None and len(more) > most:
            break
        kept = more
    return kept or f"Map of {doc['title']}"[:most]


def _sentences(doc: Json) -> list[str]:
    when = f", {doc['when_text']}" if doc["when_text"] else ""
    entries = [each for each in (*doc["places"], *doc["distances"]) if shown(each)]
    told = [_distance(each) if each["layer"] == "distance" else _place(each) for each in entries]
    return [f"Map: {doc['title']}{when}.", *told, *([] if told else ["Nothing could be placed."])]


def _place(entry: Json) -> str:
    by = f" by {wording.series(entry['speakers'])}" if entry["speakers"] else ""
    if "km" in entry:
        return f"{entry['label']}: {entry['name']}, {wording.number(round(entry['km']))} km, {entry['status']}{by}."
    reach = f", known to {wording.number(entry['reach_km'])} km"
    return f"{entry['label']}: {entry['name']}, {entry['where']}{reach}, {entry['status']}{by}."


def _distance(entry: Json) -> str:
    measured = f"measured {wording.number(round(entry['measured_km'], 1))} km {entry['compass']}"
    return f"{entry['label']}, {entry['name']}: quoted {entry['quoted_text']}, {measured}: {entry['verdict_text']}."
