"""Numbers as reports write them: "1,500", "5½", "two and a half", "a dozen", "a few hundred"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geomap.claims.lexicon import table

VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}
"""Fractions that are one character."""

_THOUSAND = 1000
_FIGURES = re.compile(
    r"(?:(?P<whole>\d[\d,.·]*(?: \d{3}(?!\d))*(?:e\+?\d+)?)(?!/))?"
    rf"(?:(?: - | )?(?P<part>\d/\d+|[{''.join(VULGAR)}]))?(?P<rest>(?: .*)?)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """What a number's words mean: the least and the most, and the word that leaves it open ("a few"), if one does."""

    low: float
    high: float
    vague: str = ""

    def more(self, part: float) -> Number:
        """The number with a fraction added ("a mile and a half")."""
        return Number(self.low + part, self.high + part, self.vague)


@cache
def pattern(units: str) -> str:
    """A pattern for any number before one of ``units`` (alternatives of a pattern); what it finds may be no number.

    Runs are bounded, so that no text takes more than linear time.
    """
    vulgar = f"[{''.join(VULGAR)}]"
    digits = (
        r"(?:\d{1,3}(?:,\d{3}){1,5}+(?:\.\d{1,6}+)?|\d{1,3}(?: \d{3}){1,3}+(?![\d,])|\d{1,15}[.,·]\d{1,6}+|\d{1,15}+)"
        rf"(?:e[+-]?\d{{1,2}})?(?:[ -]?{vulgar}|[ -]\d/\d{{1,2}})?|\d/\d{{1,2}}|{vulgar}"
    )
    words = _words()
    part = r"(?:three[ -]quarters?|one[ -]half|a[ -]half|half|a[ -]quarter|a[ -]third|two[ -]thirds)"
    joined = r"(?: of an?(?!\w)| and (?=an? \w{0,9}(?:hundred|thousand))|(?<=hundred)(?: and)? |[ -])"
    more = rf"[ -]and[ -]{part}(?!\w)| of(?= (?:an? )?(?:{units}))|{joined}(?:{words}|{part})"
    spelt = rf"{words}(?:{more}){{0,8}}+"
    multiple = r"[- ](?:hundred|thousand|million|dozen)(?!\w)| and an? (?:half|quarter)(?!\w)"
    return rf"(?:(?:{digits})(?:{multiple})?|{spelt})"


def _words() -> str:
    source = table("distances")
    named = [*source["numbers"], *source["multiples"], *source["fractions"], *source["vague"]]
    return r"(?:(?<!\w)(?:" + "|".join([*sorted(named, key=lambda word: -len(word)), "an?"]) + r")(?!\w))"


def number(words: str) -> Number | None:
    """What a number's words mean, or None where they make no number."""
    text = " ".join(words.lower().replace("-", " - ").split())
    if not (text[:1].isdigit() or text[:1] in VULGAR):
        return _spelt(text.replace(" - ", " ").split())
    read = _FIGURES.fullmatch(text)
    if read is None:
        return None
    value = _decimal(read["whole"]) + _fraction(read["part"])
    rest = [word for word in read["rest"].split() if word != "-"]
    if not rest:
        return Number(value, value)
    if rest[0] == "and":
        return Number(value, value).more(table("distances")["fractions"][rest[-1]])
    factor = table("distances")["multiples"].get(rest[0])
    return Number(value * factor, value * factor) if factor else None


def _decimal(figures: str | None) -> float:
    """Digits with English thousands marks; a comma before any but three digits is a decimal comma."""
    if not figures:
        return 0.0
    plain = figures.strip().replace("·", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    return float(plain.replace(" ", "").replace(",", "."))


def _fraction(part: str | None) -> float:
    if not part:
        return 0.0
    if part in VULGAR:
        return VULGAR[part]
    above, below = part.split("/")
    return int(above) / int(below) if int(below) else 0.0


@dataclass(slots=True)
class _Tally:
    """A number in words as it is read: thousands done with, and what stands before the next multiple."""

    done: float = 0.0
    low: float | None = None
    high: float = 0.0
    vague: str = ""
    adds: bool = False

    def set(self, low: float, high: float | None = None) -> None:
        self.low, self.high = low, low if high is None else high

    def takes(self, step: float) -> bool:
        """Whether a small number may follow: "twenty five", "hundred five", but not "five six"."""
        if self.low is None or self.adds or not self.low % 100:
            return True
        return not self.low % 10 and self.low >= 20 and 0 < step < 10


def _spelt(words: list[str]) -> Number | None:
    """A number in words: small ones add up, "hundred" and "dozen" multiply, fractions multiply or, after "and", add."""
    tally = _Tally()
    for word in words:
        if not _add(tally, word, words):
            return None
        tally.adds = word == "and" or (tally.adds and word in {"a", "an", "three", "one", "two"})
    if tally.low is None:
        return Number(tally.done, tally.done) if tally.done else None
    return Number(tally.done + tally.low, tally.done + tally.high, tally.vague)


def _add(tally: _Tally, word: str, words: list[str]) -> bool:
    """Take one more word into the tally; False where it makes no number."""
    source = table("distances")
    known = tally.low if tally.low is not None else 1.0
    top = tally.high if tally.low is not None else 1.0
    if word in source["vague"]:
        tally.set(*map(float, source["vague"][word]))
        tally.vague = _vague_words(words, word)
    elif word in source["numbers"]:
        if not tally.takes(source["numbers"][word]):
            return False
        tally.set((tally.low or 0.0) + source["numbers"][word])
    elif word in source["multiples"]:
        tally.set(known * source["multiples"][word], top * source["multiples"][word])
        if source["multiples"][word] >= _THOUSAND:
            tally.done, tally.low = tally.done + (tally.low or 0.0), None
    elif word in source["fractions"]:
        part = source["fractions"][word]
        added = tally.adds and tally.low is not None
        tally.set(known + part if added else known * part, top + part if added else top * part)
    elif word in {"a", "an"} and tally.low is None:
        tally.set(1.0)
    return True


def _vague_words(words: list[str], word: str) -> str:
    where = words.index(word)
    start = where - 1 if where and words[where - 1] in {"a", "an"} else where
    return " ".join([*words[start : where + 1], *(["of"] if words[where + 1 : where + 2] == ["of"] else [])])
