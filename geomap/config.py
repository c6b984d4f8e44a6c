"""Settings: one frozen record, and the only code that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from geomap.errors import BadInput

STATIC = Path(__file__).resolve().parent.parent / "static"
"""Our own CSS, JavaScript and basemap, and ``vendor/`` as set-up fetched it."""


DUMPS = "https://download.geonames.org/export/dump/"
"""Where GeoNames publishes a dump for each country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Where things are and what is switched on.

    ``db`` is an SQLAlchemy URL; ``gazetteer`` the SQLite file that set-up builds; ``geocoder`` names a remote geocoder
    ("nominatim", "photon", "pelias") and is "" (off) unless a person sets it; ``frame_ancestors`` is the
    Content-Security-Policy source list that may frame ``/embed/*``; ``base_url`` is the public address used in absolute
    links ("" takes it from the request); ``publisher`` is the name under which checks are published ("" is the site's
    host); ``max_report`` bounds one report in characters; ``osm_tiles`` adds OpenStreetMap as a layer that a reader may
    switch on; ``basemap`` is a PMTiles file that pages draw in place of our own basemap.
    """

    data: Path
    db: str
    gazetteer: Path
    static: Path = STATIC
    geocoder: str = ""
    geocoder_url: str = ""
    dump_url: str = DUMPS
    frame_ancestors: str = "*"
    base_url: str = ""
    publisher: str = ""
    max_report: int = 2_000_000
    osm_tiles: bool = False
    basemap: Path | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, *, db: str | None = None) -> Config:
        """The settings of this process: ``db`` (from the command line) before ``GEOMAP_*`` before the defaults.

        Raises :class:`~geomap.errors.BadInput` for a setting that cannot be read.
        """
        env = os.environ if environ is None else environ
        data = Path(env.get("GEOMAP_DATA") or user_data_path("geomap"))
        return cls(
            data=data,
            db=db or env.get("GEOMAP_DB") or f"sqlite:///{data / 'geomap.db'}",
            gazetteer=Path(env.get("GEOMAP_GAZETTEER") or data / "gazetteer.db"),
            static=Path(env.get("GEOMAP_STATIC") or STATIC),
            geocoder=env.get("GEOMAP_GEOCODER", ""),
            geocoder_url=env.get("GEOMAP_GEOCODER_URL", ""),
            dump_url=env.get("GEOMAP_DUMP_URL") or DUMPS,
            frame_ancestors=env.get("GEOMAP_FRAME_ANCESTORS") or "*",
            base_url=env.get("GEOMAP_BASE_URL", ""),
            publisher=" ".join(env.get("GEOMAP_PUBLISHER", "").split()),
            max_report=_whole(env, "GEOMAP_MAX_REPORT", 2_000_000),
            osm_tiles=env.get("GEOMAP_OSM_TILES", "") == "1",
            basemap=Path(env["GEOMAP_BASEMAP"]) if env.get("GEOMAP_BASEMAP") else None,
        )


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or int(text) == 0:
        raise BadInput(f"{name} must be a whole number above 0, not {text!r}")
    return int(text)
