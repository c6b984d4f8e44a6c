"""Claims as W3C Web Annotations (www.w3.org/TR/annotation-model, 2017): what is said, of which words of which report.

A report is named by its address, else by the digest of its text (RFC 6920). Each target is selected twice, by its words
and by its place; the two mean the same characters. Places are Unicode code points, counted from 0, of the text that
the digest names: where a report has an address as well, that text is named as the copy to count in.
"""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from typing import Any
from urllib.parse import quote

from geomap import wire
from geomap.model import Article, Claim, Finding, Incident, Locative, Relation, Role
from geomap.render import wording
from geomap.render.geojson import Json
from geomap.render.terms import ROLES, VERDICTS

ANNO = "http://www.w3.org/ns/anno.jsonld"
CONTEXT: list[Any] = [
    ANNO,
    {"@version": 1.1, "schema": "https://schema.org/", "data": {"@id": "schema:value", "@type": "@json"}},
]
"""The model's own context, and ``data`` for what a claim says in the shape that the API gives it."""
MEDIA_TYPE = f'application/ld+json; profile="{ANNO}"'
AROUND = 32
"""Code points of the sentence that are quoted before and after the words."""
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, ANNO)


def collection(incident: Incident, *, address: str = "", made: dt.datetime | None = None) -> Json:
    """Every claim of an incident as an AnnotationCollection with one page.

    ``address`` is where the collection itself is served; without it, what it holds is named by UUIDs that stay the same
    as long as the incident's id and the claim's do. ``made`` is when the incident was last compiled.
    """
    findings = {finding.claim: finding for finding in incident.findings}
    reports = {article.id: article for article in incident.articles}
    told = [claim for claim in incident.claims if claim.article in reports]
    items = [
        {"id": _id(address, incident.id, claim.id)}
        | _annotation(claim, reports[claim.article], findings.get(claim.id), made)
        for claim in told
    ]
    whole = address or _id("", incident.id, "")
    page = {"id": _id(address, incident.id, "page-1"), "type": "AnnotationPage", "partOf": whole, "startIndex": 0}
    return {
        "@context": CONTEXT,
        "id": whole,
        "type": "AnnotationCollection",
        "label": incident.title or incident.id,
        "total": len(items),
        **({"first": page | {"items": items}} if items else {}),
    }


def source(article: Article) -> str:
    """The address of a report, else the name of its text: the SHA-256 of its UTF-8 (RFC 6920)."""
    return article.link or copy(article)


def copy(article: Article) -> str:
    """The name of a report's text by its digest."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(article.digest)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _id(address: str, incident: str, name: str) -> str:
    if address:
        return f"{address}#{quote(name, safe='')}"
    return uuid.uuid5(NAMES, f"{incident} {name}").urn


def _annotation(claim: Claim, article: Article, finding: Finding | None, made: dt.datetime | None) -> Json:
    dated = {"generated": made.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")} if made else {}
    return {
        "type": "Annotation",
        "motivation": ["describing", *(["assessing"] if finding else [])],
        "generator": {"type": "Software", "name": "geomap"},
        **dated,
        "body": _bodies(claim, finding),
        "target": _target(claim, article),
    }


def _bodies(claim: Claim, finding: Finding | None) -> list[Json]:
    """The claim in words, and with all that it says as ``data``; what measuring says of it; role and status as tags."""
    data = {name: value for name, value in wire.claim(claim).items() if name not in ("quote", "start", "end")}
    bodies = [_text(_sentence(claim), "describing") | {"data": data}]
    if finding:
        said = _text(f"{VERDICTS[finding.verdict]}: {finding.reason}", "assessing")
        bodies.append(said | {"data": wire.finding(finding)})
    return [*bodies, _text(str(claim.role), "tagging"), _text(str(claim.attribution.status), "tagging")]


def _text(value: str, purpose: str) -> Json:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "language": "en", "purpose": purpose}


def _sentence(claim: Claim) -> str:
    through = " <- ".join(claim.attribution.chain) or claim.attribution.speaker
    return f"{ROLES[claim.role]}: {_said(claim) or claim.quote} ({claim.attribution.status}; {through})"


def _said(claim: Claim) -> str:
    """The claim's value with its places: "near Yablonovo", "70 km northeast, from Belgorod to Yablonovo"."""
    value = wording.value(claim.value)
    places = [end.place.label if end.place else end.text for end in (claim.subject, claim.reference) if end]
    match claim.value:
        case Locative(relation=Relation.OFFSET):
            return " from ".join(part for part in (value, *places[:1]) if part)
        case Locative(relation=Relation.BETWEEN):
            return f"between {' and '.join(places)}"
        case Locative():
            return " ".join((value, *places[:1]))
    ends = (claim.subject, claim.reference) if claim.role is Role.ROUTE else (claim.reference, claim.subject)
    names = [(word, end.name) for word, end in zip(("from", "to"), ends, strict=True) if end]
    return ", ".join(part for part in (value, " ".join(f"{word} {name}" for word, name in names)) if part)


def _target(claim: Claim, article: Article) -> Json:
    context = claim.context or claim.span
    before = article.text[min(context.start, claim.span.start) : claim.span.start]
    after = article.text[claim.span.end : max(context.end, claim.span.end)]
    words = {
        "type": "TextQuoteSelector",
        "exact": article.quote(claim.span),
        "prefix": before[-AROUND:],
        "suffix": after[:AROUND],
    }
    where = {"type": "TextPositionSelector", "start": claim.span.start, "end": claim.span.end}
    target: Json = {"type": "SpecificResource", "source": source(article), "selector": [words, where]}
    if target["source"] != copy(article):
        target["state"] = {"type": "TimeState", "cached": copy(article)}
    return target
