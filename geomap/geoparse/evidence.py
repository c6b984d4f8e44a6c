"""What a report's own words say about which place a name means: containment, distance and direction."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.geodesy import angle_between, inverse
from geomap.geoparse.cues import cues
from geomap.model import Article, Mention, Place

_WITHIN = re.compile(
    r"^(?:,?\s+(?:a|an|the|in|of|inside|within)\b[^.;:,]{0,40}?\s(?:in|of)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}"
    r"|,?\s*\(?\s*(?:in\s+|of\s+|[вуВУ]\s+|на\s+)?(?:the\s+)?(?:(?:north|south|east|west|central)[a-z]*\s+)?)$"
)
_OWNS = re.compile(r"^['’]s?\s+(?:[a-z-]+\s+){0,3}$")
_RIGHT_BEHIND = re.compile(r"^['’]s?\s+(?:(?:north|south|east|west|central)[a-z-]*\s+)?$")
_NAMES = r"[A-Z][^\s,.;:]*(?: [A-Z][^\s,.;:]*){0,3}(?:, and |, | and )"
_INTRODUCED = re.compile(rf"\b([a-z]+?)(?: of (?:the )?|(ies|s) of (?:the )?(?:{_NAMES}){{0,4}})$")
_NAMED = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?"
_SHARED = re.compile(
    rf"(?P<others>(?:, {_NAMED}){{0,8}},? (?:and|or|&) {_NAMED})? (?P<stem>[a-z]+?)(?P<ending>ies|s)\b(?! that\b)"
)
_OPENS = re.compile(r"(?:^|[.\n] ?)In $")
"""Before a name that holds those of the row behind it: "In Mexico, Sonora and Sinaloa states were hit"."""
_LAST = re.compile(r"(?:\band|\bor|&) $")
_INTRODUCTION = 100
_GOES_ON = re.compile(r",? (?:(?:and|or)\b|&|[A-Z])")
_SUBJECT_LIMIT, _REFERENCE_LIMIT = 110, 30
_UNIT = r"(?:km|kms|kilomet(?:er|re)s?|mi|miles?)"
_QUOTE = re.compile(
    rf"(\d{{1,4}}(?:,\d{{3}})*(?:\.\d+)?)[\s-]*({_UNIT})\b\s*(?:\([^)]{{0,25}}\)\s*)?(?:due\s+)?"
    r"(?:to\s+the\s+)?((?:north|south|east|west)[a-z-]*(?:\s?-?(?:east|west))?)?(?:\s+(?:of|from))",
    re.IGNORECASE,
)
_COMPASS = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270,
            "northwest": 315}  # fmt: skip
_KM = {"k": 1000.0, "m": 1609.344}


@dataclass(frozen=True, slots=True)
class Quote:
    """Mention ``subject`` is said to lie ``metres`` from mention ``reference``, towards ``azimuth`` if one is given."""

    subject: int
    reference: int
    metres: float
    azimuth: float | None

    def fit(self, subject: Place, reference: Place) -> float:
        """1 where the two places agree with the words, 0 where they do not, between for a loose fit."""
        line = inverse(*reference.lonlat, *subject.lonlat)
        ratio = line.distance_m / self.metres
        slack = 15_000 / self.metres
        close = 0.7 - slack <= ratio <= 1.25 + slack
        loose = 0.5 - slack <= ratio <= 1.6 + slack
        if self.azimuth is not None and line.distance_m > 5_000:
            turn = angle_between(line.azimuth, self.azimuth)
            close, loose = close and turn <= 45, loose and turn <= 70
        return 1.0 if close else 0.5 if loose else 0.0


def containments(article: Article, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Pairs (inner, outer) of neighbouring mentions that the words put one in the other.

    "Lyptsi, Kharkiv region", "Russia's Belgorod region", "the Korochansky district of the Belgorod region".
    """
    for index in range(len(mentions) - 1):
        first, second = mentions[index], mentions[index + 1]
        between = article.text[first.span.end : second.span.start]
        if len(between) > 70:
            continue
        if _WITHIN.match(between) and between.strip(" ,(") != "the":
            yield index, index + 1
            if index + 2 < len(mentions) and article.text[second.span.end : mentions[index + 2].span.start] == ", ":
                yield index, index + 2
        elif _OWNS.match(between):
            yield index + 1, index


def apposed(article: Article, mentions: Sequence[Mention], index: int) -> bool:
    """Whether the names at ``index`` and after it are "La Motte, Quebec" and no part of a list."""
    inner, outer = mentions[index].span, mentions[index + 1].span
    listed = index > 0 and article.text[mentions[index - 1].span.end : inner.start] == ", "
    goes_on = _GOES_ON.match(article.text, outer.end)
    return article.text[inner.end : outer.start] == ", " and not listed and goes_on is None


def owned(article: Article, mentions: Sequence[Mention], index: int) -> bool:
    """Whether the name at ``index`` stands right behind its owner: "Mississippi's Delta region"."""
    between = article.text[mentions[index - 1].span.end : mentions[index].span.start] if index else ""
    return _RIGHT_BEHIND.match(between) is not None


def introduced(article: Article, mention: Mention) -> tuple[str, ...]:
    """The feature codes that the words about a name ask for: "the coastal province of Esmeraldas" is a unit.

    So is each name of "the states of Colorado and Washington", and of "the Rostov and Bryansk regions".

    Words for towns ask for nothing that a bare name does not ask for, too.
    """
    match = _INTRODUCED.search(article.text, max(0, mention.span.start - _INTRODUCTION), mention.span.start)
    word = _singular(match[1], match[2]) if match else ""
    codes = _unit(word) if (word, "of") in cues().introduces else ()
    return codes or _unit(_shared(article.text, mention))


def _shared(text: str, mention: Mention) -> str:
    """The noun that a name shares with others before it or behind it: "the Rostov and Bryansk regions"."""
    shared = _SHARED.match(text, mention.span.end)
    last = _LAST.search(text, max(0, mention.span.start - 4), mention.span.start)
    opens = _OPENS.search(text, max(0, mention.span.start - 6), mention.span.start)
    row = shared and shared["others"] and not (opens and text[mention.span.end] == ",")
    return _singular(shared["stem"], shared["ending"]) if shared and (row or last) else ""


def _unit(word: str) -> tuple[str, ...]:
    """The feature codes that a word asks for, where it says a unit."""
    codes = cues().designators.get((word,), ())
    return codes if codes and codes[0].startswith("ADM") else ()


def _singular(stem: str, ending: str | None) -> str:
    return stem + ("y" if ending == "ies" else "")


def quotes(article: Article, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """Quoted distances between two mentions: "Yablonovo, 70 km northeast of Belgorod"."""
    starts = [mention.span.start for mention in mentions]
    for match in _QUOTE.finditer(article.text, article.body):
        reference = bisect_left(starts, match.end())
        if reference >= len(mentions) or starts[reference] - match.end() > _REFERENCE_LIMIT:
            continue
        subject = reference - 1
        if subject < 0 or match.start() - mentions[subject].span.end > _SUBJECT_LIMIT:
            continue
        if re.search(r"[.!?]\s+[A-Z]|\n\s*\n", article.text[mentions[subject].span.end : match.start()]):
            continue
        metres = float(match[1].replace(",", "")) * _KM[match[2][0].lower()]
        if metres:
            yield Quote(subject, reference, metres, _azimuth(match[3]))


def _azimuth(words: str | None) -> float | None:
    if not words:
        return None
    bare = re.sub(r"[\s-]|ern", "", words.lower())
    return _COMPASS.get(bare)
