"""An incident as one HTML file that holds all it needs: it opens from a disk, and asks nothing of any network."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from geomap.model import Incident
from geomap.render.assets import Inlined
from geomap.render.context import context
from geomap.render.templating import prepare

TEMPLATES = Path(__file__).resolve().parent.parent / "web" / "templates"
"""The site's own templates: a page on its own is the incident's page with everything inside."""

POLICY_SLOT = "@@POLICY@@"
"""Where incident.html leaves room for the policy, which can be written only when every script is known."""


def page(incident: Incident, *, static: Path) -> str:
    """The whole page as HTML.

    ``static`` is the folder with our CSS, JavaScript, basemap and ``vendor/``. Raises
    :class:`~geomap.errors.NotFound` where set-up has not put those there.
    """
    assets = Inlined(static)
    variables = context(incident, static) | {"assets": assets, "nonce": "", "urls": {}, "standalone": True}
    html = _environment().get_template("incident.html").render(variables)
    meta = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(assets.policy())
    return html.replace(POLICY_SLOT, meta, 1)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)
    prepare(environment)
    return environment
