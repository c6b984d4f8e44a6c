"""An incident over time: reports added to it, their earlier wordings, and the incident as it was known at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from geomap import asof
from geomap.errors import NotFound, Overtaken
from geomap.model import Article, Claim, Incident
from geomap.pipeline import Reading, readings
from geomap.read import unique
from geomap.store.merge import successive
from geomap.store.summary import Summary, Version
from geomap.versions import Changes, compare

TRIES = 5
"""How often an incident is made anew that others keep adding reports to."""


class Kept(Protocol):
    """What is asked of a store by those who only read: :class:`geomap.store.Store` has it."""

    def load(self, id: str, revision: int | None = None) -> Incident: ...
    def versions(self, id: str, article: str | None = None, *, revision: int | None = None) -> Sequence[Version]: ...


class Keeping(Kept, Protocol):
    """What is asked of a store by those who add to it."""

    def summary(self, id: str) -> Summary: ...
    def put(self, incident: Incident, *, expected: int | None = None) -> int: ...


class Assembling(Protocol):
    """What is asked of the pipeline to set an incident back."""

    def set_back(self, incident: Incident, readings: Sequence[Reading]) -> Incident: ...


class Stages(Protocol):
    """What is asked of the pipeline to make an incident of reports."""

    def read(self, article: Article) -> Reading: ...
    def assemble(
        self, readings: Sequence[Reading], *, id: str, title: str = "", when: dt.date | None = None
    ) -> Incident: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an incident is called where its reports do not say."""

    id: str
    title: str = ""
    when: dt.date | None = None
    note: str = ""


def add(store: Keeping, stages: Stages, incoming: Sequence[Article], named: Named, *, title: str = "") -> Incident:
    """Add reports to an incident of the store, a revision for each further wording of one of them.

    ``title`` is the one wanted; else the incident keeps its own, and only a new one is called as ``named`` says.
    Raises :class:`~geomap.errors.Overtaken` where others keep changing it.
    """
    known: dict[tuple[str, str], Reading] = {}

    def read(article: Article) -> Reading:
        key = article.id, article.digest
        if key not in known:
            known[key] = stages.read(article)
        return known[key]

    for _ in range(TRIES):
        held, revision = _held(store, named.id)
        earlier = {each.article.digest for each in store.versions(named.id)} if held else set()
        with suppress(Overtaken):
            for state in successive(held.articles if held else (), incoming, earlier=earlier):
                incident = stages.assemble(
                    [read(article) for article in unique(state)[0]],
                    id=named.id,
                    title=title or (held.title if held else "") or named.title,
                    when=(held.when if held else None) or named.when,
                )
                incident = replace(incident, note=named.note or (held.note if held else ""))
                revision = store.put(incident, expected=revision)
            return incident
    raise Overtaken(f"{named.id} is being changed by others all the time; try again later")


def as_known_at(
    store: Kept, pipeline: Assembling, id: str, moment: dt.datetime, revision: int | None = None
) -> Incident:
    """An incident made again of the reports that were known at a moment (UTC), each as it was worded then.

    Nothing is read again: claims and places are those stored with each wording. Raises
    :class:`~geomap.errors.BadInput` for a moment before the first report.
    """
    versions = store.versions(id, revision=revision)
    first = {(each.article.id, each.article.digest): each.revision for each in versions}
    now = store.load(id, revision)
    current = readings(now)
    loaded: dict[int, dict[str, Reading]] = {}
    then: list[Reading] = []
    for article in asof.known_at((each.article for each in versions), moment):
        held = current.get(article.id)
        if held is None or held.article.digest != article.digest:
            number = first[article.id, article.digest]
            if number not in loaded:
                loaded[number] = readings(store.load(id, number))
            held = loaded[number][article.id]
        then.append(held)
    return pipeline.set_back(now, then)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a report: its number among them, the first revision that holds it, what it claims, what changed.

    ``changes`` are those from the wording before; None for the first.
    """

    number: int
    revision: int
    article: Article
    claims: tuple[Claim, ...]
    changes: Changes | None = None


def wordings(versions: Sequence[Version], load: Callable[[int | None], Incident]) -> tuple[Wording, ...]:
    """The wordings of one report, the earliest first; ``load`` gives its incident, at a revision or as it is now."""
    made: list[Wording] = []
    now = load(None).article(versions[0].article.id) if versions else None
    for number, version in enumerate(versions, 1):
        article = version.article
        # The newest revision has the wording that stands as it is read now.
        current = now is not None and now.digest == article.digest
        claims = tuple(
            each for each in load(None if current else version.revision).claims if each.article == article.id
        )
        before = made[-1] if made else None
        changes = compare((before.article, before.claims), (article, claims)) if before else None
        made.append(Wording(number, version.revision, article, claims, changes))
    return tuple(made)


def _held(store: Keeping, id: str) -> tuple[Incident | None, int]:
    """The incident as the store has it and the number of that revision; None and 0 where it has none."""
    try:
        revision = store.summary(id).revision
        return store.load(id, revision), revision
    except NotFound:
        return None, 0
