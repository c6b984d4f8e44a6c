"""``geomap serve``: where it says it is, it is; and an address that cannot be had is told in one line."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.config import STATIC, Config
from geomap.errors import BadInput, NotFound
from geomap.store import Store
from geomap.web.server import serve
from tests import samples


@pytest.fixture
def stored(config: Config, tmp_path: Path) -> Config:
    """Settings whose store holds the sample incident."""
    with Store(f"sqlite:///{tmp_path / 'geomap.db'}") as store:
        store.save(samples.incident())
    return replace(config, db=f"sqlite:///{tmp_path / 'geomap.db'}")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_it_serves_where_it_says_until_it_is_stopped(stored: Config) -> None:
    """One line with the address once it listens, the store's incident behind it, and a clean end."""
    if not (STATIC / "vendor" / "leaflet").is_dir():
        pytest.skip("static/vendor is not there: run make setup")
    environment = {**os.environ, "GEOMAP_DATA": str(stored.data), "GEOMAP_DB": stored.db}
    script = "import sys; from geomap.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", script, "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            said = server.stdout.readline()
            found = re.search(r"1 incident at (http://127\.0\.0\.1:\d+/)", said)
            assert found, server.stderr.read() if server.stderr and not said else said
            with urllib.request.urlopen(found[1] + "incidents/sample", timeout=120) as answer:
                assert "Yablonovo" in answer.read().decode()
        finally:
            server.send_signal(signal.SIGTERM)
            _, complaints = server.communicate(timeout=120)
    assert complaints == ""


def test_a_port_that_is_taken_is_told_in_one_line(stored: Config, taken: int) -> None:
    with pytest.raises(BadInput, match=f"port {taken} cannot be served on .*--port"):
        serve(stored, "127.0.0.1", taken)


def test_a_host_that_is_not_here_is_told_in_one_line(stored: Config) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.invalid"):
        serve(stored, "nowhere.invalid", 0)


def test_without_set_up_it_says_to_do_that(stored: Config, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="make setup"):
        serve(replace(stored, static=tmp_path), "127.0.0.1", 0)
