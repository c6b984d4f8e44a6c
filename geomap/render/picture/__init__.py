"""The map as a picture, SVG or PNG, drawn without a browser: the page's own symbols, colours, basemap and labels."""

from geomap.render.picture.alt import alt
from geomap.render.picture.draw import svg
from geomap.render.picture.options import Options
from geomap.render.picture.raster import png

__all__ = ["Options", "alt", "png", "svg"]
