"""A place's name in the script of its own country, from the names that the gazetteer holds.

Gazetteers list other names without their language. Of those in the country's script and letters, the one is taken
that comes nearest to the place's Latin names when it is put into Latin letters itself: "Москва" before the Belarusian
"Масква", "Харків" before the Russian "Харьков" where the place is called Kharkiv.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

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
    "RU": "іїєґўјљњћђџѓќѕәөүұқғңһӣӯҷҳѣѫӕҫӱӹӓӧӥ",
    "UA": "ыэъёўјљњћђџәөүұқғңһѣӕ",
    "BY": "иїєґщъјљњћђџ",
    "BG": "іїєґўыэёјљњ",
    "RS": "ыэёъьюяйщіїєґў",
    "MK": "ыэёъьюяйщіїєґў",
    "IR": "إأةيك",
    "AF": "إأةيك",
}
"""Letters that neighbours' alphabets have and this country's language lacks."""

FULL_NAMES = {
    "RU": re.compile("(ская|цкая) область$|(ский|цкий) (край|район|округ)$|^республика "),
    "UA": re.compile("(ська|цька) область$|(ський|цький) район$|^автономна республіка "),
    "BY": re.compile("(ская|цкая) вобласць$|(скі|цкі) раён$"),
}
"""How the language itself forms a subdivision's full name; its neighbours' forms differ in the ending."""
SPELT_BACK = dict(
    zip(
        "shch zh kh ts ch sh ya yu ye yi ’ ' a b v h g d e y z i k l m n o p r s t u f".split(),
        "щ ж х ц ч ш я ю є ї ь ь а б в г ґ д е и з і к л м н о п р с т у ф".split(),
        strict=True,
    )
)
"""Ukrainian letters by their BGN/PCGN romanisation, as GeoNames writes units' full names (Kharkivs’ka Oblast’)."""
ROMANISED_UNIT = re.compile("[A-Z][a-z’']+[sz][’']ka Oblast[’']")
_LETTER = re.compile("|".join(SPELT_BACK))
GENERIC = re.compile(" (Область|Край|Район|Округ|Вобласць|Раён)$")
"""Words that these languages write small."""

LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i i ie g u".split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
"""Cyrillic letters as English-language gazetteers romanise Russian and Ukrainian (BGN/PCGN, without its marks)."""
UKRAINIAN = {"г": "h", "и": "y", "й": "i"}


@lru_cache(maxsize=4096)
def native(place: Place) -> str:
    """The place's name in its country's own script, "" where none is known or the script is Latin."""
    script = SCRIPTS.get(place.country, "")
    theirs = [name for name in place.names if script and _written_in(name, script)]
    foreign = set(FOREIGN_LETTERS.get(place.country, ""))
    if place.feature_code.startswith("ADM"):
        theirs = [name for name in theirs if not _neighbours(name, place.country)]
    own = [name for name in theirs if not set(name.lower()) & foreign] or theirs
    if not own and place.country == "UA":
        return next((_spelt_back(name) for name in place.names if ROMANISED_UNIT.fullmatch(name)), "")
    if script == _CYRILLIC and own:
        best = max(own, key=lambda name: _fit(name, place))
        return GENERIC.sub(lambda match: match[0].lower(), best)
    return next(iter(own), "")


def _neighbours(name: str, country: str) -> bool:
    """Whether a unit's name is formed as a neighbouring language does and this country's does not."""
    if country not in FULL_NAMES or FULL_NAMES[country].search(name.lower()):
        return False
    return any(form.search(name.lower()) for other, form in FULL_NAMES.items() if other != country)


def _spelt_back(name: str) -> str:
    first, _, generic = _LETTER.sub(lambda match: SPELT_BACK[match[0]], name.lower()).partition(" ")
    return f"{first.capitalize()} {generic}"


def _written_in(name: str, script: str) -> bool:
    letters = [each for each in name if each.isalpha()]
    return bool(letters) and all(unicodedata.name(each, "").startswith(script) for each in letters)


def _fit(name: str, place: Place) -> float:
    """How near a Cyrillic name comes to the place's main name and to its Latin names taken together."""
    romanised, main = romanise(name, place.country), _plain(place.name)
    latin = [_plain(each) for each in place.names if _written_in(each, "LATIN")]
    others = sum(JaroWinkler.similarity(romanised, each) for each in latin) / max(1, len(latin))
    form = FULL_NAMES.get(place.country) if place.feature_code.startswith("ADM") else None
    full = bool(form and form.search(name.lower()))
    return JaroWinkler.similarity(romanised, main) + (romanised == main) + 2 * others + 2 * full


def romanise(name: str, country: str) -> str:
    """A Cyrillic name in lower-case Latin letters."""
    table = LATIN | (UKRAINIAN if country == "UA" else {})
    return "".join(table.get(letter, letter) for letter in name.lower())


def _plain(name: str) -> str:
    marks = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in marks if letter.isascii() and (letter.isalpha() or letter == " "))
