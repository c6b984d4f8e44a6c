"""The face of a text that patterns are matched against: same length, same offsets, fewer ways to write one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SPACE = {
    ord(space): " "
    for space in "\t\r\v\f\u00a0\u1680\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2002\u2003\u2004\u2005\u2006"
}
_MARKS = {
    **_SPACE,
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\u00ad\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02b9\u2032`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u2033\u201e\u00ab\u00bb"), '"'),
    ord("\u2044"): "/",
    ord("\u2215"): "/",
    ord("_"): " ",
}
_BREAKS = re.compile(r"(?:\n *+)++")
_NOTE_MARK = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d+|citation needed|clarification needed)\]")


def surface(text: str) -> str:
    """``text`` with every hyphen, quotation mark and space in one form, offsets unchanged.

    A single line end becomes a space, so that a phrase may run over it; a blank line stays, and none runs over that.
    The marks of footnotes ("[4]") become spaces.
    """
    folded = text.translate(_MARKS)
    folded = _BREAKS.sub(_line_end, folded)
    return _NOTE_MARK.sub(lambda found: " " * len(found[0]), folded)


def _line_end(found: re.Match[str]) -> str:
    ended = found[0]
    if ended.count("\n") > 1:
        return "\n" * len(ended)
    return " " * len(ended)


def phrase(words: str) -> str:
    """A cue as a pattern: a space is any run of spaces, a hyphen may be a space, and no longer word contains it."""
    pattern = _written(words)
    head = r"(?<![\w])" if words[0].isalnum() else ""
    tail = r"(?![\w])" if words[-1].isalnum() else ""
    return f"{head}{pattern}{tail}"


def any_of(cues: Iterable[str]) -> str:
    """One pattern for several cues, the longest first; cues of one first letter share a branch, which saves time."""
    groups: dict[tuple[str, str], list[str]] = {}
    for cue in sorted(set(cues), key=lambda cue: (-len(cue), cue)):
        head = r"(?<![\w])" if cue[0].isalnum() else ""
        tail = r"(?![\w])" if cue[-1].isalnum() else ""
        groups.setdefault((head, _written(cue[0])), []).append(_written(cue[1:]) + tail)
    return "(?:" + "|".join(f"{head}{first}(?:{'|'.join(rest)})" for (head, first), rest in groups.items()) + ")"


def _written(words: str) -> str:
    return re.escape(words).replace(r"\ ", " ++").replace(r"\-", "[- ]")


def any_of_reversed(cues: Iterable[str]) -> str:
    """:func:`any_of` for a text read backwards, as an :class:`Ending` reads it."""
    return any_of(cue[::-1] for cue in cues)


@dataclass(frozen=True, slots=True)
class Ending:
    """What may stand directly before a place in a text.

    ``pattern`` is for the text read backwards, so that it is tried once and not at each character that it might begin
    at; ``reach`` is how many characters back it looks.
    """

    pattern: re.Pattern[str]
    reach: int

    def start(self, face: str, position: int, floor: int = 0) -> int | None:
        """Where what ends at ``position`` begins, or None; nothing before ``floor`` is looked at."""
        window = face[max(floor, position - self.reach, 0) : position][::-1]
        found = self.pattern.match(window)
        return position - found.end() if found and found.end() else None


def ending(pattern: str, reach: int) -> Ending:
    """An :class:`Ending` from a pattern of reversed text, in either case of letters."""
    return Ending(re.compile(pattern, re.IGNORECASE), reach)
