"""A new, empty store of each kind; PostGIS runs in a cluster of its own that is thrown away."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from geomap.store import Store

START = dt.datetime(2024, 1, 24, 12, 0, tzinfo=dt.UTC)

MakeStore = Callable[[], Store]


class Clock:
    """A clock that moves on by a minute each time it is read."""

    def __init__(self) -> None:
        self.minutes = count()

    def __call__(self) -> dt.datetime:
        return START + dt.timedelta(minutes=next(self.minutes))


def _postgres() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("PostgreSQL is not installed: the PostGIS store is not tested")
    bin = found[-1].parent if found else Path(str(on_path)).parent
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        pytest.skip("PostGIS is not installed: the PostGIS store is not tested")
    if importlib.util.find_spec("psycopg") is None or importlib.util.find_spec("geoalchemy2") is None:
        pytest.skip("requirements-postgis.txt is not installed: the PostGIS store is not tested")
    if os.getuid() == 0 and not shutil.which("runuser"):
        pytest.skip("PostgreSQL will not run as root and runuser is not here: the PostGIS store is not tested")
    return bin


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A running PostgreSQL reached over a socket in its own folder: a URL with {} for the database's name."""
    bin = _postgres()
    # Not under pytest's folder, which the user that PostgreSQL runs as may not enter; short, for a socket's name is.
    home = Path(tempfile.mkdtemp(prefix="geomap-pg-"))
    as_user = []
    user = "postgres"
    if os.getuid() == 0:
        shutil.chown(home, user)
        as_user = ["runuser", "-u", user, "--"]

    def run(tool: str, *arguments: str) -> None:
        subprocess.run(
            [*as_user, str(bin / tool), *arguments], check=True, cwd=home, stdout=subprocess.DEVNULL, timeout=120
        )

    options = f"-k {home} -c listen_addresses='' -c fsync=off -c shared_buffers=32MB -c max_connections=30"
    try:
        run("initdb", "-D", f"{home}/data", "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-D", f"{home}/data", "-l", f"{home}/log", "-o", options, "-w", "start")
        try:
            yield f"postgresql://{user}@/{{}}?host={home}"
        finally:
            run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'new' / 'store.db'}"


@contextmanager
def _database(cluster: str) -> Iterator[str]:
    import psycopg

    name = f"t{os.urandom(6).hex()}"
    host = cluster.split("host=")[1]
    with psycopg.connect(f"host={host} user=postgres dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield cluster.format(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgis_url(cluster: str) -> Iterator[str]:
    """A new database of the cluster."""
    with _database(cluster) as url:
        yield url


@pytest.fixture(scope="session")
def postgis_used(cluster: str) -> Iterator[str]:
    """A database that tests empty and use again: a new one with PostGIS takes most of a second."""
    with _database(cluster) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgis"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a store that is not there yet."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgis"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store whose clock ticks a minute at each save."""
    used = "sqlite_url" if request.param == "sqlite" else "postgis_used"
    with Store(str(request.getfixturevalue(used)), now=Clock()) as opened:
        for summary in opened.list():
            opened.delete(summary.id)
        yield opened
