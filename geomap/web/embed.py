"""The map in somebody else's page: a frame that sets no cookie and asks nothing of anyone but this site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from geomap.catalogs import nearest
from geomap.render.document import LAYERS
from geomap.web import links
from geomap.web.history import over_time, state
from geomap.web.shelf import shelf

embed = Blueprint("embed", __name__)


def _known(text: str) -> None:
    unknown = [name for name in text.split(",") if name and name not in (*LAYERS, "osm")]
    if unknown:
        raise ValidationError(f"{unknown[0][:40]!r} is no layer; there are {', '.join(LAYERS)}")


class Options(Schema):
    """What a frame's address may choose; what is not here is passed over, as publishers add marks of their own."""

    class Meta:
        unknown = EXCLUDE

    lat = fields.Float(validate=validate.Range(-90, 90))
    lon = fields.Float(validate=validate.Range(-360, 360))
    zoom = fields.Float(validate=validate.Range(0, 19))
    layers = fields.String(validate=_known)
    lang = fields.String(validate=validate.Regexp(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z"))
    at = fields.String(validate=validate.Length(max=60))
    rev = fields.Integer(validate=validate.Range(1, 2**31))
    theme = fields.String(validate=validate.OneOf(["light", "dark", "auto"]))
    units = fields.String(validate=validate.OneOf(["km", "mi"]))
    childId = fields.String(validate=validate.Regexp(r"[\w-]{1,64}\Z"))  # Pym's own name for it  # noqa: N815


def options(query: Mapping[str, str]) -> dict[str, Any]:
    """The choices in a query that can be; others are passed over, since a slip must not cost a reader the map."""
    try:
        return dict(Options().load(dict(query)))
    except ValidationError as error:
        return dict(error.valid_data or {})


@embed.get("/embed/<id>")
def show(id: str) -> str:
    """The map of an incident: as it is now, as it was at ``rev``, or of what was known ``at`` a moment."""
    chosen = options(request.args)
    wanted = state(chosen)
    lang = chosen.get("lang", "")
    spoken_here = nearest(lang)
    page = links.absolute("pages.incident", id=id, **wanted.query, lang=spoken_here.code if spoken_here else None)
    return render_template(
        "embed.html",
        **shelf().shown(id, wanted.rev, wanted.at, names=lang),
        **over_time(id, wanted, compared=False),
        names="" if spoken_here else lang,
        urls={"incident": page},
    )
