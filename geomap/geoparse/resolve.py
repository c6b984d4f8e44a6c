"""Saying which place each name means, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from geomap.geodesy import inverse
from geomap.geoparse.atlas import Atlas, core
from geomap.geoparse.evidence import Quote, containments, quotes
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
SHOWN = 8
"""Candidates kept with a resolution."""


def resolve(
    article: Article, analysis: Analysis | None, mentions: Sequence[Mention], gazetteer: Gazetteer | Atlas
) -> tuple[Resolution, ...]:
    """One resolution for each mention, in their order. A name has one sense in a report.

    ``analysis`` is not needed; the text between mentions is read for containment and quoted distances.
    """
    atlas = gazetteer if isinstance(gazetteer, Atlas) else Atlas(gazetteer)
    senses, sense_of = _senses(mentions, atlas)
    for inner, outer in containments(article, mentions):
        _contain(sense_of[inner], sense_of[outer])
    found = tuple(quotes(article, mentions))
    for quote in found:
        _measure(quote, sense_of[quote.subject], sense_of[quote.reference])
    settle(senses)
    answers = {id(sense): _answer(sense) for sense in senses}
    return tuple(answers[id(sense_of[index])](mention) for index, mention in enumerate(mentions))


def _senses(mentions: Sequence[Mention], atlas: Atlas) -> tuple[list[Sense], list[Sense]]:
    """The report's distinct names, and for each mention the sense it belongs to."""
    senses: dict[tuple[str, bool], Sense] = {}
    order: list[Sense] = []
    for index, mention in enumerate(mentions):
        name = " ".join((mention.lemma or mention.surface).split())
        demonym = mention.recognizer.endswith(":demonym")
        key = (name.casefold() if not name.isupper() else name, demonym)
        if key not in senses:
            senses[key] = _sense(name, demonym, atlas)
        senses[key].mentions.append(index)
        order.append(senses[key])
    return list(senses.values()), order


def _sense(name: str, demonym: bool, atlas: Atlas) -> Sense:
    if demonym:
        return Sense(name, [], atlas.demonym(name.split()))
    bare, codes = core(name)
    found = atlas.candidates(name)
    if bare != name and not any(c.score >= SPELT for c in found):
        known = {c.place.key for c in found}
        found = (*found, *(c for c in atlas.candidates(bare) if c.place.key not in known))
    return Sense(name, [], found, codes if bare != name else ())


def _contain(inner: Sense, outer: Sense) -> None:
    """Let the candidates of ``inner`` that lie in one of ``outer`` stand out, and the other way round."""
    if inner is outer:
        return
    units = [(j, c.place) for j, c in enumerate(outer.candidates) if _is_unit(c.place)]
    held: set[int] = set()
    for i, candidate in enumerate(inner.candidates):
        around = [j for j, unit in units if _lies_in(candidate.place, unit)]
        if around:
            inner.support(i, CONTAINED, f"lies in {outer.candidates[around[0]].place.name}, as the report says")
            held.update(around)
    for j in held:
        outer.support(j, CONTAINED / 2, f"{inner.name} lies in it")


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


def _answer(sense: Sense) -> Callable[[Mention], Resolution]:
    """How every mention of a sense is resolved."""
    if not sense.candidates:
        return lambda mention: Resolution(
            mention, None, (), 0.0, RESOLVER, f"{mention.surface} is not in the gazetteer"
        )
    order = np.argsort(-sense.share)
    ranked = tuple(
        Candidate(sense.candidates[i].place, float(sense.share[i]), tuple(sense.reasons[i])) for i in order[:SHOWN]
    )
    best = sense.candidates[order[0]]
    if _mended(best) and not sense.vouched(int(order[0])):
        reason = f"{sense.name} is not in the gazetteer; the nearest spelling is {_described(best.place)}"
        return lambda mention: Resolution(mention, None, ranked, 0.0, RESOLVER, reason)
    confidence = min(1.0, _pooled(sense, best.place)) * min(1.0, best.score / SPELT)
    if confidence < SURE:
        reason = _doubt(sense, ranked, best)
        return lambda mention: Resolution(mention, None, ranked, confidence, RESOLVER, reason)
    return lambda mention: Resolution(mention, best.place, ranked, confidence, RESOLVER)


def _mended(candidate: Candidate) -> bool:
    """Whether the gazetteer had to read the name as another one, or as made from one."""
    return any(" read as " in evidence or " made from" in evidence for evidence in candidate.evidence)


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
    names = " or ".join(_described(c.place) for c in ranked[:2])
    return f"{sense.name} is ambiguous: it may be {names}"


def _described(place: Place) -> str:
    within = [name for name in reversed(place.within) if name != place.name]
    return f"{place.name} ({', '.join(within[:2])})" if within else place.name
