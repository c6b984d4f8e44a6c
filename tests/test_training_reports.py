"""The reports that the second reader is trained on: each is well formed, and its words stand where it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geomap.claims.second.labels import counted
from geomap.model import Role, Status
from training.claims.corpus import Report, reports

FOLDER = Path(__file__).resolve().parent.parent / "training" / "claims"
PLACES = {"incident-site", "crash-site", "origin", "destination", "route", "launch-area", "exchange-point"}


@pytest.mark.parametrize("folder", ["reports", "dev", "apart"])
def test_every_line_is_a_claim_in_words_of_its_report(folder: str) -> None:
    found = list(reports(FOLDER / folder))
    assert len(found) > 100
    assert [f"{report.article.id}: {wrong}" for report in found for wrong in faults(report)] == []


def faults(report: Report) -> list[str]:
    """What is wrong with a report's lines, in words."""
    found = []
    for line in report.lines:
        words = report.article.quote(line.span)
        if line.role not in set(Role) or line.status not in set(Status):
            found.append(f"{line.role} {line.status}: no such role or status")
        if (line.role in PLACES) != bool(line.subject) or (line.role == "route") != bool(line.reference):
            found.append(f"{line.role} {line.subject} | {line.reference}: places belong to sites, two to a route")
        if not (line.subject in words and line.reference in words):
            found.append(f"{line.subject} {line.reference}: not in {words!r}")
        if line.role in {"cause", "cargo", "weapon"} and line.value.lower() not in words.lower():
            found.append(f"{line.value}: not in {words!r}")
        if line.role == "count" and not re.fullmatch(r"\d+ [\w-]+(?: hedge .+)?", line.value):
            found.append(f"{line.value}: no count")
    return found


def test_what_is_counted_is_nearly_always_something_the_reader_knows() -> None:
    of = [
        line.value.split()[1] for report in reports(FOLDER / "reports") for line in report.lines if line.role == "count"
    ]
    assert sum(not counted(each) for each in of) < len(of) / 100


def test_no_report_is_both_trained_on_and_judged() -> None:
    trained, *judged = ({r.article.digest for r in reports(FOLDER / name)} for name in ("reports", "dev", "apart"))
    held_out = {re.split(r"^---\n", path.read_text("utf-8"), flags=re.M)[1] for path in held()}
    texts = {r.article.text for r in reports(FOLDER / "reports")}
    assert not trained & set().union(*judged)
    assert not {text.strip() for text in texts} & {text.strip() for text in held_out}


def held() -> list[Path]:
    return sorted((Path(__file__).parent / "cases" / "claims" / "heldout").glob("*.txt"))
