"""One report's text or page as an article, and the articles that are one report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from geomap.errors import BadReport
from geomap.model import Article
from geomap.read.heads import Head, head
from geomap.read.language import guess
from geomap.read.webdates import dates

MAX_REPORT = 2_000_000
"""Characters of the longest report that is read unless a caller says otherwise."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def text(
    content: str,
    *,
    id: str,
    title: str = "",
    outlet: str = "",
    url: str = "",
    where: str = "",
    max_report: int = MAX_REPORT,
) -> Article:
    """The report that ``content`` is, heads included.

    What a head says (title, outlet, date, url) is taken before what the caller says. Raises
    :class:`~geomap.errors.BadReport`, naming ``where`` (else the id), for a text that is empty, longer than
    ``max_report`` characters, binary, or has a head that cannot be.
    """
    where = where or id
    _sound(content, where, max_report)
    read = head(content, where)
    if read.body >= len(content):
        raise BadReport(f"{where}: there is no text in it; give a report with at least one sentence")
    given = Head(body=read.body, title=title, outlet=outlet, url=url)
    return article(content, id, read.over(given))


def html(content: str, *, id: str, url: str = "", where: str = "", max_report: int = MAX_REPORT) -> Article:
    """The report in a web page: its main text, with title, site, hours and address as the page states them.

    Offsets index the extracted text, paragraphs parted by a blank line. Raises :class:`~geomap.errors.BadReport`
    where the page holds no text of its own.
    """
    # Loading trafilatura takes 0.2 s, which plain texts need not wait for.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    where = where or id
    _sound(content, where, 4 * max_report)
    found = bare_extraction(content, url=url or None, include_comments=False, with_metadata=True)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise BadReport(f"{where}: no report was found in the page; save its text in a .txt file and read that")
    body = "\n\n".join(line for line in str(found.text).splitlines() if line.strip())
    _sound(body, where, max_report)
    published, updated = dates(content, found.date or "")
    stated = Head(
        title=found.title or "",
        outlet=found.sitename or "",
        url=url or found.url or "",
        published=published,
        updated=updated,
    )
    return article(body, id, stated)


def article(content: str, id: str, head: Head) -> Article:
    """The record of a text whose head was read."""
    return Article(
        id=id,
        text=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        title=head.title,
        outlet=head.outlet,
        published=head.published.day if head.published else None,
        url=head.url,
        language=guess(content[head.body :]),
        body=head.body,
        published_at=head.published.moment if head.published else None,
        updated=head.updated.day if head.updated else None,
        updated_at=head.updated.moment if head.updated else None,
    )


def unique(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """The articles of different digests, first come first kept, and those that only repeat one of them."""
    kept: dict[str, Article] = {}
    repeats = []
    for one in articles:
        if one.digest in kept:
            repeats.append(one)
        else:
            kept[one.digest] = one
    return tuple(kept.values()), tuple(repeats)


def _sound(content: str, where: str, limit: int) -> None:
    if len(content) > limit:
        raise BadReport(
            f"{where}: {len(content):,} characters are more than the {limit:,} of one report; "
            "split it, or raise GEOMAP_MAX_REPORT"
        )
    if not content.strip():
        raise BadReport(f"{where}: it is empty; give a report with at least one sentence")
    if "\0" in content:
        raise BadReport(f"{where}: it is binary data, not text; save the report as plain text in UTF-8")
    if _SURROGATE.search(content):
        raise BadReport(f"{where}: it holds half a character (a lone surrogate); save it again as UTF-8")
