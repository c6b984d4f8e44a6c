"""An incident over time as pages show it: the moments to step through, what changed since, a report's wordings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from geomap import asof
from geomap.archive import Wording
from geomap.changes import Resized, Since
from geomap.model import Article, Claim, Count, Matter
from geomap.moments import written
from geomap.render import wording
from geomap.render.document import outlet
from geomap.versions import Changes

Json = dict[str, Any]


def control(wordings: Sequence[Article], at: dt.datetime | None, since: Since | None = None) -> Json:
    """The moments of an incident for a page that steps through them.

    ``wordings`` are the reports with their earlier wordings; ``at`` is the moment shown, a stop of them, None for all
    that is known; ``since`` is what changed from the stop before. ``stops`` hold ``at`` (for an address, "" for all)
    and words; ``index`` is the one shown, ``only`` the words of a single moment that leaves nothing to step through.
    """
    zone = _zone(wordings)
    names = {article.id: outlet(article) for article in wordings}
    found = asof.stops(wordings)
    stops = [
        {
            "at": written(stop.moment),
            "text": _moment(stop, zone),
            "hour": stop.hour_known,
            "reports": [names[id] for id in stop.new],
            "changed": [names[id] for id in stop.changed],
        }
        for stop in found
    ]
    dated = {article.id for article in wordings if article.known}
    undated = [name for id, name in names.items() if id not in dated]
    if undated:
        stops.append({"at": "", "text": "all reports", "hour": False, "reports": undated, "changed": []})
    elif stops:
        stops[-1]["at"] = ""
    shown = next((number for number, stop in enumerate(found) if stop.moment == at), len(stops) - 1)
    return {
        "stops": stops,
        "index": max(0, shown),
        "set_back": 0 <= shown < len(stops) - 1,
        "only": _only(stops, len(names)) if len(stops) < 2 else "",
        "undated": undated,
        "since": _since(since, names) if since else [],
        "hourless": any(not stop["hour"] for stop in stops),
    }


def _only(stops: list[Json], reports: int) -> str:
    many = f"All {reports} reports are" if reports > 1 else "The one report is"
    if not stops or not stops[0]["text"] or stops[0]["text"] == "all reports":
        return f"{many} without a date: nothing can be said of what was known when."
    hour = "" if stops[0]["hour"] else ", no hour given"
    one = "one moment" if stops[0]["hour"] else "one day"
    return (
        f"{many} of {one} ({stops[0]['text'].partition(' (')[0]}{hour}): there are no earlier states to step back to."
    )


def _zone(wordings: Iterable[Article]) -> dt.tzinfo:
    """The zone in which moments are written: that of every hour given where they share one, else UTC."""
    given = [moment for each in wordings for moment in (each.published_at, each.updated_at) if moment]
    offsets = {moment.utcoffset() for moment in given}
    return (given[0].tzinfo or dt.UTC) if len(offsets) == 1 else dt.UTC


def _moment(stop: asof.Stop, zone: dt.tzinfo) -> str:
    if not stop.hour_known:
        return f"{wording.day(stop.moment.date())} (no hour given)"
    local = stop.moment.astimezone(zone)
    return f"{wording.day(local.date())}, {wording.hour(local)}"


def _since(since: Since, names: dict[str, str]) -> list[str]:
    """What changed, in lines: reports, claims, regions, disagreements."""
    lines = []
    if since.new:
        lines.append(f"New: {', '.join(names.get(id, id) for id in since.new)}")
    if since.changed:
        lines.append(f"Changed since first published: {', '.join(names.get(id, id) for id in since.changed)}")
    counts = [(since.claims_added, "new"), (since.claims_withdrawn, "withdrawn")]
    told = [f"{count} {word}" for count, word in counts if count]
    if told:
        lines.append(f"Claims: {', '.join(told)}")
    lines += [_region(each) for each in since.regions]
    lines += [f"Now disputed: {wording.about(about).lower()}" for about in since.opened]
    lines += [f"No longer disputed: {wording.about(about).lower()}" for about in since.settled]
    return lines


def _region(each: Resized) -> str:
    called = f"{wording.ROLES[each.role]} {each.name}"
    if each.before_km2 is None or each.after_km2 is None:
        return f"{called}: {'new' if each.before_km2 is None else 'gone'}"
    verb = "shrank" if each.after_km2 < each.before_km2 else "grew"
    return f"{called}: region {verb} from {_area(each.before_km2)} to {_area(each.after_km2)}"


def _area(km2: float) -> str:
    return f"{km2:,.0f} km²" if km2 >= 10 else f"{km2:.1f} km²"


# --- a report's wordings ---------------------------------------------------------------------------------------------


def wordings(found: Sequence[Wording]) -> list[Json]:
    """The wordings of one report, the first first, each with when it came out and what changed in it."""
    return [
        {
            "number": each.number,
            "published": wording.published(each.article),
            "updated": wording.updated(each.article),
            "claims": len(each.claims),
            "changes": changes(each.changes) if each.changes else None,
        }
        for each in found
    ]


def changes(found: Changes) -> Json:
    """What changed between two wordings: claims in words, and the text in paragraphs of runs."""
    return {
        "title": list(found.title) if found.title else [],
        "added": [_claim(each) for each in found.added],
        "altered": [{"before": _claim(each.before), "after": _claim(each.after)} for each in found.altered],
        "withdrawn": [_claim(each) for each in found.withdrawn],
        "paragraphs": _paragraphs(found),
    }


def _claim(claim: Claim) -> Json:
    speaker = claim.attribution.speaker
    return {
        "label": wording.ROLES[claim.role],
        "value": wording.value(claim.value)
        if isinstance(claim.value, Count | Matter)
        else " ".join(claim.quote.split()),
        "speaker": "" if speaker == wording.OWN_VOICE else speaker,
        "status": str(claim.attribution.status),
    }


def _paragraphs(found: Changes) -> list[list[Json]]:
    paragraphs: list[list[Json]] = [[]]
    for run in found.runs:
        first, *rest = run.text.split("\n\n")
        paragraphs[-1].append({"edit": str(run.edit), "text": first})
        paragraphs += [[{"edit": str(run.edit), "text": text}] for text in rest]
    return [kept for each in paragraphs if (kept := [run for run in each if run["text"].strip()])]


def corrected(found: Iterable[Wording]) -> str:
    """One line on the latest change by which a report withdrew or altered claims; "" where none did."""
    latest = max(
        (each for each in found if each.changes and (each.changes.altered or each.changes.withdrawn)),
        key=lambda each: (each.article.known or dt.datetime.min.replace(tzinfo=dt.UTC), each.revision),
        default=None,
    )
    if latest is None or latest.changes is None:
        return ""
    counts = [(len(latest.changes.altered), "changed"), (len(latest.changes.withdrawn), "withdrew")]
    told = " and ".join(f"{verb} {count} claim{'s' if count != 1 else ''}" for count, verb in counts if count)
    when = wording.updated(latest.article)
    if latest.article.updated == latest.article.published and when:
        when = f"{wording.day(latest.article.updated)}, {when}"
    return f"Corrected {when or 'since first published'}: {outlet(latest.article)} {told}."
