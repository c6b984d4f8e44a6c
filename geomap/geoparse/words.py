"""A report's words, without a language model: where each stands and how it is joined to the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_LETTER = r"[^\W_]"
_ABBREVIATION = r"(?:[A-Z]\.){2,}|(?:[NS]\. [CDY]|N\. [HJM]|R\. I|W\. ?Va)\.|[A-Z]\.[A-Z][a-z]{1,3}\."
_NAME = rf"{_LETTER}+(?:[{_HIDDEN}]+{_LETTER}+|['’](?!s\b|S\b){_LETTER}+)*"
_WORD = re.compile(rf"({_ABBREVIATION}|{_NAME})(?:['’][sS]\b)?")
_STRIP = re.compile(f"[{_HIDDEN}]")
_ABBREVIATED = frozenset({"St", "Ste", "Mt", "Ft", "Gov", "Sen", "Rep", "Gen", "Col", "Lt", "Sgt", "Mr", "Mrs", "Dr"})
LONGEST = 60
"""Characters; a longer word is no name."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``joined``: only a space or a hyphen parts it from the word before; ``opens``: it opens a sentence."""

    start: int
    end: int
    text: str
    joined: bool
    opens: bool
    hyphen: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, an elided article left aside ("d'Isère")."""
        return self.text[0].isupper() or (self.text[1:2] in {"'", "’"} and self.text[2:3].isupper())

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def words(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of ``text`` from ``start`` on.

    >>> [word.text for word in words("Kyiv's U.S.-made jets")]
    ['Kyiv', 'U.S.', 'made', 'jets']
    """
    found: list[Word] = []
    last = start
    for match in _WORD.finditer(text, start):
        begin, end = match.span(1)
        gap = text[last:begin] if begin - last < 12 else text[last : last + 6] + text[begin - 6 : begin]
        last = end
        if end - begin > LONGEST:
            continue
        word = match[1] if match[1].isascii() else _STRIP.sub("", match[1])
        abbreviation = gap == ". " and bool(found) and found[-1].text in _ABBREVIATED
        blank = not gap.strip() and gap.count("\n") < 2 and bool(gap)
        joined = bool(found) and (blank or gap in {"-", "–", "‑"} or abbreviation)
        opens = not found or (not abbreviation and any(mark in gap for mark in '.!?:\n"“”'))
        found.append(Word(begin, end, word, joined, opens, gap in {"-", "–", "‑"}))
    return tuple(found)
