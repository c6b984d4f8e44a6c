"""The app over a store and desk in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geomap.config import Config
from geomap.web import create_app
from tests import samples
from tests.web.fakes import Desk, Memory, hostile


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings that name nothing of this machine."""
    return Config(data=tmp_path, db="sqlite://", gazetteer=tmp_path / "none.db")


@pytest.fixture
def store() -> Memory:
    """The sample incident and one full of markup."""
    return Memory(samples.incident(), hostile())


@pytest.fixture
def app(config: Config, store: Memory) -> Flask:
    """The app, without limits."""
    return create_app(config, store=store, desk=Desk(), limited=False)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who asks."""
    return app.test_client()
