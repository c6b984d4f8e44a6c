"""Holding what geomap makes of an incident against a careful reader's reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.incidents import match
from benchmarks.incidents.gold import Disagreement, Gold, Line, shares
from geomap.geodesy import inverse
from geomap.model import (
    SITE_ROLES,
    Article,
    Claim,
    ClockTime,
    Conflict,
    Finding,
    Incident,
    Locative,
    QuotedDistance,
    Relation,
    Resolution,
    Role,
    Span,
    Verdict,
)

GROUPS = {Role.DISTANCE: "distances", Role.LENGTH: "distances", Role.TIME: "times", Role.COUNT: "counts"}
GROUPS |= {Role.CAUSE: "matters", Role.CARGO: "matters", Role.WEAPON: "matters", Role.ROUTE: "routes"}
GROUPS |= dict.fromkeys(SITE_ROLES, "sites")
NAMES = ("sites", "distances", "times", "counts", "matters")
GOOD = {Verdict.AGREES, Verdict.PLAUSIBLE}
BAD = {Verdict.DOUBTFUL, Verdict.CONTRADICTED}


@dataclass(slots=True)
class Tally:
    """``figures`` counts under names such as "counts right"; ``errors`` says what came out and what should have."""

    figures: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.figures.update(other.figures)
        self.errors.extend(other.errors)

    def share(self, right: str, *wrong: str) -> float | None:
        """The percentage of ``right`` among itself and ``wrong``; None of nothing."""
        total = self.figures[right] + sum(self.figures[each] for each in wrong)
        return round(100 * self.figures[right] / total, 1) if total else None

    def note(self, kind: str, text: str, *, ok: bool) -> None:
        self.figures[f"{kind} {'right' if ok else 'wrong'}"] += 1
        if not ok:
            self.errors.append((kind, text))


@dataclass(frozen=True, slots=True)
class Case:
    """One report of an incident and what was made of it; findings go by their claims' ids."""

    gold: Gold
    article: Article
    claims: Sequence[Claim]
    findings: Mapping[str, Finding]
    resolutions: Sequence[Resolution]

    @property
    def where(self) -> str:
        return f"{self.gold.slug}/{self.article.id}"

    @property
    def lines(self) -> Sequence[Line]:
        return self.gold.lines[self.article.id]


def report(case: Case) -> Tally:
    """One report's claims against its reading."""
    tally = Tally()
    for line in case.lines:
        if line.kind == "must":
            _ask(tally, case, line)
    for claim in case.claims:
        _judge(tally, case, claim)
    _places(tally, case)
    return tally


def _places(tally: Tally, case: Case) -> None:
    """Whether each writing of a listed place of the incident was recognised, and placed within its tolerance."""
    taken: list[Span] = []
    for name in sorted(case.gold.spots, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", case.article.text, re.IGNORECASE):
            if found.start() < case.article.body:
                continue
            span = Span(found.start(), found.end())
            if any(span.overlaps(other) for other in taken):
                continue
            taken.append(span)
            if case.gold.spots[name].listed:
                _place(tally, case, name, span)


def _place(tally: Tally, case: Case, name: str, span: Span) -> None:
    text, spot = case.article.text, case.gold.spots[name]
    around = " ".join(text[max(0, span.start - 50) : span.end + 30].split())
    over = [each for each in case.resolutions if each.mention.span.overlaps(span)]
    tally.note("recognised", f"{case.where}: {name} in “{around}”", ok=bool(over))
    if not over or (over[0].place is None and over[0].mention.span != span):
        return  # a longer name that holds this one ("Yeosu Fire Station") may be left unplaced
    here = over[0].place
    came = f"{here.name}, {here.country} {here.feature_code}" if here else f"nothing ({over[0].reason})"
    off = inverse(spot.lon, spot.lat, *here.lonlat).distance_m if here else float("inf")
    wide = here is not None and here.feature_code.startswith(("ADM", "RGN", "PCL"))
    whole = here is not None and wide and off <= here.footprint.uncertainty_m
    tally.note("placed", f"{case.where}: {name} in “{around}”  came out: {came}", ok=off <= spot.tolerance_m or whole)


def _ask(tally: Tally, case: Case, line: Line) -> None:
    """Whether what a line asks for was found, and how well."""
    gold, where, claims, found = case.gold, case.where, case.claims, case.findings
    group = GROUPS[Role(line.role)]
    hits = [claim for claim in claims if match.meets(line, claim, gold.spots)]
    if line.role == "distance":
        hits.sort(key=lambda claim: sum(match.ends(line, claim, gold.spots)), reverse=True)
    else:
        hits.sort(key=lambda claim: match.speaker(line, claim) is not False, reverse=True)
    if not hits:
        tally.figures[f"{group} missed"] += 1
        tally.errors.append((f"{group} missed", f"{where}: {line.shown}{_near(line, claims)}"))
        return
    best = hits[0]
    tally.figures[f"{group} met"] += 1
    voice, state = match.speaker(line, best), match.status(line, best)
    spoken = f"{where}: {line.shown}  came out: {show(best)}"
    tally.figures[f"{group} met with speaker"] += voice is not False
    if voice is not None:
        tally.note("speaker", spoken, ok=voice)
    if state is not None:
        tally.note("status", spoken, ok=state)
    for name, ok in match.details(line, best).items():
        tally.note(name, spoken, ok=ok)
    if line.role == "distance":
        for name, ok in zip(("subject", "reference"), match.ends(line, best, gold.spots), strict=True):
            tally.note(name, spoken, ok=ok)
        verdict = found[best.id].verdict if best.id in found else None
        if line.field(4):
            wanted = GOOD if line.field(4) == "good" else BAD
            tally.note("verdict", f"{spoken}  verdict {verdict}", ok=verdict in wanted)


def _judge(tally: Tally, case: Case, claim: Claim) -> None:
    """Whether a claim was asked for, does no harm, is wrong, or leaks in from the background."""
    gold, where, lines, text = case.gold, case.where, case.lines, case.article.text
    group = GROUPS[claim.role]
    if claim.role in SITE_ROLES:
        tally.note("site placed", f"{where}: {show(claim)}", ok=not match.unplaced(claim, gold.spots))
    context = claim.context or claim.span
    shown = f"{where}: {show(claim)}\n        {' '.join(text[context.start : context.end].split())[:330]}"
    by_kind = {
        kind: [line for line in lines if line.kind == kind and match.meets(line, claim, gold.spots)]
        for kind in ("must", "may")
    }
    leaks = [line for line in lines if line.kind == "never" and match.springs(line, claim, gold.spots)]
    if by_kind["must"]:
        tally.figures[f"{group} claims right"] += 1
    elif leaks:
        tally.figures[f"{group} claims wrong"] += 1
        tally.figures["leaks"] += 1
        tally.errors.append((f"{group} leak", shown))
    elif by_kind["may"] or _harmless(gold, lines, claim):
        tally.figures[f"{group} claims neutral"] += 1
    else:
        tally.figures[f"{group} claims wrong"] += 1
        tally.errors.append((f"{group} spurious", shown))


def _harmless(gold: Gold, lines: Sequence[Line], claim: Claim) -> bool:
    if claim.role is Role.ROUTE or (isinstance(claim.value, QuotedDistance) and claim.value.quantity is None):
        return True
    if claim.role in SITE_ROLES and match.unplaced(claim, gold.spots):
        return True
    if isinstance(claim.value, Locative) and claim.value.relation is Relation.OFFSET:
        return any(match.at(line, 2, claim.subject, gold.spots) for line in lines if line.role == "distance")
    if isinstance(claim.value, ClockTime) and claim.value.local is None and claim.value.gmt is None:
        return claim.value.date == gold.date.isoformat()
    return claim.role in SITE_ROLES and match.holds(claim, gold.spots)


def _near(line: Line, claims: Sequence[Claim]) -> str:
    """What came out instead: claims of the same role."""
    same = [show(claim) for claim in claims if claim.role == line.role][:5]
    return "".join(f"\n        of that role: {each}" for each in same)


def incident(gold: Gold, made: Incident) -> Tally:
    """Sites and conflicts of the whole incident."""
    tally = Tally()
    event = [site for site in made.sites if site.role in {Role.CRASH_SITE, Role.INCIDENT_SITE}]
    event = event or [site for site in made.sites if site.role is Role.EXCHANGE_POINT]
    off = [inverse(*site.best, gold.site.lon, gold.site.lat).distance_m for site in event]
    came = "; ".join(f"{site.name} {site.best[1]:.3f}, {site.best[0]:.3f}" for site in event) or "none"
    main = bool(off) and off[0] <= gold.site.tolerance_m
    tally.note("main site", f"{gold.slug}: {gold.site.name}  came out: {came}", ok=main)
    for wanted in gold.conflicts:
        ok = any(_same(wanted, conflict) for conflict in made.conflicts)
        tally.note("conflict", f"{gold.slug}: {wanted.about} {wanted.sides}  came out: {_all(made)}", ok=ok)
    known = {about for each in gold.conflicts for about in each.about.split("/")} | gold.may_conflicts
    for conflict in made.conflicts:
        if conflict.about not in known:
            tally.figures["conflicts spurious"] += 1
            tally.errors.append(("conflict spurious", f"{gold.slug}: {_conflict(conflict)}"))
        else:
            tally.figures["conflicts expected"] += 1
    return tally


def _same(wanted: Disagreement, conflict: Conflict) -> bool:
    """Whether a conflict is over the same thing and each wanted side is one of its sides."""
    if conflict.about not in wanted.about.split("/"):
        return False
    values = [str(side.value) for side in conflict.sides]
    words = wanted.about in {"cause", "cargo", "weapon"}
    return all(any(shares(value, [side]) if words else value == side for value in values) for side in wanted.sides)


def _all(made: Incident) -> str:
    return "; ".join(map(_conflict, made.conflicts)) or "none"


def _conflict(conflict: Conflict) -> str:
    sides = (f"{side.value} ({', '.join(side.speakers)} in {'+'.join(side.reports)})" for side in conflict.sides)
    return f"{conflict.about}: {' / '.join(sides)}"


def show(claim: Claim) -> str:
    """A claim on one line."""
    ends = [_end(each) for each in (claim.subject, claim.reference)]
    value = "" if claim.role in SITE_ROLES else _value(claim)
    voice = f"{claim.attribution.speaker or '-'} ({claim.attribution.status})"
    return " | ".join(filter(None, [str(claim.role), value, *ends, voice])) + f" <{' '.join(claim.quote.split())}>"


def _end(referent: object) -> str:
    text, place = getattr(referent, "text", ""), getattr(referent, "place", None)
    if not text:
        return ""
    return f"{text} = {place.name}, {place.country} {place.feature_code}" if place else f"{text} = ?"


def _value(claim: Claim) -> str:
    value = claim.value
    if value is None:
        return ""
    names = ("quantity", "unit", "direction", "count", "of", "local", "gmt", "date", "what", "hedge")
    return " ".join(str(part) for name in names if (part := getattr(value, name, None)) is not None)
