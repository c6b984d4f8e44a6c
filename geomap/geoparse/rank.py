"""Choosing between namesakes: what speaks for each candidate, added up as log-odds.

A name's senses are scored by how well the name fits, how large the place is and what kind of place the words ask for;
then by the report's other places, each weighted by how likely it is itself: the same country, the same region, near.
The weights were set by hand and checked on news reports held for development; none is fitted to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geomap.geodesy import EARTH_RADIUS_M
from geomap.geoparse.atlas import WHOLE, weight
from geomap.model import Candidate

Floats = NDArray[np.float64]

NAME, SIZE, DESIGNATED, CONTAINED, QUOTED = 4.0, 1.0, 2.5, 5.0, 6.0
"""Weights: of the name's fit (its logarithm), a tenfold population, a fitting designator, containment, a distance."""
CAPITAL, UNSAID = 1.0, 2.0
"""For a capital; against a unit whose kind the words leave out ("Belgorod" for the region), below this name fit."""
AMONG = 0.25
"""How near a country is to another: reports that name countries name several."""
MUCH = 0.2
"""The share of a unit's people that makes a city of its name the likelier meaning (New York, São Paulo)."""
COUNTRY, REGION, NEAR = 0.9, 1.0, 2.0
"""Weights of the report's other places: in the same country, in the same first-level unit, within some 120 km."""
REACH = 120_000.0
"""Metres over which the pull of a place falls to 1/e."""
INSIDE = 0.5
"""How near a country or first-level unit is to the places in it."""
UNLISTED, HOME = 1.0, 2.0
"""What speaks for a place that the gazetteer lacks: a constant, and what the report's country lends no candidate."""
ROUNDS = 3
"""Rounds in which the senses of a report settle; more change nothing."""
WIDEST = 60
"""Senses that are weighed against each other; a longer report's are taken in stretches of this many."""
LIKELIEST = 30
"""Candidates of a sense that the report's other places are weighed for; the rest keep a share of 0."""


@dataclass(slots=True)
class Sense:
    """One name as one report uses it: its mentions, its candidates, and what speaks for each of these."""

    name: str
    mentions: list[int]
    candidates: tuple[Candidate, ...]
    codes: tuple[str, ...] = ()
    score: Floats = field(default_factory=lambda: np.zeros(0))
    share: Floats = field(default_factory=lambda: np.zeros(0))
    reasons: list[list[str]] = field(default_factory=list)
    known: float = 1.0
    """How likely the place meant is among the candidates: less where they lie far from the rest of the report."""
    missing: Sense | None = None
    """The unit that the report puts it in, where no candidate lies in that."""

    def __post_init__(self) -> None:
        self.score = np.array([_prior(candidate, self.codes) for candidate in self.candidates])
        if not self.codes:
            self._prefer_cities()
        self.share = softmax(self.score)
        self.reasons = [list(candidate.evidence) for candidate in self.candidates]

    def _prefer_cities(self) -> None:
        """A capital, and a city with much of the people of the unit of its name, before that unit; a country first."""
        places = [candidate.place for candidate in self.candidates]
        if any(
            p.feature_code.startswith("PCL") and c.score >= WHOLE for p, c in zip(places, self.candidates, strict=True)
        ):
            return
        capitals = [i for i, place in enumerate(places) if place.feature_code == "PPLC"]
        if capitals:
            self.score[max(capitals, key=lambda i: places[i].population)] += CAPITAL
        cities = [place for place in places if place.feature_code.startswith("PPL")]
        for i, unit in enumerate(places):
            if unit.feature_code == "ADM1" and self.candidates[i].score >= WHOLE:
                share = max((city.population for city in cities if city.country == unit.country), default=0)
                if capitals and any(places[j].country == unit.country for j in capitals):
                    share = unit.population
                if share > MUCH * unit.population:
                    self.score[i] -= UNSAID

    @property
    def likeliest(self) -> Candidate | None:
        """The candidate of the greatest share; None where there are none."""
        return self.candidates[int(np.argmax(self.share))] if self.candidates else None

    def support(self, index: int, amount: float, reason: str) -> None:
        """Let ``amount`` of log-odds speak for (or, below 0, against) one candidate."""
        self.score[index] += amount
        if amount > 0 and reason not in self.reasons[index]:
            self.reasons[index].append(reason)

    def vouched(self, index: int) -> bool:
        """Whether the report's own words speak for a candidate: what it lies in, how far off, what kind of place."""
        fits = bool(self.codes) and self.candidates[index].place.feature_code.startswith(self.codes)
        return fits or len(self.reasons[index]) > len(self.candidates[index].evidence)


def softmax(score: Floats) -> Floats:
    """Log-odds to shares that add up to 1; empty in, empty out."""
    if not len(score):
        return score
    raised = np.exp(score - score.max())
    shares: Floats = raised / raised.sum()
    return shares


def settle(senses: Sequence[Sense]) -> None:
    """Let the report's senses weigh on each other until each has its shares."""
    held = [sense for sense in senses if sense.candidates]
    for first in range(0, len(held), WIDEST):
        _settle(held[first : first + WIDEST])


def _settle(senses: Sequence[Sense]) -> None:
    kept = [np.argsort(-sense.score, kind="stable")[:LIKELIEST] for sense in senses]
    shares = [softmax(sense.score[keep]) for sense, keep in zip(senses, kept, strict=True)]
    owner = np.concatenate([np.full(len(keep), i) for i, keep in enumerate(kept)])
    relation = _relations([sense.candidates[i] for sense, keep in zip(senses, kept, strict=True) for i in keep])
    relation *= owner[:, None] != owner[None, :]
    importance = np.array([1.0 + np.log(max(1, len(sense.mentions))) for sense in senses])[owner]
    homed = np.array([bool(s.candidates[i].place.country) for s, keep in zip(senses, kept, strict=True) for i in keep])
    pull, abroad = np.zeros(len(owner)), np.zeros(len(owner))
    for _ in range(ROUNDS if len(senses) > 1 else 0):
        country, region, near = np.log1p(relation @ (np.concatenate(shares) * importance))
        pull = COUNTRY * country + REGION * region + NEAR * near
        abroad = COUNTRY * (country.max() - country) * homed
        shares = [
            softmax(sense.score[keep] + pull[owner == i])
            for i, (sense, keep) in enumerate(zip(senses, kept, strict=True))
        ]
    for i, (sense, keep, share) in enumerate(zip(senses, kept, shares, strict=True)):
        sense.known = _known(sense.score[keep] + pull[owner == i], abroad[owner == i])
        sense.share = np.zeros(len(sense.candidates))
        sense.share[keep] = share


def _known(score: Floats, abroad: Floats) -> float:
    """How likely the place meant is among candidates of these scores.

    ``abroad``: the pull of the report's country on a place in it, less the pull that each candidate has.
    """
    best = int(np.argmax(score))
    unlisted = UNLISTED + HOME * abroad[best]
    return float(1 / (1 + np.exp(np.clip(unlisted - score[best], -50, 50)) * softmax(score)[best]))


def _relations(candidates: Sequence[Candidate]) -> Floats:
    """Three matrices: same country, same first-level unit, nearness from 1 (here) to 0 (far)."""
    places = [candidate.place for candidate in candidates]
    country = np.array([place.country or "?" for place in places])
    region = np.array([place.admin[1] if len(place.admin) > 1 else "?" for place in places])
    same_country = (country[:, None] == country[None, :]) & (country != "?")[:, None]
    same_region = (region[:, None] == region[None, :]) & (region != "?")[:, None]
    point = np.radians([place.lonlat for place in places])
    lon, lat = point[:, 0], point[:, 1]
    along = np.sin(lat)[:, None] * np.sin(lat) + np.cos(lat)[:, None] * np.cos(lat) * np.cos(lon[:, None] - lon)
    near = np.exp(-np.arccos(np.clip(along, -1, 1)) * EARTH_RADIUS_M / REACH)
    whole = np.array([place.feature_code.startswith("PCL") for place in places])
    part = np.array([place.feature_code == "ADM1" for place in places])
    near = np.maximum(near, AMONG * (whole[:, None] & whole))
    near = np.maximum(near, INSIDE * (same_country & whole[:, None] | same_region & part[:, None]))
    return np.stack([same_country.astype(float), same_region.astype(float), near])


def _prior(candidate: Candidate, codes: tuple[str, ...]) -> float:
    place = candidate.place
    score = NAME * float(np.log(max(candidate.score, 0.01))) + SIZE * weight(place)
    if codes:
        whole = CAPITAL if candidate.score >= WHOLE else 0.0
        return score + whole + (DESIGNATED if place.feature_code.startswith(codes) else -DESIGNATED)
    if place.feature_code.startswith("ADM") and (candidate.score < WHOLE or place.feature_code != "ADM1"):
        return score - UNSAID
    return score
