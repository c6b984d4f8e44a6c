"""The app factory: puts views, headers, limits, errors and assets together."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, cast

from apiflask import APIFlask
from flask import Flask, Response
from flask_compress import Compress

from geomap.config import Config
from geomap.desk import Desk
from geomap.render.abridged import MANY
from geomap.render.assets import Linked
from geomap.web import (
    api,
    check,
    embed,
    history,
    interchange,
    languages,
    limits,
    oembed,
    openapi,
    pages,
    places,
    problems,
    security,
    statics,
    tiles,
)
from geomap.web.shelf import Incidents, Shelf
from geomap.web.work import Reader, Work

MOST_BYTES = 1_048_576
"""The largest request body that is read."""


def create_app(
    config: Config,
    *,
    store: Incidents | None = None,
    desk: Reader | None = None,
    limited: bool = True,
    many: int = MANY,
) -> Flask:
    """The app that serves a store's incidents.

    ``store`` and ``desk`` stand in for those that ``config`` names, which are opened when first asked for; without
    ``limited`` nobody is told to slow down; pages of incidents with more than ``many`` claims are abridged. No page
    sets a cookie, and none asks anything of another host unless ``config.osm_tiles`` is on and a reader switches the
    tiles on.
    """
    app = APIFlask(
        "geomap.web",
        title="geomap",
        version=version("geomap"),
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]  # Flask's way to say that we serve files ourselves
    )
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, COMPRESS_BR_LEVEL=5, COMPRESS_ALGORITHM=["br", "gzip"])
    app.config["COMPRESS_MIMETYPES"] = [*COMPRESSED]
    app.json.sort_keys = False  # type: ignore[attr-defined]  # ours come in the order they are read in
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    own = Desk(config)
    app.extensions["geomap"] = config
    work = Work(desk or own)
    app.extensions["geomap-shelf"] = Shelf(lambda: store or cast("Incidents", own.store), config, work, many)
    app.extensions["geomap-work"] = work
    app.extensions["geomap-places"] = places.Finder(config.gazetteer)
    assets = Linked(statics.install(app, config.static))
    ground = tiles.opened(config.basemap) if config.basemap else None
    app.context_processor(lambda: {"assets": assets, "nonce": security.nonce(), "tiles": ground})
    openapi.describe(app)
    problems.install(app)
    for blueprint in (
        pages.pages,
        check.desk,
        embed.embed,
        oembed.oembed,
        api.api,
        interchange.interchange,
        history.history,
        tiles.tiles,
    ):
        app.register_blueprint(blueprint)
    languages.install(app)
    if limited:
        limits.install(app)
    security.install(app, config)
    Compress(app)
    app.after_request(_freshness)
    return app


COMPRESSED = (
    "text/html",
    "text/plain",
    "application/json",
    "application/geo+json",
    "application/problem+json",
    "text/xml",
    "text/csv",
    "image/svg+xml",
    "application/ld+json",
    "application/gpx+xml",
    "application/vnd.google-earth.kml+xml",
)


def _freshness(response: Response) -> Any:
    """What has no lifetime of its own is asked for again each time."""
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
