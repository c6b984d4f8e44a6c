"""Places that no gazetteer has, by what the report puts them in: "in Ambegaon, a village in Pune district"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geomap.model import SITE_ROLES, Article, Claim, Kind, Place, Resolution


def held(article: Article, claims: Sequence[Claim], resolutions: Sequence[Resolution]) -> list[Claim]:
    """The claims; sites that could not be placed know what holds them, where their report says so right beside them."""
    known = [each for each in resolutions if each.place and each.mention.kind is Kind.LITERAL]
    around = {each.mention.span.start: each for each in known if not _SPEAKS.match(article.text, each.mention.span.end)}
    before = {each.mention.span.end: each for each in known}
    return [_held(article.text, claim, around, before) for claim in claims]


def _held(text: str, claim: Claim, around: dict[int, Resolution], before: dict[int, Resolution]) -> Claim:
    subject = claim.subject
    if claim.role not in SITE_ROLES or not subject or subject.place or not subject.span:
        return claim
    within = _behind(text, subject.span.end, around) or _ahead(text, subject.span.start, before)
    return replace(claim, subject=replace(subject, within=within)) if within else claim


def _behind(text: str, end: int, around: dict[int, Resolution]) -> Place | None:
    """Z of "X, Z", "X in Z", "X, a small town in the north of Z"."""
    for start in sorted(at for at in around if end < at <= end + _FAR):
        if _HELD.fullmatch(text, end, start):
            return _holder(around[start])
    return None


def _ahead(text: str, start: int, before: dict[int, Resolution]) -> Place | None:
    """Z of "Z's X", "Z's village of X"."""
    for end in sorted((at for at in before if start - _FAR <= at < start), reverse=True):
        if _HOLDS.fullmatch(text, end, start):
            return _holder(before[end])
    return None


def _holder(resolution: Resolution) -> Place | None:
    """A place that can hold another: no spot, and no people's name."""
    place = resolution.place
    return place if place and place.feature_code.startswith(("ADM", "PCL", "PPL", "ISL", "RGN")) else None


_FAR = 80
"""Characters between a place and what holds it."""

_SPEAKS = re.compile(r" (?:[A-Z]|says?\b|said\b|report|announced\b|confirmed\b|informed\b|wrote\b|told\b|added\b)")
"""What follows the name of an agency or a body: "near Jask, Fars reported", "off Noto, the Japan Coast Guard said"."""

_KINDS = "village|town|area|district|locality|municipality|ward|township|settlement|neighbourhood|neighborhood"
_TIES = r",? (?:in|on)| of|,? an? (?:[a-z-]+ ){1,5}(?:in|of|on)"
_PART = r"(?:the )?(?:(?:[a-z-]+ ){1,4}of (?:the )?)?"
_HELD = re.compile(rf"(?: (?:{_KINDS}))?(?:, (?:the )?|(?:{_TIES}) {_PART})")
_HOLDS = re.compile(r"['’]s? (?:[a-z-]+ ){0,3}(?:of )?(?:the )?")
