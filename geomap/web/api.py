"""The API: what the pages know, as JSON. Views parse, call and format; nothing else."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, abort, make_response, request

from geomap import wire
from geomap.model import Kind
from geomap.web import schemas
from geomap.web.history import state
from geomap.web.shelf import shelf
from geomap.web.work import work

api = APIBlueprint("api", __name__, tag="geomap")

Json = dict[str, Any]

GEOJSON = "application/geo+json"


@api.get("/api/incidents")
@api.output(schemas.Summaries)
def incidents() -> Json:
    """The incidents of the store, the one saved last first."""
    return {"incidents": [wire.summary(each) for each in shelf().store.list()]}


@api.get("/api/incidents/<id>")
@api.input(schemas.State, location="query", arg_name="query")
@api.output(schemas.Collection, content_type=GEOJSON)
@api.doc(responses=[400, 404])
def incident(id: str, query: Json) -> Response:
    """An incident as GeoJSON: as it is now, as it was at a revision, or of what was known at a moment."""
    wanted = state(query)
    response = make_response(shelf().geojson(id, wanted.rev, wanted.at))
    response.content_type = GEOJSON
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns the response it is called on


@api.get("/api/incidents/<id>/claims")
@api.input(schemas.State, location="query", arg_name="query")
@api.output(schemas.Claims)
@api.doc(responses=[400, 404])
def claims(id: str, query: Json) -> Json:
    """Everything that an incident's reports claim, each with its report and, where it was measured, its finding."""
    wanted = state(query)
    found = shelf().incident(id, wanted.rev, wanted.at)
    findings = {each.claim: wire.finding(each) for each in found.findings}
    rows = [wire.claim(each) | {"report": each.article, "finding": findings.get(each.id)} for each in found.claims]
    return {"id": found.id, "claims": rows}


@api.post("/api/check")
@api.input(schemas.Sentence, arg_name="given")
@api.output(schemas.Checks)
def check(given: Json) -> Json:
    """Check every distance that a sentence or report quotes, every time it converts, and every sum."""
    found = work().check(given["text"], given["title"], given["places"])
    return {"checks": [wire.check(each, candidates=given["candidates"]) for each in found]}


@api.post("/api/geoparse")
@api.input(schemas.GeoparseText, arg_name="given")
@api.output(schemas.Mentions)
def geoparse(given: Json) -> Json:
    """Find and place the toponyms of a text."""
    wanted = given.get("kinds") or [str(kind) for kind in Kind if kind is not Kind.EMBEDDED]
    found = work().geoparse(given["text"], given["title"])
    return {"id": given["id"], "mentions": [wire.mention(each) for each in found if each.mention.kind in wanted]}


@api.post("/api/extract")
@api.input(schemas.Text, arg_name="given")
@api.output(schemas.Claims)
def extract(given: Json) -> Json:
    """Find the claims of a text."""
    return {
        "id": given["id"],
        "claims": [wire.claim(each) for each in work().extract(given["text"], given["title"]).claims],
    }


@api.get("/healthz")
@api.output(schemas.Health)
def health() -> Json:
    """Whether the store can be read."""
    return {"status": "ok", "incidents": len(shelf().store.list())}


@api.before_request
def only_json() -> None:
    """A text is sent as JSON: a form from another site is not read."""
    if request.method != "POST":
        return
    if not request.is_json:
        abort(415)
    try:
        request.get_json()
    except RecursionError:
        # Python's own reader of JSON gives up on brackets within brackets without saying that they are bad JSON.
        abort(400)


@api.after_request
def open_to_all(response: Response) -> Response:
    """Other sites' scripts may read what is public; they may not send texts to be read."""
    if request.method in ("GET", "HEAD"):
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
