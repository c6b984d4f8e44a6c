"""The pages that people read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from geomap.catalogs import NAMES
from geomap.errors import NotFound
from geomap.render import wording
from geomap.render.abridged import LISTS, held
from geomap.render.restated import restated
from geomap.tongue import ENGLISH, spoken
from geomap.web import links
from geomap.web.cards import card
from geomap.web.history import State, over_time, state
from geomap.web.interchange import downloads
from geomap.web.languages import frame_title
from geomap.web.shelf import shelf

FORMS = {"json": "application/json", "xml": "text/xml"}
"""The two forms in which an incident's frame can be discovered."""

PARTS = ("claims", "report", "list", "answers", "others", "candidates", "wordings")
"""The kinds of parts of an abridged page."""

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """Every incident of the store."""
    incidents = [
        {
            "title": restated(each.title),
            "url": url_for("pages.incident", id=each.id),
            "table": url_for("pages.table", id=each.id),
            "when": each.when.isoformat() if each.when else None,
            "when_text": wording.day(each.when),
            "reports": each.reports,
            "claims": each.claims,
        }
        for each in shelf().store.list()
    ]
    return render_template("incidents.html", incidents=incidents, urls=links.bar())


@pages.get("/incidents/<id>")
def incident(id: str) -> Response:
    """An incident: map and ledger; as it was at a revision ``rev``, or of what was known ``at`` a moment."""
    wanted = state(request.args)
    page = links.absolute("pages.incident", id=id, **wanted.query)
    urls = links.bar() | {
        "self": url_for("pages.incident", id=id),
        "table": url_for("pages.table", id=id, **wanted.query),
        "checks": url_for("pages.checks", id=id, **wanted.query),
        "embed": links.absolute("embed.show", id=id, **wanted.query, lang=_spoken()),
        "embed_plain": links.absolute("embed.show", id=id, **wanted.query),
        "geojson": url_for("api.incident", id=id, **wanted.query),
        "places": url_for("api.places"),
        "parts": url_for("pages.part", id=id, name="PART", **wanted.query, lang=spoken().code),
        "oembed_of": links.absolute("oembed.answer"),
        "oembed": links.absolute("oembed.answer", url=page, format="json"),
        "oembed_xml": links.absolute("oembed.answer", url=page, format="xml"),
    }
    shown = _page(id, wanted)
    response = make_response(
        render_template(
            "incident.html",
            **shown,
            **over_time(id, wanted),
            urls=urls,
            card=card(id, wanted),
            downloads=downloads(id, wanted),
            revision=shelf().edition(id, wanted.rev).revision,
            titles={code: frame_title(shown["doc"]["title"], code) for code in NAMES},
            standalone=False,
        )
    )
    for form, address in (("json", urls["oembed"]), ("xml", urls["oembed_xml"])):
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{FORMS[form]}+oembed"')
    return response


def _page(id: str, wanted: State) -> dict[str, Any]:
    """The variables of the page, with the address of the text version for what an abridged one leaves out."""
    shown = shelf().page(id, wanted.rev, wanted.at)
    return dict(shown) | {"doc": shown["doc"] | {"twin": url_for("pages.table", id=id, **wanted.query)}}


@pages.get("/incidents/<id>/parts/<path:name>")
def part(id: str, name: str) -> str | Response:
    """What an abridged page left out, when a reader opens it: a fragment of the page, or the wordings as JSON."""
    wanted = state(request.args)
    shown = _page(id, wanted)
    kind, _, called = name.partition("/")
    if kind not in PARTS or (kind == "list" and called not in LISTS) or not shown["doc"].get("listed"):
        raise NotFound(f"the page of {id} has no part {name:.90}")
    if kind == "wordings":
        return Response(str(shown["wordings"]), mimetype="application/json")
    found = render_template(
        "_part.html",
        doc=shown["doc"],
        kind=kind,
        name=called,
        held=held(shown["doc"], called) if kind == "claims" else None,
        **over_time(id, wanted, compared=False),
    )
    if not found.strip():
        raise NotFound(f"the page of {id} has no part {name:.90}")
    return found


@pages.get("/incidents/<id>/checks")
def checks(id: str) -> str:
    """Every distance that an incident's reports quote."""
    wanted = state(request.args)
    urls = links.bar() | {"incident": url_for("pages.incident", id=id, **wanted.query)}
    return render_template("checks.html", **shelf().shown(id, wanted.rev, wanted.at), urls=urls)


@pages.get("/incidents/<id>/table")
def table(id: str) -> str:
    """Everything the map says, as text."""
    wanted = state(request.args)
    urls = links.bar() | {
        "self": url_for("pages.table", id=id),
        "incident": url_for("pages.incident", id=id, **wanted.query),
        "geojson": url_for("api.incident", id=id, **wanted.query),
    }
    return render_template(
        "table.html",
        **shelf().shown(id, wanted.rev, wanted.at),
        **over_time(id, wanted, "pages.table"),
        urls=urls,
        downloads=downloads(id, wanted),
    )


def _spoken() -> str | None:
    """What a frame's address says of this page's language: nothing where that is English, as frames are unasked."""
    return None if spoken() is ENGLISH else spoken().code
