"""A report's text cut where a claim or a toponym begins or ends, so that a page can mark both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from geomap.model import Article, Incident, Span
from geomap.render.geojson import Json

_PARAGRAPHS = re.compile(r"[^\n]+")


def passages(article: Article, incident: Incident, places: Mapping[str, str]) -> list[list[Json]]:
    """The report's paragraphs, each a list of runs ``{"text"[, "claims"][, "begins"][, "place"]}``.

    ``claims`` are the ids of the claims that a run's words belong to, ``begins`` of those whose words begin with it;
    ``place`` is the entry that a toponym stands for, by ``places`` (Place.key -> entry id). Joined, the runs are the
    text from ``Article.body`` on.
    """
    marks = [(claim.span, "claims", claim.id) for claim in incident.claims if claim.article == article.id]
    marks += [
        (each.mention.span, "place", places[each.place.key])
        for each in incident.resolutions
        if each.mention.article == article.id and each.place and each.place.key in places
    ]
    paragraphs = [Span(*match.span()) for match in _PARAGRAPHS.finditer(article.text, article.body)]
    return [_runs(article, paragraph, marks) for paragraph in paragraphs if article.quote(paragraph).strip()]


def _runs(article: Article, paragraph: Span, marks: list[tuple[Span, str, str]]) -> list[Json]:
    inside = [mark for mark in marks if mark[0].overlaps(paragraph)]
    cuts = {paragraph.start, paragraph.end}
    for span, _, _ in inside:
        cuts |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
    return [_run(article, Span(start, end), inside) for start, end in pairwise(sorted(cuts))]


def _run(article: Article, span: Span, marks: list[tuple[Span, str, str]]) -> Json:
    run: Json = {"text": article.quote(span)}
    for where, kind, id in marks:
        if where.covers(span) and kind == "claims":
            run.setdefault("claims", []).append(id)
            if where.start == span.start:
                run.setdefault("begins", []).append(id)
        elif where.covers(span):
            run["place"] = id
    return run
