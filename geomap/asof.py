"""What was known when: the moments at which reports came out, and the wordings that were out by one of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from geomap.errors import BadInput
from geomap.model import Article
from geomap.moments import written


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment (UTC) at which something became known: the ids of reports that came out, and of those that changed.

    Without ``hour_known`` it is the end of a day whose reports give no hour.
    """

    moment: dt.datetime
    hour_known: bool
    new: tuple[str, ...]
    changed: tuple[str, ...]


def stops(wordings: Iterable[Article]) -> tuple[Stop, ...]:
    """One stop for each moment at which a report came out or changed, the first first.

    ``wordings`` are the reports with their earlier wordings, in the order they were stored. A report without a date
    makes no stop.
    """
    at: dict[dt.datetime, list[Article]] = defaultdict(list)
    for article in wordings:
        if article.known is not None:
            at[article.known].append(article)
    seen: set[str] = set()
    found = []
    for moment in sorted(at):
        ids = dict.fromkeys(article.id for article in at[moment])
        new = tuple(id for id in ids if id not in seen)
        changed = tuple(id for id in ids if id in seen)
        found.append(Stop(moment, any(article.hour_known for article in at[moment]), new, changed))
        seen.update(ids)
    return tuple(found)


def known_at(wordings: Iterable[Article], moment: dt.datetime) -> tuple[Article, ...]:
    """The reports known at a moment, each in the newest wording out by then, in the order the reports first came in.

    Of two wordings out at one moment the one stored later counts. Raises :class:`~geomap.errors.BadInput` for a
    moment before the first report, and where no report has a date.
    """
    chosen: dict[str, tuple[dt.datetime, Article] | None] = {}
    first: dt.datetime | None = None
    for article in wordings:
        chosen.setdefault(article.id, None)
        if article.known is None:
            continue
        first = article.known if first is None else min(first, article.known)
        held = chosen[article.id]
        if article.known <= moment and (held is None or held[0] <= article.known):
            chosen[article.id] = article.known, article
    found = tuple(each[1] for each in chosen.values() if each)
    if not found and first is None:
        raise BadInput("its reports have no dates, so that nothing can be said of what was known when")
    if not found and first is not None:
        raise BadInput(f"no report was out by {written(moment)}; the first came out by {written(first)}")
    return found
