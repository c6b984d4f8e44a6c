"""An incident as rows of the tables, and rows as an incident."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from geomap.model import (
    Article,
    Claim,
    Comparison,
    Conflict,
    Finding,
    Footprint,
    Incident,
    Mentioned,
    Origin,
    Referent,
    Resolution,
    Route,
    Site,
    Unplaced,
)
from geomap.store import codec

Rows = list[dict[str, Any]]

_CARRIED: Mapping[str, Any] = {
    "routes": tuple[Route, ...],
    "conflicts": tuple[Conflict, ...],
    "comparisons": tuple[Comparison, ...],
    "origins": tuple[Origin, ...],
    "mentioned": tuple[Mentioned, ...],
    "unplaced": tuple[Unplaced, ...],
    "resolutions": tuple[Resolution, ...],
}
"""The fields of an incident that no query asks for: they are carried in its revision's payload."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An incident as rows, without the keys of its revision; ``digest`` is the same for the same content."""

    payload: str
    digest: str
    articles: Rows
    texts: Rows
    claims: Rows
    sites: Rows
    findings: Rows
    places: Rows


def pack(incident: Incident) -> Packed:
    """The rows of an incident."""
    book = codec.PlaceBook()
    plain = codec.converter(book)
    carried = {name: plain.unstructure(getattr(incident, name), kind) for name, kind in _CARRIED.items()}
    payload = codec.dumps(carried | {"note": incident.note})
    texts = {_text_key(article): article.text for article in incident.articles}
    articles = [_article_row(article) for article in incident.articles]
    claims = [_claim_row(claim, codec.dumps(plain.unstructure(claim)), book) for claim in incident.claims]
    sites = [_site_row(site, codec.dumps(plain.unstructure(site))) for site in incident.sites]
    findings = [_finding_row(finding, codec.dumps(plain.unstructure(finding))) for finding in incident.findings]
    digest = hashlib.sha256(codec.dumps([incident.title, _iso(incident.when), articles]).encode())
    for text in (payload, *(row["payload"] for rows in (claims, sites, findings) for row in rows)):
        digest.update(text.encode())
        digest.update(b"\n")
    return Packed(
        payload=payload,
        digest=digest.hexdigest(),
        articles=articles,
        texts=[{"key": key, "text": texts[key]} for key in sorted(texts)],
        claims=claims,
        sites=sites,
        findings=findings,
        places=[_place_row(key, book) for key in sorted(book.filed)],
    )


def unpack(
    id: str,
    revision: Row[Any],
    articles: Iterable[Article],
    places: Iterable[tuple[str, str]],
    payloads: Mapping[str, Sequence[str]],
) -> Incident:
    """The incident in the rows of one revision; ``payloads`` holds the JSON of its claims, sites and findings.

    Raises ValueError, KeyError or TypeError for rows that hold none.
    """
    plain = codec.converter(codec.load_places(places))
    carried = json.loads(revision.payload)

    def records(name: str, kind: type[codec.T]) -> tuple[codec.T, ...]:
        return tuple(plain.structure(json.loads(text), kind) for text in payloads[name])

    return Incident(
        id=id,
        title=revision.title,
        when=_date(revision.day),
        articles=tuple(articles),
        claims=records("claims", Claim),
        sites=records("sites", Site),
        findings=records("findings", Finding),
        note=carried.get("note", ""),
        **{name: plain.structure(carried.get(name, []), kind) for name, kind in _CARRIED.items()},
    )


def article_of(row: Row[Any]) -> Article:
    """The article in a row of the tables article and report_text joined."""
    return Article(
        id=row.id,
        text=row.content,
        digest=row.digest,
        title=row.title,
        outlet=row.outlet,
        published=_date(row.published),
        published_at=_moment(row.published_at),
        updated=_date(row.updated),
        updated_at=_moment(row.updated_at),
        url=row.url,
        language=row.language,
        body=row.body,
    )


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "text": _text_key(article),
        "digest": article.digest,
        "title": article.title,
        "outlet": article.outlet,
        "published": _iso(article.published),
        "published_at": _iso(article.published_at),
        "updated": _iso(article.updated),
        "updated_at": _iso(article.updated_at),
        "url": article.url,
        "language": article.language,
        "body": article.body,
    }


def _claim_row(claim: Claim, payload: str, book: codec.PlaceBook) -> dict[str, Any]:
    def key(referent: Referent | None) -> str | None:
        return book.file(referent.place) if referent and referent.place else None

    return {
        "id": claim.id,
        "article": claim.article,
        "role": claim.role.value,
        "status": claim.attribution.status.value,
        "speaker": claim.attribution.speaker,
        "subject": key(claim.subject),
        "reference": key(claim.reference),
        "payload": payload,
    }


def _site_row(site: Site, payload: str) -> dict[str, Any]:
    return {
        "role": site.role.value,
        "name": site.name,
        "status": site.status.value,
        **_located(site.footprint),
        "payload": payload,
    }


def _finding_row(finding: Finding, payload: str) -> dict[str, Any]:
    return {
        "claim": finding.claim,
        "verdict": finding.verdict.value,
        "percentile": finding.percentile,
        "payload": payload,
    }


def _place_row(key: str, book: codec.PlaceBook) -> dict[str, Any]:
    place = book.filed[key]
    return {
        "key": key,
        "gazetteer": place.key,
        "name": place.name,
        "country": place.country,
        **_located(place.footprint),
        "payload": book.texts[key],
    }


def _located(footprint: Footprint) -> dict[str, Any]:
    west, south, east, north = footprint.geometry.bounds
    return {"west": west, "south": south, "east": east, "north": north, "shape": footprint.geometry}


def _text_key(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()


def _iso(date: dt.date | None) -> str | None:
    """A day or a moment in ISO 8601."""
    return date.isoformat() if date else None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
