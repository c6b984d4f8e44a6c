"""What initials stand for, where the report spells it out: "SQ" for "Sûreté du Québec"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from geomap.claims.lexicon import words
from geomap.claims.speakers import display

_WORD = r"[^\W\d_][\w’'&-]{0,40}+"
_BEGIN = r"(?<![\w’'&-])"
"""A name begins where no word does before: else a long run of letters would be read once for each of them."""
_GLOSSES = (
    re.compile(rf"{_BEGIN}(?P<name>(?:{_WORD} ){{1,9}}{_WORD}) \((?:the )?(?P<short>[A-Z]{{2,7}})\)"),
    re.compile(rf"{_BEGIN}(?P<short>[A-Z]{{2,7}}) \((?:the )?(?P<name>{_WORD}(?: {_WORD}){{1,9}})\)"),
)
_NAME = re.compile(rf"{_BEGIN}(?=[A-Z]){_WORD}(?: (?:{_WORD} ){{0,2}}?(?=[A-Z]){_WORD}){{1,6}}")
_ALONE = re.compile(r"\b[A-Z]{3,7}\b")
"""Two letters are too few to find their name by: "IT" is no "In Taskala"."""


def spelled(text: str) -> dict[str, str]:
    """The full name of each acronym that the report spells out: beside it in brackets, else anywhere, if one name fits.

    >>> spelled("The Royal Oman Police came. The Sûreté du Québec (SQ) helped, the ROP said.")
    {'SQ': 'Sûreté du Québec', 'ROP': 'Royal Oman Police'}
    """
    glossed: dict[str, str] = {}
    for gloss in (each for pattern in _GLOSSES for each in pattern.finditer(text)):
        if name := _ending(gloss["name"].split(), gloss["short"]):
            glossed.setdefault(gloss["short"], name)
    alone = set(_ALONE.findall(text)) - set(glossed)
    named: dict[str, set[str]] = defaultdict(set)
    for parts in _runs(text) if alone else ():
        for short in _initials(parts) & alone:
            named[short].add(_shown(parts))
    return glossed | {short: min(names) for short, names in sorted(named.items()) if len(names) == 1}


def _ending(parts: Sequence[str], short: str) -> str:
    """The last words of a phrase whose initials are the acronym's; "" where none are."""
    fitting = (parts[start:] for start in range(len(parts) - 1, -1, -1) if short in _initials(parts[start:]))
    return next((_shown(each) for each in fitting if _is_name(each)), "")


def _runs(text: str) -> Iterator[Sequence[str]]:
    """Every run of words that may be a name."""
    for found in _NAME.finditer(text):
        parts = found[0].split()
        every = (parts[start:stop] for start in range(len(parts)) for stop in range(start + 2, len(parts) + 1))
        yield from (each for each in every if _is_name(each))


def _is_name(parts: Sequence[str]) -> bool:
    return parts[0][:1].isupper() and parts[-1][:1].isupper()


def _shown(parts: Sequence[str]) -> str:
    return display(" ".join(parts).removesuffix("'s").removesuffix("’s"))


@cache
def _joining() -> frozenset[str]:
    return words("attribution", "initials", "joining")


def _initials(parts: Sequence[str]) -> frozenset[str]:
    """The acronyms that words may have: of them all, and without those that only join."""
    every = [piece for part in parts for piece in part.split("-") if piece]
    bare = [piece for piece in every if piece.lower() not in _joining()]
    return frozenset("".join(piece[0] for piece in each).upper() for each in (every, bare))
