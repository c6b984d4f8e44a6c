"""Numbers in words and digits, with the words that soften them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.model import Token

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")


_YEARS = frozenset(
    {"in", "since", "from", "until", "during", "after", "before", "by", "of", "to", "and", "late", "early"}
)
"""Words that a year stands behind."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number: its value, its first and last token, and its hedge with the token that begins that."""

    value: int
    first: int
    last: int
    hedge: str | None
    begin: int


def numbers(syntax: Syntax) -> Iterator[Number]:
    """Every whole number in the report, in order; parts of dates, times, names of types and fractions are left out."""
    index = 0
    while index < len(syntax.tokens):
        found = _at(syntax, index)
        if found is None:
            index += 1
            continue
        value, last = found
        hedge, begin = _hedge(syntax, index)
        yield Number(value, index, last, hedge, begin)
        index = last + (4 if _is_again(syntax, value, last) else 1)


def _is_again(syntax: Syntax, value: int, last: int) -> bool:
    """Whether a number is said again in figures behind it: "five (5) vehicles"."""
    opening, number, closing = (*(token.text for token in syntax.tokens[last + 1 : last + 4]), "", "", "")[:3]
    return (opening, closing) == ("(", ")") and number == str(value)


def _at(syntax: Syntax, index: int) -> tuple[int, int] | None:
    words: Mapping[str, int] = table("counts")["numbers"]
    tokens = syntax.tokens
    text = tokens[index].text.lower()
    if text == "both":
        return (2, index) if _is_both_of(syntax, index) else None
    if _DIGITS.fullmatch(text):
        following = tokens[index + 1].text.lower() if index + 1 < len(tokens) else ""
        before = tokens[index - 1].text if index else ""
        if len(text) == 4 and text[:2] in {"18", "19", "20"} and before.lower() in _YEARS:
            return None
        if (
            before in {"$", "£", "€", "#"}
            or following in {"%", "percent", "per", ":"}
            or (before == "-" and index > 1 and tokens[index - 1].start == tokens[index - 2].end)
        ):
            return None
        return int(text.replace(",", "")), index
    if text in {"dozen"}:
        return None
    before = tokens[index - 1].text.lower() if index else ""
    if text in {"a", "an"}:
        return _spelled(tokens, index)
    if text not in words or (
        text == "one"
        and (
            before in {"no", "any", "every", "some", "the", "this", "that", "each"}
            or (tokens[index].pos == "PRON" and not _is_one_of(syntax, index))
        )
    ):
        return None
    return _spelled(tokens, index)


_SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}


def _spelled(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """The number spelled out from token ``index`` on: "twenty-three", "a hundred and twelve", "two dozen"."""
    words: Mapping[str, int] = table("counts")["numbers"]
    text = [token.text.lower() for token in tokens[index : index + _LONGEST]]
    if text[0] in {"a", "an"}:
        if text[1:2] not in (["hundred"], ["thousand"], ["dozen"]):
            return None
        value, at = _SCALES[text[1]], 2
    else:
        value, at = words[text[0]], 1
        if text[at : at + 1] == ["-"] and _joins(value, text[at + 1 : at + 2]):
            value, at = value + words[text[at + 1]], at + 2
        elif _joins(value, text[at : at + 1]) and text[at + 1 : at + 2] != ["-"] and not _is_of(tokens, index):
            value, at = value + words[text[at]], at + 1
        if text[at : at + 1] and text[at] in _SCALES:
            value, at = value * _SCALES[text[at]], at + 1
    if value >= 100 and text[at : at + 1] == ["and"] and words.get("".join(text[at + 1 : at + 2]), 100) < 100:
        rest = _spelled(tokens, index + at + 1)
        if rest and rest[0] < 100:
            return value + rest[0], rest[1]
    return value, index + at - 1


def _is_of(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number is one of which another is told: "of the thirty two died", unlike "eighty four were freed"."""
    before = [token.text.lower() for token in tokens[max(0, index - 2) : index]]
    return before[-1:] == ["of"] or before == ["of", "the"]


def _joins(value: int, following: Sequence[str]) -> bool:
    """Whether the word behind is the last part of a number: the "three" of "twenty-three"."""
    words: Mapping[str, int] = table("counts")["numbers"]
    return value % 10 == 0 and 20 <= value <= 90 and words.get("".join(following), 99) < 10


_LONGEST = 8
"""Tokens of the longest number in words, its hyphens and "and" counted."""


def _is_one_of(syntax: Syntax, index: int) -> bool:
    """Whether "one" goes on counting: "two were found dead and one was missing"."""
    following = syntax.tokens[index + 1].lemma.lower() if index + 1 < len(syntax.tokens) else ""
    before = range(syntax.sentence(index).first, index)
    return following in {"be", "have", "die"} and any(syntax.tokens[i].pos == "NUM" for i in before)


def _is_both_of(syntax: Syntax, index: int) -> bool:
    """Whether "both" counts the noun behind it: "both pilots", not "both pilots and passengers"."""
    following = syntax.tokens[index + 1 : index + 3]
    return bool(following) and following[0].tag == "NNS" and following[-1].text.lower() not in {"and", "or"}


@cache
def _hedges() -> re.Pattern[str]:
    listed = longest_first(table("counts")["hedges"])
    return re.compile(r"\b(" + "|".join(map(re.escape, listed)) + r")\s+(?:the\s+|another\s+|all\s+)?$", re.IGNORECASE)


def _hedge(syntax: Syntax, index: int) -> tuple[str | None, int]:
    start = syntax.tokens[index].start
    found = _hedges().search(syntax.article.text[max(0, start - 24) : start])
    if not found:
        return None, index
    begin = syntax.at(max(0, start - 24) + found.start())
    hedges: Mapping[str, str] = table("counts")["hedges"]
    told = " ".join(found[1].lower().split())
    if told == "over" and begin and syntax.tokens[begin - 1].lemma.lower() in words("counts", "over", "verbs"):
        return None, index  # "handed over 95 prisoners"
    return hedges[told], begin
