"""How a site was placed, in Darwin Core's terms (dwc.tdwg.org/terms): from which words and sources, by which method."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import shapely

from geomap.geodesy import WGS84
from geomap.model import Claim, Incident, Site
from geomap.render import wording
from geomap.tongue import series

Row = dict[str, str]

BETWEEN = " | "
"""What Darwin Core recommends between the values of a list."""
PROTOCOL = "Chapman & Wieczorek 2020, https://doi.org/10.15468/doc-gg7h-s853"
GAZETTEERS = {
    "geonames": "GeoNames (CC BY 4.0)",
    "airports": "airportsdata (MIT)",
    "supplement": "geomap's supplement",
}


def said(incident: Incident, site: Site, told: Mapping[str, Claim]) -> Row:
    """The terms that say how a site was georeferenced: verbatimLocality, protocol, sources and remarks.

    ``told`` holds the incident's claims by their id.
    """
    reports = set(site.reports)
    held = [told[id] for id in site.held if id in told]
    sources = [GAZETTEERS.get(each, each) for each in _gazetteers(site, held)]
    outlets = [f"{a.outlet or a.id}" + (f", {a.url}" if a.url else "") for a in incident.articles if a.id in reports]
    return {
        "verbatimLocality": BETWEEN.join(dict.fromkeys(claim.quote for claim in held)),
        "georeferenceProtocol": f"{wording.method(site.footprint.method)}; {PROTOCOL}",
        "georeferenceSources": BETWEEN.join([*sources, *outlets]),
        "georeferenceRemarks": _remarks(site, told),
    }


def uncertainty(site: Site) -> int:
    """coordinateUncertaintyInMeters: the radius round the best point that holds all of the region, in whole metres.

    A record's own uncertainty is measured round the point that stands for its region, which need not be the best one.
    """
    radius = site.footprint.uncertainty_m
    if site.footprint.geometry.area:
        lon, lat = shapely.get_coordinates(site.footprint.geometry).T
        best_lon, best_lat = np.full(lon.shape, site.best[0]), np.full(lat.shape, site.best[1])
        radius = max(radius, float(WGS84.inv(best_lon, best_lat, lon, lat)[2].max()))
    return max(1, math.ceil(radius))


def _gazetteers(site: Site, held: list[Claim]) -> list[str]:
    """The gazetteers that the site's own place and the places of its claims come from."""
    ends = [end for claim in held for end in (claim.subject, claim.reference)]
    places = [site.place, *(end.place for end in ends if end)]
    return list(dict.fromkeys(place.gazetteer for place in places if place))


def _remarks(site: Site, told: Mapping[str, Claim]) -> str:
    """How sure, who says so, how many claims hold, and which were left out."""
    speakers = [each for each in site.speakers if each != wording.OWN_VOICE]
    by = f" by {series(speakers)}" if speakers else ""
    sentences = [
        f"{str(site.status).capitalize()}{by}.",
        f"{wording.capitalized(wording.counted('claim', len(site.held)))} held.",
    ]
    if left := [f"“{told[id].quote}”" for id in site.dropped if id in told]:
        sentences.append(f"Left out, since they cannot hold with the rest: {series(left)}.")
    return " ".join(sentences)
