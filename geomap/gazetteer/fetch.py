"""Fetching a dump over HTTP, taken up where it was cut off."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from geomap.errors import RemoteError

AGENT = "geomap (news reports to maps; one request at a time)"
"""What we call ourselves to servers."""

_BLOCK = 1 << 16
_TIMEOUT = 30.0


def fetch(
    url: str,
    target: Path,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    tries: int = 5,
    pause: Callable[[float], None] = time.sleep,
) -> Path:
    """The file at ``url``, saved as ``target``, which appears whole or not at all.

    What has arrived is kept in ``target``.part: a later call, or the next of ``tries``, asks only for the rest, unless
    the server's file has changed since. Raises :class:`~geomap.errors.RemoteError` where it cannot be had.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise RemoteError(f"{url} is no http address: set GEOMAP_DUMP_URL to one")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    problem: Exception | None = None
    for attempt in range(tries):
        if attempt:
            pause(min(2.0**attempt, 30.0))
        try:
            if _more(url, part, progress):
                part.replace(target)
                _tag(part).unlink(missing_ok=True)
                return target
        except urllib.error.HTTPError as error:
            if error.code in (404, 403, 410):
                raise RemoteError(f"{url} cannot be had ({error.code}): is that a country code?") from error
            problem = error
        except (OSError, http.client.HTTPException) as error:
            problem = error
    raise RemoteError(f"{url} broke off ({problem or 'too short'}): run it again to take it up there") from problem


def _more(url: str, part: Path, progress: Callable[[str, int, int], None] | None) -> bool:
    """Ask for what is missing and append it; whether the file is whole then."""
    have = part.stat().st_size if part.is_file() else 0
    tag = _tag(part).read_text(encoding="utf-8") if have and _tag(part).is_file() else ""
    headers = {"User-Agent": AGENT}
    if have and tag:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 the scheme was checked
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
        resumed = answer.status == 206
        have = have if resumed else 0
        _tag(part).write_text(answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "", encoding="utf-8")
        length = answer.headers.get("Content-Length")
        whole = have + int(length) if length else 0
        with part.open("ab" if resumed else "wb") as out:
            while block := answer.read(_BLOCK):
                out.write(block)
                have += len(block)
                if progress:
                    progress(f"fetching {url.rsplit('/', 1)[-1]}", have, whole)
    return not whole or have >= whole


def _tag(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")
