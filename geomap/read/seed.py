"""A seed incident: a directory of digests with an ``incident.toml`` that says what they are about."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import BadInput
from geomap.model import SLUG
from geomap.moments import stated

MANIFEST = "incident.toml"
"""The file that makes a directory a seed incident."""

REPORTS = frozenset({".txt", ".md", ".html", ".htm"})
"""The endings of the files of a directory that are reports."""


@dataclass(frozen=True, slots=True)
class SeedInfo:
    """What an ``incident.toml`` says: the incident's id, title, day and note, and its digests in order."""

    id: str
    title: str
    when: dt.date | None
    paths: tuple[Path, ...]
    note: str = ""


def seed(path: str | Path) -> SeedInfo:
    """The seed incident in the directory ``path``.

    ``incident.toml`` may hold ``id`` (else the directory's name), ``title`` (else the id), ``when`` (a date),
    ``note`` (words that every page shows, "Invented example") and ``reports``, file names beside it (else every text
    beside it). Raises :class:`~geomap.errors.BadInput` for a
    manifest that cannot be read or that names a file outside the directory.
    """
    folder = Path(path)
    manifest = folder / MANIFEST
    fields = _fields(manifest)
    id = str(fields.get("id") or folder.resolve().name)
    if not SLUG.fullmatch(id):
        raise BadInput(f"{manifest}: the id {id!r:.90} must be 1 to 80 of a-z, 0-9 and hyphens, none at its ends")
    try:
        day = stated(fields.get("when"))
    except ValueError as error:
        raise BadInput(f"{manifest}: when must be a date, written YYYY-MM-DD") from error
    return SeedInfo(
        id=id,
        title=str(fields.get("title") or id),
        when=day.day if day else None,
        paths=_paths(folder, fields),
        note=str(fields.get("note") or ""),
    )


def reports_beside(folder: Path) -> tuple[Path, ...]:
    """The reports lying in ``folder``, sorted by name; hidden files and README files are none."""
    return tuple(
        sorted(
            file
            for file in folder.iterdir()
            if file.suffix.lower() in REPORTS
            and file.is_file()
            and not file.name.startswith(".")
            and file.stem.lower() != "readme"
        )
    )


def _fields(manifest: Path) -> dict[str, Any]:
    try:
        with manifest.open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise BadInput(f"{manifest}: it cannot be read ({error.strerror}); check the directory") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{manifest}: it is not sound TOML: {' '.join(str(error).split())}") from error


def _paths(folder: Path, fields: dict[str, Any]) -> tuple[Path, ...]:
    named = fields.get("reports")
    if named is None:
        found = reports_beside(folder)
    elif isinstance(named, list) and all(isinstance(name, str) for name in named):
        found = tuple(folder / name for name in named)
    else:
        raise BadInput(f"{folder / MANIFEST}: reports must be a list of file names")
    home = folder.resolve()
    for file in found:
        if not file.resolve().is_relative_to(home):
            raise BadInput(f"{folder / MANIFEST}: {file.name} lies outside the directory; keep the reports in it")
    if not found:
        raise BadInput(f"{folder}: this seed incident has no reports; put *.md or *.txt files beside {MANIFEST}")
    return found
