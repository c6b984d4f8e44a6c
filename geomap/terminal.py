"""What people read in a terminal: tables, and one line on what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from geomap.model import MEASURED_ROLES, Claim, Incident
from geomap.moments import written

if TYPE_CHECKING:
    from geomap.archive import Wording
    from geomap.desk import Check
    from geomap.ends import End
    from geomap.store import Summary

WIDTH = 100
"""Columns of a table: what a terminal window has."""


def account(incident: Incident) -> str:
    """One line on what an incident holds."""
    told = {claim.id: claim.role for claim in incident.claims}
    measured = sum(told.get(finding.claim) in MEASURED_ROLES for finding in incident.findings)
    others = len(incident.findings) - measured
    checks = _many(measured, "distance") + (f" and {_many(others, 'time or sum', 'times and sums')}" if others else "")
    parts = [
        _many(len(incident.articles), "report"),
        _many(len(incident.sites), "site"),
        _many(len(incident.routes), "route"),
        f"{checks} checked",
        _many(len(incident.conflicts), "contradiction"),
        f"{len(incident.unplaced)} not placed",
    ]
    return ", ".join(parts)


def incidents(summaries: Sequence[Summary]) -> str:
    """The incidents of a store."""
    table = Table("id", "title", "date", "reports", "claims", "updated", box=None, pad_edge=False)
    for each in summaries:
        when = each.when.isoformat() if each.when else ""
        updated = f"{each.updated:%Y-%m-%d %H:%M}"
        table.add_row(each.id, each.title, when, str(each.reports), str(each.claims), updated)
    return _drawn(table)


def checks(found: Sequence[Check]) -> str:
    """Each quoted distance, time and sum with what was found, a paragraph each."""
    if not found:
        return (
            "no distance is quoted here (a number with its unit, or a direction, between two places), "
            "no converted time and no sum"
        )
    return "\n\n".join(_check(each) for each in found)


def _check(check: Check) -> str:
    claim, finding = check.claim, check.finding
    lines = [f"“{claim.quote}”", f"  {str(finding.verdict).upper()}: {finding.reason}"]
    if finding.geodesic:
        km, azimuth = finding.geodesic.distance_m / 1000, finding.geodesic.azimuth
        ends = [end.name for end in (claim.reference, claim.subject) if end]
        lines.append(f"  measured {km:.1f} km ({km / 1.609344:.1f} mi) at {azimuth:.0f}° from {' to '.join(ends)}")
    lines += [_end(word, end) for word, end in (("from", check.reference), ("to", check.subject)) if end]
    if finding.percentile is not None:
        lines.append(f"  percentile {finding.percentile:.0f} among real quotes of that size")
    return "\n".join(lines)


def _end(word: str, end: End) -> str:
    """What an end was taken to mean, and how many other places have its name."""
    others = len(end.namesakes) + end.more - (end.place is not None)
    said = f"{end.place.label} [{end.place.key}]" if end.place else f"“{end.words}”: no place that could be found"
    chosen = ", as chosen" if end.chosen else ""
    return f"  {word} {said}{chosen}" + (f"; {_many(others, 'other')} of that name" if others else "")


def _many(number: int, what: str, several: str = "") -> str:
    return f"{number} {what if number == 1 else several or what + 's'}"


def _drawn(table: Table) -> str:
    out = StringIO()
    Console(file=out, width=WIDTH, no_color=True).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())


def histories(found: Mapping[str, Sequence[Wording]]) -> str:
    """The reports of an incident with their versions, a row for each."""
    table = Table("report", "version", "known by", "claims", "changed", "new", "withdrawn", box=None, pad_edge=False)
    for id, mine in found.items():
        for each in mine:
            known = written(each.article.known) if each.article.known else "no date"
            changes = each.changes
            counts = [changes.altered, changes.added, changes.withdrawn] if changes else []
            cells = [str(len(part)) for part in counts] or ["", "", ""]
            table.add_row(id if each.number == 1 else "", str(each.number), known, str(len(each.claims)), *cells)
    return _drawn(table)


def wordings(found: Sequence[Wording]) -> str:
    """The versions of one report, each with the claims that changed in it."""
    return "\n\n".join("\n".join(_wording(each)) for each in found)


def _wording(each: Wording) -> Iterator[str]:
    known = written(each.article.known) if each.article.known else "no date"
    called = each.article.title or each.article.id
    yield f"version {each.number}, known by {known}: {called} ({_many(len(each.claims), 'claim')})"
    if each.changes is None:
        return
    if not each.changes.claims:
        yield "  no claim came, went or changed"
    for pair in each.changes.altered:
        yield f"  ~ {_told(pair.before)} -> {_told(pair.after)}"
    for claim in each.changes.added:
        yield f"  + {_told(claim)}"
    for claim in each.changes.withdrawn:
        yield f"  - {_told(claim)}"


def _told(claim: Claim) -> str:
    quote = " ".join(claim.quote.split())
    return f"{claim.role} “{quote}” ({claim.attribution.speaker}, {claim.attribution.status})"
