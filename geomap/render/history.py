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
from geomap.tongue import decimal, joined, mark, say, say_many, series, spoken
from geomap.versions import Changes

Json = dict[str, Any]

ALL = mark("all reports")
"""What the stop is called that holds reports without a date."""


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
        stops.append({"at": "", "text": say(ALL), "hour": False, "reports": undated, "changed": []})
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
    if not stops or not stops[0]["text"] or stops[0]["text"] == say(ALL):
        return say_many(
            "The one report is without a date: nothing can be said of what was known when.",
            "All %(num)s reports are without a date: nothing can be said of what was known when.",
            reports,
            num=reports,
        )
    when = stops[0]["text"].partition(" (")[0]
    if stops[0]["hour"]:
        return say_many(
            "The one report is of one moment (%(when)s): there are no earlier states to step back to.",
            "All %(num)s reports are of one moment (%(when)s): there are no earlier states to step back to.",
            reports,
            num=reports,
            when=when,
        )
    return say_many(
        "The one report is of one day (%(when)s, no hour given): there are no earlier states to step back to.",
        "All %(num)s reports are of one day (%(when)s, no hour given): there are no earlier states to step back to.",
        reports,
        num=reports,
        when=when,
    )


def _zone(wordings: Iterable[Article]) -> dt.tzinfo:
    """The zone in which moments are written: that of every hour given where they share one, else UTC."""
    given = [moment for each in wordings for moment in (each.published_at, each.updated_at) if moment]
    offsets = {moment.utcoffset() for moment in given}
    return (given[0].tzinfo or dt.UTC) if len(offsets) == 1 else dt.UTC


def _moment(stop: asof.Stop, zone: dt.tzinfo) -> str:
    if not stop.hour_known:
        return say("%(day)s (no hour given)", day=wording.day(stop.moment.date()))
    local = stop.moment.astimezone(zone)
    return joined([wording.day(local.date()), wording.hour(local)])


def _since(since: Since, names: dict[str, str]) -> list[str]:
    """What changed, in lines: reports, claims, regions, disagreements."""
    lines = []
    if since.new:
        lines.append(say("New: %(reports)s", reports=joined([names.get(id, id) for id in since.new])))
    if since.changed:
        changed = joined([names.get(id, id) for id in since.changed])
        lines.append(say("Changed since first published: %(reports)s", reports=changed))
    if told := _claims(since):
        lines.append(say("Claims: %(changes)s", changes=joined(told)))
    lines += [_region(each) for each in since.regions]
    lines += [say("Now disputed: %(question)s", question=_question(about)) for about in since.opened]
    lines += [say("No longer disputed: %(question)s", question=_question(about)) for about in since.settled]
    return lines


def _claims(since: Since) -> list[str]:
    added, gone = since.claims_added, since.claims_withdrawn
    return [say_many("%(num)s new", "%(num)s new", added, num=added)] * bool(added) + [
        say_many("%(num)s withdrawn", "%(num)s withdrawn", gone, num=gone)
    ] * bool(gone)


def _question(about: str) -> str:
    """A question within a line; German writes its nouns large wherever they stand."""
    return wording.about(about) if spoken().code == "de" else wording.about(about).lower()


def _region(each: Resized) -> str:
    called = f"{wording.role(each.role)} {wording.called(each.name, each.lead)}"
    if each.before_km2 is None:
        return say("%(site)s: new", site=called)
    if each.after_km2 is None:
        return say("%(site)s: gone", site=called)
    sizes = {"site": called, "before": _area(each.before_km2), "after": _area(each.after_km2)}
    if each.after_km2 < each.before_km2:
        return say("%(site)s: region shrank from %(before)s to %(after)s", **sizes)
    return say("%(site)s: region grew from %(before)s to %(after)s", **sizes)


def _area(km2: float) -> str:
    return say("%(area)s km²", area=decimal(km2, 0 if km2 >= 10 else 1))


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
        "label": wording.role(claim.role),
        "value": wording.value(claim.value)
        if isinstance(claim.value, Count | Matter)
        else " ".join(claim.quote.split()),
        "speaker": "" if speaker == wording.OWN_VOICE else speaker,
        "status": str(claim.attribution.status),
        "status_text": wording.status(claim.attribution.status),
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
    altered, gone = len(latest.changes.altered), len(latest.changes.withdrawn)
    told = [say_many("changed %(num)s claim", "changed %(num)s claims", altered, num=altered)] if altered else []
    told += [say_many("withdrew %(num)s claim", "withdrew %(num)s claims", gone, num=gone)] if gone else []
    when = wording.updated(latest.article)
    if latest.article.updated == latest.article.published and when:
        when = joined([wording.day(latest.article.updated), when])
    name, changes = outlet(latest.article), series(told)
    if not when:
        return say("Corrected since first published: %(outlet)s %(changes)s.", outlet=name, changes=changes)
    return say("Corrected %(when)s: %(outlet)s %(changes)s.", when=when, outlet=name, changes=changes)
