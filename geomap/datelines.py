"""Where a paragraph's dateline ends: "LAGOS, Nigeria, June 4 (Wire) - ", and "13:40 GMT - " of news as it comes in.

What stands in it is where and when the report was filed. Read as part of the sentence, it passes for a subject or for
the day of the event.
"""

from __future__ import annotations

import re

from geomap.zones import table

_CAPITALS = r"[A-Z][A-Z.'’-]{2,}(?:[ /][A-Z][A-Z.'’-]+){0,3}"
_TITLE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_MORE = r"(?:, ?[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}){0,3}"
_BRACKETS = r"(?: ?\([^()\n]{2,30}\)){0,2}"
_MARK = r"(?: ?[—–] ?| -{1,2} )"
_PLACES = r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,2} (?:[—–|]|-{1,2}) "
_ZONES = "|".join(("GMT", "UTC", "local time", "local", *sorted(table()["abbreviations"])))
_ZONE = rf"(?: ?[ap]\.?m\b\.?)?(?: (?:{_ZONES})\b)?"
_YEAR = r"(?!(?:19|20)\d\d\*{0,2}(?! hrs))"
_HOUR = (
    rf"\*{{0,2}}(?:(?:[01]?\d|2[0-3])[.:][0-5]\d{_ZONE}\*{{0,2}}(?:{_MARK}|[:.]? )"
    rf"|{_YEAR}(?:[01]\d|2[0-3])[0-5]\d(?: hrs)?\*{{0,2}}(?:{_MARK}|[:.] ))"
)
_DATELINE = re.compile(
    rf"\s*(?:{_CAPITALS}{_MORE}{_BRACKETS}{_MORE}(?:{_MARK}|: )"
    rf"|{_TITLE}(?:(?:, ?[A-Z][\w.'’-]*(?: [\w.'’-]+){{0,3}}){{1,3}}{_BRACKETS}| ?\([A-Z][^()\n]{{1,30}}\)){_MARK}"
    rf"|{_PLACES}|{_HOUR})"
    r"(?=[\"“'‘]?[A-Z0-9])"
)


def dateline_end(text: str, start: int = 0) -> int:
    """The offset behind the dateline that the paragraph beginning at ``start`` opens with; ``start`` without one.

    >>> text = "LIMA, Peru (Wire) - A bus overturned."
    >>> text[dateline_end(text):]
    'A bus overturned.'
    >>> live = "13:40 GMT - Police say two are hurt."
    >>> live[dateline_end(live):]
    'Police say two are hurt.'
    >>> dateline_end("A bus overturned - again.")
    0
    """
    found = _DATELINE.match(text, start)
    return found.end() if found else start
