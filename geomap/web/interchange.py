"""An incident in other programs' formats: files to download, annotations, and the map as a picture."""

from __future__ import annotations

import datetime as dt
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Integer, String
from apiflask.validators import OneOf, Range, Regexp
from flask import Response, make_response, request, url_for

from geomap.catalogs import nearest
from geomap.render.export import FORMATS, Setting
from geomap.render.picture import Options, alt
from geomap.render.picture.options import HEIGHT, LANGUAGE, LARGEST, SMALLEST, THEMES, WIDTH
from geomap.render.wording import day
from geomap.tongue import ENGLISH, mark, say, speaking, spoken
from geomap.web import links
from geomap.web.history import State as Wanted
from geomap.web.history import state
from geomap.web.schemas import State
from geomap.web.shelf import shelf

interchange = APIBlueprint("interchange", __name__, tag="Interchange")

PICTURES = ("svg", "png")
CHOICES = ("width", "height", "theme", "lang")
"""What may be chosen of them, by the names of :class:`~geomap.render.picture.Options`."""
LIFETIME = 3600
"""Seconds for which what a revision looks like may be kept without asking; its drawing may get better."""

USES = {
    "geojson": ("GeoJSON", mark("for maps and scripts")),
    "kml": ("KML", mark("for Google Earth")),
    "gpx": ("GPX", mark("for navigation devices")),
    "csv": ("CSV", mark("for spreadsheets")),
    "gpkg": ("GeoPackage", mark("for QGIS and other desks")),
    "geoparquet": ("GeoParquet", mark("for DuckDB and data frames")),
    "annotations": ("Web Annotations", mark("each claim, for annotation tools")),
    "dwc": ("Darwin Core", mark("the sites and how they were placed")),
    "dwca": ("Darwin Core Archive", mark("the same, with its descriptor")),
    "svg": ("SVG", mark("the map, to print or edit")),
    "png": ("PNG", mark("the map as a picture")),
}
"""The name of each format, and what it is good for."""

Json = dict[str, Any]


class Picture(State):
    """What a person may choose of a picture."""

    width = Integer(load_default=WIDTH, validate=Range(SMALLEST, LARGEST), metadata={"description": "Pixels."})
    height = Integer(load_default=HEIGHT, validate=Range(SMALLEST, LARGEST), metadata={"description": "Pixels."})
    theme = String(load_default="light", validate=OneOf(THEMES))
    lang = String(
        load_default="en",
        validate=Regexp(rf"(?:{LANGUAGE.pattern})\Z"),
        metadata={"description": "The language of words, numbers and countries' names (BCP 47)."},
    )


class Export(Picture):
    """Which file is asked for; size, theme and language are for pictures."""

    format = String(load_default="geojson", validate=OneOf([*FORMATS]))


class Described(Schema):
    """A picture in words, and where it is."""

    id = String(required=True)
    revision = Integer(required=True)
    alt = String(required=True)
    png = String(required=True)
    svg = String(required=True)
    width = Integer(required=True)
    height = Integer(required=True)


def _answers(*types: str) -> dict[int | str, Any]:
    """What OpenAPI says of a view that sends files of these media types."""
    content: Json = {kind.partition(";")[0]: {} for kind in types}
    return {
        200: {"description": "The file.", "content": content},
        400: {"description": "No such state, or a library that this site lacks"},
        404: {"description": "No incident or revision"},
    }


@interchange.get("/api/incidents/<id>/export")
@interchange.input(Export, location="query", arg_name="query")
@interchange.doc(summary="An incident as a file", responses=_answers(*(each.media_type for each in FORMATS.values())))
def export(id: str, query: Json) -> Response:
    """An incident as a file that other tools open, to be saved under its id and revision."""
    return _file(id, query["format"], query, disposition="attachment")


@interchange.get("/api/incidents/<id>/annotations")
@interchange.input(State, location="query", arg_name="query")
@interchange.doc(summary="Its claims as W3C Web Annotations", responses=_answers("application/ld+json"))
def annotated(id: str, query: Json) -> Response:
    """Every claim as an annotation of the report that makes it."""
    return _file(id, "annotations", query)


@interchange.get("/api/incidents/<id>/picture")
@interchange.input(Picture, location="query", arg_name="query")
@interchange.output(Described)
@interchange.doc(responses=[400, 404])
def picture(id: str, query: Json) -> Json:
    """The map in words, for those who do not see its picture, and the addresses of the picture."""
    wanted = state(query)
    edition = shelf().edition(id, wanted.rev, wanted.at)
    chosen = {name: query[name] for name in CHOICES} | wanted.query | {"rev": edition.revision}
    return {
        "id": id,
        "revision": edition.revision,
        "alt": _alt(id, wanted, query["lang"]),
        "png": links.absolute("interchange.png", id=id, **chosen),
        "svg": links.absolute("interchange.svg", id=id, **chosen),
        "width": query["width"],
        "height": query["height"],
    }


@interchange.get("/incidents/<id>/map.png")
@interchange.input(Picture, location="query", arg_name="query")
@interchange.doc(summary="The map as PNG", responses=_answers("image/png"))
def png(id: str, query: Json) -> Response:
    """The map as PNG, with its description inside the file."""
    return _file(id, "png", query)


@interchange.get("/incidents/<id>/map.svg")
@interchange.input(Picture, location="query", arg_name="query")
@interchange.doc(summary="The map as SVG", responses=_answers("image/svg+xml"))
def svg(id: str, query: Json) -> Response:
    """The map as SVG, with its title and description."""
    return _file(id, "svg", query)


def _alt(id: str, wanted: Wanted, lang: str) -> str:
    """A picture in words, in the language that it is drawn in."""
    with speaking(nearest(lang) or ENGLISH):
        return alt(shelf().shown(id, wanted.rev, wanted.at)["doc"])


def _note(at: dt.datetime) -> str:
    time = f"{at:%H:%M}"
    return say("as known on %(day)s, %(time)s UTC", day=day(at), time=time)


def downloads(id: str, wanted: Wanted) -> list[tuple[str, str, str]]:
    """The name, address and use of every file that can be had here of a state of an incident."""
    return [
        (name, url_for("interchange.export", id=id, format=form, **wanted.query, lang=_drawn_in(form)), say(use))
        for form, (name, use) in USES.items()
        if FORMATS[form].installed
    ]


def _drawn_in(form: str) -> str | None:
    """The language of a picture that a page offers: its own."""
    return spoken().code if form in PICTURES and spoken() is not ENGLISH else None


def _file(id: str, form: str, query: Json, *, disposition: str = "inline") -> Response:
    """A file of an incident at a revision, which a client that has it is not sent again."""
    wanted = state(query)
    edition = shelf().edition(id, wanted.rev, wanted.at)
    with speaking(nearest(query.get("lang", "")) or ENGLISH):
        note = _note(edition.at) if edition.at else ""
    chosen = Options(**{name: query[name] for name in CHOICES}, note=note) if form in PICTURES else Options()
    setting = Setting(
        static=links.config().static,
        made=edition.updated,
        address=links.absolute("interchange.annotated", id=id, **wanted.query),
        picture=chosen,
    )
    response = make_response(shelf().file(edition, form, setting))
    kind = FORMATS[form]
    response.content_type = kind.media_type
    name = f"{id}-r{edition.revision}{edition.at:-%Y%m%dT%H%MZ}" if edition.at else f"{id}-r{edition.revision}"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}.{kind.ending}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    if wanted.rev:
        response.headers["Cache-Control"] = f"public, max-age={LIFETIME}"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns the response it is called on
