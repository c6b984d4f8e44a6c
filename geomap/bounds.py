"""Hedges that make a quoted distance a bound: the table ``bounds.toml``."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Bound(StrEnum):
    """What a hedge makes of the number it stands before."""

    NONE = ""
    AT_MOST = "at most"
    AT_LEAST = "at least"


def bound(hedge: str | None) -> Bound:
    """The bound that a hedge states, NONE for "about" and for no hedge."""
    return _table().get(" ".join(hedge.lower().split()), Bound.NONE) if hedge else Bound.NONE


@cache
def _table() -> dict[str, Bound]:
    raw = tomllib.loads(files("geomap").joinpath("bounds.toml").read_text(encoding="utf8"))
    kinds = {"at_most": Bound.AT_MOST, "at_least": Bound.AT_LEAST}
    return {word: kinds[name] for name, words in raw.items() for word in words}
