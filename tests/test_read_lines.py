"""Reading JSON Lines: a report a line, and every bad line by its number."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest

from geomap import read
from geomap.model import Article

TRAIN = "A freight train left the rails near the harbour."


def outcome(text: str | bytes, *, limit: int = read.MAX_REPORT) -> list[Article | read.BadLine]:
    """Every line's article, or why there is none."""
    return list(read.lines(io.BytesIO(text if isinstance(text, bytes) else text.encode()), max_report=limit))


def test_each_line_is_a_report() -> None:
    line = json.dumps({"id": 7, "text": f"date 2024-01-24 {TRAIN}", "title": "Train", "more": [1]})
    (article,) = outcome(f"\ufeff{line}\n\n")
    assert isinstance(article, Article)
    assert (article.id, article.title, article.published) == ("7", "Train", dt.date(2024, 1, 24))
    assert article.text == f"date 2024-01-24 {TRAIN}"


def test_an_empty_text_is_answered_under_its_id() -> None:
    (article,) = outcome('{"id": "a", "text": ""}')
    assert isinstance(article, Article)
    assert article.text == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"not json", "not JSON"),
        (b'{"id": "a", "text": "cut', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1, 2]", "not an object"),
        (b"null", "not an object"),
        (b'{"text": "x"}', '"id"'),
        (b'{"id": "", "text": "x"}', '"id"'),
        (b'{"id": true, "text": "x"}', '"id"'),
        (b'{"id": "a"}', '"text"'),
        (b'{"id": "a", "text": 5}', '"text"'),
        (b'{"id": "a", "text": "x", "title": 5}', '"title"'),
        (b'{"id": "a", "text": "\\ud800"}', "surrogate"),
        (b'{"id": "a", "text": "x\\u0000y"}', "binary"),
        (b'{"id": "a", "text": "\xff"}', "not UTF-8"),
        (b'{"id": "a", "text": "date 2024-13-01 x"}', "cannot be"),
        (b'{"id": "a", "text": "' + b"x" * 1_001 + b'"}', "1,001 characters"),
        (b'{"id": "a", "text": "' + b"x" * 400_000 + b'"}', "too long"),
    ],
)
def test_a_bad_line_is_reported_by_number_and_the_others_are_read(line: bytes, says: str) -> None:
    good = b'{"id": "good", "text": "Words."}'
    first, bad, last = outcome(b"\n".join([good, line, good]), limit=1_000)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, read.BadLine)
    assert bad.number == 2
    assert says in bad.message, bad.message
    assert "\n" not in bad.message
    assert len(bad.message) < 300


def test_lines_may_come_from_a_text_stream() -> None:
    (article,) = read.lines(io.StringIO('{"id": "a", "text": "Words."}'))
    assert isinstance(article, Article)


def test_one_word_of_a_hundred_thousand_letters_is_read() -> None:
    (article,) = outcome(json.dumps({"id": "a", "text": "x" * 100_000}))
    assert isinstance(article, Article)
