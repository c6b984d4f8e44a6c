"""What other sites read of an incident's page: its card (Open Graph, Twitter), and its checks as ClaimReviews."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from geomap.render.map import script_json
from geomap.render.picture import alt
from geomap.render.picture.alt import SHORT
from geomap.render.picture.options import HEIGHT, WIDTH
from geomap.render.reviews import Publisher, reviews
from geomap.web import links
from geomap.web.shelf import shelf

Json = dict[str, Any]


def card(id: str, revision: int | None = None) -> Json:
    """The variables of _card.html; raises :class:`~geomap.errors.NotFound` for an unknown incident."""
    edition = shelf().edition(id, revision)
    doc = shelf().shown(id, revision)["doc"]
    page = links.absolute("pages.incident", id=id)
    return {
        "title": doc["title"],
        "url": page,
        "description": doc["summary"],
        "image": links.absolute("interchange.png", id=id, rev=edition.revision, width=WIDTH, height=HEIGHT),
        "width": WIDTH,
        "height": HEIGHT,
        "alt": alt(doc, most=SHORT),
        "updated": edition.updated.isoformat(),
        "site": publisher().name,
        "reviews": script_json(_reviews(id, revision, page, doc)),
    }


def publisher() -> Publisher:
    """Who runs this site: the name in the settings, else its host."""
    origin = links.origin()
    return Publisher(links.config().publisher or urlsplit(origin).netloc, origin + "/")


def _reviews(id: str, revision: int | None, page: str, doc: Json) -> list[Json]:
    incident, edition = shelf().incident(id, revision), shelf().edition(id, revision)
    anchors = {claim: each["entry"] for claim, each in doc["claims"].items() if "entry" in each}
    anchors |= {claim: entry["id"] for entry in doc["distances"] for claim in entry["claims"]}
    return reviews(incident, page=page, anchors=anchors, publisher=publisher(), made=edition.updated.date())
