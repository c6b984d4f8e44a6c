"""Sites in Darwin Core (dwc.tdwg.org/terms): where, how surely, from which words and by which method.

Each site is an Event (what happened) at a Location. The terms and what fills them:

- ``decimalLatitude``, ``decimalLongitude``, ``geodeticDatum``: the best point, on EPSG:4326.
- ``coordinateUncertaintyInMeters``: the radius round that point that holds the whole region; never 0.
- ``footprintWKT``, ``footprintSRS``: the region itself, where the wording gives one.
- ``verbatimLocality``: the claims' own words, one after the other.
- ``georeferenceProtocol``: the point-radius and shape methods of Chapman & Wieczorek (2020), "Georeferencing Best
  Practices", doi:10.15468/doc-gg7h-s853, as which our regions are made.
- ``georeferenceSources``: the gazetteers and the reports; ``georeferenceRemarks``: how, and what was left out.
- ``locationAccordingTo``: who says so; ``georeferencedDate``: when the incident was last compiled.
"""

from __future__ import annotations

import csv as csvs
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import shapely

from geomap.model import Claim, Incident, Site
from geomap.render.flat import cell
from geomap.render.georeference import BETWEEN, Row, said, uncertainty

NAMESPACE = "http://rs.tdwg.org/dwc/terms/"
TERMS = tuple(
    """eventID parentEventID eventType eventDate eventRemarks locationID higherGeography countryCode locality
    verbatimLocality locationAccordingTo decimalLatitude decimalLongitude geodeticDatum coordinateUncertaintyInMeters
    footprintWKT footprintSRS georeferencedBy georeferencedDate georeferenceProtocol georeferenceSources
    georeferenceRemarks""".split()
)
"""The columns, in their order; each is a term of :data:`NAMESPACE`."""

DATUM = "EPSG:4326"
DEGREES = 6
"""Decimals of a coordinate: a tenth of a metre."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The date of files in an archive: the oldest there is, so that the same incident gives the same bytes."""


def rows(incident: Incident, *, made: dt.datetime | None = None) -> list[Row]:
    """A row for each site, every term a string; ``made`` is when the incident was last compiled."""
    told = {claim.id: claim for claim in incident.claims}
    return [_row(incident, site, told, number, made) for number, site in enumerate(incident.sites, 1)]


def dwc(incident: Incident, made: dt.datetime | None = None) -> bytes:
    """The sites as CSV (RFC 4180, UTF-8) whose columns are the terms."""
    target = io.StringIO(newline="")
    writer = csvs.DictWriter(target, TERMS)
    writer.writeheader()
    writer.writerows({term: cell(text) for term, text in row.items()} for row in rows(incident, made=made))
    return target.getvalue().encode()


def dwca(incident: Incident, made: dt.datetime | None = None) -> bytes:
    """The same as a Darwin Core Archive: event.csv, and the meta.xml that says what its columns are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (("meta.xml", _meta()), ("event.csv", dwc(incident, made))):
            file = zipfile.ZipInfo(name, _STAMP)
            file.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(file, content)
    return target.getvalue()


def _row(incident: Incident, site: Site, told: Mapping[str, Claim], number: int, made: dt.datetime | None) -> Row:
    lon, lat = site.best
    area = site.footprint.geometry if site.footprint.geometry.area else None
    place = site.place
    return said(incident, site, told) | {
        "eventID": f"{incident.id}:{site.role}:{number}",
        "parentEventID": incident.id,
        "eventType": str(site.role),
        "eventDate": incident.when.isoformat() if incident.when else "",
        "eventRemarks": incident.title,
        "locationID": place.key if place else "",
        "higherGeography": BETWEEN.join(place.within) if place else "",
        "countryCode": place.country if place else "",
        "locality": site.name,
        "locationAccordingTo": BETWEEN.join(site.speakers),
        "decimalLatitude": f"{lat:.{DEGREES}f}",
        "decimalLongitude": f"{lon:.{DEGREES}f}",
        "geodeticDatum": DATUM,
        "coordinateUncertaintyInMeters": str(uncertainty(site)),
        "footprintWKT": shapely.to_wkt(shapely.orient_polygons(area), rounding_precision=DEGREES) if area else "",
        "footprintSRS": DATUM if area else "",
        "georeferencedBy": "geomap",
        "georeferencedDate": made.date().isoformat() if made else "",
    }


def _meta() -> bytes:
    """The archive's descriptor (dwc.tdwg.org/text): an Event core whose first column is its id."""
    root = ET.Element("archive", xmlns="http://rs.tdwg.org/dwc/text/")
    core = ET.SubElement(
        root,
        "core",
        {
            "encoding": "UTF-8",
            "fieldsTerminatedBy": ",",
            "linesTerminatedBy": "\\r\\n",
            "fieldsEnclosedBy": '"',
            "ignoreHeaderLines": "1",
            "rowType": f"{NAMESPACE}Event",
        },
    )
    ET.SubElement(ET.SubElement(core, "files"), "location").text = "event.csv"
    ET.SubElement(core, "id", index="0")
    for index, term in enumerate(TERMS):
        ET.SubElement(core, "field", index=str(index), term=NAMESPACE + term)
    ET.indent(root, " ")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
