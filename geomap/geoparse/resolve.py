"""Saying which place each name means, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from geomap.geodesy import inverse
from geomap.geoparse.atlas import WHOLE, Atlas, core, mended, weight
from geomap.geoparse.context import LARGE, beside
from geomap.geoparse.evidence import Quote, apposed, containments, introduced, owned, quotes
from geomap.geoparse.rank import CONTAINED, QUOTED, Sense, settle, softmax
from geomap.model import Analysis, Article, Candidate, Gazetteer, Mention, Place, Resolution

RESOLVER = "context-1"
SURE = 0.4
"""The least share of the evidence that one place must hold; below it the name stays unresolved."""
SPELT = 0.85
"""A name fit below this is a spelling mended: it needs the report's other places beside it."""
NAMESAKE = 0.1
"""How much worse than the best a place may bear the name and still be meant as readily: "Kiev" for Kyiv."""
SAME = 40_000.0
"""Metres within which two rows of a gazetteer count as one place (a city and its district)."""
PLAIN = 0.9
"""The share from which on a name says which unit it is by itself."""
WITHIN = 1.5
"""What speaks for a place in a first-level unit that the report names, wherever it does."""
SHOWN = 8
"""Candidates kept with a resolution."""

Name = tuple[str, bool, tuple[str, ...]]
"""What a sense is known by: its name, whether that is a demonym, the codes that the words before it ask for."""


def resolve(
    article: Article, analysis: Analysis | None, mentions: Sequence[Mention], gazetteer: Gazetteer | Atlas
) -> tuple[Resolution, ...]:
    """One resolution for each mention, in their order. A name has one sense in a report.

    ``analysis`` is not needed; the text between mentions is read for containment and quoted distances.
    """
    atlas = gazetteer if isinstance(gazetteer, Atlas) else Atlas(gazetteer)
    known, sense_of = _senses(article, mentions, atlas)
    _set_beside(article, known, atlas)
    senses = list(known.values())
    for inner, outer in containments(article, mentions):
        held = _contain(sense_of[inner], sense_of[outer])
        beside = apposed(article, mentions, inner) if outer == inner + 1 else owned(article, mentions, inner)
        if not held and abs(outer - inner) == 1 and beside:
            sense_of[inner].missing = sense_of[outer]
    found = tuple(quotes(article, mentions))
    for quote in found:
        _measure(quote, sense_of[quote.subject], sense_of[quote.reference])
    _place_within(senses)
    settle(senses)
    told = _countries(senses)
    answers = {id(sense): _answer(sense, told) for sense in senses}
    return tuple(answers[id(sense_of[index])](mention) for index, mention in enumerate(mentions))


def _senses(article: Article, mentions: Sequence[Mention], atlas: Atlas) -> tuple[dict[Name, Sense], list[Sense]]:
    """The report's distinct names, and for each mention the sense it belongs to."""
    senses: dict[Name, Sense] = {}
    order: list[Sense] = []
    for index, mention in enumerate(mentions):
        name = " ".join((mention.lemma or mention.surface).split())
        demonym = mention.recognizer.endswith(":demonym")
        asked = () if demonym else introduced(article, mention)
        key = (_key(name), demonym, asked)
        if key not in senses:
            senses[key] = _sense(name, demonym, asked, atlas)
        senses[key].mentions.append(index)
        order.append(senses[key])
    return senses, order


def _key(name: str) -> str:
    return name.casefold() if not name.isupper() else name


def _sense(name: str, demonym: bool, asked: tuple[str, ...], atlas: Atlas) -> Sense:
    if demonym:
        return Sense(name, [], atlas.demonym(name.split()))
    bare, codes = core(name)
    found = atlas.candidates(name)
    if bare != name and not any(c.score >= SPELT for c in found):
        known = {c.place.key for c in found}
        found = (*found, *(c for c in atlas.candidates(bare) if c.place.key not in known))
    if asked:
        fits = any(candidate.place.feature_code.startswith(asked) for candidate in found)
        return Sense(name, [], found, asked if fits else ())
    return Sense(name, [], found, codes if bare != name and codes and _asks(found, codes) else ())


def _set_beside(article: Article, senses: dict[Name, Sense], atlas: Atlas) -> None:
    """Add what the title and the outlet name: it weighs on the report's names, and is no mention itself."""
    for names in beside(article, atlas):
        for name in names:
            senses.setdefault((_key(name), False, ()), _sense(name, False, (), atlas))
        for inner, outer in pairwise(names):
            _contain(senses[_key(inner), False, ()], senses[_key(outer), False, ()])


def _asks(found: Sequence[Candidate], codes: tuple[str, ...]) -> bool:
    """Whether a designator asks for a kind of place: not where it is a part of other places' own names (Mount Isa)."""
    whole = [c.place.feature_code for c in found if c.score >= WHOLE]
    return not whole or any(code.startswith(codes) for code in whole)


def _contain(inner: Sense, outer: Sense) -> bool:
    """Let the candidates of ``inner`` that lie in one of ``outer`` stand out, and the other way round.

    False where there are none.
    """
    if inner is outer:
        return True
    units = [(j, c.place) for j, c in enumerate(outer.candidates) if _is_unit(c.place)]
    listed = _is_country(inner) and _is_country(outer)
    held: set[int] = set()
    for i, candidate in enumerate(inner.candidates):
        if listed and candidate.place.feature_code != "ADM1":
            continue
        around = [j for j, unit in units if _lies_in(candidate.place, unit)]
        if around:
            inner.support(i, CONTAINED, f"lies in {outer.candidates[around[0]].place.name}, as the report says")
            held.update(around)
    for j in held:
        outer.support(j, CONTAINED / 2, f"{inner.name} lies in it")
    return bool(held)


def _is_country(sense: Sense) -> bool:
    """Whether a name is a country's first of all: two in a row are a list, but for a state of a country's name."""
    likely = sense.candidates[int(np.argmax(sense.score))] if sense.candidates else None
    return likely is not None and likely.score >= WHOLE and likely.place.feature_code.startswith("PCL")


def _lies_in(place: Place, unit: Place) -> bool:
    """By the gazetteer's units; by distance where it does not file the place as deep as that."""
    if place.lies_in(unit) or place.key == unit.key:
        return place.key != unit.key
    if len(place.admin) >= len(unit.admin) or place.country != unit.country:
        return False
    return inverse(*place.lonlat, *unit.lonlat).distance_m <= unit.footprint.uncertainty_m


def _is_unit(place: Place) -> bool:
    return bool(place.admin) and place.feature_code.startswith(("ADM", "PCL", "CONT"))


def _measure(quote: Quote, subject: Sense, reference: Sense) -> None:
    """Hold the namesakes that a name may mean against the distance quoted of it.

    Only places that bear the name as well as any other are held: a distance chooses among namesakes, and must not
    prefer a place of a lesser name because it makes the distance true.
    """
    if subject is reference or not subject.candidates or not reference.candidates:
        return
    likely = int(np.argmax(softmax(reference.score)))
    anchor = reference.candidates[likely].place
    best = max(candidate.score for candidate in subject.candidates)
    namesakes = [i for i, candidate in enumerate(subject.candidates) if candidate.score >= best - NAMESAKE]
    fits = {i: quote.fit(subject.candidates[i].place, anchor) for i in namesakes}
    if not any(fits.values()):
        return
    for i, fit in fits.items():
        reason = f"at the distance from {anchor.name} that the report gives"
        subject.support(i, QUOTED * (2 * fit - 1), reason)


def _place_within(senses: Sequence[Sense]) -> None:
    """Let a province or state that the report names speak for the namesakes in it: "West Virginia ... Logan County".

    A unit that the gazetteer lacks ("Ohio ... Howland Township") is no town of its name in another state.
    """
    units = {
        best.place.admin[1]: (best.place, sense)
        for sense in senses
        if (best := sense.likeliest) and sense.share.max() >= PLAIN
        if best.place.feature_code == "ADM1" and len(best.place.admin) > 1
    }
    for sense in (each for each in senses if units and each.codes):
        inside = False
        for index, candidate in enumerate(sense.candidates):
            place = candidate.place
            unit, _ = units.get(place.admin[1], (None, None)) if len(place.admin) > 1 else (None, None)
            inside = inside or bool(unit)
            if unit and unit is not place and place.feature_code.startswith(sense.codes):
                sense.support(index, WITHIN, f"in {unit.name}, which the report names")
        found = [candidate.place for candidate in sense.candidates]
        countries = {place.country for place in found}
        around = [named for unit, named in units.values() if unit.country in countries]
        settled = all(place.feature_code.startswith("PPL") for place in found)
        if around and settled and not inside and not sense.missing and sense.codes[0].startswith(_SMALL_UNITS):
            sense.missing = around[0]


_SMALL_UNITS = ("ADM2", "ADM3")
"""What lies within a state or province."""


def _countries(senses: Sequence[Sense]) -> frozenset[str]:
    """The countries in which the report's places lie, by the names that the gazetteer has as they are written."""
    likely = (best for sense in senses if (best := sense.likeliest) and sense.share.max() >= SURE)
    return frozenset(each.place.country for each in likely if not mended(each) and each.place.country)


def _answer(sense: Sense, told: frozenset[str]) -> Callable[[Mention], Resolution]:
    """How every mention of a sense is resolved, in a report of places in the countries ``told``."""
    if not sense.candidates:
        return lambda mention: Resolution(
            mention, None, (), 0.0, RESOLVER, f"{mention.surface} is not in the gazetteer"
        )
    order = np.argsort(-sense.share)
    ranked = tuple(
        Candidate(sense.candidates[i].place, float(sense.share[i]), tuple(sense.reasons[i])) for i in order[:SHOWN]
    )
    best = sense.candidates[order[0]]
    if unit := _lacking(sense, best.place):
        reason = f"the gazetteer has no {sense.name} in {unit}"
        return lambda mention: Resolution(mention, None, ranked, 0.0, RESOLVER, reason)
    abroad = bool(told) and best.place.country not in told
    if mended(best) and (abroad or not sense.vouched(int(order[0]))):
        reason = f"{sense.name} is not in the gazetteer; the nearest spelling is {_described(best.place)}"
        return lambda mention: Resolution(mention, None, ranked, 0.0, RESOLVER, reason)
    confidence = min(1.0, _pooled(sense, best.place)) * min(1.0, best.score / SPELT) * sense.known
    if confidence < SURE:
        reason = _doubt(sense, ranked, best)
        return lambda mention: Resolution(mention, None, ranked, confidence, RESOLVER, reason)
    return lambda mention: Resolution(mention, best.place, ranked, confidence, RESOLVER)


def _lacking(sense: Sense, best: Place) -> str:
    """The country or province that the report puts a place in, which has none of the name; "" without one.

    A large place elsewhere is meant all the same, but no province of another country.
    """
    likeliest = sense.missing and sense.missing.likeliest
    if not sense.missing or not likeliest or not _unit(sense.missing):
        return ""
    said = likeliest.place
    abroad = said.feature_code == "ADM1" and best.feature_code.startswith("ADM") and best.country != said.country
    return sense.missing.name if abroad or weight(best) < LARGE else ""


def _unit(sense: Sense) -> bool:
    """Whether a name has come to mean a country or a first-level unit of one."""
    best = int(np.argmax(sense.share)) if sense.candidates else None
    code = sense.candidates[best].place.feature_code if best is not None else ""
    return best is not None and sense.share[best] > SURE and code.startswith(("PCL", "ADM1"))


def _pooled(sense: Sense, best: Place) -> float:
    """The share of every candidate that is the best one in all but its row: the same spot."""
    total = 0.0
    for candidate, share in zip(sense.candidates, sense.share, strict=True):
        if share > 0.001 and inverse(*best.lonlat, *candidate.place.lonlat).distance_m <= SAME:
            total += float(share)
    return total


def _doubt(sense: Sense, ranked: Sequence[Candidate], best: Candidate) -> str:
    if best.score < SPELT:
        return f"{sense.name} is not in the gazetteer; the nearest spelling is {_described(best.place)}"
    if sense.known < 0.5:
        far = f"{_described(best.place)} is far from the report's other places"
        return f"{sense.name} may be a place that the gazetteer lacks: {far}"
    names = " or ".join(_described(c.place) for c in ranked[:2])
    return f"{sense.name} is ambiguous: it may be {names}"


def _described(place: Place) -> str:
    within = [name for name in reversed(place.within) if name != place.name]
    return f"{place.name} ({', '.join(within[:2])})" if within else place.name
