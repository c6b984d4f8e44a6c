"""How well quoted distances are read, on sentences whose numbers and places are known.

    python benchmarks/reading/run.py GOLD.csv [--no-places] [--misses]

GOLD.csv has the columns sentence, subject, reference, quantity, unit, direction, ref_lat, ref_lon. Each row is read as
a one-sentence article with the subject as its title. A row's numbers are right when any claim has its quantity, unit
and direction; its reference is right when such a claim's reference lies within 10 km of the row's. Printed: both
shares, and what was missed and why (not read, not recognised as a name, recognised but not placed, placed elsewhere).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import geomap.gazetteer
from geomap.claims.distances import distances, with_references
from geomap.claims.quantities import quantities
from geomap.claims.surface import surface
from geomap.config import Config
from geomap.geodesy import inverse
from geomap.geoparse.recognize import recognize
from geomap.geoparse.resolve import resolve
from geomap.model import Analysis, Article, Claim, QuotedDistance, Resolution, Role
from geomap.parse import SpacyParser

NEAR_M = 10_000
"""A reference this far from the gold's point, in metres, is still the same place."""

Row = dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--no-places", action="store_true", help="numbers only: no gazetteer, nothing resolved")
    parser.add_argument("--misses", action="store_true", help="print each sentence that was missed")
    options = parser.parse_args()
    with options.gold.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    score(rows, places=not options.no_places, misses=options.misses)


def score(rows: Sequence[Row], *, places: bool, misses: bool) -> None:
    """Read every row and print the shares."""
    parse, outcomes, slowest, spent = SpacyParser(), Counter[str](), 0.0, 0.0
    gazetteer = geomap.gazetteer.open(Config.read().gazetteer) if places else None
    parse(article_of("warm", "A town lies 5 km north of London.", ""))
    for number, row in enumerate(rows):
        article = article_of(f"row{number}", row["sentence"], row["subject"])
        begun = time.perf_counter()
        analysis = parse(article)
        found: tuple[Resolution, ...] = ()
        if gazetteer is not None:
            mentions = with_references(article, analysis, recognize(article, analysis, gazetteer))
            found = resolve(article, analysis, mentions, gazetteer)
        claims = distances(article, analysis, found)
        took = time.perf_counter() - begun
        spent, slowest = spent + took, max(slowest, took)
        outcome = judge(row, claims, found, analysis, places=places)
        outcomes[outcome] += 1
        if misses and outcome != "right":
            gold = " ".join(row[name] for name in ("subject", "reference", "quantity", "unit", "direction"))
            print(f"{outcome}: [{gold}]")
            print(f"    {row['sentence'][:260]}")
            print("    read: " + "; ".join(f"{claim.quote!r} -> {_where(claim)}" for claim in claims))
    total = len(rows)
    numbers = total - outcomes["numbers"]
    print(f"rows {total}; quantity, unit and direction right {numbers} ({numbers / total:.1%})")
    if places:
        print(f"reference within 10 km {outcomes['right']} ({outcomes['right'] / total:.1%})")
    print("; ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print(f"mean {spent / total * 1000:.1f} ms, slowest {slowest * 1000:.1f} ms a sentence")


def article_of(id: str, text: str, title: str) -> Article:
    """A one-sentence article."""
    return Article(id=id, text=text, digest=hashlib.sha256(text.encode()).hexdigest(), title=title)


def judge(row: Row, claims: Sequence[Claim], found: Sequence[Resolution], analysis: Analysis, *, places: bool) -> str:
    """ "right", or the first thing that went wrong."""
    read = [claim for claim in claims if claim.role is Role.DISTANCE and _same_numbers(row, claim)]
    if not read:
        return "numbers"
    if not places or any(_near(row, claim) for claim in read):
        return "right"
    span = next((claim.reference.span for claim in read if claim.reference and claim.reference.span), None)
    if span is None:
        return "reference not read"
    if not any(one.mention.span.overlaps(span) for one in found):
        return "reference not recognised"
    placed = any(claim.reference and claim.reference.place for claim in read)
    return "reference placed elsewhere" if placed else "reference not placed"


def _same_numbers(row: Row, claim: Claim) -> bool:
    value = claim.value
    if not isinstance(value, QuotedDistance) or value.quantity is None:
        return False
    gold = number(row["quantity"])
    return abs(value.quantity - gold) < 1e-6 and value.unit == row["unit"] and value.direction == row["direction"]


def number(text: str) -> float:
    """A gold quantity as a number ("five" and "1,200" too)."""
    read = next(iter(quantities(surface(f"{text} km"))), None)
    return read.quantity if read else float("nan")


def _near(row: Row, claim: Claim) -> bool:
    if claim.reference is None or claim.reference.place is None:
        return False
    return inverse(*claim.reference.place.lonlat, float(row["ref_lon"]), float(row["ref_lat"])).distance_m <= NEAR_M


def _where(claim: Claim) -> str:
    if claim.reference is None:
        return "no reference"
    place = claim.reference.place
    return (
        f"{claim.reference.text} = {place.name}, {place.country} {place.lonlat}"
        if place
        else f"{claim.reference.text} = ?"
    )


if __name__ == "__main__":
    main()
