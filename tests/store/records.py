"""Hypothesis strategies for records of every kind, and a big incident."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from geomap import model
from tests import samples

# Neither NUL nor lone surrogates: reading refuses them, and no database takes them.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAMES = WORDS.filter(bool)
LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)
DATES = st.dates()
MOMENTS = st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29), timezones=st.timezones())
SPANS = st.builds(lambda start, length: model.Span(start, start + length), st.integers(0, 99), st.integers(1, 99))
TUPLES = st.lists(WORDS, max_size=3).map(tuple)


def _square(lon: float, lat: float) -> Polygon:
    return Point(max(-179, min(179, lon)), max(-89, min(89, lat))).buffer(0.5, quad_segs=2)


GEOMETRIES = st.one_of(
    st.builds(Point, LON, LAT),
    st.builds(_square, LON, LAT),
    st.builds(lambda a, b, c, d: LineString([(a, b), (c, d)]), LON, LAT, LON, LAT),
)
FOOTPRINTS = st.builds(model.Footprint, GEOMETRIES, st.floats(0.001, 1e7), WORDS)
PLACES = st.builds(
    model.Place,
    gazetteer=NAMES,
    identifier=NAMES,
    name=NAMES,
    feature_code=st.sampled_from(["PPL", "ADM1", "AIRB"]),
    footprint=FOOTPRINTS,
    country=WORDS,
    admin=TUPLES,
    within=TUPLES,
    names=TUPLES,
    population=st.integers(0, 10**8),
    timezone=WORDS,
)
QUOTED = st.builds(
    model.QuotedDistance,
    span=SPANS,
    quantity=st.just(70.0),
    unit=st.sampled_from(["km", "mi"]),
    quantity_to=st.none() | st.floats(0, 1e6),
    hedge=st.none() | WORDS,
    direction=st.none() | st.just("ne"),
    conversion=st.none() | st.builds(model.Quantity, st.floats(0, 1e6), WORDS),
    manner=WORDS,
)
VALUES: st.SearchStrategy[model.Value] = st.one_of(
    QUOTED,
    st.builds(model.Locative, st.sampled_from(model.Relation), st.none() | QUOTED),
    st.builds(model.ClockTime, local=st.none() | WORDS, zones=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple)),
    st.builds(model.Count, st.integers(-(2**63), 2**63), WORDS, st.none() | WORDS),
    st.builds(model.Matter, WORDS),
)
REFERENTS = st.none() | st.builds(model.Referent, WORDS, st.none() | SPANS, st.none() | PLACES)
ATTRIBUTIONS = st.builds(
    model.Attribution, WORDS, TUPLES, st.none() | WORDS, st.sampled_from(model.Status), st.none() | SPANS
)
CLAIMS = st.builds(
    model.Claim,
    id=NAMES,
    article=NAMES,
    span=SPANS,
    quote=WORDS,
    role=st.sampled_from(model.Role),
    attribution=ATTRIBUTIONS,
    subject=REFERENTS,
    reference=REFERENTS,
    value=st.none() | VALUES,
    context=st.none() | SPANS,
)
SITES = st.builds(
    model.Site,
    role=st.sampled_from(model.Role),
    name=WORDS,
    footprint=FOOTPRINTS,
    best=st.tuples(LON, LAT),
    status=st.sampled_from(model.Status),
    speakers=TUPLES,
    reports=TUPLES,
    held=TUPLES,
    place=st.none() | PLACES,
    wordings=st.lists(st.builds(model.Wording, TUPLES, FOOTPRINTS), max_size=2).map(tuple),
)
FINDINGS = st.builds(
    model.Finding,
    claim=WORDS,
    verdict=st.sampled_from(model.Verdict),
    reason=WORDS,
    geodesic=st.none() | st.builds(model.Geodesic, st.floats(0, 2e7), st.floats(0, 360), st.floats(0, 360)),
    percentile=st.none() | st.floats(0, 100),
)
SIDES = st.builds(
    model.Side,
    WORDS | st.integers() | st.floats(allow_nan=False),
    st.none() | WORDS,
    *[TUPLES] * 7,
    backing=st.lists(st.builds(model.Backing, WORDS, TUPLES, st.booleans()), max_size=2).map(tuple),
    lead=WORDS,
)
CONFLICTS = st.builds(model.Conflict, WORDS, st.lists(SIDES, max_size=2).map(tuple))
COMPARISONS = st.builds(model.Comparison, WORDS, st.lists(SIDES, max_size=2).map(tuple), st.booleans())
MENTIONS = st.builds(model.Mention, WORDS, SPANS, WORDS, st.sampled_from(model.Kind), WORDS)
RESOLUTIONS = st.builds(
    model.Resolution,
    mention=MENTIONS,
    place=st.none() | PLACES,
    candidates=st.lists(st.builds(model.Candidate, PLACES, st.floats(0, 1), TUPLES), max_size=2).map(tuple),
    confidence=st.floats(0, 1),
    resolver=WORDS,
    reason=NAMES,
)


def _article(number: int, text: str, fields: dict[str, Any]) -> model.Article:
    return (
        samples.article(f"r{number}", f"{number} {text}")
        if not fields
        else replace(samples.article(f"r{number}", f"{number} {text}"), **fields)
    )


ARTICLES = st.lists(
    st.tuples(
        WORDS,
        st.fixed_dictionaries(
            {},
            optional={"title": WORDS, "outlet": WORDS, "url": WORDS}
            | {"published": DATES, "published_at": MOMENTS, "updated": DATES, "updated_at": MOMENTS},
        ),
    ),
    max_size=3,
).map(lambda found: tuple(_article(number, text, fields) for number, (text, fields) in enumerate(found)))


def few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to two records."""
    return st.lists(strategy, max_size=2).map(tuple)


INCIDENTS = st.builds(
    model.Incident,
    id=st.from_regex(model.SLUG, fullmatch=True),
    title=WORDS,
    when=st.none() | DATES,
    articles=ARTICLES,
    claims=few(CLAIMS),
    findings=few(FINDINGS),
    sites=few(SITES),
    conflicts=few(CONFLICTS),
    comparisons=few(COMPARISONS),
    unplaced=few(st.builds(model.Unplaced, WORDS, WORDS, WORDS, st.none() | SPANS)),
    resolutions=few(RESOLUTIONS),
    note=WORDS,
)


def big(reports: int, mentions: int = 15, candidates: int = 6) -> model.Incident:
    """An incident of many reports over 2,000 places, each report with a dozen claims."""
    places = [
        replace(
            samples.place(f"Town {n}", (n * 7) % 360 - 180, (n * 3) % 170 - 85, id=str(n)),
            names=tuple(f"Name {m} of {n}" for m in range(20)),
        )
        for n in range(2_000)
    ]
    articles, claims, resolutions = [], [], []
    for number in range(reports):
        text = f"Report {number}. " + "A train left the rails near a town, the railway said. " * 60
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = model.Article(
            f"r{number}", text, digest, outlet=f"Paper {number % 40}", published=dt.date(2024, 1, 2)
        )
        articles.append(article)
        for at in range(mentions):
            some = [places[(number * 31 + at * 17 + n) % 2_000] for n in range(candidates)]
            span = model.Span(10 + at * 50, 20 + at * 50)
            resolutions.append(
                model.Resolution(
                    model.Mention(article.id, span, some[0].name, model.Kind.LITERAL, "test"),
                    some[0],
                    tuple(model.Candidate(place, 0.5, ("same country", "named in full")) for place in some),
                    0.9,
                    "test",
                )
            )
            if at < 12:
                claims.append(
                    model.Claim(
                        f"{article.id}:{at}",
                        article.id,
                        span,
                        text[span.start : span.end],
                        model.Role.INCIDENT_SITE,
                        model.Attribution("the railway", (article.outlet, "the railway"), "said"),
                        subject=model.Referent(some[0].name, span, some[0]),
                        value=model.Locative(model.Relation.NEAR),
                    )
                )
    return model.Incident("big", "Many reports", None, tuple(articles), tuple(claims), resolutions=tuple(resolutions))
