"""A column that holds a geometry: PostGIS's own type there, well-known binary elsewhere."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

SRID = 4326
"""WGS 84, longitude before latitude."""


class Shape(TypeDecorator[BaseGeometry]):
    """A shapely geometry in WGS 84 degrees."""

    impl = LargeBinary
    cache_ok = True
    spatial_index = False
    """GeoAlchemy2 makes no index of its own: the migrations name ours."""

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostGIS's geometry on PostgreSQL, bytes elsewhere."""
        # GeoAlchemy2, asking of each column of a new table whether it is a raster, hands over no dialect.
        if getattr(dialect, "name", "") != "postgresql":
            return LargeBinary()
        # GeoAlchemy2 comes with requirements-postgis.txt, which those who use SQLite do without.
        from geoalchemy2 import Geometry

        return dialect.type_descriptor(Geometry("GEOMETRY", srid=SRID, spatial_index=False))

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> Any:
        """The geometry as the database takes it."""
        if value is None:
            return None
        if dialect.name != "postgresql":
            return shapely.to_wkb(value)
        return shapely.to_wkb(shapely.set_srid(value, SRID), hex=True, include_srid=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> BaseGeometry | None:
        """The geometry that the database gave."""
        if value is None:
            return None
        data = value if isinstance(value, bytes) else bytes.fromhex(value.desc)
        return shapely.set_srid(shapely.from_wkb(data), 0)
