"""The desk: opens what a :class:`~geomap.config.Config` names and does the jobs that people ask for.

The command line and the web share it. Nothing is opened before a job needs it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import archive, asof, read
from geomap import gazetteer as gazetteers
from geomap.config import Config
from geomap.ends import End, choose, ends
from geomap.errors import BadInput
from geomap.model import MEASURED_ROLES, SLUG, Article, Claim, Finding, Footprint, Gazetteer, Incident, Place
from geomap.moments import written
from geomap.pipeline import Pipeline
from geomap.read.seed import MANIFEST
from geomap.store.merge import successive

if TYPE_CHECKING:
    from geomap.archive import Wording
    from geomap.store import Store, Version


@dataclass(frozen=True, slots=True)
class Check:
    """One quoted distance of a text with what measuring says of it, or one time or sum with what clocks or adding say.

    Of a distance, ``reference`` is the end it is measured from and ``subject`` the place spoken of, None where the
    words name none; ``region`` is where the words put the subject, None where they do not say.
    """

    claim: Claim
    finding: Finding
    reference: End | None = None
    subject: End | None = None
    region: Footprint | None = None

    @property
    def is_measured(self) -> bool:
        """Whether it is of a distance."""
        return self.claim.role in MEASURED_ROLES


@dataclass(frozen=True)
class Desk:
    """The parts that the settings name, opened when first used."""

    config: Config

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that set-up built, with the remote geocoder behind it where one is switched on."""
        local = gazetteers.open(self.config.gazetteer)
        if not self.config.geocoder:
            return local
        from geomap.gazetteer import remote

        return remote.behind(local, self.config)

    @cached_property
    def pipeline(self) -> Pipeline:
        """The stages over this gazetteer."""
        return Pipeline(gazetteer=self.gazetteer)

    @cached_property
    def store(self) -> Store:
        """The store of incidents."""
        from geomap.store import Store

        return Store(self.config.db)

    def compile(self, paths: Sequence[Path], *, id: str, title: str = "", at: dt.datetime | None = None) -> Incident:
        """The incident that files, directories or a seed incident report; nothing is stored.

        Of a report that is there in several wordings the last one counts; with ``at``, a moment (UTC), the last one
        out by then, and only reports known by then.
        """
        states = list(successive((), read.reports(paths, max_report=self.config.max_report)))
        articles = asof.known_at(chain.from_iterable(states), at) if at else states[-1]
        seed = _seed(paths)
        notes = [seed.note if seed else "", f"As known at {written(at)}" if at else ""]
        if seed:
            made = self.pipeline.incident(articles, id=seed.id, title=title or seed.title, when=seed.when)
        else:
            made = self.pipeline.incident(articles, id=slug(id), title=title)
        return replace(made, note="; ".join(note for note in notes if note))

    def ingest(self, sources: Sequence[str], *, id: str | None = None, title: str = "") -> Incident:
        """Add reports (files, directories, web addresses) to the incident ``id``, and store it.

        Reports it holds already count once; one that comes back changed is a new version of itself. Raises
        :class:`~geomap.errors.BadInput` where no id is given and the sources are no seed incident, or where the id
        is not one.
        """
        seed = _seed([Path(source) for source in sources])
        name = id or (seed.id if seed else None)
        if not name:
            raise BadInput("an incident needs an id; add --incident NAME")
        if not SLUG.fullmatch(name):
            raise BadInput(f"{name!r} cannot be an incident's id; use small letters, digits and hyphens")
        known = (
            archive.Named(id=name, title=seed.title, when=seed.when, note=seed.note) if seed else archive.Named(id=name)
        )
        return archive.add(self.store, self.pipeline, self._articles(sources), known, title=title)

    def as_known_at(self, id: str, moment: dt.datetime) -> Incident:
        """A stored incident as it was known at a moment (UTC).

        Raises :class:`~geomap.errors.BadInput` for a moment before its first report.
        """
        return archive.as_known_at(self.store, self.pipeline, id, moment)

    def wordings(self, id: str, report: str | None = None) -> dict[str, tuple[Wording, ...]]:
        """The wordings of each report of a stored incident, or of one, by the report's id, with what changed in them.

        Raises :class:`~geomap.errors.NotFound` for an incident or a report that is not here.
        """
        versions: dict[str, list[Version]] = {}
        for each in self.store.versions(id, report):
            versions.setdefault(each.article.id, []).append(each)
        load = cache(partial(self.store.load, id))
        return {name: archive.wordings(mine, load) for name, mine in versions.items()}

    def check(self, text: str, *, title: str = "", chosen: Mapping[str, str] | None = None) -> tuple[Check, ...]:
        """Every distance that a sentence or report quotes, every time it converts and every sum, checked.

        They come in the order of the text. ``title`` says what the text is about, where it only says "it". ``chosen``
        maps words of the text, as a check's end has them, to the ``Place.key`` of the place they mean. Raises BadInput
        for an empty text, and for a key that the gazetteer does not have.
        """
        if not text.strip():
            raise BadInput("there is nothing to check; give a sentence that quotes a distance, a time or a sum")
        places = {words: self._place(words, key) for words, key in (chosen or {}).items()}
        article = read.text(text, id="text", title=title, max_report=self.config.max_report)
        if notice := self.pipeline.unread(article):
            raise BadInput(f"{notice}; give a sentence in English")
        told = self.pipeline.checkable(article)
        distances = [claim for claim in told if claim.role in MEASURED_ROLES]
        titled = self._titled(distances, title, text)
        named = (choose(each, titled) for each in distances)
        checks = [self._check(claim, choose(claim, places)) for claim in named]
        by_id = {claim.id: claim for claim in told if claim.role not in MEASURED_ROLES}
        checks += [Check(by_id[each.claim], each) for each in self.pipeline.findings(by_id.values(), [article])]
        return tuple(sorted(checks, key=lambda check: check.claim.span))

    def _check(self, read: Claim, claim: Claim) -> Check:
        (finding,) = self.pipeline.findings([claim])
        reference, subject = ends(read, claim, self.gazetteer)
        return Check(claim, finding, reference, subject, self.pipeline.quoted(claim, self.gazetteer))

    def _titled(self, claims: Sequence[Claim], title: str, text: str) -> dict[str, Place]:
        """What the words of the title mean that claims speak of: read as the first sentence of the text."""
        ends = [end for claim in claims for end in (claim.subject, claim.reference)]
        wanted = {end.text for end in ends if end and end.span is None and end.place is None}
        if not (wanted and title.strip()):
            return {}
        head = read.text(f"{title.strip()}.\n\n{text}", id="title", max_report=len(title) + self.config.max_report)
        found = [each for each in self.pipeline.geoparse(head) if each.mention.span.end <= len(title)]
        return {each.mention.surface: each.place for each in found if each.place and each.mention.surface in wanted}

    def _place(self, words: str, key: str) -> Place:
        found = self.gazetteer.place(key)
        if found is None:
            raise BadInput(f"{words[:80]!r} cannot be {key[:80]!r}: the gazetteer has no such place; choose another")
        return found

    def _articles(self, sources: Sequence[str]) -> list[Article]:
        found: list[Article] = []
        for source in sources:
            if re.match(r"https?://", source):
                found.append(read.url(source, max_report=self.config.max_report))
            else:
                found.extend(read.reports([source], max_report=self.config.max_report))
        return found


def slug(text: str) -> str:
    """The nearest incident id to a name: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:80].strip("-") or "incident"


def _seed(paths: Sequence[Path]) -> read.SeedInfo | None:
    if len(paths) == 1 and (paths[0] / MANIFEST).is_file():
        return read.seed(paths[0])
    return None
