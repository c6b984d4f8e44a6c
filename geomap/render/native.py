"""A place's name in the script of its own country, from the names that the gazetteer holds."""

from __future__ import annotations

import unicodedata

from geomap.model import Place

_CYRILLIC, _ARABIC, _HAN = "CYRILLIC", "ARABIC", "CJK"
SCRIPTS = (
    dict.fromkeys("RU UA BY BG RS MK KZ KG TJ MN".split(), _CYRILLIC)
    | dict.fromkeys("EG IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN AE YE AF BH DZ".split(), _ARABIC)
    | {"GR": "GREEK", "CY": "GREEK", "IL": "HEBREW", "GE": "GEORGIAN", "AM": "ARMENIAN", "TH": "THAI"}
    | {"CN": _HAN, "TW": _HAN, "HK": _HAN, "JP": _HAN, "KR": "HANGUL", "KP": "HANGUL"}
    | {"IN": "DEVANAGARI", "NP": "DEVANAGARI", "BD": "BENGALI", "LK": "SINHALA", "MM": "MYANMAR", "ET": "ETHIOPIC"}
)
"""The Unicode script that a country (ISO 3166 alpha-2) writes its place names in; Latin countries are absent."""

FOREIGN_LETTERS = {
    "RU": "іїєґўјљњћђџѓќѕәөүұқғңһӣӯҷҳѣѫ",
    "UA": "ыэъёўјљњћђџәөүұқғңһѣ",
    "BY": "иїєґщъјљњћђџ",
}
"""Letters that neighbouring Cyrillic alphabets have and this country's language lacks."""


def native(place: Place) -> str:
    """The first of the place's names in its country's own script and letters, "" where none is known."""
    script = SCRIPTS.get(place.country, "")
    if not script:
        return ""
    theirs = [name for name in place.names if _written_in(name, script)]
    foreign = FOREIGN_LETTERS.get(place.country, "")
    own = [name for name in theirs if not set(name.lower()) & set(foreign)]
    return next(iter(own or theirs), "")


def _written_in(name: str, script: str) -> bool:
    letters = [each for each in name if each.isalpha()]
    return bool(letters) and all(unicodedata.name(each, "").startswith(script) for each in letters)
