"""Which language a page is in, where else it can be had, and what its scripts are given to say.

A page is in the language that its address asks for (``lang``), else in the reader's first of ours, else in English.
A frame is part of somebody's article, which has one language whoever reads it: it is in the language that its address
asks for, else in English. Programs are answered in English; a picture's own ``lang`` is the picture's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, has_request_context, make_response, request
from markupsafe import Markup

from geomap import catalogs
from geomap.catalogs import NAMES, language, nearest
from geomap.render.assets import BUNDLES
from geomap.render.map import script_json
from geomap.render.templating import prepare
from geomap.tongue import ENGLISH, Language, say, speaking, spoken
from geomap.web import links

PAGES = frozenset(
    {
        "pages.home",
        "pages.incident",
        "pages.part",
        "pages.checks",
        "pages.table",
        "desk.check",
        "desk.submit",
        "history.report",
    }
)
"""The views that people read, whole or in parts."""
FRAME = "embed.show"
ALWAYS = ("js/page.js",)
"""Scripts of every page."""
SAMPLES = (*range(201), 1_000_000)
"""Numbers among which every plural form of a language has one."""


def install(app: Flask) -> None:
    """Make pages and frames speak: their templates, their views, and the links between them."""
    prepare(app.jinja_env)
    for name in (*PAGES, FRAME):
        app.view_functions[name] = _in_its_language(app.view_functions[name])
    app.url_defaults(_kept)
    app.context_processor(_variables)


def wanted() -> Language:
    """The language of the page that this request is answered with."""
    asked = nearest(request.args.get("lang", ""))
    if asked or _is_frame():
        return asked or ENGLISH
    # By the reader's own order: werkzeug would take a later language that is ours exactly before de-CH.
    readers = (nearest(tag) for tag, quality in request.accept_languages if quality)
    return next(filter(None, readers), ENGLISH)


def asked() -> str | None:
    """The code of a language that the address asks for and there is; it is carried from page to page."""
    found = nearest(request.args.get("lang", ""))
    return found.code if found else None


def labelled(response: Response) -> Response:
    """Say in the headers which language this is, and whether it was the reader's."""
    response.headers["Content-Language"] = wanted().code
    if not _is_frame() and not asked():
        response.vary.add("Accept-Language")
    return response


def frame_title(title: str, code: str) -> str:
    """What a frame is called in the page that it stands in."""
    with speaking(language(code)):
        return say("%(title)s: map", title=title)


def _is_frame() -> bool:
    return request.path.startswith("/embed/")


def _in_its_language(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        with speaking(wanted()):
            return labelled(make_response(view(*args, **kwargs)))

    return answer


def _kept(endpoint: str, values: dict[str, Any]) -> None:
    """Links from page to page keep the language that was asked for."""
    if endpoint in PAGES and has_request_context() and request.endpoint in PAGES and (code := asked()):
        values.setdefault("lang", code)


def _variables() -> dict[str, Any]:
    folder = links.config().static
    shown = request.endpoint in PAGES and request.method == "GET"
    return {
        "messages": lambda names: messages(spoken().code, tuple(names), folder),
        "languages": offered() if shown else [],
        "origin": links.origin,
        "tongues": NAMES,
    }


def offered() -> list[dict[str, str]]:
    """The page in each language: code ("" for that of the reader), name, address, ``hreflang``."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return [
        {
            "code": code,
            "name": NAMES.get(code, ""),
            "hreflang": code or "x-default",
            "url": _address([*kept, *([("lang", code)] if code else [])]),
        }
        for code in (*NAMES, "")
    ]


def _address(query: Sequence[tuple[str, str]]) -> str:
    """The path of this page with another query; it is written by hand, since a reader's query may hold any name."""
    return request.path + (f"?{urlencode(query)}" if query else "")


# --- what scripts say -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def messages(code: str, names: tuple[str, ...], static: Path) -> Markup:
    """The messages of these scripts, and no other, as JSON for a <script>: by their English; "" for English itself.

    What goes with a number is an object of its forms by CLDR's plural categories, which Intl.PluralRules tells.
    """
    if code == ENGLISH.code:
        return Markup("")
    files = [file for name in (*ALWAYS, *names) for file in BUNDLES.get(name, (name,)) if file.startswith("js/")]
    found = dict.fromkeys(said for file in files for said in said_by(static / file))
    return script_json({one: _translated(code, one, many) for one, many in found})


def _translated(code: str, one: str, many: str) -> str | Mapping[str, str]:
    translations = language(code).translations
    if not many:
        return translations.gettext(one)
    return {tag: translations.ngettext(one, many, number) for tag, number in _samples(code).items()}


@lru_cache(maxsize=len(NAMES))
def _samples(code: str) -> Mapping[str, int]:
    """A whole number for each plural category of a language; one that whole numbers never have borrows that of many."""
    from babel import Locale

    rule = Locale.parse(code).plural_form
    first = {rule(number): number for number in reversed(SAMPLES)}
    return first if "other" in first else {**first, "other": first["many"]}


@lru_cache(maxsize=256)
def said_by(script: Path) -> Sequence[tuple[str, str]]:
    """Each message that a script says, with its plural or ""."""
    return catalogs.said(script)
