"""A report on the web, fetched because a person named its address."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from geomap.errors import BadInput, BadReport, RemoteError
from geomap.model import Article
from geomap.read.article import MAX_REPORT, html, text
from geomap.read.decode import decode

_CHUNK = 65_536
_REDIRECTS = 5
_TEXTS = ("text/plain", "text/markdown")
_PAGES = ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: its bytes, their media type, the charset named, and the address after redirects."""

    body: bytes
    media_type: str = "text/html"
    charset: str = ""
    address: str = ""


class Transport(Protocol):
    """Whatever fetches a page of at most ``limit`` bytes within ``timeout`` seconds, or raises RemoteError."""

    def __call__(self, address: str, *, limit: int, timeout: float) -> Page:
        """The page at ``address``."""
        ...


def url(
    address: str, *, max_report: int = MAX_REPORT, timeout: float = 20.0, transport: Transport | None = None
) -> Article:
    """The report at a web address, http or https.

    At most ``4 * max_report`` bytes are taken, and ``timeout`` seconds. Raises :class:`~geomap.errors.BadInput` for
    an address of another kind, :class:`~geomap.errors.RemoteError` where it does not answer, and
    :class:`~geomap.errors.BadReport` where what it answers is no report.
    """
    _check(address)
    page = (transport or fetch)(address, limit=4 * max_report, timeout=timeout)
    where = page.address or address
    if page.media_type not in _TEXTS + _PAGES:
        raise BadReport(f"{address}: it is {page.media_type}, not a web page or text; save its text and read that")
    content = _decode(page, address)
    if page.media_type in _TEXTS:
        return text(content, id=_slug(where), url=where, max_report=max_report)
    return html(content, id=_slug(where), url=where, max_report=max_report)


def fetch(address: str, *, limit: int, timeout: float) -> Page:
    """The page at ``address`` over requests: http and https alone, five redirects, bounded in bytes and seconds."""
    deadline = time.monotonic() + timeout
    with requests.Session() as session:
        session.max_redirects = _REDIRECTS
        session.headers["User-Agent"] = "geomap (reads a page that a person named)"
        try:
            with session.get(address, stream=True, timeout=timeout) as answer:
                if not answer.ok:
                    raise RemoteError(f"{address} answered {answer.status_code}; check the address")
                kind, _, rest = answer.headers.get("Content-Type", "").partition(";")
                return Page(
                    body=_body(answer, address, limit, deadline),
                    media_type=kind.strip().lower(),
                    charset=_charset(rest),
                    address=answer.url,
                )
        except (requests.RequestException, HTTPError, OSError) as error:
            raise RemoteError(f"{address} did not answer ({type(error).__name__}); try again later") from error


def _body(answer: requests.Response, address: str, limit: int, deadline: float) -> bytes:
    """The bytes as they come, unpacked: a small compressed answer cannot grow past ``limit``.

    ``read1`` hands over what has come: a larger read would wait for as long as a server lets single bytes drip.
    """
    parts = bytearray()
    while part := answer.raw.read1(_CHUNK, decode_content=True):
        parts += part
        if len(parts) > limit:
            raise BadReport(f"{address}: the page is larger than {limit / 1e6:,.1f} MB; save its text and read that")
        if time.monotonic() > deadline:
            raise RemoteError(f"{address} took too long to answer; try again later")
    return bytes(parts)


def _charset(parameters: str) -> str:
    found = re.search(r"charset=\"?([\w-]+)", parameters, re.IGNORECASE)
    return found[1] if found else ""


def _decode(page: Page, address: str) -> str:
    try:
        return page.body.decode(page.charset or "utf-8").lstrip("\ufeff")
    except (LookupError, UnicodeDecodeError):
        return decode(page.body, address)


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise BadInput(f"{address:.200}: this is not a web address; it must begin with http:// or https://")


def _slug(address: str) -> str:
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"[^\w]+", "-", last or parts.hostname or "page").strip("-")[:80] or "page"
