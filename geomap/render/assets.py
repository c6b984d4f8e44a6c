"""How a page brings its styles and scripts: by address from a server, or inside the page itself.

A template asks either for ``css(path)`` and ``js(path)``, paths below static/ ("css/map.css") or names of bundles.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from markupsafe import Markup, escape

from geomap.errors import NotFound

_LEAFLET, _GEODESIC = "vendor/leaflet/leaflet.css", "vendor/geographiclib-geodesic/geographiclib-geodesic.min.js"
_MAP = (_GEODESIC, "js/core.js", "js/basemap.js", "js/labels.js", "js/features.js", "js/quoted.js", "js/measure.js")
_LEDGER = ("sheet", "state", "parts", "filters", "timeline", "ledger", "pins", "finder", "copy", "print")

BUNDLES = {
    "bundles/embed.css": ("css/page.css", _LEAFLET, "css/map.css", "css/ledger.css", "css/history.css"),
    "bundles/embed.js": ("js/core.js", "js/basemap.js", "js/labels.js", "js/features.js", "js/embed.js"),
    "bundles/incident.css": (
        _LEAFLET,
        "css/map.css",
        "css/ledger.css",
        "css/matrix.css",
        "css/history.css",
        "css/builder.css",
    ),
    "bundles/incident.js": (*_MAP, *(f"js/{name}.js" for name in _LEDGER)),
    "bundles/wordings.js": ("vendor/polyclip-ts/polyclip-ts.umd.min.js", "js/wordings.js"),
    "bundles/checks.css": (_LEAFLET, "css/map.css", "css/ledger.css"),
    "bundles/desk.css": (_LEAFLET, "css/map.css", "css/ledger.css", "css/desk.css"),
    "bundles/desk.js": (*_MAP, "js/rows.js"),
    "bundles/text.css": ("css/ledger.css", "css/matrix.css", "css/history.css"),
}
"""Files that a page brings as one, in this order: each request costs a reader on a phone a round trip."""

_IMAGE = re.compile(r"url\((images/[\w.@-]+)\)")


class Linked:
    """Styles and scripts by their address; ``url`` turns a path below static/ into one."""

    def __init__(self, url: Callable[[str], str]) -> None:
        self.url = url

    def css(self, path: str) -> Markup:
        """A <link>."""
        return Markup('<link rel="stylesheet" href="{}">').format(self.url(path))

    def js(self, path: str) -> Markup:
        """A <script src>."""
        return Markup('<script src="{}"></script>').format(self.url(path))


class Inlined:
    """Styles and scripts written into the page, and a policy that lets these and nothing else run."""

    def __init__(self, static: Path) -> None:
        self.static = static
        self.hashes: list[str] = []

    def css(self, path: str) -> Markup:
        """A <style> with the images that the sheets name as data URIs."""
        text = "\n".join(self._sheet(part) for part in BUNDLES.get(path, (path,)))
        return Markup("<style>{}</style>").format(Markup(text.replace("</style", r"<\/style")))  # noqa: S704  (ours)

    def js(self, path: str) -> Markup:
        """A <script> whose hash joins the policy."""
        return self.script("\n".join(self._read(part) for part in BUNDLES.get(path, (path,))))

    def script(self, text: str) -> Markup:
        """A <script> of this text, which must be our own."""
        safe = text.replace("</script", r"<\/script").replace("<!--", r"<\!--")
        self.hashes.append(base64.b64encode(hashlib.sha256(safe.encode()).digest()).decode())
        return Markup("<script>{}</script>").format(Markup(safe))  # noqa: S704  (ours, and cannot end its element)

    def policy(self) -> str:
        """The Content-Security-Policy of a page that holds all it needs: it may ask for nothing."""
        scripts = " ".join(f"'sha256-{each}'" for each in self.hashes)
        return f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; form-action 'none'"

    def _sheet(self, path: str) -> str:
        folder = (self.static / path).parent
        return _IMAGE.sub(lambda match: f"url({_data_uri(folder / match[1])})", self._read(path))

    def _read(self, path: str) -> str:
        try:
            return (self.static / path).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise NotFound(f"static/{escape(path)} is missing: run make setup, which fetches what pages use") from error


def _data_uri(image: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(image.read_bytes()).decode()}"
