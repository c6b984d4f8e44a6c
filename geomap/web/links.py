"""Addresses: of pages for pages, and absolute ones for other people's pages."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for

from geomap.config import Config


def config() -> Config:
    """The settings of the app that serves this request."""
    found: Config = current_app.extensions["geomap"]
    return found


def bar() -> dict[str, str]:
    """The addresses that every page's bar links to."""
    return {"home": url_for("pages.home"), "desk": url_for("desk.check")}


def origin() -> str:
    """Scheme and host of this site as others reach it, without a closing slash.

    ``config.base_url`` where it is set; otherwise the host that was asked for, over https unless that is this machine.
    """
    if config().base_url:
        return config().base_url.rstrip("/")
    host = urlsplit(f"//{request.host}").hostname or ""
    return f"{request.scheme if loopback(host) else 'https'}://{request.host}"


def absolute(endpoint: str, **values: Any) -> str:
    """The absolute address of a view."""
    return origin() + url_for(endpoint, **values)


def loopback(host: str) -> bool:
    """Whether a host name means the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
