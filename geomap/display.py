"""How a record looks in a notebook: a hook that the package's door fills, so that records know no renderer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_displays: dict[str, Callable[[Any], str]] = {}


def register(name: str, display: Callable[[Any], str]) -> None:
    """Let records of the class of that name be shown as the HTML that ``display`` makes of them."""
    _displays[name] = display


def html(record: object) -> str | None:
    """The record as HTML; None, by which a notebook shows its words instead, where nothing is registered for it."""
    display = _displays.get(type(record).__name__)
    return display(record) if display else None
