"""Reports going into the store: nothing that two people add at once is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from geomap.archive import TRIES
from geomap.config import Config
from geomap.desk import Desk
from geomap.errors import Overtaken
from geomap.model import Article, Incident
from geomap.pipeline import Reading
from geomap.store import Store


class Stages:
    """A pipeline that reads nothing, and calls ``meanwhile`` while it is at it."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self.meanwhile = meanwhile

    def read(self, article: Article) -> Reading:
        return Reading(article, (), ())

    def assemble(self, readings: Sequence[Reading], *, id: str, title: str, when: Any) -> Incident:
        self.meanwhile()
        return Incident(id=id, title=title, when=when, articles=tuple(each.article for each in readings))


def desk(url: str, folder: Path, meanwhile: Callable[[], None] = lambda: None) -> Desk:
    made = Desk(Config(data=folder, db=url, gazetteer=folder / "none.db"))
    made.__dict__["pipeline"] = Stages(meanwhile)
    return made


def report(folder: Path, name: str) -> str:
    file = folder / f"{name}.txt"
    file.write_text(f"This is what {name} reports.", encoding="utf8")
    return str(file)


def test_reports_added_by_two_at_once_are_all_kept(tmp_path: Path) -> None:
    """Another's report that came in while ours were being read is in the incident with them."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    pending = [report(tmp_path, "theirs")]

    def meanwhile() -> None:
        if pending:
            desk(url, tmp_path).ingest([pending.pop()], id="fire")

    desk(url, tmp_path, meanwhile).ingest([report(tmp_path, "ours")], id="fire")
    with Store(url) as store:
        assert {each.id for each in store.load("fire").articles} == {"ours", "theirs"}


def test_an_incident_that_never_rests_is_told_in_one_line(tmp_path: Path) -> None:
    """After a few tries it is given up, and the store holds what the others saved."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    times = 0

    def meanwhile() -> None:
        nonlocal times
        times += 1
        desk(url, tmp_path).ingest([report(tmp_path, f"other-{times}")], id="fire")

    with pytest.raises(Overtaken, match="try again"):
        desk(url, tmp_path, meanwhile).ingest([report(tmp_path, "ours")], id="fire")
    assert times == TRIES
    with Store(url) as store:
        assert len(store.load("fire").articles) == TRIES


def test_the_same_reports_again_make_no_new_revision(tmp_path: Path) -> None:
    """A directory given twice, and a second time: one revision."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    folder = tmp_path / "reports"
    folder.mkdir()
    report(folder, "ours")
    for _ in range(2):
        desk(url, tmp_path).ingest([str(folder), str(folder)], id="fire")
    with Store(url) as store:
        assert len(store.revisions("fire")) == 1
        assert len(store.load("fire").articles) == 1
