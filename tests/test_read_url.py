"""Reading from the web: over a server of our own, and over a transport that is not the network."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geomap import read
from geomap.errors import BadInput, BadReport, GeomapError, RemoteError
from tests.test_read import PAGE

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/news/train.html": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
    "/plain": (200, {"Content-Type": "text/plain; charset=windows-1251"}, "Поезд сошёл с рельсов.".encode("cp1251")),
    "/odd": (200, {"Content-Type": "text/plain; charset=nonsense"}, "A train — off.".encode()),
    "/moved": (302, {"Location": "/news/train.html"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/local": (302, {"Location": "file:///etc/hostname"}, b""),
    "/gone": (404, {"Content-Type": "text/html"}, PAGE.encode()),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/huge": (200, {"Content-Type": "text/plain"}, b"x" * 50_000),
    "/bomb": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"x" * 5_000_000)),
    "/broken": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"not gzip at all"),
}


class Handler(BaseHTTPRequestHandler):
    """Answers from the table; /slow lets single bytes drip until the asker has gone, a minute at most."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(600):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                return
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a web server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_is_read_under_the_address_that_it_came_from(site: str) -> None:
    article = read.url(f"{site}/moved")
    assert "freight train" in article.text
    assert (article.id, article.url, article.outlet) == ("train", f"{site}/news/train.html", "Harbour Post")


def test_plain_text_is_read_in_the_charset_named(site: str) -> None:
    article = read.url(f"{site}/plain")
    assert (article.text, article.language, article.id) == ("Поезд сошёл с рельсов.", "ru", "plain")


def test_an_unknown_charset_is_guessed(site: str) -> None:
    assert read.url(f"{site}/odd").text == "A train — off."


@pytest.mark.parametrize(
    ("path", "kind", "says"),
    [
        ("/gone", RemoteError, "answered 404"),
        ("/loop", RemoteError, "TooManyRedirects"),
        ("/local", RemoteError, "InvalidSchema"),
        ("/broken", RemoteError, "did not answer"),
        ("/picture", BadReport, "image/png"),
        ("/empty", BadReport, "empty"),
        ("/huge", BadReport, "larger than"),
        ("/bomb", BadReport, "larger than"),
    ],
)
def test_an_answer_that_is_no_report_is_refused_in_one_line(
    site: str, path: str, kind: type[GeomapError], says: str
) -> None:
    with pytest.raises(kind, match=says) as caught:
        read.url(site + path, max_report=10_000)
    assert "\n" not in str(caught.value)
    assert path in str(caught.value) or says == "empty"


def test_an_answer_that_never_ends_is_cut_off(site: str) -> None:
    """Whether bytes still drip at the end of the time allowed, or a busy machine let them stop for as long."""
    with pytest.raises(RemoteError, match=r"too long|did not answer"):
        read.url(f"{site}/slow", timeout=1)


def test_a_server_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(RemoteError, match="did not answer"):
        read.url("http://127.0.0.1:1/x", timeout=2)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://a/b", "a.txt", "http://", "http://[::1", "http://a:99999/", "", "javascript:1"],
)
def test_only_web_addresses_are_fetched(address: str) -> None:
    def never(address: str, *, limit: int, timeout: float) -> read.Page:
        raise AssertionError(address)

    with pytest.raises(BadInput, match="not a web address"):
        read.url(address, transport=never)


def test_a_transport_may_be_put_in_the_networks_place() -> None:
    def shelf(address: str, *, limit: int, timeout: float) -> read.Page:
        return read.Page(PAGE.encode(), "text/html", "utf-8", address)

    article = read.url("https://post.example/a/?page=1", transport=shelf)
    assert (article.id, article.title) == ("a", "Train off the rails")
