"""Names on the map in the language that is spoken, where they are surely known: countries, great cities, home towns.

Countries and the cities that time zones are named for come from Unicode's CLDR, through Babel; regions have the names
of the basemap's own table. A place in a country where the language is spoken has its native name in it. Whatever else
there is keeps its name: none is guessed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from geomap.render import wording
from geomap.render.geojson import Json
from geomap.render.names import native_names
from geomap.tongue import ENGLISH, country, spoken

ARABIC = "EG IQ JO KW LB LY MA OM PS QA SA SD SY TN AE YE BH DZ".split()
HOMES: Mapping[str, str] = {"RU": "ru", "UA": "uk"} | dict.fromkeys(ARABIC, "ar")
"""The language of native names in a country (ISO 3166), for those that write them in another script than ours."""
GREAT = 5
"""Rank on the basemap (a zoom level) up to which a city is the one that the world knows by its name."""
CHOICES = frozenset({"names", "iso", "home"})
"""Properties of the basemap's names that a name is chosen by."""
LARGE = 400_000
"""People from which on a place of an incident is that city."""


def named(base: Mapping[str, Json], lang: str) -> dict[str, Json]:
    """A basemap (:func:`geomap.render.basemap.clip`) with its names in a language (BCP 47), as a copy.

    What has another name than in English keeps that as ``english``.
    """
    locale = _locale(lang)
    code = _code(lang)
    found = {
        "countries": [_country(each, locale, code) for each in base["countries"]["features"]],
        "places": [_town(each, code) for each in base["places"]["features"]],
    }
    if "region_names" in base:
        found["region_names"] = [_region(each, code) for each in base["region_names"]["features"]]
    return dict(base) | {kind: _collection(features) for kind, features in found.items()}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def _code(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _country(feature: Json, locale: Any, code: str) -> Json:
    country = feature["properties"]
    known = locale.territories.get(country["iso"]) if locale else ""
    return _renamed(feature, known or country["names"].get(code, ""))


def _region(feature: Json, code: str) -> Json:
    """A first-level unit by the name that the basemap has for it in the language."""
    return _renamed(feature, feature["properties"]["names"].get(code, ""))


def _renamed(feature: Json, name: str, **others: str) -> Json:
    """A feature by another name, if there is one, without what was there to choose it by."""
    kept = {key: value for key, value in feature["properties"].items() if key not in CHOICES}
    if name and name != kept["name"]:
        kept |= {"name": name, "english": kept["name"], **others}
    return feature | {"properties": kept}


def _town(feature: Json, code: str) -> Json:
    town = feature["properties"]
    name = cities(code).get(town["name"], "") if town["rank"] <= GREAT or town["capital"] else ""
    if not name and town.get("home") == code:
        name = town["native"]
    return _renamed(feature, name, native="" if town["native"] == name else town["native"])


@lru_cache(maxsize=16)
def cities(code: str) -> Mapping[str, str]:
    """Cities by their English name: those that give a time zone its name, as Unicode's data calls them."""
    locale, english = _locale(code), _locale("en_GB")
    if locale is None or english is None:
        return {}
    named_for = {zone: str(each["city"]) for zone, each in locale.time_zones.items() if "city" in each}
    return {_english(zone, english): name for zone, name in named_for.items()}


def _english(zone: str, english: Any) -> str:
    known = english.time_zones.get(zone, {}).get("city")
    return str(known or zone.rsplit("/", 1)[-1].replace("_", " "))


@lru_cache(maxsize=64)
def _locale(lang: str) -> Any:
    """Unicode's data for a language; None for English, whose names the basemap has, and for one that is not known."""
    from babel import Locale, UnknownLocaleError

    code = _code(lang)
    if code == ENGLISH.code:
        return None
    try:
        return Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def at_home(base: Mapping[str, Json], static: Path) -> dict[str, Json]:
    """A basemap whose towns have ``home``: the language that their native name is in, where it is one of ours."""
    known = homes(static)
    return dict(base) | {"places": _collection([_homed(feature, known) for feature in base["places"]["features"]])}


def _homed(feature: Json, known: Mapping[tuple[str, float, float], str]) -> Json:
    lon, lat = feature["geometry"]["coordinates"]
    home = known.get((feature["properties"]["name"], round((lon + 180) % 360 - 180, 3), lat))
    return feature | {"properties": feature["properties"] | {"home": home}} if home else feature


@lru_cache(maxsize=2)
def homes(static: Path) -> Mapping[tuple[str, float, float], str]:
    """The language of each town's native name that is one of ours, by name, longitude and latitude."""
    path = static / "basemap" / "homes.json.gz"
    rows = json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {}
    return {(name, lon, lat): code for code, towns in rows.items() for name, lon, lat in towns}


def call(doc: Json, static: Path) -> None:
    """Call what is on the map as the language does, and a site that is not at the place it is named by as it is told.

    A view document leaves this open (:func:`geomap.render.document.document`), for towns have the native name that the
    basemap of ``static`` has for them: it was chosen with each language's own list at hand.
    """
    towns = native_names(static)
    for entry in doc["entries"]:
        native = towns.get((entry["name"], *map(round, entry.get("lonlat", ()))))
        entry["native"] = native or entry["native"]
    known = {} if spoken() is ENGLISH else _rename(doc)
    for entry in doc["entries"]:
        if where := entry.pop("whereabouts", None):
            also = [*entry.get("also", ()), entry["name"]]
            other = where.get("other", "")
            where |= {"other": known.get(other, other)} if other else {}
            entry |= {"name": wording.capitalized(wording.sited(entry["name"], where)), "also": also, "native": ""}


def _rename(doc: Json) -> dict[str, str]:
    """Give places the name that the language has for them; returns those names by what they stood for."""
    known: dict[str, str] = {}
    for entry in doc["entries"]:
        if name := _known(entry):
            known[entry["name"]] = name
            entry["also"] = [*entry.get("also", ()), entry["name"]]
            entry["native"] = "" if entry["native"] == name else entry["native"]
            entry["name"] = name
    for entry in doc["entries"]:
        for end in entry.get("ends", ()):
            end["name"] = known.get(end["name"], end["name"])
        if names := entry.get("names"):
            entry["name"] = wording.between([known.get(name, name) for name in names])
    return known


def _known(entry: Json) -> str:
    """What the language calls the place of an entry, "" where that is its name or not known."""
    code = spoken().code
    name = cities(code).get(entry["name"], "") if entry.get("large") else ""
    if entry.get("state"):
        name = country(entry["country"], "")
    if not name and HOMES.get(entry.get("country", "")) == code:
        name = entry["native"]
    return "" if name == entry["name"] else name
