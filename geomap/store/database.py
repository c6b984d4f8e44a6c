"""The store: one class for SQLite and PostGIS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Row, Select, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.schema import Table

from geomap.errors import BadInput, NotFound, Overtaken, StoreError
from geomap.model import SLUG, Article, Incident
from geomap.store import rows, schema, search, tables
from geomap.store.engine import IMMEDIATE, connect, refusals
from geomap.store.summary import Bounds, Hit, Revision, Summary, Version

Clock = Callable[[], dt.datetime]


def utcnow() -> dt.datetime:
    """The time now, in UTC."""
    return dt.datetime.now(dt.UTC)


class Store:
    """Incidents in a database.

    ``url`` is an SQLAlchemy URL: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``. A new store is made, an older
    one is brought up to date. A store may be shared by threads; readers see whole revisions, never one half written.
    Every method raises :class:`~geomap.errors.StoreError` where the database refuses.
    """

    def __init__(self, url: str, *, now: Clock = utcnow) -> None:
        self._engine = connect(url)
        self._now = now
        self._shown = self._engine.url.render_as_string(hide_password=True)
        self._reading: dict[str, Any] = {}
        if self._engine.url.get_backend_name() == "postgresql":
            # Several selects of one load must see one state.
            self._reading = {"isolation_level": "REPEATABLE READ"}
        with ExitStack() as opening, refusals(self._shown, "opened"):
            opening.callback(self._engine.dispose)
            schema.bring_up(self._engine, self._shown)
            opening.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database's connections; the next call opens them again."""
        self._engine.dispose()

    def save(self, incident: Incident, *, expected: int | None = None) -> Incident:
        """Store an incident as :meth:`put` does, and hand it back."""
        self.put(incident, expected=expected)
        return incident

    def put(self, incident: Incident, *, expected: int | None = None) -> int:
        """Store an incident, all of it or nothing, as the newest revision of its id; the number of that revision.

        Saving what the newest revision holds already changes nothing. With ``expected``, the newest revision's number
        as the caller knew it (0 for none), a revision saved by another since then is a
        :class:`~geomap.errors.Overtaken` instead of being passed over. Raises :class:`~geomap.errors.BadInput` for an
        id that is no slug.
        """
        if not SLUG.fullmatch(incident.id):
            raise BadInput(
                f"an incident's name must be 1 to 80 of a-z, 0-9 and hyphens, none at its ends, not {incident.id!r:.90}"
            )
        # Before the lock is taken: packing is the long part.
        packed = _pack(incident)
        with self._write() as connection:
            current = connection.scalar(select(tables.incident.c.revision).where(tables.incident.c.id == incident.id))
            if expected is not None and expected != (current or 0):
                raise Overtaken(f"{incident.id} was changed by another while it was worked on; do it again")
            if current and _digest(connection, incident.id, current) == packed.digest:
                return int(current)
            number = (current or 0) + 1
            _insert(connection, incident, packed, number, self._now())
        return number

    def load(self, id: str, revision: int | None = None) -> Incident:
        """The incident as last saved, or as it was at a revision.

        Raises :class:`~geomap.errors.NotFound` for an id or a revision that is not here.
        """
        with self._read() as connection:
            head = _revision(connection, id, revision)
            articles = [rows.article_of(row) for row in connection.execute(_articles(id, head.number))]
            places = [(row.key, row.payload) for row in connection.execute(_places(id, head.number))]
            payloads = {
                name: connection.scalars(_payloads(table, id, head.number)).all()
                for name, table in (("claims", tables.claim), ("sites", tables.site), ("findings", tables.finding))
            }
        with _sound(id):
            return rows.unpack(id, head, articles, places, payloads)

    def list(self) -> tuple[Summary, ...]:
        """Every incident, the one saved last first."""
        with self._read() as connection:
            return tuple(_summary(row) for row in connection.execute(_summaries()))

    def summary(self, id: str) -> Summary:
        """What :meth:`list` says of one incident."""
        with self._read() as connection:
            return _summary(_revision(connection, id, None))

    def revisions(self, id: str) -> tuple[Revision, ...]:
        """Every revision of an incident, the first first."""
        table = tables.revision
        with self._read() as connection:
            found = connection.execute(select(table).where(table.c.incident == id).order_by(table.c.number)).all()
        if not found:
            raise _unknown(id)
        return tuple(Revision(row.number, row.title, row.reports, row.claims, _moment(row.updated)) for row in found)

    def articles(self, id: str, revision: int | None = None) -> tuple[Article, ...]:
        """The reports of an incident, without the rest of it."""
        with self._read() as connection:
            head = _revision(connection, id, revision)
            return tuple(rows.article_of(row) for row in connection.execute(_articles(id, head.number)))

    def versions(self, id: str, article: str | None = None, *, revision: int | None = None) -> tuple[Version, ...]:
        """Every wording that a report, or each report, has had up to a revision, in the order they were saved.

        Raises :class:`~geomap.errors.NotFound` for an incident, a report or a revision that is not here.
        """
        with self._read() as connection:
            head = _revision(connection, id, revision)
            found = connection.execute(_wordings(id, head.number, article)).all()
        if not found:
            raise NotFound(f"{id} has no report {article!r:.90}; see its reports for their names")
        return tuple(Version(row.revision, rows.article_of(row)) for row in found)

    def delete(self, id: str) -> None:
        """Forget an incident with all its revisions."""
        with self._write() as connection:
            if not connection.execute(delete(tables.incident).where(tables.incident.c.id == id)).rowcount:
                raise _unknown(id)
            _sweep(connection)

    def claims_within(self, bounds: Bounds) -> tuple[Hit, ...]:
        """The claims whose subject or reference touches a box, of every incident's newest revision."""
        with self._read() as connection, _sound("an incident"):
            return search.claims(connection, bounds)

    def incidents_within(self, bounds: Bounds) -> tuple[Summary, ...]:
        """The incidents with a site that touches a box, the one saved last first."""
        with self._read() as connection:
            found = search.incidents(connection, bounds)
            return tuple(_summary(row) for row in connection.execute(_summaries()) if row.incident in found)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with refusals(self._shown, "read"), self._engine.connect() as opened:
            connection = opened.execution_options(**self._reading)
            with connection.begin():
                yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with refusals(self._shown, "written"):
            immediate = self._engine.connect().execution_options(**{IMMEDIATE: True})
            with immediate as connection, connection.begin():
                schema.lock(connection)
                yield connection


# --- reading ---------------------------------------------------------------------------------------------------------


def _summaries(id: str | None = None) -> Select[Any]:
    incident, revision = tables.incident, tables.revision
    newest = (revision.c.incident == incident.c.id) & (revision.c.number == incident.c.revision)
    query = select(revision).join(incident, newest).order_by(revision.c.updated.desc(), revision.c.incident)
    return query if id is None else query.where(incident.c.id == id)


def _summary(row: Row[Any]) -> Summary:
    when = dt.date.fromisoformat(row.day) if row.day else None
    return Summary(row.incident, row.title, when, row.reports, row.claims, _moment(row.updated), row.number)


def _revision(connection: Connection, id: str, number: int | None) -> Row[Any]:
    """The row of a revision, the newest for None."""
    table = tables.revision
    query = _summaries(id) if number is None else select(table).where(table.c.incident == id, table.c.number == number)
    found = connection.execute(query).one_or_none()
    if found is None and number is not None and connection.execute(_summaries(id)).one_or_none() is not None:
        raise NotFound(f"{id} has no revision {number}; see its history for those it has")
    if found is None:
        raise _unknown(id)
    return found


def _articles(id: str, number: int | None) -> Select[Any]:
    """The reports of one revision, or of all, with their texts."""
    table = tables.article
    texts = tables.report_text
    query = (
        select(*(column for column in table.c if column.name != "text"), texts.c.text.label("content"))
        .join(texts, texts.c.key == table.c.text)
        .where(table.c.incident == id)
        .order_by(table.c.revision, table.c.position)
    )
    return query if number is None else query.where(table.c.revision == number)


def _wordings(id: str, number: int, article: str | None) -> Select[Any]:
    """The reports up to a revision, each text of each where it first appears."""
    table = tables.article
    first = (
        select(table.c.id, table.c.digest, func.min(table.c.revision).label("first"))
        .where(table.c.incident == id, table.c.revision <= number)
        .group_by(table.c.id, table.c.digest)
        .subquery()
    )
    same = (table.c.id == first.c.id) & (table.c.digest == first.c.digest) & (table.c.revision == first.c.first)
    query = _articles(id, None).join(first, same)
    return query if article is None else query.where(table.c.id == article)


def _places(id: str, number: int) -> Select[Any]:
    link, place = tables.revision_place, tables.place
    return (
        select(place.c.key, place.c.payload)
        .join(link, link.c.place == place.c.key)
        .where(link.c.incident == id, link.c.revision == number)
    )


def _payloads(table: Table, id: str, number: int) -> Select[Any]:
    return select(table.c.payload).where(table.c.incident == id, table.c.revision == number).order_by(table.c.position)


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _unknown(id: str) -> NotFound:
    return NotFound(f"there is no incident {id!r:.90}; `geomap incidents` lists those there are")


@contextmanager
def _sound(id: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"what the store holds of {id} cannot be read; restore a copy or ingest it again") from error


# --- writing ---------------------------------------------------------------------------------------------------------


def _pack(incident: Incident) -> rows.Packed:
    try:
        return rows.pack(incident)
    except UnicodeEncodeError as error:
        raise StoreError(f"{incident.id} holds half a character (a lone surrogate); read its reports anew") from error


def _digest(connection: Connection, id: str, number: int) -> str | None:
    table = tables.revision
    query = select(table.c.digest).where(table.c.incident == id, table.c.number == number)
    return connection.scalar(query)


def _insert(connection: Connection, incident: Incident, packed: rows.Packed, number: int, now: dt.datetime) -> None:
    """Write one revision. Later ones only add rows: those of an earlier revision are never touched."""
    if number == 1:
        connection.execute(tables.incident.insert(), {"id": incident.id, "revision": number})
    else:
        newest = update(tables.incident).where(tables.incident.c.id == incident.id).values(revision=number)
        connection.execute(newest)
    connection.execute(
        tables.revision.insert(),
        {
            "incident": incident.id,
            "number": number,
            "title": incident.title,
            "day": incident.when.isoformat() if incident.when else None,
            "updated": now.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "reports": len(incident.articles),
            "claims": len(incident.claims),
            "digest": packed.digest,
            "payload": packed.payload,
        },
    )
    _file(connection, tables.report_text, packed.texts)
    _file(connection, tables.place, packed.places)
    links = [{"place": row["key"]} for row in packed.places]
    for table, found in (
        (tables.article, packed.articles),
        (tables.revision_place, links),
        (tables.claim, packed.claims),
        (tables.site, packed.sites),
        (tables.finding, packed.findings),
    ):
        if found:
            key = {"incident": incident.id, "revision": number}
            connection.execute(table.insert(), [{**key, "position": at, **row} for at, row in enumerate(found)])


def _file(connection: Connection, table: Table, found: rows.Rows) -> None:
    """Insert rows filed by content, where they are not there yet."""
    if not found:
        return
    insert: PostgresInsert | SqliteInsert
    insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    connection.execute(insert.on_conflict_do_nothing(), found)


def _sweep(connection: Connection) -> None:
    """Delete texts and places that no revision holds any more."""
    for filed, user in ((tables.report_text, tables.article.c.text), (tables.place, tables.revision_place.c.place)):
        unused = ~select(literal(1)).where(user == filed.c.key).exists()
        connection.execute(delete(filed).where(unused))
