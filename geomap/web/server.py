"""Serving the app with gunicorn, in one process with threads."""

from __future__ import annotations

import socket
import sys
from contextlib import closing
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from geomap.config import Config
from geomap.desk import Desk
from geomap.errors import BadInput, NotFound
from geomap.web.app import create_app

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
    with closing(_bound(host, port)) as listener:
        settings = {
            "bind": f"fd://{listener.fileno()}",
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "loglevel": "warning",
            "timeout": 120,
            "graceful_timeout": 5,
            "control_socket_disable": True,
            "limit_request_line": 8190,
        }
        server = Server(create_app(config), settings)
        shown = f"[{host}]" if ":" in host else host
        plural = "" if incidents == 1 else "s"
        print(f"geomap: {incidents} incident{plural} at http://{shown}:{listener.getsockname()[1]}/ (stop with Ctrl-C)")
        sys.stdout.flush()
        server.run()


def _bound(host: str, port: int) -> socket.socket:
    """A socket bound to the address."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(f"{host} port {port} cannot be served on ({reason}): choose another with --port") from error
    listener.set_inheritable(True)
    return listener
