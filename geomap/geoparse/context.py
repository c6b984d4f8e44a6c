"""What stands beside a report's text and tells where it is at home: its title and its outlet."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.geoparse.atlas import WHOLE, Atlas, weight
from geomap.geoparse.words import words
from geomap.model import Article

LARGE = 5.0
"""The weight (log10 of a population) of a name that is taken for a place inside a headline or an outlet's name."""
LONGEST = 4
"""Words in the longest name looked for."""


def beside(article: Article, atlas: Atlas) -> Iterator[tuple[str, ...]]:
    """Place names of the title and the outlet; more than one together where each lies in the next.

    A title that is nothing but names ("Aberdeen, Maryland") may name small places, a headline large ones only.
    """
    for head in (article.title.replace("_", " "), article.outlet):
        parts = tuple(part.strip() for part in head.split(",") if part.strip())
        if parts and len(parts) <= LONGEST and all(_known(part, 0.0, atlas) for part in parts):
            yield parts
        else:
            yield from ((name,) for name in _large(head, atlas))


def _large(head: str, atlas: Atlas) -> Iterator[str]:
    """The longest names of large places, from left to right."""
    text = words(head)
    first = 0
    while first < len(text):
        for last in range(min(len(text), first + LONGEST), first, -1):
            run = text[first:last]
            name = head[run[0].start : run[-1].end]
            if all(word.capital for word in run) and all(w.joined for w in run[1:]) and _known(name, LARGE, atlas):
                yield name
                first = last - 1
                break
        first += 1


def _known(name: str, least: float, atlas: Atlas) -> bool:
    return any(c.score >= WHOLE and weight(c.place) >= least for c in atlas.candidates(name))
