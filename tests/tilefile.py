"""Small PMTiles files, written as the format's own library writes them."""

from __future__ import annotations

import gzip
from pathlib import Path

import resvg_py
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

DEEPEST = 1
RED = (200, 30, 40)


def raster(path: Path, attribution: str = "Our own tiles") -> Path:
    """The whole world in one red, as PNG."""
    square = f'<rect width="256" height="256" fill="rgb{RED}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">{square}</svg>'
    return _written(path, bytes(resvg_py.svg_to_bytes(svg_string=svg)), TileType.PNG, Compression.NONE, attribution)


def vector(path: Path, attribution: str = "Our own tiles") -> Path:
    """The whole world as land: each tile a square of the layer "earth", as Mapbox Vector Tiles encode it."""
    ring = bytes([9, 0, 0, 26, *_varint(8192), 0, 0, *_varint(8192), *_varint(8191), 0, 15])
    feature = _field(3, 3) + _block(4, ring)
    layer = _field(15, 2) + _block(1, b"earth") + _block(2, feature) + _field(5, 4096)
    return _written(path, gzip.compress(_block(3, layer)), TileType.MVT, Compression.GZIP, attribution)


def _written(path: Path, tile: bytes, kind: TileType, compression: Compression, attribution: str) -> Path:
    with write(str(path)) as writer:
        for zoom in range(DEEPEST + 1):
            for x in range(2**zoom):
                for y in range(2**zoom):
                    writer.write_tile(zxy_to_tileid(zoom, x, y), tile)
        west, south = {"min_lon_e7": -1_800_000_000}, {"min_lat_e7": -850_000_000}
        bounds = west | south | {"max_lon_e7": 1_800_000_000, "max_lat_e7": 850_000_000}
        header = {"tile_type": kind, "tile_compression": compression, "min_zoom": 0, "max_zoom": DEEPEST}
        centre = {"center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0}
        writer.finalize(header | bounds | centre, {"attribution": attribution})
    return path


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def _field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _block(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content
