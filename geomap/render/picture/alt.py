"""A picture in words, for those who do not see it: its title, what is on it, and what was measured."""

from __future__ import annotations

from geomap.render.geojson import Json
from geomap.render.picture.labels import shown
from geomap.tongue import joined, quantity, say, series

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
    return kept or say("Map of %(title)s", title=doc["title"])[:most]


def _sentences(doc: Json) -> list[str]:
    title = joined([part for part in (doc["title"], doc["when_text"]) if part])
    entries = [each for each in (*doc["places"], *doc["distances"]) if shown(each)]
    told = [_distance(each) if each["layer"] == "distance" else _place(each) for each in entries]
    return [say("Map: %(title)s.", title=title), *told, *([] if told else [say("Nothing could be placed.")])]


def _place(entry: Json) -> str:
    by = series(entry["speakers"])
    sure = say("%(status)s by %(speakers)s", status=entry["status_text"], speakers=by) if by else entry["status_text"]
    if "km" in entry:
        parts = [entry["name"], quantity(round(entry["km"]), "km"), sure]
    else:
        reach = say("known to %(distance)s", distance=quantity(entry["reach_km"], "km"))
        parts = [entry["name"], entry["where"], reach, sure]
    return say("%(label)s: %(said)s.", label=entry["label"], said=joined(parts))


def _distance(entry: Json) -> str:
    return say(
        "%(label)s, %(between)s: quoted %(quoted)s, measured %(measured)s %(compass)s: %(verdict)s.",
        label=entry["label"],
        between=entry["name"],
        quoted=entry["quoted_text"],
        measured=quantity(round(entry["measured_km"], 1), "km"),
        compass=entry["compass"],
        verdict=entry["verdict_text"],
    )
