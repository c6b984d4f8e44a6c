"""The languages of the interface and their catalogs: gettext's .po files, made ready when a language is first asked.

They are compiled in memory by Babel's own reader and writer, so that there is no build step and no .mo file that could
be stale: a fresh clone speaks every language, and so does an edited catalog after a restart.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from geomap.tongue import ENGLISH, Language

FOLDER = Path(__file__).resolve().parent / "locale"
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "uk": "Українська",
        "ru": "Русский",
        "de": "Deutsch",
        "fr": "Français",
        "es": "Español",
        "ar": "العربية",
    }
)
"""Each language by its BCP 47 code, in its own words, in the order in which they are offered."""


@lru_cache(maxsize=len(NAMES))
def language(code: str) -> Language:
    """A language of :data:`NAMES`."""
    if code == ENGLISH.code:
        return ENGLISH
    from babel import Locale
    from babel.support import Translations

    rtl = Locale.parse(code).text_direction == "rtl"
    return Language(code, NAMES[code], rtl, Translations(io.BytesIO(compiled(code))))


def compiled(code: str) -> bytes:
    """A language's catalog as gettext reads it (.mo)."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / f"{code}.po").open("rb") as file:
        catalog = read_po(file, locale=code)
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def nearest(wanted: str) -> Language | None:
    """The language of ours that a BCP 47 tag asks for: its own, or that of which it is a variety (de-CH)."""
    code = wanted.lower().partition("-")[0]
    return language(code) if code in NAMES else None


def said(script: Path) -> tuple[tuple[str, str], ...]:
    """Each message that a script of ours says (``say``, ``sayMany``), with its plural or ""."""
    from babel.messages.extract import extract

    with script.open("rb") as file:
        found = extract("javascript", file, keywords=SCRIPT_KEYWORDS, options=SCRIPT_OPTIONS)
        pairs = [message if isinstance(message, tuple) else (message, "") for _, message, _, _ in found]
    return tuple((str(one), str(many)) for one, many in pairs)


SCRIPT_KEYWORDS = {"say": None, "sayMany": (1, 2)}
"""The functions of static/js/page.js that say messages."""
SCRIPT_OPTIONS = {"encoding": "utf-8", "parse_template_string": "true"}
"""How Babel reads scripts: messages may stand inside template literals."""
