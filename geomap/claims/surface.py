"""The face of a text that patterns are matched against: same length, same offsets, fewer ways to write one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    pattern = re.escape(words).replace(r"\ ", " ++").replace(r"\-", "[- ]")
    head = r"(?<![\w])" if words[0].isalnum() else ""
    tail = r"(?![\w])" if words[-1].isalnum() else ""
    return f"{head}{pattern}{tail}"


def any_of(cues: Iterable[str]) -> str:
    """One pattern for several cues, the longest first."""
    return "(?:" + "|".join(phrase(cue) for cue in sorted(set(cues), key=lambda cue: (-len(cue), cue))) + ")"
