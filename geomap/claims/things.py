"""A thing named in a report, as the subject of a claim: its words without articles and numbers."""

from __future__ import annotations

import re

from geomap.claims.grammar import Syntax
from geomap.claims.names import phrase
from geomap.claims.sites import PENDING
from geomap.model import Claim, Matter, Role, Span, Value

_FOR_MODEL = re.compile(
    r"^(?P<what>[\w\- ]+?) (?:for|of|from) (?:the |its |a |[\w’']+['’]s )?(?P<model>[A-Z][A-Za-z]*-?\d+\w*)\b"
)


def claim(syntax: Syntax, role: Role, what: str, first: int, last: int) -> Claim:
    """A claim that names ``what`` in the words from token ``first`` to ``last``, not attributed yet."""
    return unattributed(syntax, role, syntax.span(first, last), Matter(what))


def unattributed(syntax: Syntax, role: Role, span: Span, value: Value) -> Claim:
    """A claim of one value in the words of ``span``, before anybody is known to say it."""
    return Claim(
        id="",
        article=syntax.article.id,
        span=span,
        quote=syntax.article.quote(span),
        role=role,
        attribution=PENDING,
        value=value,
        context=syntax.sentence(syntax.at(span.start)).span,
    )


def named(syntax: Syntax, head: int) -> tuple[str, int, int]:
    """A noun phrase without its articles and numbers, and its first and last token."""
    first, last = phrase(syntax, head)
    start = first
    while start < head and (
        syntax.tokens[start].pos in {"DET", "NUM", "PUNCT"}
        or syntax.tokens[start].dep in {"quantmod", "nummod", "advmod", "poss", "case"}
    ):
        start += 1
    text = re.sub(r" of an? (?:type|kind|sort)$", "", syntax.text(start, last))
    model = _FOR_MODEL.match(text) or _FOR_MODEL.match(f"{text}{syntax.article.text[syntax.tokens[last].end :][:60]}")
    return (f"{model['model']} {model['what']}" if model else text).strip('“”" '), first, last
