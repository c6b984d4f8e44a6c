"""The page's colours, read from the page's own style sheet, so that a picture and a page cannot differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from geomap.errors import NotFound

_SELECTORS = {"light": ":root {", "dark": ':root[data-theme="dark"] {'}
_NAMED = re.compile(r"--([\w-]+):\s*([^;]+);")


def palette(static: Path, theme: str) -> Mapping[str, str]:
    """Colours of a theme ("light", "dark") by the names of css/page.css, less the dashes: "water", "crash-site".

    Raises :class:`~geomap.errors.NotFound` where the style sheet is not there.
    """
    sheet = static / "css" / "page.css"
    try:
        changed = sheet.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise NotFound(f"there is no {sheet}: set GEOMAP_STATIC to geomap's static folder") from error
    return _read(sheet, changed, theme)


@lru_cache(maxsize=8)
def _read(sheet: Path, changed: int, theme: str) -> Mapping[str, str]:
    """The custom properties of one rule; ``changed`` gives an edited sheet a new entry."""
    text = sheet.read_text(encoding="utf-8")
    rule = text.partition(_SELECTORS[theme])[2].partition("}")[0]
    return {name: value.strip() for name, value in _NAMED.findall(rule)}
