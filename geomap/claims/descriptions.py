"""Whom a description or a pronoun means: "the town", "the Kenyan capital", "Ukraine's second-largest city", "there"."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from geomap.claims.lexicon import table
from geomap.claims.reading import Reading, description, is_kind, kinds_of
from geomap.model import Footprint, Kind, Place, Referent, Resolution, Span

SEATS = frozenset({"PPLC", "PPLG", "PPLA"})
"""Feature codes of capitals."""

DESCRIPTION_REACH = 6
"""Sentences back in which "the town" finds the place it means."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
"""Dependency labels of a grammatical subject."""

_SETTLED = frozenset({"PPL", "AIR"})

_LOWER_SEATS = frozenset("provincial regional state county district departmental island cantonal old former".split())
"""Words that make a capital another than the country's."""

_JOINED = re.compile(r",? (?:and|or) (?:the )?(?:[a-z]+ of )?|, ")


def means(reading: Reading, referent: Referent, words: str) -> Referent:
    """``referent`` with the place that its pronoun or description ("the town", "Ukraine's capital") stands for.

    A description takes the last place of its kind named before it (or in apposition to the same words anywhere); a
    capital that the report does not name comes from a table of them. Left without a place where in doubt.
    """
    if referent.span is None:
        return referent
    known = reading.described.get(description(referent.text))
    if known is not None:
        return Referent(referent.text, referent.span, known.place)
    parts = words.split()
    last = parts[-1] if parts else ""
    kinds = kinds_of(last)
    if not kinds and last not in table("locatives")["links"]["pronouns"]:
        return referent
    if last in table("locatives")["types"]["capital"]:
        place = None if _LOWER_SEATS & set(parts) else _capital(reading, referent.span)
    else:
        found = _nearest(reading, referent.span, kinds) if kinds else only_place(reading, referent.span)
        place = found.place if found and not _is_ranked(words) else None
    return Referent(referent.text, referent.span, place) if place else referent


def _is_ranked(words: str) -> bool:
    """Whether a description picks one of many ("the country's second-largest city"): not the last one named, then."""
    return bool(
        re.search(r"(?<!\w)(?:[a-z]*est|second|third|fourth|other|next|neighbou?ring|another|nearby|main)(?!\w)", words)
    )


def _owner(reading: Reading, span: Span) -> Place | None:
    """The country or region in the words themselves ("the Syrian capital", "France's")."""
    return next((one.place for one in reading.within(span.start, span.end) if one.place), None)


def _capital(reading: Reading, span: Span) -> Place | None:
    """The capital that is meant: of the country in the words ("the Syrian capital"), else the last one named."""
    owner = _owner(reading, span)
    if owner is None:
        found = _nearest(reading, span, frozenset(), SEATS)
        return found.place if found else None
    if not owner.feature_code.startswith("PCL"):
        return None
    seats = (one.place for one in reading.placed if one.place and one.place.feature_code in SEATS)
    return next((one for one in seats if one.country == owner.country), None) or capitals().get(owner.country)


@cache
def capitals() -> dict[str, Place]:
    """The capital of each country (ISO 3166 alpha-2), as ``tools/capitals.py`` takes them from the gazetteer."""
    source = files("geomap.claims") / "capitals.csv"
    found = {}
    for row in csv.DictReader(source.read_text("utf-8").splitlines()):
        where = Footprint.point(float(row["lon"]), float(row["lat"]), float(row["uncertainty_m"]), "point")
        found[row["country"]] = Place(
            gazetteer="geonames",
            identifier=row["geonames"],
            name=row["name"],
            feature_code="PPLC",
            footprint=where,
            country=row["country"],
            population=int(row["population"]),
        )
    return found


def _nearest(
    reading: Reading, span: Span, kinds: frozenset[str], codes: frozenset[str] = frozenset()
) -> Resolution | None:
    """The last place named before, of one of ``kinds`` and of one of the feature ``codes`` where there are any.

    None where it is one of two named in one breath ("X and Y"), or lies in another country than the words say.
    """
    here, owner = reading.sentence_number(span.start), _owner(reading, span)
    for one in reading.paragraph_mentions(span.start):
        if here - reading.sentence_number(one.mention.span.start) > DESCRIPTION_REACH:
            return None
        fits = one.place is not None and (not kinds or is_kind(one.place, kinds))
        if one.place is None or not fits or (codes and one.place.feature_code not in codes):
            continue
        if owner is not None and owner.country != one.place.country:
            continue
        return None if _is_one_of_two(reading, one, kinds) else one
    return None


def only_place(reading: Reading, span: Span, *, without: Place | None = None) -> Resolution | None:
    """The one settlement or airfield that "it", "there" or "20 km away" can mean: named before, and no other is.

    Looked at are this sentence up to ``span`` and the one before; left out are ``without`` and a place that the
    sentence itself is about.
    """
    here = reading.sentence_number(span.start)
    found: dict[str, Resolution] = {}
    for one in reading.paragraph_mentions(span.start):
        back = here - reading.sentence_number(one.mention.span.start)
        if back > 1:
            break
        if one.place is None or one.mention.kind is Kind.DEMONYM or not is_kind(one.place, _SETTLED):
            continue
        if one.place != without and not (back == 0 and _is_subject(reading, one)):
            found.setdefault(one.place.key, one)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_subject(reading: Reading, one: Resolution) -> bool:
    span = one.mention.span
    return any(token.dep in SUBJECTS for token in reading.tokens[reading.at(span.start) : reading.at(span.end - 1) + 1])


def _is_one_of_two(reading: Reading, one: Resolution, kinds: frozenset[str]) -> bool:
    """Whether another place of the kind is named right before, joined by "and"."""
    if not kinds:
        return False
    start = one.mention.span.start
    for other in reading.within(max(0, start - 40), start):
        gap = reading.face[other.mention.span.end : start]
        if other.place and other.place != one.place and is_kind(other.place, kinds) and " and " in gap:
            return bool(_JOINED.fullmatch(gap))
    return False
