"""The font of pictures: which files it has, how wide its words are, and which letters it lacks.

The font comes with the front-end packages, so that a machine without any fonts draws the same picture.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from geomap.errors import NotFound

FAMILY = "Noto Sans"
STACK = f'"{FAMILY}", "Noto Sans Arabic", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
"""What an SVG asks for: the same letters, or others of nearly the same width."""
REGULAR: Final = 400
STRONG: Final = 600
_FOLDER = "vendor/@expo-google-fonts"
_FILES = {
    REGULAR: (
        f"{_FOLDER}/noto-sans/400Regular/NotoSans_400Regular.ttf",
        f"{_FOLDER}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
    ),
    STRONG: (
        f"{_FOLDER}/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
        f"{_FOLDER}/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf",
    ),
}
"""Each weight's files; a letter is of the first that has it."""
ELLIPSIS = "…"


def files(static: Path) -> list[str]:
    """The font's files. Raises :class:`~geomap.errors.NotFound` where set-up has not put them there."""
    found = [static / name for names in _FILES.values() for name in names]
    if missing := [file for file in found if not file.is_file()]:
        raise NotFound(f"{missing[0]} is missing: run make setup, which fetches the font of pictures")
    return [str(file) for file in found]


def width(text: str, size: float, weight: int, static: Path) -> float:
    """How wide the text runs, in the unit of ``size``; letters that the font lacks count as its box for them."""
    advances, missing = _advances(static, weight)
    return sum(advances.get(ord(letter), missing) for letter in text) * size


def written(text: str, static: Path) -> bool:
    """Whether the font has every letter of the text."""
    advances, _ = _advances(static, REGULAR)
    return all(ord(letter) in advances for letter in text)


def joins(text: str) -> bool:
    """Whether its letters are joined, and come apart where they are spaced."""
    return any(unicodedata.name(letter, "").startswith("ARABIC LETTER") for letter in text)


def shortened(text: str, room: float, size: float, weight: int, static: Path) -> str:
    """The text, cut with an ellipsis where it would run wider than ``room``."""
    if width(text, size, weight, static) <= room:
        return text
    kept = text
    while kept and width(kept.rstrip() + ELLIPSIS, size, weight, static) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


@lru_cache(maxsize=4)
def _advances(static: Path, weight: int) -> tuple[Mapping[int, float], float]:
    """How far each code point moves on, in parts of the letters' size, and how far one without a glyph does."""
    files(static)
    main, *more = [_measured(static / name) for name in _FILES[weight]]
    advances = {code: each[0][code] for each in (*more, main) for code in each[0]}
    return advances, main[1]


def _measured(path: Path) -> tuple[dict[int, float], float]:
    with TTFont(path, lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        advances = {code: metrics[glyph][0] / unit for code, glyph in font.getBestCmap().items()}
        return advances, metrics[".notdef"][0] / unit
