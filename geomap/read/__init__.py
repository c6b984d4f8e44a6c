"""Reading: whatever holds reports in, :class:`~geomap.model.Article` records out.

Files, directories, seed incidents, web pages, strings and JSON Lines come in by a function each. Everything that
cannot be read is a :class:`~geomap.errors.BadReport` of one line that names the file and says what to do.
"""

from geomap.read.article import MAX_REPORT, html, text, unique
from geomap.read.fetch import Page, Transport, url
from geomap.read.files import report, reports
from geomap.read.lines import BadLine, lines
from geomap.read.seed import SeedInfo, seed

__all__ = [
    "MAX_REPORT",
    "BadLine",
    "Page",
    "SeedInfo",
    "Transport",
    "html",
    "lines",
    "report",
    "reports",
    "seed",
    "text",
    "unique",
    "url",
]
