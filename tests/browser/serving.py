"""The app over incidents in memory, served to a browser from a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from geomap.config import Config
from geomap.web import create_app
from tests import hostile, samples
from tests.web.fakes import Desk, Memory


def app(folder: Path) -> Flask:
    """The sample incident and the hostile one, with no limits and no gazetteer."""
    store = Memory(samples.incident(), hostile.renamed(hostile.incident()))
    config = Config(data=folder, db="sqlite://", gazetteer=folder / "none.db")
    return create_app(config, store=store, desk=Desk(), limited=False)


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing: the results are what is to be read."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app's address while it answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
