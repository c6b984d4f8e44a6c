"""geomap at a prompt: compile reports, look at the map in Jupyter, save it as a page."""

from __future__ import annotations

from html import escape
from os import PathLike
from pathlib import Path

from geomap import files
from geomap.config import Config
from geomap.desk import Desk
from geomap.model import Incident

HEIGHT = 640
"""The height in pixels of a map in a notebook."""


class Shown:
    """An incident's map as a notebook displays it, at a height of one's own."""

    def __init__(self, incident: Incident, *, height: int = HEIGHT) -> None:
        self.incident = incident
        self.height = height

    def _repr_html_(self) -> str:
        return html(self.incident, height=self.height)


def html(incident: Incident, *, height: int = HEIGHT) -> str:
    """The incident's page in an ``<iframe>`` that may run its own script, and reach neither notebook nor network.

    Raises :class:`~geomap.errors.NotFound` where set-up has not fetched what the page uses.
    """
    page, title = escape(_page(incident), quote=True), escape(incident.title, quote=True)
    return (
        f'<iframe title="{title}" srcdoc="{page}" sandbox="allow-scripts" loading="lazy" '
        f'width="100%" height="{height}" style="border:0"></iframe>'
    )


def compile(*paths: str | PathLike[str], title: str = "") -> Incident:
    """The incident that report files, directories or a seed incident tell of.

    Raises :class:`~geomap.errors.BadReport` for a report that cannot be read and
    :class:`~geomap.errors.GazetteerError` where set-up has not built the gazetteer.
    """
    return Desk(Config.read()).compile([Path(path) for path in paths], id="incident", title=title)


def show(incident: Incident, *, height: int = HEIGHT) -> Shown:
    """The incident's map, to stand last in a notebook's cell as the incident itself may; ``height`` is in pixels."""
    return Shown(incident, height=height)


def save(incident: Incident, path: str | PathLike[str]) -> None:
    """Write the incident as one self-contained page. Raises GeomapError where the file cannot be written."""
    files.write(Path(path), _page(incident))


def _page(incident: Incident) -> str:
    from geomap.render import page

    return page.page(incident, static=Config.read().static)
