"""What stands above a report's own words: dates on its first lines, or YAML front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from frontmatter.default_handlers import YAMLHandler

from geomap.errors import BadReport
from geomap.moments import CLOCK, ZONE, Stated, stated

MAX_FRONT_MATTER = 20_000
"""Characters within which front matter must close."""

_DATE = re.compile(
    r"\s*(?P<key>date|updated):?[ \t]+(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    # An hour without a zone may be the first words of the report, unless it ends the line.
    rf"(?P<hour>(?:T|[ \t]+)(?:{CLOCK}[ \t]*{ZONE}|{CLOCK}(?=[ \t]*(?:\n|$)))|T{CLOCK})?(?=\s|$)\s*",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s*---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$\n?\s*", re.MULTILINE)
_KEY = re.compile(r"\s*(?:#.*\n\s*)*\w[\w-]*[ \t]*:")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says; ``body`` is where the report's own words begin, in characters of the whole text."""

    body: int = 0
    title: str = ""
    outlet: str = ""
    published: Stated | None = None
    url: str = ""
    updated: Stated | None = None

    def over(self, other: Head) -> Head:
        """What this head says, and ``other`` for what it does not say."""
        return Head(
            body=self.body,
            title=self.title or other.title,
            outlet=self.outlet or other.outlet,
            published=self.published or other.published,
            url=self.url or other.url,
            updated=self.updated or other.updated,
        )


def head(text: str, name: str) -> Head:
    """The head of a report: front matter, ``date YYYY-MM-DD`` and ``updated YYYY-MM-DD`` at its start, or neither.

    Either may go on with an hour and its zone ("14:05 GMT", "T14:05+03:00"); an hour without a zone is passed over.
    Raises :class:`~geomap.errors.BadReport`, naming ``name``, for front matter that does not parse and for a date that
    no calendar has.
    """
    if fence := _FENCE.match(text):
        if close := _CLOSE.search(text, fence.end(), fence.end() + MAX_FRONT_MATTER):
            return _front_matter(text[fence.end() : close.start()], close.end(), name)
        if _KEY.match(text, fence.end()):
            raise BadReport(f"{name}: its front matter does not end; close it with a line of three hyphens")
    return _dated(text, name)


def _dated(text: str, name: str) -> Head:
    space = _SPACE.match(text)
    body = space.end() if space else 0
    dates: dict[str, Stated | None] = {}
    while (found := _DATE.match(text, body)) and found["key"].lower() not in dates:
        if found["key"].lower() == "updated" and not dates:
            break
        dates[found["key"].lower()] = _date("".join((found["day"], found["hour"] or "")), name)
        body = found.end()
    return Head(body=body, published=dates.get("date"), updated=dates.get("updated"))


def _date(value: object, name: str) -> Stated | None:
    try:
        return stated(" ".join(value.split()) if isinstance(value, str) else value)
    except ValueError as error:
        raise BadReport(f"{name}: its date {value!s:.40} cannot be; {_DATED}") from error


def _front_matter(source: str, body: int, name: str) -> Head:
    if not source.strip():
        return Head(body=body)
    try:
        # PyYAML's own parser: the C one crashes the process on a few ten thousand open brackets.
        fields = YAMLHandler().load(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadReport(f"{name}: its front matter cannot be read: {_reason(error)}; {_ADVICE}") from error
    if not isinstance(fields, dict):
        raise BadReport(f"{name}: its front matter holds no fields; {_ADVICE}")
    return Head(
        body=body,
        title=_words(fields, "title", name),
        outlet=_words(fields, "outlet", name),
        published=_date(fields.get("date"), name),
        url=_words(fields, "url", name),
        updated=_date(fields.get("updated"), name),
    )


_DATED = "write it as YYYY-MM-DD, with an hour as YYYY-MM-DDThh:mm+hh:mm"
_ADVICE = "write lines such as outlet: NAME and date: YYYY-MM-DD"


def _words(fields: dict[object, object], key: str, name: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        raise BadReport(f"{name}: {key} in its front matter must be plain words; put them in quotation marks")
    return " ".join(str(value).split())


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem or 'an error'} at its line {error.problem_mark.line + 1}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())[:120]
