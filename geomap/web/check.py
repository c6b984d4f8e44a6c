"""The distance desk: a text in, what measuring says of its distances out, and a link that shows it again.

The address holds everything: the text (``q``), what it is about (``title``) and each place chosen (``place.WORDS``, a
``Place.key``). Nothing is kept here. A form is always posted; what fits an address is sent on to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from geomap.desk import Check
from geomap.errors import BadInput, NotFound
from geomap.render.context import mapped
from geomap.render.desk import FIELD, chosen, document, pinned
from geomap.tongue import say
from geomap.web import links
from geomap.web.work import LONGEST, work

LONGEST_LINK = 6_000
"""Characters of the longest address that is given out or followed: servers and mail programs cut longer ones."""
LONGEST_TITLE = 1_000

desk = Blueprint("desk", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants checked."""

    text: str
    title: str = ""
    places: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Asked:
        """What a form or an address asks; line ends as a text has them, not as forms send them."""
        text = fields.get("q", "").replace("\r\n", "\n").strip()
        return cls(text, " ".join(fields.get("title", "").split())[:LONGEST_TITLE], chosen(fields))

    def address(self, places: Mapping[str, str]) -> str:
        """The path that asks the same with these places (fields to keys), "" where it would be too long."""
        query = {"q": self.text} | ({"title": self.title} if self.title else {}) | dict(places)
        path = url_for("desk.check", **query)  # type: ignore[arg-type]  # every value is text
        return path if len(path) <= LONGEST_LINK else ""


@desk.get("/check")
def check() -> str | tuple[str, int]:
    """The desk, with what its address asks."""
    asked = Asked.of(request.args)
    return _page(asked) if asked.text else _render(asked)


@desk.post("/check")
def submit() -> str | tuple[str, int] | Response:
    """What a form asks: sent on to its address, or answered here where it is too long for one."""
    asked = Asked.of(request.form)
    address = asked.address({FIELD + words: key for words, key in asked.places.items()})
    if address:
        return redirect(address, 303)
    return _page(asked)


def _page(asked: Asked) -> str | tuple[str, int]:
    try:
        checks, notice = _checked(asked)
    except (BadInput, NotFound) as error:
        return _render(asked, problem=str(error)), 400
    return _render(asked, checks=checks, notice=notice)


def _checked(asked: Asked) -> tuple[Sequence[Check], str]:
    """The checks, and what is to be said of a place that was chosen and is not there: then none counts as chosen."""
    try:
        return work().check(asked.text, asked.title, asked.places), ""
    except BadInput as error:
        if not asked.places:
            raise
        return work().check(asked.text, asked.title), say(
            "%(error)s. The places below are as the text reads.", error=error
        )


def _render(asked: Asked, *, checks: Sequence[Check] | None = None, problem: str = "", notice: str = "") -> str:
    found: dict[str, Any] = {"doc": None}
    link = ""
    if checks is not None:
        found = mapped(document(asked.text, checks), links.config().static)
        link = asked.address(pinned(checks))
    return render_template(
        "check.html",
        **found,
        asked=asked,
        problem=problem,
        notice=notice,
        link=links.origin() + link if link else "",
        longest=LONGEST,
        longest_link=LONGEST_LINK,
        action=url_for("desk.check"),
        urls=links.bar(),
    )
