"""A guess at the language of a report, from its script, its letters and its commonest words.

A detector's model would cost 5 to 90 MB and most of a second at every start; a table of function words tells the
languages apart that reports come in, and the rest only need to be known as not English.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2
"""Function words below which a Latin text keeps the default: a headline of names has none."""


@cache
def _tables() -> tuple[dict[str, str], dict[str, frozenset[str]], dict[str, str]]:
    with (files("geomap.read") / "languages.toml").open("rb") as stream:
        data = tomllib.load(stream)
    words = {language: frozenset(line.split()) for language, line in data["words"].items()}
    return data["letters"], words, data["scripts"]


def guess(text: str, default: str = "en") -> str:
    """The ISO 639-1 code of the language that ``text`` seems to be in; ``default`` where nothing tells.

    Only the first 4,000 characters are looked at.
    """
    letters, words, scripts = _tables()
    written = text[:_SAMPLE]
    sample = written.lower()
    script = _script(sample, scripts)
    if script not in {"latin", "cyrillic"}:
        return script or default
    tokens = Counter(_WORD.findall(sample))
    # A capital belongs to a name more often than to a sentence's first word: "La Paz" is no Spanish.
    small = Counter(_WORD.findall(written)) if script == "latin" else tokens
    own = Counter(sample)
    scores = {
        language: sum((tokens if language == default else small)[word] for word in known)
        + sum(own[letter] for letter in letters.get(language, "")) / _WEIGHT
        for language, known in words.items()
        if (language in _CYRILLIC) == (script == "cyrillic") and not _FOREIGN.get(language, _NONE) & own.keys()
    }
    best = max(scores, key=lambda language: (scores[language], language in {default, "ru"}), default="ru")
    if script == "cyrillic":
        return best if scores[best] else "ru"
    # English must be beaten, not equalled: foreign names in an English report carry foreign letters.
    return best if scores[best] >= _ENOUGH and scores[best] > scores.get(default, 0) else default


_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr"})
_NONE: frozenset[str] = frozenset()
_FOREIGN = {"bg": frozenset("ыэёіїєў"), "uk": frozenset("ыэёъў"), "be": frozenset("ищъїє"), "ru": frozenset("іїєґў")}
"""Letters that a language does not have; names keep to it too, since they are written in its own letters."""
_WEIGHT = 4
"""Occurrences of a language's own letters that speak as loud as one function word."""


def _script(sample: str, scripts: dict[str, str]) -> str:
    """The script that most letters belong to: "latin", "cyrillic", or the code of a language that has its own."""
    counts: Counter[str] = Counter()
    for name, span in scripts.items():
        counts[name] = len(re.findall(f"[{span}]", sample))
    if counts["ja"]:
        # Japanese text is mostly Chinese characters; its kana give it away.
        counts["ja"] += counts["zh"]
    name, most = counts.most_common(1)[0]
    return name if most else ""
