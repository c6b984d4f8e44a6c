"""Reading and checking what a visitor sends: one at a time, since it is the processor's work throughout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

from flask import current_app

from geomap import read
from geomap.desk import Check
from geomap.errors import BadInput
from geomap.model import Article, Incident, Resolution
from geomap.pipeline import Reading

LONGEST = 100_000
"""Characters of the longest text that is read for a visitor; the command line reads longer ones."""


class Stages(Protocol):
    """What is asked of the pipeline."""

    def geoparse(self, article: Article) -> Sequence[Resolution]:
        """The toponyms of a report."""
        ...

    def read(self, article: Article) -> Reading:
        """The toponyms and claims of a report."""
        ...

    def set_back(self, incident: Incident, readings: Sequence[Reading]) -> Incident:
        """The incident as some of its readings alone make it."""
        ...


class Reader(Protocol):
    """What is asked of the desk."""

    @property
    def pipeline(self) -> Stages:
        """The stages over the gazetteer."""
        ...

    def check(self, text: str, *, title: str = "", chosen: Mapping[str, str] | None = None) -> Sequence[Check]:
        """Every distance, converted time and sum that a text quotes, checked, with the places chosen for its words."""
        ...


class Work:
    """A desk that does one job at a time."""

    def __init__(self, desk: Reader) -> None:
        self._desk = desk
        self._turn = Lock()

    def check(self, text: str, title: str = "", chosen: Mapping[str, str] | None = None) -> Sequence[Check]:
        """Every distance, converted time and sum that a text quotes, checked, with the places chosen for its words."""
        with self._turn:
            return self._desk.check(_bounded(text), title=title, chosen=chosen)

    def geoparse(self, text: str, title: str = "") -> Sequence[Resolution]:
        """The toponyms of a text."""
        with self._turn:
            return self._desk.pipeline.geoparse(_article(text, title))

    def extract(self, text: str, title: str = "") -> Reading:
        """The toponyms and claims of a text."""
        with self._turn:
            return self._desk.pipeline.read(_article(text, title))

    def set_back(self, incident: Incident, readings: Sequence[Reading]) -> Incident:
        """The incident as some of its readings alone make it."""
        with self._turn:
            return self._desk.pipeline.set_back(incident, readings)


def _article(text: str, title: str) -> Article:
    return read.text(_bounded(text), id="text", title=title, max_report=LONGEST)


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise BadInput(f"the text has {len(text):,} characters; send at most {LONGEST:,}, or use the command line")
    return text


def work() -> Work:
    """The work of the app that serves this request."""
    found: Work = current_app.extensions["geomap-work"]
    return found
