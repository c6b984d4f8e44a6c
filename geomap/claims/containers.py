"""Places that are no site of their own: they say where a closer one lies, or only name an event told before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.links import head_of
from geomap.model import Claim, Locative, Relation, Resolution, Role, Span


def without_containers(syntax: Syntax, claims: Sequence[Claim]) -> list[Claim]:
    """Without "in Z" where "near X, Y, in Z" names a place in Z more closely just before it."""
    kept: list[Claim] = []
    by_sentence: dict[tuple[Span | None, Role], list[Claim]] = {}
    for claim in sorted(claims, key=lambda each: (each.span, each.role)):
        group = by_sentence.setdefault((claim.context, claim.role), [])
        if not any(_names_closer(syntax, other, claim) for other in group):
            group.append(claim)
            kept.append(claim)
    return kept


def _names_closer(syntax: Syntax, inner: Claim, outer: Claim) -> bool:
    if not isinstance(outer.value, Locative) or outer.value.relation not in {Relation.IN, Relation.AT}:
        return False
    small = inner.subject.place if inner.subject else None
    large = outer.subject.place if outer.subject else None
    if (
        large is not None
        and large.feature_code.startswith(("PCL", *(("ADM", "RGN", "CONT") if small else ())))
        and inner.subject
        and inner.subject.span
        and outer.subject
        and outer.subject.span
    ):
        between = syntax.article.text[inner.subject.span.end : outer.subject.span.start]
        if len(between) < 40 and re.fullmatch(r",? ?(?:in |of )?(?:the )?[\w\- ]{0,24}", between):
            return True
    if small is None or large is None:
        return False
    joined = isinstance(inner.value, Locative) and inner.value.relation in {Relation.BORDER}
    return not joined and (
        small.lies_in(large) or (large.feature_code.startswith("PCL") and small.country == large.country)
    )


def without_mentions(syntax: Syntax, claims: Sequence[Claim]) -> list[Claim]:
    """Without "the Kano bombing" where a report has told of the bombing in Kano: that names it and says nothing."""

    def names(claim: Claim) -> bool:
        span = claim.subject.span if claim.subject else None
        head = syntax.tokens[head_of(syntax, span)] if span else None
        return head is not None and head.dep in {"compound", "nmod", "amod"} and head.entity != "PERSON"

    told = {(claim.role, claim.subject.text) for claim in claims if claim.subject and not names(claim)}
    return [
        claim for claim in claims if not names(claim) or (claim.role, claim.subject and claim.subject.text) not in told
    ]


def describes(syntax: Syntax, resolution: Resolution) -> bool:
    """Whether a name only says where another place lies: "the Missouri town of Poplar Bluff"."""
    head = syntax.tokens[head_of(syntax, resolution.mention.span)].head
    token = syntax.tokens[head]
    if token.lemma.lower() in words("events", "places", "inner"):
        return False
    if token.lemma.lower() not in words("events", "places", "parts") or head < syntax.at(resolution.mention.span.end):
        return False
    of = syntax.child(head, "prep")
    inner = syntax.child(of, "pobj") if of is not None and syntax.tokens[of].text.lower() == "of" else None
    return inner is not None and syntax.tokens[inner].pos == "PROPN"
