"""The command line: one verb for each thing geomap does, with the names of the Python API."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from geomap.config import Config
from geomap.errors import BadInput, BadReport, GeomapError
from geomap.model import Kind

if TYPE_CHECKING:
    from geomap.desk import Desk
    from geomap.model import Article

# A verb imports what it needs when it runs: `geomap incidents` should not wait for a language model.

FORMS = "geojson kml gpx csv gpkg geoparquet annotations dwc dwca svg png".split()
"""The formats of ``geomap export``: the names in :data:`geomap.render.export.FORMATS`, which is read when it runs."""
NO_REPORTS = "give report files, a directory of them, or a seed incident"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 a failed run, 2 bad use. Errors are one line on stderr."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        code = cli.main(args=arguments, prog_name="geomap", standalone_mode=False)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except click.Abort:
        return _fail("stopped", 130)
    except GeomapError as error:
        return _fail(str(error), 2 if isinstance(error, BadInput) and not isinstance(error, BadReport) else 1)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); Python would complain once more while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    click.echo(f"geomap: {' '.join(message.split())}", err=True)
    return code


def _db(command: Callable[..., Any]) -> Callable[..., Any]:
    help = "The store, as an SQLAlchemy URL (else GEOMAP_DB, else SQLite in your data folder)."
    return click.option("--db", metavar="URL", help=help)(command)


def _json(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for a program, not a table.")(command)


def _at(command: Callable[..., Any]) -> Callable[..., Any]:
    help = "Only what was known at a moment: a day, or an hour with its zone (2024-01-24T14:05Z)."
    return click.option("--at", metavar="MOMENT", help=help)(command)


def _moment(text: str | None) -> dt.datetime | None:
    from geomap.moments import asked

    return asked(text) if text is not None else None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="geomap", message="geomap %(version)s")
def cli() -> None:
    """News reports of an incident in; a sourced, checkable map out."""


@cli.command("map")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The HTML file to write.")
@click.option("--title", default="", help="The incident's title (else the seed's, or the first report's).")
@_at
def map_(paths: tuple[Path, ...], output: Path, title: str, at: str | None) -> None:
    """Write one self-contained page of the incident that PATHS report; no network is needed to view it."""
    from geomap import files, terminal
    from geomap.render import page

    if not paths:
        raise click.UsageError(f"geomap map: {NO_REPORTS}")
    files.require_folder(output)
    desk = _desk()
    incident = desk.compile(paths, id=output.stem, title=title, at=_moment(at))
    files.write(output, page.page(incident, static=desk.config.static))
    click.echo(f"{output}: {terminal.account(incident)}")


@cli.command()
@click.argument("sources", nargs=-1)
@click.option("--incident", "name", help="The incident's id: small letters, digits and hyphens (a seed has its own).")
@click.option("--title", default="", help="The incident's title.")
@_db
def ingest(sources: tuple[str, ...], name: str | None, title: str, db: str | None) -> None:
    """Read reports from SOURCES (files, directories, web addresses) into an incident of the store.

    Reports that the incident holds already are counted once.
    """
    from geomap import terminal

    if not sources:
        raise click.UsageError(f"geomap ingest: {NO_REPORTS}")
    incident = _desk(db).ingest(sources, id=name, title=title)
    click.echo(f"{incident.id}: {terminal.account(incident)}")


@cli.command()
@_json
@_db
def incidents(as_json: bool, db: str | None) -> None:
    """List the incidents of the store."""
    from geomap import terminal, wire
    from geomap.store import Store

    found = Store(Config.read(db=db).db).list()
    if as_json:
        click.echo(wire.dumps([wire.summary(each) for each in found]))
    elif not found:
        click.echo("no incident yet: add one with `geomap ingest PATH --incident NAME`")
    else:
        click.echo(terminal.incidents(found))


@cli.command()
@click.argument("name")
@click.option("--format", "form", default="geojson", help=f"{', '.join(FORMS)}.", show_default=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--size", default="1200x630", metavar="WxH", help="Pixels of a picture.", show_default=True)
@click.option("--theme", default="light", help="A picture's colours: light or dark.", show_default=True)
@_at
@_db
def export(name: str, form: str, output: Path, *, size: str, theme: str, at: str | None, db: str | None) -> None:
    """Write the incident NAME as a file that other tools open."""
    from geomap.render import export as exports
    from geomap.render.picture import Options

    exports.require(form)
    picture = Options(*_size(size), theme)
    moment = _moment(at)
    desk = _desk(db)
    config, store = desk.config, desk.store
    edition = store.summary(name)
    address = f"{config.base_url.rstrip('/')}/api/incidents/{name}/annotations" if config.base_url else ""
    setting = exports.Setting(static=config.static, made=edition.updated, address=address, picture=picture)
    incident = desk.as_known_at(name, moment) if moment else store.load(name, edition.revision)
    exports.write(incident, form, output, setting)
    click.echo(f"{output}: {name} as {form}")


@cli.command()
@click.argument("name")
@click.argument("report", required=False)
@_json
@_db
def versions(name: str, report: str | None, as_json: bool, db: str | None) -> None:
    """List the versions of the reports of incident NAME; with REPORT, what changed in each of its own."""
    from geomap import terminal, wire

    found = _desk(db).wordings(name, report)
    if as_json:
        told = [{"report": id, "versions": [wire.wording(each) for each in mine]} for id, mine in found.items()]
        click.echo(wire.dumps({"id": name, "reports": told}))
    else:
        click.echo(terminal.wordings(found[report]) if report else terminal.histories(found))


@cli.command()
@click.argument("file", default="-", type=click.File("rb"))
@click.option("--kinds", default="literal,metonymic,facility,demonym", help="The kinds to write.", show_default=True)
def geoparse(file: IO[bytes], kinds: str) -> int:
    """Find and place the toponyms of reports given as JSON Lines ({"id", "text"[, "title"]}) in FILE or on stdin."""
    from geomap import wire

    wanted = _kinds(kinds)
    desk = _desk()

    def answer(article: Article) -> wire.Json:
        found = [each for each in desk.pipeline.geoparse(article) if each.mention.kind in wanted]
        return {"id": article.id, "mentions": [wire.mention(each) for each in found]}

    return _answer_lines(file, answer, desk, threads=min(4, os.cpu_count() or 1))


@cli.command()
@click.argument("file", default="-", type=click.File("rb"))
def extract(file: IO[bytes]) -> int:
    """Find the claims of reports given as JSON Lines ({"id", "text"[, "title"]}) in FILE or on stdin."""
    from geomap import wire

    desk = _desk()

    def answer(article: Article) -> wire.Json:
        return {"id": article.id, "claims": [wire.claim(each) for each in desk.pipeline.read(article).claims]}

    return _answer_lines(file, answer, desk)


@cli.command()
@click.argument("sentence", required=False)
@click.option("--table", type=click.Path(path_type=Path), help="A CSV of quoted distances to check.")
@click.option("--title", default="", help='What the sentence is about, where it only says "it".')
@click.option("--place", "places", multiple=True, metavar="WORDS=KEY", help="What words mean; --json has keys.")
@click.option("--candidates", type=click.IntRange(0), default=10, show_default=True, help="Namesakes with --json.")
@_json
def check(
    sentence: str | None, table: Path | None, *, title: str, places: tuple[str, ...], candidates: int, as_json: bool
) -> None:
    """Check the distances, times and sums that SENTENCE quotes, or the distances of every row of a table."""
    from geomap import terminal, wire

    if (sentence is None) == (table is None):
        raise click.UsageError("geomap check: give one sentence in quotation marks, or --table FILE.csv")
    if table is not None:
        from geomap.check import check_csv

        return check_csv(table, sys.stdout)
    checks = _desk().check(sentence or "", title=title, chosen=dict(map(_choice, places)))
    rows = [wire.check(each, candidates=candidates) for each in checks] if as_json else []
    click.echo(wire.dumps(rows) if as_json else terminal.checks(checks))
    return None


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--basemap", type=click.Path(path_type=Path), help="A PMTiles file to draw in place of our own basemap.")
@_db
def serve(host: str, port: int, basemap: Path | None, db: str | None) -> None:
    """Serve the incidents of the store to browsers."""
    from geomap.web.server import serve as run_server

    config = Config.read(db=db)
    run_server(replace(config, basemap=basemap) if basemap else config, host, port)


def _desk(db: str | None = None) -> Desk:
    from geomap.desk import Desk

    return Desk(Config.read(db=db))


def _choice(text: str) -> tuple[str, str]:
    words, equals, key = text.rpartition("=")
    if not (words and equals and key):
        raise click.UsageError(f"--place: {text!r} is not WORDS=KEY, as in Springfield=geonames:4250542")
    return words, key


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise click.UsageError(f"--size: {text!r:.40} is not WIDTHxHEIGHT, as in 1200x630")
    return int(width), int(height)


def _kinds(text: str) -> frozenset[Kind]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = {str(kind) for kind in Kind}
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(f"--kinds: {unknown[0]!r} is no kind; there are {', '.join(sorted(known))}")
    return frozenset(Kind(name) for name in names)


def _answer_lines(file: IO[bytes], answer: Callable[[Article], dict[str, Any]], desk: Desk, *, threads: int = 1) -> int:
    """An answer for each line that holds a report; a line that does not is named on stderr. 1 if there was one.

    Lines are answered ``threads`` at a time and written in their order, each as soon as those before it are.
    """
    from geomap import read, wire
    from geomap.inorder import InOrder

    failed = 0

    def write(answered: str | read.BadLine) -> None:
        if isinstance(answered, str):
            click.echo(answered)
        else:
            _fail(f"line {answered.number}: {answered.message}", 1)

    def answer_line(line: Article | read.BadLine) -> str | read.BadLine:
        return line if isinstance(line, read.BadLine) else wire.dumps(answer(line))

    with InOrder(write, threads=threads) as answers:
        for line in read.lines(file, max_report=desk.config.max_report):
            failed |= isinstance(line, read.BadLine)
            answers.add(partial(answer_line, line))
    return failed


from geomap.gazetteer.cli import gazetteer as _gazetteer  # noqa: E402

cli.add_command(_gazetteer)
