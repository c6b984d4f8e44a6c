"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from geomap.config import Config
from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.model import Gazetteer

settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
"""The same examples on every run, and none judged by how long it took: a busy machine changes no result."""

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
"""Development data that stands beside the repository where there is any; tests that use it skip where there is none."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data, or a visible skip."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the repository: development data is not here")
    return SHARED


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer that set-up built, or a visible skip."""
    import geomap.gazetteer  # here: a test that needs no gazetteer should not pay for it

    try:
        return geomap.gazetteer.open(Config.read().gazetteer)
    except GazetteerError as error:
        pytest.skip(str(error))
