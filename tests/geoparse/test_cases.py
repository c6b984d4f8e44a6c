"""The rules of the geoparser, each as a text and what must be found in it (tests/cases/geoparse)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geomap.geodesy import inverse
from geomap.model import Resolution

CASES = Path(__file__).resolve().parent.parent / "cases" / "geoparse"


def blocks() -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                yield lines[0], tuple(lines[1:])


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*block, id=block[0][:40]) for block in blocks()])
def test_case(text: str, expected: tuple[str, ...], geoparse: Callable[[str], tuple[Resolution, ...]]) -> None:
    found = geoparse(text)
    shown = [(r.mention.surface, r.mention.kind.value, r.place and r.place.lonlat, r.reason) for r in found]
    for line in expected:
        if line.startswith("not "):
            assert line[4:] not in {r.mention.surface for r in found}, shown
        else:
            assert any(answers(line, resolution) for resolution in found), f"{line!r} is not in {shown}"


def answers(line: str, resolution: Resolution) -> bool:
    surface, kind, *where = (part.strip() for part in line.split("|"))
    mention = resolution.mention
    if (mention.surface, mention.kind) != (surface, kind):
        return False
    if not where:
        return True
    if where[0] == "none":
        return resolution.place is None and bool(resolution.reason)
    lat, lon, within = map(float, where[0].split())
    return resolution.place is not None and inverse(*resolution.place.lonlat, lon, lat).distance_m <= within * 1000
