"""Reading the case files of tests/cases/checks (the format: see the README there)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geomap.claims import quoted
from geomap.model import Article, Claim, Finding, Kind, Mention, Place, Resolution, Span
from geomap.parse import SpacyParser
from tests.samples import article, place

FOLDER = Path(__file__).parent / "cases" / "checks"
_TOPONYM = re.compile(r"\[(?P<name>[^\]|]+)\|(?P<zone>[^\]|]*)(?:\|(?P<code>[^\]|]+))?(?:\|(?P<unit>[^\]|]+))?\]")
parse = SpacyParser()


@dataclass
class Case:
    """One entry: a text with its toponyms in brackets, and the findings expected of it."""

    source: str
    text: str = ""
    on: dt.date | None = None
    trap: bool = False
    expected: list[str] = field(default_factory=list)


def cases(pattern: str) -> Iterator[Case]:
    """Every entry of the files whose name fits the pattern."""
    for path in sorted(FOLDER.glob(pattern)):
        yield from _entries(path)


def _entries(path: Path) -> Iterator[Case]:
    case, trap = Case(f"{path.stem}:1"), path.stem.endswith("-traps")
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.startswith("=>"):
            case.expected.append(line[2:].strip())
        elif line.startswith("on: "):
            case.on = dt.date.fromisoformat(line.removeprefix("on: "))
        elif line.startswith("#"):
            trap = path.stem.endswith("-traps") or line.startswith("# Traps")
        elif line:
            case.text = f"{case.text} {line}".strip()
        else:
            if case.text:
                yield replace(case, trap=trap)
            case = Case(f"{path.stem}:{number + 1}")


def read(case: Case) -> tuple[Article, tuple[Claim, ...]]:
    """The report of a case, and what it quotes that can be checked."""
    text, resolutions = _resolved(case.text)
    report = article("case", text, published=case.on)
    return report, quoted(report, parse(report), resolutions)


def _resolved(marked: str) -> tuple[str, Sequence[Resolution]]:
    """The text without its brackets, and each toponym as the place of that name."""
    text, found, last = "", [], 0
    for match in _TOPONYM.finditer(marked):
        text += marked[last : match.start()]
        start = len(text)
        text += match["name"]
        mention = Mention("case", Span(start, len(text)), match["name"], Kind.LITERAL, "case")
        found.append(Resolution(mention, _place(match), (), 1.0, "case"))
        last = match.end()
    return text + marked[last:], found


def _place(match: re.Match[str]) -> Place:
    unit = match["unit"] or ""
    country = unit.split(".")[0]
    admin = (country, unit) if "." in unit else (country,) if country else ()
    made = place(match["name"], 10.0, 50.0, code=match["code"] or "PPL", country=country)
    return replace(made, timezone=match["zone"], admin=admin)


def misses(case: Case, findings: Sequence[Finding]) -> list[str]:
    """What is wrong with the findings of a case, in words; nothing where they are as expected."""
    expected = [line for line in case.expected if line != "none"]
    if len(expected) != len(findings):
        return [f"{len(findings)} findings, not {len(expected)}: {[(str(f.verdict), f.reason) for f in findings]}"]
    wrong = []
    for line, finding in zip(expected, findings, strict=True):
        verdict, *words = (part.strip() for part in line.split(";"))
        if finding.verdict != verdict or not all(each in finding.reason for each in words):
            wrong.append(f"{line!r}: {finding.verdict}; {finding.reason}")
    return wrong
