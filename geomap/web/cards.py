"""What other sites read of an incident's page: its card (Open Graph, Twitter), and its checks as ClaimReviews."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from geomap.model import Incident
from geomap.render.map import script_json
from geomap.render.picture import alt
from geomap.render.picture.alt import SHORT
from geomap.render.picture.options import HEIGHT, WIDTH
from geomap.render.reviews import Publisher, reviews
from geomap.tongue import ENGLISH, speaking, spoken
from geomap.web import links
from geomap.web.history import State
from geomap.web.shelf import Edition, shelf

Json = dict[str, Any]

MOST_REVIEWS = 50
"""Reviews that a page carries for search engines; files have all of them."""


def card(id: str, wanted: State) -> Json:
    """The variables of _card.html for a state of an incident; raises :class:`~geomap.errors.NotFound` for none."""
    edition = shelf().edition(id, wanted.rev, wanted.at)
    incident = shelf().incident(id, wanted.rev, wanted.at)
    doc = shelf().shown(id, wanted.rev, wanted.at)["doc"]
    page = links.absolute("pages.incident", id=id, **wanted.query)
    pinned = wanted.query | {"rev": edition.revision, "width": WIDTH, "height": HEIGHT}
    pinned |= {} if spoken() is ENGLISH else {"lang": spoken().code}
    return {
        "title": doc["title"],
        "url": page,
        "description": doc["summary"],
        "image": links.absolute("interchange.png", id=id, **pinned),
        "width": WIDTH,
        "height": HEIGHT,
        "alt": alt(doc, most=SHORT),
        "updated": edition.updated.isoformat(),
        "locale": spoken().code,
        "site": publisher().name,
        "reviews": script_json(_reviews(incident, edition, wanted, doc)[:MOST_REVIEWS]),
    }


def publisher() -> Publisher:
    """Who runs this site: the name in the settings, else its host."""
    origin = links.origin()
    return Publisher(links.config().publisher or urlsplit(origin).netloc, origin + "/")


def _reviews(incident: Incident, edition: Edition, wanted: State, doc: Json) -> list[Json]:
    """The reviews; a distance is shown on the incident's page, a time or a sum on the page of its checks."""
    shown = (("pages.incident", doc["distances"]), ("pages.checks", doc["checks"]))
    addresses = {
        entry["claims"][0]: links.absolute(page, id=incident.id, **wanted.query, lang=None, _anchor=entry["id"])
        for page, entries in shown
        for entry in entries
    }
    with speaking(ENGLISH):  # programs read them
        return reviews(incident, addresses=addresses, publisher=publisher(), made=edition.updated.date())
