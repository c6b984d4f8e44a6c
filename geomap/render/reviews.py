"""Checked claims as schema.org ClaimReviews: what search engines and fact-checkers' tools read from a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from geomap.model import Article, Claim, Finding, Incident, Role, Verdict
from geomap.render import wording
from geomap.render.document import outlet
from geomap.render.geojson import Json
from geomap.render.terms import VERDICTS

RATINGS = {Verdict.AGREES: 5, Verdict.PLAUSIBLE: 4, Verdict.DOUBTFUL: 2, Verdict.CONTRADICTED: 1}
"""How true, from 1 to 5; what cannot be checked has no review."""
BEST, WORST = 5, 1


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the reviews: a name and an address."""

    name: str
    url: str


def reviews(
    incident: Incident, *, addresses: Mapping[str, str], publisher: Publisher, made: dt.date | None = None
) -> list[Json]:
    """A ClaimReview for each finding with a verdict.

    ``addresses`` has for each claim checked (its id) the absolute address, with its fragment, that shows the check;
    ``made`` is the day on which the incident was last compiled.
    """
    told = {claim.id: claim for claim in incident.claims}
    reports = {article.id: article for article in incident.articles}
    return [
        _review(told[finding.claim], finding, reports[told[finding.claim].article])
        | {"url": addresses[finding.claim]}
        | {"author": {"@type": "Organization", "name": publisher.name, "url": publisher.url}}
        | ({"datePublished": made.isoformat()} if made else {})
        for finding in incident.findings
        if finding.verdict in RATINGS
        and finding.claim in addresses
        and finding.claim in told
        and told[finding.claim].article in reports
    ]


def _review(claim: Claim, finding: Finding, article: Article) -> Json:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": _reviewed(claim, article),
        "itemReviewed": {
            "@type": "Claim",
            "author": _author(claim, article),
            "appearance": _appearance(article),
            **({"datePublished": article.published.isoformat()} if article.published else {}),
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[finding.verdict],
            "bestRating": BEST,
            "worstRating": WORST,
            "alternateName": VERDICTS[finding.verdict].capitalize(),
            "ratingExplanation": finding.reason,
        },
    }


def _reviewed(claim: Claim, article: Article) -> str:
    """What was put to the test, in words.

    A distance with the places that it does not name itself. Of a time only the conversion is checked and of a total the
    sum, and neither makes it true that it happened then or to so many: so that is what is said to be reviewed.
    """
    quote = article.quote(claim.span)
    if claim.role is Role.TIME:
        return f"The times and dates of “{quote}” agree with one another"
    if claim.role is Role.COUNT:
        return f"“{quote}” is the sum of the parts that the report gives"
    ends = [end.name for end in (claim.subject, claim.reference) if end]
    unnamed = [name for name in ends if name.lower() not in quote.lower()]
    return f"{quote} ({', '.join(unnamed)})" if unnamed else quote


def _author(claim: Claim, article: Article) -> Json:
    """Whoever says it. A report does not tell whether a speaker is a person or a body: that is left open."""
    speaker = claim.attribution.speaker
    if speaker in ("", wording.OWN_VOICE, article.outlet):
        return {"@type": "Organization", "name": outlet(article)}
    return {"@type": "Thing", "name": speaker}


def _appearance(article: Article) -> Json:
    """The report that the claim stands in."""
    return {
        "@type": "NewsArticle",
        "headline": article.title or outlet(article),
        "publisher": {"@type": "Organization", "name": outlet(article)},
        **({"url": article.link} if article.link else {}),
        **({"datePublished": article.published.isoformat()} if article.published else {}),
    }
