"""Serving the app with gunicorn, in one process with threads."""

from __future__ import annotations

import os
import re
import socket
import sys
from contextlib import closing
from threading import Thread
from typing import Any

from flask import Flask, url_for
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from geomap.config import Config
from geomap.desk import Desk
from geomap.errors import BadInput, NotFound
from geomap.web.app import create_app
from geomap.web.shelf import shelf

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn around one app, on a socket that is bound already."""

    def __init__(self, app: Flask, settings: dict[str, Any]) -> None:
        self._app = app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take our settings; gunicorn's own files and environment are not read."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app."""
        return self._app


def serve(config: Config, host: str, port: int) -> None:
    """Serve until stopped; says where on stdout.

    Raises :class:`~geomap.errors.BadInput` where the address cannot be had, :class:`~geomap.errors.NotFound` where
    set-up is not done, and :class:`~geomap.errors.StoreError` where the store cannot be opened.
    """
    if not (config.static / "vendor" / "leaflet").is_dir():
        raise NotFound("the browser libraries are missing: run `make setup`, which fetches them")
    with closing(Desk(config).store) as store:
        incidents = len(store.list())
    app = create_app(config)
    listener = _bound(host, port)
    shown = f"[{host}]" if ":" in host else host
    plural = "" if incidents == 1 else "s"
    print(f"geomap: {incidents} incident{plural} at http://{shown}:{listener.getsockname()[1]}/ (stop with Ctrl-C)")
    sys.stdout.flush()
    settings = {
        # gunicorn closes the socket in each of its processes: none of ours may do so after it.
        "bind": f"fd://{listener.detach()}",
        "workers": 1,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "loglevel": "warning",
        "timeout": 120,
        "graceful_timeout": 5,
        "control_socket_disable": True,
        "limit_request_line": 8190,
        "post_worker_init": lambda worker: Thread(target=_warm, args=(app,), daemon=True).start(),
    }
    Server(app, settings).run()


def _warm(app: Flask) -> None:
    """Have the newest incident's page and what it loads ready before somebody asks for it."""
    client = app.test_client()
    coding = {"Accept-Encoding": "br"}
    with app.test_request_context():
        newest = [url_for("pages.incident", id=each.id) for each in shelf().store.list()[:1]]
    for path in newest:
        page = client.get(path).get_data(as_text=True)
        for asset in re.findall(r'"(/static/[^"]+)"', page):
            client.get(asset, headers=coding)


def _bound(host: str, port: int) -> socket.socket:
    """A socket bound to the address."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)
        raise BadInput(
            f"{host} port {port} cannot be served on ({reason}): choose another with --port or --host"
        ) from error
    listener.set_inheritable(True)
    return listener
