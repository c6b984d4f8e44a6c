"""Opening: new stores, older ones, newer ones, and what is no store at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, text

from geomap.errors import StoreError
from geomap.store import Store, tables
from tests import samples


def test_the_migrations_make_the_tables_that_the_code_uses(url: str) -> None:
    Store(url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    ours = {*tables.metadata.tables, tables.VERSION_TABLE}
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": tables.VERSION_TABLE,
                "include_name": lambda name, kind, _: kind != "table" or name in ours,
                # The index that only PostGIS has.
                "include_object": lambda _, name, *rest: "_shape" not in str(name) or url.startswith("postgresql"),
            },
        )
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", "geomap.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == tables.HEAD


def test_a_store_opened_again_holds_what_was_saved(url: str) -> None:
    incident = samples.incident()
    with Store(url) as store:
        store.save(incident)
    with Store(url) as store:
        assert store.load(incident.id) == incident


def test_a_store_of_a_newer_version_is_refused(url: str) -> None:
    Store(url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {tables.VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer geomap") as refused:
        Store(url)
    one_line(refused.value)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "not a URL"),
        ("", "not a URL"),
        ("sqlite", "not a URL"),
        ("http://example.org/store", "not known"),
        ("mysql://root:secret@localhost/x", "not known"),
        ("sqlite+aiosqlite:///x.db", "not known"),
        ("postgresql+asyncpg://localhost/x", "more than is installed"),
        ("postgresql://user:secret@127.0.0.1:1/none", "could not be opened"),
        ("sqlite:////proc/none/store.db", "could not be made"),
    ],
)
def test_an_address_that_opens_nothing_is_refused_in_one_line(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as refused:
        Store(url)
    one_line(refused.value)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE diary (entry TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        Store(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("diary",)]
    connection.close()


@pytest.mark.parametrize("content", [b"no database at all, but words" * 50, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "store.db"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="could not be opened") as refused:
        Store(f"sqlite:///{file}")
    one_line(refused.value)
    assert file.read_bytes() == content


def test_a_damaged_store_is_refused_in_one_line(tmp_path: Path) -> None:
    """The pages behind the header are overwritten: opening may work, reading must not pretend."""
    file = tmp_path / "store.db"
    with Store(f"sqlite:///{file}") as store:
        store.save(samples.incident())
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xab" * (len(whole) - 4096))
    with pytest.raises(StoreError) as refused, Store(f"sqlite:///{file}") as store:
        store.load("sample")
    one_line(refused.value)


def test_a_payload_that_makes_no_record_is_refused_in_one_line(url: str) -> None:
    with Store(url) as store:
        store.save(samples.incident())
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE claim SET payload = '{}'"))
    engine.dispose()
    with Store(url) as store, pytest.raises(StoreError, match="cannot be read") as refused:
        store.load("sample")
    one_line(refused.value)


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="may be written to"):
        Store(f"sqlite:///{tmp_path}/store.db")


def test_a_store_may_lie_in_a_folder_not_made_yet(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path}/a/b/store.db").close()
    assert (tmp_path / "a" / "b" / "store.db").is_file()


def test_a_store_in_memory_holds_for_as_long_as_it_is_open() -> None:
    incident = samples.incident()
    with Store("sqlite://") as store:
        store.save(incident)
        assert store.load(incident.id) == incident


def test_a_migration_that_fails_half_way_leaves_no_table(sqlite_url: str) -> None:
    made = 0

    def fail(connection: object, cursor: object, statement: str, *rest: object) -> None:
        nonlocal made
        made += statement.lstrip().startswith("CREATE TABLE")
        if made == 5:
            raise RuntimeError("power cut")

    event.listen(Engine, "after_cursor_execute", fail)
    try:
        with pytest.raises(RuntimeError, match="power cut"):
            Store(sqlite_url)
    finally:
        event.remove(Engine, "after_cursor_execute", fail)
    with Store(sqlite_url) as store:
        assert store.list() == ()


def test_a_process_killed_while_saving_leaves_the_earlier_state(tmp_path: Path) -> None:
    """The second save is killed inside its transaction; the file must open and hold the first."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    script = """
import os, sys
from dataclasses import replace
from geomap.store import Store
from tests import samples
incident = samples.incident()
Store(sys.argv[1]).save(incident)
def die():
    os._exit(9)
Store(sys.argv[1], now=die).save(replace(incident, title="Lost"))
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script, url], cwd=root, check=False, timeout=300)
    assert done.returncode == 9
    with Store(url) as store:
        assert store.load("sample") == samples.incident()


def one_line(error: StoreError) -> None:
    """An error that a person can read, without a password."""
    assert "\n" not in str(error)
    assert "secret" not in str(error)
    assert len(str(error)) < 400
