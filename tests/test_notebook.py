"""Notebooks: an incident that stands last in a cell is its map, in a frame that reaches nothing else."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import geomap
from geomap.config import STATIC
from tests import hostile, samples

needs_vendor = pytest.mark.skipif(
    not (STATIC / "vendor" / "leaflet").is_dir(), reason="static/vendor is not there: run make setup"
)


class Frames(HTMLParser):
    """The elements of a piece of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@needs_vendor
def test_a_cell_that_ends_with_an_incident_shows_its_map(tmp_path: Path) -> None:
    """IPython runs the cell as Jupyter would, and formats what it ends with; its words are there for other viewers."""
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "result = shell.run_cell('import geomap\\nfrom tests import samples\\nsamples.incident()')\n"
        "formats, _ = shell.display_formatter.format(result.result)\n"
        "assert result.success and type(result.result) is shell.user_ns['geomap'].Incident\n"
        "assert formats['text/plain'].startswith('Incident(')\n"
        "print(formats['text/html'])\n"
    )
    environ = {"PATH": "", "HOME": str(tmp_path), "IPYTHONDIR": str(tmp_path), "PYTHONPATH": str(STATIC.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ)
    assert done.returncode == 0, done.stderr
    html = done.stdout[done.stdout.index("<iframe") :]
    ((tag, frame),) = Frames(html).found
    assert (tag, frame["sandbox"], frame["title"]) == ("iframe", "allow-scripts", samples.incident().title)
    page = frame["srcdoc"]
    assert page
    assert "Content-Security-Policy" in page
    assert samples.incident().title in page


@needs_vendor
def test_the_public_class_shows_itself() -> None:
    incident = samples.incident()
    assert isinstance(incident, geomap.Incident)
    assert incident._repr_html_() == geomap.show(incident)._repr_html_()
    assert 'height="800"' in geomap.show(incident, height=800)._repr_html_()


@needs_vendor
def test_hostile_words_do_not_leave_the_frame() -> None:
    """Title and page are one element with two attributes, whatever they hold."""
    html = hostile.incident()._repr_html_()
    assert html
    assert [tag for tag, _ in Frames(html).found] == ["iframe"]


def test_records_know_no_renderer() -> None:
    """To import a record brings neither a map nor a page."""
    code = "import sys, geomap.model; print([m for m in sys.modules if m.startswith(('geomap.render', 'folium'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
