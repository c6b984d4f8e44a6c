"""When a web page says that it was published and last changed, to the minute where it says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from geomap.model import DAY
from geomap.moments import Stated, stated

PUBLISHED = ("article:published_time", "og:article:published_time", "datePublished", "date", "DC.date.issued")
UPDATED = ("article:modified_time", "og:article:modified_time", "og:updated_time", "dateModified", "last-modified")
"""What pages call the two moments, in <meta> (Open Graph, schema.org, Dublin Core) and in JSON-LD."""

_DEEPEST = 6
"""How far into a page's JSON-LD an article is looked for."""


def dates(page: str, day: str) -> tuple[Stated | None, Stated | None]:
    """When an HTML page was published and last changed, as its metadata say; None for what they do not say.

    ``day`` is the day of publication as found by other means. It stands where the metadata say none, and where they
    say one that no zone can explain: then they are about something else. A change at or before publication is none.
    """
    from trafilatura import load_html

    tree = load_html(page)
    told = [*_linked(tree), *_meta(tree)] if tree is not None else []
    known = _read(day)
    published = _best([text for name, text in told if name in PUBLISHED])
    if known and not (published and abs(published.day - known.day) <= DAY):
        published = known
    updated = _best([text for name, text in told if name in UPDATED])
    return published, updated if updated and _later(updated, published) else None


def _later(one: Stated, other: Stated | None) -> bool:
    if other is None:
        return True
    return one.moment > other.moment if one.moment and other.moment else one.day > other.day


def _best(texts: list[str]) -> Stated | None:
    """The first that names its hour, one in a zone of its own before one in UTC; else the first that names a day."""
    found = [each for each in map(_read, texts) if each]
    timed = [each for each in found if each.moment]
    local = [each for each in timed if each.moment and each.moment.utcoffset()]
    return next(iter(local or timed or found), None)


def _read(text: str) -> Stated | None:
    try:
        return stated(text[:60])
    except ValueError:
        return None


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("itemprop") or element.get("name")
        if name and (text := element.get("content")):
            yield name, text


def _linked(tree: Any) -> Iterator[tuple[str, str]]:
    """The names and words in the page's JSON-LD, those of its articles before those of anything else."""
    for element in tree.iter("script"):
        if (element.get("type") or "").lower().strip() != "application/ld+json":
            continue
        try:
            document = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue  # a page's broken metadata are no reason not to read the page
        objects = list(_objects(document, _DEEPEST))
        for each in sorted(objects, key=lambda one: "Article" not in str(one.get("@type"))):
            yield from ((name, text) for name, text in each.items() if isinstance(text, str))


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _objects(each, depth - 1)
    elif depth and isinstance(value, list):
        for each in value:
            yield from _objects(each, depth - 1)
