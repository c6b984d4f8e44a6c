"""An incident over time: what an address asks for, the control that steps through it, and a report's wordings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from apiflask import APIBlueprint
from flask import render_template, request, url_for

from geomap import archive, changes, wire
from geomap.archive import Wording
from geomap.errors import BadInput, NotFound
from geomap.moments import asked, written
from geomap.render import history as rendered
from geomap.web import links, schemas
from geomap.web.shelf import shelf

history = APIBlueprint("history", __name__, tag="geomap")

Json = dict[str, Any]

COMPARED = 100
"""Wordings up to which a page that is not set back says what its last report changed: it takes making another state."""

LARGEST = 2**31 - 1
"""The largest number of a revision or version that is looked for."""


@dataclass(frozen=True, slots=True)
class State:
    """Which state of an incident is asked for: a revision, and a moment (UTC) to set it back to."""

    rev: int | None = None
    at: dt.datetime | None = None

    @property
    def query(self) -> dict[str, Any]:
        """The state as an address carries it."""
        return {"rev": self.rev, "at": written(self.at) if self.at else None}


def state(query: Mapping[str, Any]) -> State:
    """The state that an address asks for. Raises :class:`~geomap.errors.BadInput` naming what cannot be."""
    at = str(query.get("at") or "").strip()
    return State(_number(query, "rev"), asked(at) if at else None)


def _number(query: Mapping[str, Any], name: str) -> int | None:
    text = str(query.get(name) or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 0 < int(text) <= LARGEST):
        raise BadInput(f"{name}: {text:.20} is no number of a state; give a whole number from 1")
    return int(text)


def over_time(id: str, asked_for: State, endpoint: str = "pages.incident", *, compared: bool = True) -> Json:
    """The variable of _time.html: ``time`` of :func:`geomap.render.history.control` with an address for each stop.

    Unless ``compared``, it does not say what changed since the stop before, which costs making the incident of then.
    """
    wordings = [each.article for each in shelf().wordings(id, asked_for.rev)]
    edition = shelf().edition(id, asked_for.rev, asked_for.at)
    time = rendered.control(wordings, edition.at)
    if compared and time["index"] > 0 and (asked_for.at or len(wordings) <= COMPARED):
        then = asked(time["stops"][time["index"] - 1]["at"])
        before = shelf().incident(id, asked_for.rev, then)
        since = changes.since(before, shelf().incident(id, asked_for.rev, asked_for.at))
        time = rendered.control(wordings, edition.at, since)
    for stop in time["stops"]:
        stop["url"] = url_for(endpoint, id=id, rev=asked_for.rev, at=stop["at"] or None)
    versions = Counter(article.id for article in wordings)
    return {
        "time": time
        | {
            "rev": asked_for.rev,
            "lang": request.args.get("lang", ""),
            "versions": dict(versions),
            "reports": {each: url_for("history.report", id=id, report=each) for each in versions},
            "corrected": "" if asked_for.rev or asked_for.at else _corrected(id),
        }
    }


def _corrected(id: str) -> str:
    counts = Counter(version.article.id for version in shelf().wordings(id))
    changed = [each for report, count in counts.items() if count > 1 for each in wordings(id, report)]
    return rendered.corrected(changed)


def wordings(id: str, report: str) -> tuple[Wording, ...]:
    """The wordings of a report of an incident; raises :class:`~geomap.errors.NotFound`."""
    versions = [each for each in shelf().wordings(id) if each.article.id == report]
    if not versions:
        raise NotFound(f"{id} has no report {report!r:.90}; see its reports for their names")
    return archive.wordings(versions, partial(shelf().incident, id))


@history.get("/incidents/<id>/reports/<report>")
@history.doc(hide=True)
def report(id: str, report: str) -> str:
    """A report with its claims marked, its corrections and its versions, the newest or ``?version=N``."""
    found = wordings(id, report)
    number = _number(request.args, "version") or len(found)
    if number > len(found):
        raise NotFound(
            f"{report:.90} has {len(found)} version{'s' if len(found) > 1 else ''}; there is no number {number}"
        )
    mine = found[number - 1]
    current = shelf().incident(id).article(report)
    now = current is not None and current.digest == mine.article.digest
    doc = shelf().shown(id, None if now else mine.revision)["doc"]
    return render_template(
        "report.html",
        doc=doc,
        report=next(each for each in doc["reports"] if each["id"] == report),
        claims=[each for each in doc["claims"].values() if each["report"] == report],
        versions=rendered.wordings(found),
        number=number,
        urls=links.bar()
        | {
            "incident": url_for("pages.incident", id=id),
            "versions": [url_for("history.report", id=id, report=report, version=each.number) for each in found],
        },
    )


@history.get("/api/incidents/<id>/reports/<report>/versions")
@history.output(schemas.Versions)
@history.doc(responses=[404])
def versions(id: str, report: str) -> Json:
    """Every wording of a report, the earliest first, with its claims and what changed since the one before."""
    return {"id": id, "report": report, "versions": [wire.wording(each) for each in wordings(id, report)]}
