"""The web: pages to read, a frame to embed, and an API, as one Flask app that :func:`create_app` makes."""

from geomap.web.app import create_app

__all__ = ["create_app"]
