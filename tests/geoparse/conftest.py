"""Reports to geoparse, and the gazetteer asked once a name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from geomap.geoparse.atlas import Atlas
from geomap.geoparse.recognize import recognize
from geomap.geoparse.resolve import resolve
from geomap.model import Article, Gazetteer, Resolution
from geomap.parse import SpacyParser

Geoparse = Callable[[str], tuple[Resolution, ...]]


@pytest.fixture(scope="session")
def atlas(gazetteer: Gazetteer) -> Atlas:
    return Atlas(gazetteer)


@pytest.fixture(scope="session")
def geoparse(atlas: Atlas) -> Geoparse:
    """Text to resolutions, the way the pipeline does it."""
    parser = SpacyParser()

    def run(text: str, body: int = 0) -> tuple[Resolution, ...]:
        report = Article("case", text, hashlib.sha256(text.encode()).hexdigest(), body=body)
        analysis = parser(report)
        return resolve(report, analysis, recognize(report, analysis, atlas), atlas)

    return run
