"""Places that no gazetteer has, by what the report puts them in: "in Ambegaon, a village in Pune district"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.model import EVENT_ROLES, Article, Claim, Kind, Place, Resolution


def held(article: Article, claims: Sequence[Claim], resolutions: Sequence[Resolution]) -> list[Claim]:
    """The claims; sites of the incident that could not be placed know what holds them, where their report says so."""
    known = {each.mention.span: each.place for each in resolutions if each.place and each.mention.kind is Kind.LITERAL}
    behind = {span.start: (span.end, place) for span, place in known.items()}
    ahead = {span.end: place for span, place in known.items()}
    return [_held(article.text, claim, behind, ahead) for claim in claims]


def _held(text: str, claim: Claim, behind: Mapping[int, tuple[int, Place]], ahead: Mapping[int, Place]) -> Claim:
    subject = claim.subject
    if claim.role not in EVENT_ROLES or not subject or subject.place or not subject.span:
        return claim
    within = _behind(text, subject.span.end, behind) or _ahead(text, subject.span.start, ahead)
    return replace(claim, subject=replace(subject, within=within)) if within else claim


def _behind(text: str, end: int, known: Mapping[int, tuple[int, Place]]) -> Place | None:
    """Z of "X, Z", "X in Z", "X, a small town in the north of Z"."""
    for start in (at for at in range(end + 1, end + _FAR) if at in known):
        last, place = known[start]
        if _IN.fullmatch(text, end, start) and _can_hold(place):
            return place
        if _COMMA.fullmatch(text, end, start) and place.feature_code.startswith(_UNITS) and _is_last(text, last):
            return place
    return None


def _ahead(text: str, start: int, known: Mapping[int, Place]) -> Place | None:
    """Z of "Z's X", "Z's village of X"."""
    for end in (at for at in range(start - 1, max(0, start - _FAR), -1) if at in known):
        if _HOLDS.fullmatch(text, end, start) and _can_hold(known[end]):
            return known[end]
    return None


def _can_hold(place: Place) -> bool:
    return place.feature_code.startswith((*_UNITS, "PPL", "ISL"))


def _is_last(text: str, end: int) -> bool:
    """Whether nothing follows a name that makes it a speaker, an owner, a doer or one of a list."""
    return bool(_ENDS.match(text, end)) and not _LISTED.match(text, end)


_UNITS = ("ADM", "PCL", "RGN")
_FAR = 80
"""Characters between a place and what holds it."""

_KIND = (
    r"(?:village|town|city|hamlet|suburb|area|district|locality|municipality|ward|township|settlement|neighbou?rhood)"
)
_PART = r"(?:the )?(?:(?:north|south|east|west|cent)[a-z]*(?: part)? of (?:the )?|[a-z]+ of (?:the )?)?"
_IN = re.compile(
    rf"(?: {_KIND})?,? (?:in|on|of) {_PART}|(?: {_KIND})?, an? (?:[a-z-]+ ){{0,3}}{_KIND} (?:in|of|on) {_PART}"
)
_COMMA = re.compile(rf"(?: {_KIND})?, (?:the )?")
_HOLDS = re.compile(rf"['’]s? (?:(?:[a-z-]+ ){{0,2}}{_KIND} (?:of )?)?")
_ENDS = re.compile(r"[,.;:)]|\s*$|\s*\n| (?:on|when|where|after|at|early|late|in|by|during|while|as|before|shortly)\b")
_LISTED = re.compile(r"(?:, (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)*,? and (?:the )?[A-Z]")
