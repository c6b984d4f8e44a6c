"""What lies within a box: the spatial index first, then the shapes themselves."""

from __future__ import annotations

import json
import math
from typing import Any

from shapely import GeometryCollection, LineString, Point, box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, literal, or_, select

from geomap.errors import BadInput
from geomap.model import Claim
from geomap.store import codec, tables
from geomap.store.shape import Shape
from geomap.store.summary import Bounds, Hit


def claims(connection: Connection, bounds: Bounds) -> tuple[Hit, ...]:
    """The claims of newest revisions whose subject or reference touches the box, by incident and in their order."""
    area = _area(bounds)
    keys = [row.key for row in _touching(connection, tables.place, area, tables.place.c.key)]
    claim, incident = tables.claim, tables.incident
    newest = (incident.c.id == claim.c.incident) & (incident.c.revision == claim.c.revision)
    found: dict[tuple[str, int], Row[Any]] = {}
    for some in _chunks(keys):
        query = select(claim).join(incident, newest).where(claim.c.subject.in_(some) | claim.c.reference.in_(some))
        found.update({(row.incident, row.position): row for row in connection.execute(query)})
    ordered = [found[key] for key in sorted(found)]
    plain = codec.converter(_book(connection, ordered))
    return tuple(Hit(row.incident, plain.structure(json.loads(row.payload), Claim)) for row in ordered)


def incidents(connection: Connection, bounds: Bounds) -> set[str]:
    """The ids of incidents with a site, in their newest revision, that touches the box."""
    site, incident = tables.site, tables.incident
    newest = (incident.c.id == site.c.incident) & (incident.c.revision == site.c.revision)
    wanted = _touching(connection, site, _area(bounds), site.c.incident, joined=(incident, newest))
    return {row.incident for row in wanted}


def _area(bounds: Bounds) -> BaseGeometry:
    """The box as a shape: two boxes where it spans the antimeridian."""
    west, south, east, north = bounds
    if not all(math.isfinite(side) for side in bounds) or not -90 <= south <= north <= 90 or max(-west, east) > 180:
        raise BadInput(
            f"{bounds} is no box; give west, south, east, north in degrees, within longitude 180 and latitude 90"
        )
    if west <= east:
        return _box(west, south, east, north)
    return GeometryCollection([_box(west, south, 180, north), _box(-180, south, east, north)])


def _box(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A box, or the line or point that one without area is: PostGIS finds nothing in a polygon without any."""
    if west < east and south < north:
        return box(west, south, east, north)
    return LineString([(west, south), (east, north)]) if (west, south) != (east, north) else Point(west, south)


def _touching(
    connection: Connection,
    table: Table,
    area: BaseGeometry,
    column: ColumnElement[Any],
    joined: tuple[Table, ColumnElement[bool]] | None = None,
) -> list[Row[Any]]:
    """The rows whose shape touches ``area``."""
    source = table.join(*joined) if joined else table
    if connection.dialect.name == "postgresql":
        touches = func.ST_Intersects(table.c.shape, literal(area, Shape))
        return list(connection.execute(select(column).select_from(source).where(touches)))
    near = select(column, table.c.shape).select_from(source).where(_overlaps(table, area))
    rows: list[Row[Any]] = list(connection.execute(near))
    return [row for row in rows if area.intersects(row.shape)]


def _overlaps(table: Table, area: BaseGeometry) -> ColumnElement[bool]:
    """Whether a row's bounds overlap those of ``area`` or of one of its parts."""
    columns = table.c
    return or_(
        *(
            and_(columns.west <= east, columns.east >= west, columns.south <= north, columns.north >= south)
            for west, south, east, north in (part.bounds for part in getattr(area, "geoms", [area]))
        )
    )


def _book(connection: Connection, found: list[Row[Any]]) -> codec.PlaceBook:
    """The places that the claims speak of."""
    keys = sorted({key for row in found for key in (row.subject, row.reference) if key})
    place = tables.place
    filed: list[tuple[str, str]] = []
    for some in _chunks(keys):
        query = select(place.c.key, place.c.payload).where(place.c.key.in_(some))
        filed += [(row.key, row.payload) for row in connection.execute(query)]
    return codec.load_places(filed)


def _chunks(keys: list[str], size: int = 5_000) -> list[list[str]]:
    """SQLite takes at most 32,766 parameters in one statement."""
    return [keys[at : at + size] for at in range(0, len(keys), size)]
