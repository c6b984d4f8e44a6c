"""Persons, places and organisations in Russian text, from the slovnet network that natasha carries in its package.

Only the model files of natasha are used; its own code asks for a morphology that does not run on Python 3.11. They
load on the first Russian report (about 2 s and 180 MB), never by importing this module.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geomap.errors import GeomapError
from geomap.model import Analysis, Article, Entity, Span

LONGEST = 2_000
"""Characters tagged at once; a longer paragraph is cut at a space."""

LONGEST_WORD = 200
"""Characters; a stretch with a longer word is no prose and is left out."""

_LINE = re.compile(r"[^\n\r]+")
_OVERLONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


class RussianTagger:
    """Reports to analyses that hold entities only (labels LOC, ORG, PER). Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tagger: Any = None

    def __call__(self, article: Article) -> Analysis:
        """Tag one report. Raises :class:`~geomap.errors.GeomapError` where natasha is not installed."""
        found: list[Entity] = []
        with self._lock:
            self._tagger = self._tagger or _load()
            for start, end in _stretches(article.text, article.body):
                if not article.text[start:end].strip():
                    continue
                spans = self._tagger(article.text[start:end]).spans
                found += [Entity(Span(start + each.start, start + each.stop), each.type) for each in spans]
        return Analysis(article.id, (), (), tuple(found))


def _load() -> Any:
    """The network with its word vectors, typed by nothing: slovnet declares no types."""
    natasha = find_spec("natasha")
    if natasha is None or natasha.origin is None:
        raise GeomapError("the Russian language model (natasha) is not installed: run `make setup`")
    data = Path(natasha.origin).parent / "data"
    try:
        from navec import Navec  # type: ignore[import-untyped]
        from slovnet import NER  # type: ignore[import-untyped]

        vectors = Navec.load(str(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))
        return NER.load(str(data / "model" / "slovnet_ner_news_v1.tar")).navec(vectors)
    except (ImportError, OSError, ValueError) as error:
        raise GeomapError("the Russian language model (natasha) cannot be read: run `make setup`") from error


def _stretches(text: str, start: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, start):
        first = line.start()
        for gap in (*_OVERLONG.finditer(text, *line.span()), None):
            last = gap.start() if gap else line.end()
            while first < last:
                cut = text.rfind(" ", first + LONGEST // 2, first + LONGEST) if last - first > LONGEST else last
                cut = cut if cut > 0 else first + LONGEST
                yield first, cut
                first = cut
            first = gap.end() if gap else last
