"""oEmbed 1.0 (oembed.com): how other people's editors turn an incident's address into its frame."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree as ET

from apiflask import APIBlueprint, Schema
from apiflask.fields import Integer, String
from apiflask.validators import Range
from flask import Response, json, make_response
from markupsafe import Markup

from geomap.catalogs import nearest
from geomap.errors import NotFound
from geomap.render.picture.options import HEIGHT as PICTURE_HEIGHT
from geomap.render.picture.options import SMALLEST
from geomap.render.picture.options import WIDTH as PICTURE_WIDTH
from geomap.tongue import ENGLISH
from geomap.web import links
from geomap.web.embed import options
from geomap.web.languages import frame_title
from geomap.web.problems import problem
from geomap.web.shelf import shelf

oembed = APIBlueprint("oembed", __name__, tag="oEmbed")

WIDTH, HEIGHT = 800, 520
"""Pixels of a frame that nobody limits."""
CACHE_AGE = 3600

_PATH = re.compile(r"/(?:incidents|embed)/([a-z0-9-]{1,80})(?:/(?:table|checks))?/?")

RESPONSES: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {"description": "A rich oEmbed answer.", "content": {"application/json": {}, "text/xml": {}}},
    400: {"description": "The address makes a choice that cannot be"},
    404: {"description": "No incident of this site has that address"},
    501: {"description": "A format other than json and xml"},
}


class Query(Schema):
    """What a consumer asks."""

    url = String(required=True, metadata={"description": "The address of an incident's page or frame."})
    format = String(load_default="json", metadata={"description": "json or xml."})
    maxwidth = Integer(validate=Range(min=1), metadata={"description": "Pixels at most."})
    maxheight = Integer(validate=Range(min=1), metadata={"description": "Pixels at most."})


def _json(answer: dict[str, Any]) -> Response:
    return _typed(json.dumps(answer, ensure_ascii=False, sort_keys=False), "application/json")


def _xml(answer: dict[str, Any]) -> Response:
    root = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(root, name).text = str(value)
    return _typed(ET.tostring(root, encoding="utf-8", xml_declaration=True), "text/xml")


FORMATS: dict[str, Callable[[dict[str, Any]], Response]] = {"json": _json, "xml": _xml}


@oembed.get("/oembed")
@oembed.input(Query, location="query", arg_name="query")
@oembed.doc(
    summary="The frame of an incident, for an editor that knows its address",
    responses=RESPONSES,
)
def answer(query: dict[str, Any]) -> Response:
    """The frame's code and size, no larger than asked for."""
    write = FORMATS.get(query["format"])
    if write is None:
        return problem(501, f"{query['format'][:20]!r} is no format of this; ask for json or xml")
    id, chosen = _incident(query["url"])
    summary = shelf().store.summary(id)
    width, height = min(query.get("maxwidth", WIDTH), WIDTH), min(query.get("maxheight", HEIGHT), HEIGHT)
    source = links.absolute("embed.show", id=id) + (f"?{urlencode(chosen)}" if chosen else "")
    title = frame_title(summary.title, (nearest(chosen.get("lang", "")) or ENGLISH).code)
    return write(
        {
            "version": "1.0",
            "type": "rich",
            "title": summary.title,
            "provider_name": "geomap",
            "provider_url": links.origin() + "/",
            "cache_age": CACHE_AGE,
            "html": frame(source, title, width, height),
            "width": width,
            "height": height,
            **thumbnail(id, chosen, query.get("maxwidth"), query.get("maxheight")),
        }
    )


def thumbnail(id: str, chosen: dict[str, str], maxwidth: int | None, maxheight: int | None) -> dict[str, Any]:
    """The map's picture, no larger than asked for and in its own proportions; nothing where that is too small."""
    share = min(1.0, (maxwidth or PICTURE_WIDTH) / PICTURE_WIDTH, (maxheight or PICTURE_HEIGHT) / PICTURE_HEIGHT)
    width, height = int(PICTURE_WIDTH * share), int(PICTURE_HEIGHT * share)
    if min(width, height) < SMALLEST:
        return {}
    kept = {name: chosen[name] for name in ("rev", "lang") if name in chosen}
    address = links.absolute("interchange.png", id=id, width=width, height=height, **kept)
    return {"thumbnail_url": address, "thumbnail_width": width, "thumbnail_height": height}


def frame(source: str, title: str, width: int, height: int) -> str:
    """The code of a frame; ``title`` is what it is called for those who do not see it."""
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" style="border:0" loading="lazy" '
        'sandbox="allow-scripts allow-popups" referrerpolicy="no-referrer" allowfullscreen></iframe>'
    ).format(source, title, width, height)


def _incident(url: str) -> tuple[str, dict[str, str]]:
    """The id in an address of ours, and the choices it makes for the frame."""
    unknown = NotFound("no incident of this site has that address; give the url of an incident's page")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise unknown from error
    found = _PATH.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(links.origin()).netloc or not found:
        raise unknown
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return found[1], {name: given[name] for name in options(given)}


def _typed(body: str | bytes, kind: str) -> Response:
    response = make_response(body)
    response.content_type = f"{kind}; charset=utf-8"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={CACHE_AGE}"
    return response
