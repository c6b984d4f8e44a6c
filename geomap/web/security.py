"""The headers that keep pages to themselves: a Content-Security-Policy for each kind of page, and their kin."""

from __future__ import annotations

from flask import Flask, request
from flask_talisman import Talisman  # type: ignore[import-untyped]

from geomap.config import Config

TILES = "https://tile.openstreetmap.org"
FRAMED = ("embed.show",)
"""The views that other people's pages may frame."""

HARDWARE = dict.fromkeys(("camera", "geolocation", "microphone", "payment", "usb"), "()")


def policy(config: Config, *, ancestors: str) -> dict[str, str]:
    """What a page may load, and who may frame it; nothing inline runs or styles without this response's nonce."""
    return {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: {TILES}" if config.osm_tiles else "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": ancestors,
    }


def nonce() -> str:
    """What lets this response's own script run."""
    return str(getattr(request, "csp_nonce", ""))


def install(app: Flask, config: Config) -> None:
    """Send the headers with every answer; the framed views alone may be framed."""
    talisman = Talisman(
        app,
        force_https=False,
        frame_options="DENY",
        content_security_policy=policy(config, ancestors="'none'"),
        content_security_policy_nonce_in=["script-src"],
        permissions_policy=HARDWARE,
        referrer_policy="strict-origin-when-cross-origin",
        strict_transport_security_include_subdomains=False,
    )
    framed = talisman(
        content_security_policy=policy(config, ancestors=config.frame_ancestors),
        frame_options=None,
    )
    for name in FRAMED:
        framed(app.view_functions[name])
