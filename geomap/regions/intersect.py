"""Regions of one site, intersected: where they cannot all hold, the fewest claims are left out and named.

Regions may overlap in pairs and yet share no point, so what counts is the deepest point: the one that most claims (by
weight) admit. A deepest cell has a corner where two boundaries cross, or is a whole region; trying the crossings
therefore finds it exactly, in time polynomial in the number of regions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry

from geomap.errors import BadInput
from geomap.model import Footprint
from geomap.plane import Plane
from geomap.regions import shapes

TOUCH_M: Final = 1.0
"""Regions nearer than this are taken to touch."""
SPOT_M: Final = 50.0
"""What is left where regions only touch: a disc of this radius."""
MOST_CROSSINGS: Final = 20_000
"""Crossings tried at most; beyond, those of the heaviest regions, which keeps hundreds of regions within seconds."""


@dataclass(frozen=True, slots=True)
class Located:
    """A claim and the region its words make."""

    claim_id: str
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class Edge:
    """A part of a region's boundary and the claim whose words drew it."""

    claim_id: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Intersection:
    """Where the claims that can hold together hold.

    ``best`` is (longitude, latitude); ``footprint.uncertainty_m`` the radius of the smallest circle round it that holds
    the region (Darwin Core). ``edges`` say which claim drew which part of the boundary.
    """

    footprint: Footprint
    best: tuple[float, float]
    held: tuple[str, ...]
    dropped: tuple[str, ...]
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class _Region:
    """A shape in the plane with the claims that draw just this shape."""

    shape: BaseGeometry
    claims: tuple[str, ...]
    weight: float
    footprint: Footprint


def intersect(located: Sequence[Located], *, weights: Mapping[str, float] | None = None) -> Intersection:
    """The region that the claims leave together; claims that cannot hold with the heavier rest are dropped.

    ``weights`` by claim id (1 where none is given) keep reports that repeat one origin from outvoting another; of
    equal weights the more precise claims are kept. Raises BadInput where no region is given.
    """
    if not located:
        raise BadInput("there is no region to intersect")
    sharpest = min(located, key=lambda each: each.footprint.uncertainty_m)
    plane = Plane(*sharpest.footprint.lonlat)
    regions = _distinct(plane, located, weights or {})
    kept, shape = _deepest(regions)
    held = {claim for region in kept for claim in region.claims}
    best = _best(plane, kept, shape)
    method = kept[0].footprint.method if len(kept) == 1 else "intersection"
    radius = shapes.holds(plane, shape, *best)
    return Intersection(
        Footprint(plane.unproject(shape), radius, method, best),
        best,
        tuple(each.claim_id for each in located if each.claim_id in held),
        tuple(each.claim_id for each in located if each.claim_id not in held),
        _edges(plane, kept, shape),
    )


def _distinct(plane: Plane, located: Sequence[Located], weights: Mapping[str, float]) -> list[_Region]:
    """One region for each shape, however many claims draw it."""
    groups: dict[tuple[bytes, float], list[Located]] = {}
    for each in located:
        spot = each.footprint.uncertainty_m if not each.footprint.geometry.area else 0.0
        groups.setdefault((each.footprint.geometry.wkb, spot), []).append(each)
    return [
        _Region(
            _flat(plane, group[0].footprint),
            tuple(each.claim_id for each in group),
            sum(weights.get(each.claim_id, 1.0) for each in group),
            group[0].footprint,
        )
        for group in groups.values()
    ]


def _flat(plane: Plane, footprint: Footprint) -> BaseGeometry:
    """The region in the plane; a point or a line is widened by its uncertainty."""
    if footprint.geometry.area:
        return plane.project(footprint.geometry)
    if isinstance(footprint.geometry, Point):
        own = Plane(*footprint.lonlat)
        return plane.project(own.unproject(shapes.disc(footprint.uncertainty_m)))
    return shapes.widened(plane.project(footprint.geometry), footprint.uncertainty_m)


def _deepest(regions: list[_Region]) -> tuple[list[_Region], BaseGeometry]:
    """The heaviest set of regions that share a point, and what they share."""
    together = shapely.intersection_all([region.shape for region in regions])
    if together.area:
        return regions, together
    points = np.concatenate([_crossings(regions), _middles(regions)])
    tree = STRtree(points)
    admitted = np.zeros((len(points), len(regions)), dtype=bool)
    outline = np.array([region.shape for region in regions])
    shapely.prepare(outline)
    which, where = tree.query(outline, predicate="dwithin", distance=TOUCH_M)
    admitted[where, which] = True
    # Weights first; precision breaks ties and can never outweigh a claim.
    sharp = np.array([1 / region.footprint.uncertainty_m for region in regions])
    score = admitted @ (np.array([region.weight for region in regions]) + 1e-6 * sharp / sharp.sum())
    deepest = int(score.argmax())
    kept = [region for region, holds in zip(regions, admitted[deepest], strict=True) if holds]
    shape = shapely.intersection_all([region.shape for region in kept])
    return kept, shape if shape.area else points[deepest].buffer(SPOT_M)


def _crossings(regions: list[_Region]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The points where boundaries cross, those of the heaviest regions first where there are very many."""
    order = sorted(range(len(regions)), key=lambda i: (-regions[i].weight, regions[i].footprint.uncertainty_m))
    lines = np.array([regions[i].shape.boundary for i in order])
    first, second = STRtree(lines).query(lines, predicate="intersects")
    pairs = np.flatnonzero(first < second)
    pairs = pairs[np.lexsort((first[pairs], second[pairs]))][:MOST_CROSSINGS]
    met = shapely.intersection(lines[first[pairs]], lines[second[pairs]])
    coordinates = np.unique(np.round(shapely.get_coordinates(met), 1), axis=0)[:MOST_CROSSINGS]
    return np.array(shapely.points(coordinates), dtype=object)


def _middles(regions: list[_Region]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([region.shape.representative_point() for region in regions], dtype=object)


def _best(plane: Plane, kept: list[_Region], shape: BaseGeometry) -> tuple[float, float]:
    """The most precise claim's own point where the region has it, else the region's middle."""
    for region in sorted(kept, key=lambda each: each.footprint.uncertainty_m)[:1]:
        lon, lat = region.footprint.lonlat
        if shape.distance(Point(*plane.xy(np.array([lon]), np.array([lat]))[0])) <= TOUCH_M:
            return lon, lat
    middle = shape.centroid if shape.covers(shape.centroid) else shape.representative_point()
    lon, lat = plane.lonlat(np.array(middle.coords))[0].tolist()
    return lon, lat


def _edges(plane: Plane, kept: list[_Region], shape: BaseGeometry) -> tuple[Edge, ...]:
    """The boundary, cut by the claims that drew it; the more precise claim owns an edge that two share."""
    left = shape.boundary
    edges = []
    for region in sorted(kept, key=lambda each: each.footprint.uncertainty_m):
        band = region.shape.boundary.buffer(TOUCH_M, quad_segs=1)
        part = left.intersection(band)
        if part.length > TOUCH_M:
            edges.append(Edge(region.claims[0], plane.unproject(shapely.line_merge(part))))
            left = left.difference(band)
    return tuple(edges)
