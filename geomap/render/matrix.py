"""Who says what: every question of an incident, its answers, and which report gives, roughens, denies or rivals each.

The view is sparse, for a thousand reports are silent on most things: an answer lists the reports that speak of it, a
question those that answer it at all. What a page shows of a report on an answer is one of :data:`MARKS`, "otherwise"
(it gives another answer) or "silent".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from geomap.model import Claim, Comparison, Incident, Locative, Role, Side
from geomap.render import wording
from geomap.render.geojson import Json
from geomap.tongue import mark, say, say_many, series

MARKS: Final = {
    "says": mark("says so"),
    "coarser": mark("allows it in rougher words"),
    "unverified": mark("passes it on without standing behind it"),
    "denies": mark("denies it, or quotes who does"),
}
"""What a report's claim does with an answer, the strongest first, and how that reads."""
COLUMNS: Final = 12
"""Reports with a column of their own beside the ledger; the rest share one."""
FULL_COLUMNS: Final = 60
"""The same in the text version."""
ROWS: Final = 10
"""Answers to one question that have a row of their own; the rest are listed under them."""

Keys = Mapping[str, Json]
"""Claims as a page has them, by id: ``key`` and ``report_key`` name their elements."""


def matrix(incident: Incident, claims: Keys, reports: list[Json]) -> Json:
    """``{"columns", "leading", "full", "rows", "questions"}``.

    ``columns`` are the reports in their order; ``leading`` and ``full`` the keys of those that tell most, as many as
    have a column of their own. Contested questions come first, then those that several reports answer.
    """
    told = {claim.id: claim for claim in incident.claims}
    outlets = {report["id"]: report["outlet"] for report in reports}
    asked = enumerate(_ordered(incident), 1)
    questions = [_question(number, each, told, claims, outlets) for number, each in asked]
    telling = Counter(key for question in questions for answer in question["answers"] for key in answer["marks"])
    order = [report["key"] for report in reports]
    most = sorted(order, key=lambda key: -telling[key])
    return {
        "columns": [{name: report[name] for name in ("key", "outlet", "published", "title")} for report in reports],
        "leading": sorted(most[:COLUMNS], key=order.index) if len(order) > COLUMNS else order,
        "full": sorted(most[:FULL_COLUMNS], key=order.index) if len(order) > FULL_COLUMNS else order,
        "rows": ROWS,
        "marks": {kind: say(words) for kind, words in MARKS.items()},
        "questions": questions,
    }


def standing(view: Json, incident: Incident) -> dict[Side, Json]:
    """What is said of each answer: its element, its support, and what speaks against it; ``view`` is the matrix."""
    return {
        side: _said(question, answer, compared, side)
        for question, compared in zip(view["questions"], _ordered(incident), strict=True)
        for answer, side in zip(question["answers"], _strongest_first(compared), strict=True)
    }


def by_claim(said: Mapping[Side, Json]) -> dict[str, Json]:
    """The same by claim id: of a claim that answers several questions, the first; of a coarser one, nothing."""
    found: dict[str, Json] = {}
    for side, standing in said.items():
        loose = set(side.coarser)
        for id in (*side.claims, *side.unverified):
            if id not in loose:
                found.setdefault(id, standing)
    return found


def _said(question: Json, answer: Json, compared: Comparison, side: Side) -> Json:
    return {
        "answer": answer["id"],
        "value": answer["value"],
        "question": question["id"],
        "support": answer["support_text"],
        "backing": answer["backing"],
        "against": _against(question, answer, compared, side),
    }


def _ordered(incident: Incident) -> list[Comparison]:
    return sorted(incident.comparisons, key=_rank)


def _strongest_first(compared: Comparison) -> list[Side]:
    return sorted(compared.sides, key=lambda side: (-side.support, -len(side.reports)))


def _rank(compared: Comparison) -> tuple[bool, bool]:
    reports = {report for side in compared.sides for report in side.reports}
    return not compared.contested, len(reports) < 2


def _question(
    number: int, compared: Comparison, told: Mapping[str, Claim], claims: Keys, outlets: Mapping[str, str]
) -> Json:
    sides = _strongest_first(compared)
    answers = [_answer(f"who-{number}-{i}", each, compared, told, claims) for i, each in enumerate(sides, 1)]
    for answer, side in zip(answers, sides, strict=True):
        answer["backing"] = [
            {
                "origin": each.origin,
                "outlets": list(dict.fromkeys(outlets.get(id, id) for id in each.reports)),
                "independent": each.independent,
            }
            for each in side.backing
        ]
    answered: dict[str, str] = {}
    for answer in answers:
        for report, marks in answer["marks"].items():
            answered.setdefault(report, marks[0][1])
    return {
        "id": f"who-{number}",
        "about": compared.about,
        "label": wording.about(compared.about),
        "contested": compared.contested,
        "reports": answered,
        "answers": answers,
    }


def _answer(id: str, side: Side, compared: Comparison, told: Mapping[str, Claim], claims: Keys) -> Json:
    marks: dict[str, list[tuple[str, str]]] = {}
    loose = set(side.coarser)
    groups = {
        "says": [claim for claim in side.claims if claim not in loose],
        "coarser": side.coarser,
        "unverified": side.unverified,
        "denies": side.denied,
    }
    for kind, ids in groups.items():
        for shown in (claims[each] for each in ids if each in claims):
            given = marks.setdefault(shown["report_key"], [])
            known = {each for each, _ in given}
            if kind not in known and not (kind == "coarser" and "says" in known):
                given.append((kind, shown["key"]))
    return {
        "id": id,
        "value": _value(side, compared, told),
        "support": side.support,
        "support_text": wording.support(side.support),
        "marks": marks,
        "counts": dict(Counter(mark for given in marks.values() for mark, _ in given)),
    }


def _value(side: Side, compared: Comparison, told: Mapping[str, Claim]) -> str:
    """An answer in words; a distance, and a site that is not at the place it is named by, as its claim words it."""
    lead = told.get(side.lead)
    if lead and isinstance(lead.value, Locative):
        return wording.called(str(side.value), lead)
    if lead and compared.about.startswith(f"{Role.DISTANCE}:"):
        return wording.value(lead.value)
    if compared.about == f"{Role.TIME}:date":
        return wording.iso_day(str(side.value))
    return wording.answer(side)


def _against(question: Json, answer: Json, compared: Comparison, side: Side) -> list[str]:
    """What speaks against an answer: its rivals where it is contested, and who denies it."""
    rivals: Iterable[Json] = question["answers"] if compared.contested and side.claims else ()
    values = [each["value"] for each in rivals if each["id"] != answer["id"] and each["counts"].get("says")]
    against = [say("others say %(answers)s", answers=series(_few(values)))] if values else []
    return against + ([say("it is denied")] if side.denied else [])


def _few(values: list[str]) -> list[str]:
    if len(values) <= 3:
        return values
    rest = len(values) - 2
    return [*values[:2], say_many("%(num)s other thing", "%(num)s other things", rest, num=rest)]
