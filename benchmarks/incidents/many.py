"""A thousand reports of one incident, made from our own seed digests and cases: the same ones for the same number.

Nothing here reads like news for long; what matters is that wordings, places, times, counts, speakers and outlets vary
as they would over many reports, and that most of them tell one story.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections.abc import Sequence
from pathlib import Path

from geomap import read
from geomap.model import Article

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds" / "il76-belgorod-2024"
CASES = ROOT / "tests" / "cases" / "claims"

OTHER_STORY = 0.2
"""The share of reports that tell another story, as a wrong upload or a round-up would."""
CHANGED = 0.3
"""How often a number, a time, a place or a name is another than in the report that a variation is made from."""

PLACES = (
    "Yablonovo Korocha Shebekino Gubkin Valuyki Prokhorovka Rakitnoye Grayvoron Stroitel Chernyanka Alekseyevka "
    "Biryuch Ivnya Borisovka Tomarovka Volokonovka Rovenki Veydelevka Oboyan Sudzha"
).split()
BODIES = ("emergencies ministry", "interior ministry", "regional government", "security service", "border service")
GIVEN = "Andrey Marina Pavel Olga Sergey Irina Viktor Yelena Maksim Natalia".split()
FAMILY = "Kartapolov Gladkov Sorokin Beletskaya Orlova Yegorov Rudenko Shulga Panin Fomina Zaytsev Lysenko".split()
DIRECTIONS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
PAPERS = ("Courier", "Herald", "Wire", "Gazette", "Tribune", "Echo", "Observer", "Bulletin")
TOWNS = ("Harbour", "Steppe", "Northern", "Capital", "Valley", "Lakeside", "Union", "Meridian", "Provincial", "Eastern")


def reports(count: int, *, seed: int = 1) -> list[Article]:
    """``count`` reports, of which the first are the same however many follow."""
    stories = [article.text[article.body :] for article in read.reports([SEED])]
    others = [_case(path) for path in sorted(CASES.glob("*.txt"))]
    return [_report(number, random.Random(f"{seed}/{number}"), stories, others) for number in range(count)]


def _case(path: Path) -> str:
    return path.read_text("utf8").split("---")[1].strip()


def _report(number: int, dice: random.Random, stories: Sequence[str], others: Sequence[str]) -> Article:
    other = dice.random() < OTHER_STORY
    paragraphs = dice.choice(others if other else stories).split("\n\n")
    if not other:
        # A report takes a paragraph or two from what another says.
        paragraphs += dice.sample(dice.choice(stories).split("\n\n"), 2)
    text = "\n\n".join(_varied(paragraph, dice) for paragraph in paragraphs)
    return Article(
        id=f"report-{number:04}",
        text=text,
        digest=hashlib.sha256(f"{number} {text}".encode()).hexdigest(),
        title=f"Report {number}",
        outlet=f"{dice.choice(TOWNS)} {dice.choice(PAPERS)}",
        published=dt.date(2024, 1, 24) + dt.timedelta(days=dice.randrange(4)),
    )


def _varied(text: str, dice: random.Random) -> str:
    def often(change: str, given: str) -> str:
        return change if dice.random() < CHANGED else given

    text = re.sub(r"\b(?:Yablonovo|Korocha)\b", lambda m: often(dice.choice(PLACES), m[0]), text)
    text = re.sub(r"\b(\d\d?):(\d\d)\b", lambda m: often(f"{int(m[1]):02}:{dice.randrange(60):02}", m[0]), text)
    text = re.sub(r"(?<![:.,\d-])\b\d{1,3}\b(?![:.,]?\d)", lambda m: often(str(_near(int(m[0]), dice)), m[0]), text)
    text = re.sub(rf"\b(?:{'|'.join(NUMBERS)})\b", lambda m: often(dice.choice(NUMBERS), m[0]), text)
    text = re.sub(rf"\b(?:{'|'.join(DIRECTIONS)})\b", lambda m: often(dice.choice(DIRECTIONS), m[0]), text)
    text = re.sub(r"\bdefen[cs]e ministry\b", lambda m: often(dice.choice(BODIES), m[0]), text)
    return re.sub(
        rf"\b(?:{'|'.join(GIVEN)}) ({'|'.join(FAMILY)})\b",
        lambda m: often(f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}", m[0]),
        text,
    )


def _near(number: int, dice: random.Random) -> int:
    return max(1, number + dice.randint(-max(1, number // 5), max(1, number // 5)))
