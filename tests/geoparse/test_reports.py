"""The five published reports: every place a careful reader takes from them resolves, in every report that has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geomap.geodesy import inverse
from geomap.model import Resolution

ZABAYKALYE = "RU.93"
Geoparse = Callable[..., tuple[Resolution, ...]]


def test_every_place_expected_resolves_right_in_every_report_that_has_it(shared: Path, geoparse: Geoparse) -> None:
    expected = json.loads((shared / "articles" / "expected.json").read_text(encoding="utf-8"))
    missing = []
    for path in sorted((shared / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = geoparse(text, text.find(" ", 6) if text.startswith(" date") else 0)
        places = [place for place in expected["places"] if path.name[:3] in place["in"]]
        missing += [(path.name[:3], place["name"]) for place in places if not any(is_at(place, r) for r in found)]
        assert not any(r.place and ZABAYKALYE in r.place.admin for r in found)
        assert not {r.mention.surface for r in found} & {
            "S-300",
            "Il-76",
            "IL-76",
            "Tass",
            "Zelenskyy",
            "Gladkov",
            "Today",
        }
        assert all(r.place or r.reason for r in found)
    assert missing == []


def is_at(expected: dict[str, Any], resolution: Resolution) -> bool:
    place = resolution.place
    if place is None:
        return False
    if "country" in expected:
        return place.country == expected["country"]
    away = inverse(*place.lonlat, expected["lon"], expected["lat"]).distance_m
    return bool(away <= expected["tol_km"] * 1000)
