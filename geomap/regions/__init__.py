"""Wording becomes a region, and the regions of one site are intersected."""

from geomap.regions.intersect import Edge, Intersection, Located, intersect
from geomap.regions.locate import footprint, locate
from geomap.regions.quoted import quoted

__all__ = ["Edge", "Intersection", "Located", "footprint", "intersect", "locate", "quoted"]
