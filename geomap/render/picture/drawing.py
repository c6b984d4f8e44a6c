"""Elements of an SVG: attributes as numbers and words, text only ever as text."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from geomap.render.kml import xml_text
from geomap.tongue import spoken

Element = ET.Element
NAMESPACE = "http://www.w3.org/2000/svg"


def add(parent: Element, tag: str, text: str | None = None, **attributes: str | float) -> Element:
    """A new last child; underscores in the names of attributes stand for hyphens, numbers are rounded to a tenth."""
    named = {name.rstrip("_").replace("_", "-"): _word(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, named)
    if text is not None:
        plain = xml_text(text)
        element.text = _embedded(plain) if spoken().rtl and tag in LETTERED else plain
    return element


def reading(line: Element) -> None:
    """Put the parts of a line of text in the order of its language: the first at the right where that is read first."""
    if spoken().rtl:
        line[:] = reversed(line)


def _embedded(text: str) -> str:
    """The text as read from right to left; a space before it stays, wherever the text comes to stand."""
    return f"{EMBEDDED}{NBSP * text.startswith(' ')}{text.lstrip()}{ENDED}"


LETTERED = ("text", "tspan")
NBSP = "\u00a0"
EMBEDDED, ENDED = "\u202b", "\u202c"
"""Marks round text that is read from right to left, whatever stands beside it: of no width and no ink."""


def path(lines: Sequence[NDArray[np.float64]], *, closed: bool) -> str:
    """Path data of lines or rings, each (n, 2), to a tenth of a unit; points that fall together are one."""
    return "".join(_line(np.round(line, 1)) + ("Z" if closed else "") for line in lines if len(line) > 1)


def _line(points: NDArray[np.float64]) -> str:
    apart = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points[apart].tolist())


def _word(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
