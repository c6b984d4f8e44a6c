"""GPX 1.1, for navigation devices and field work."""

from __future__ import annotations

from gpxpy.gpx import (
    GPX,
    GPXRoute,
    GPXRoutePoint,
    GPXTrack,
    GPXTrackPoint,
    GPXTrackSegment,
    GPXWaypoint,
)

from geomap.render.flat import called, words
from geomap.render.geojson import Json
from geomap.render.kml import xml_text


def gpx(collection: Json) -> bytes:
    """Points as waypoints, routes as routes, measured distances as tracks.

    GPX has no areas and no features without a place: regions and distances that could not be measured are left out.
    """
    document = GPX()
    document.creator = "geomap"
    document.name = xml_text(collection["incident"]["title"])
    for feature in collection["features"]:
        geometry = feature["geometry"]
        if geometry and geometry["type"] == "Point":
            document.waypoints.append(_waypoint(feature))
        elif geometry and geometry["type"].endswith("LineString"):
            _line(document, feature)
    return document.to_xml(version="1.1").encode() + b"\n"


def _waypoint(feature: Json) -> GPXWaypoint:
    lon, lat = feature["geometry"]["coordinates"]
    return GPXWaypoint(
        latitude=lat, longitude=lon, name=_name(feature), description=_description(feature), type=_role(feature)
    )


def _line(document: GPX, feature: Json) -> None:
    """A route is one list of points; a track has a segment for each part of a line cut at the antimeridian."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    if _role(feature) == "route":
        route = GPXRoute(name=_name(feature), description=_description(feature))
        route.points = [GPXRoutePoint(latitude=lat, longitude=lon) for part in parts for lon, lat in part]
        document.routes.append(route)
        return
    track = GPXTrack(name=_name(feature), description=_description(feature))
    for part in parts:
        track.segments.append(GPXTrackSegment([GPXTrackPoint(latitude=lat, longitude=lon) for lon, lat in part]))
    document.tracks.append(track)


def _role(feature: Json) -> str:
    return str(feature["properties"]["role"])


def _name(feature: Json) -> str:
    return xml_text(called(feature))


def _description(feature: Json) -> str:
    parts = [words(feature, key) for key in ("role", "status", "speakers", "quoted", "verdict", "reason")]
    uncertainty = words(feature, "uncertainty_m")
    if uncertainty:
        parts.append(f"within {uncertainty} m")
    return xml_text(" | ".join(part for part in parts if part))
