"""Geoparsing lines from anywhere: what is bad is named by its line, and everything else is answered."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from geomap import cli
from geomap.model import Gazetteer

Run = Callable[..., tuple[int, list[dict[str, Any]], list[str]]]

GOOD = "A bridge in Genoa fell on Monday."
LIMIT = 2_000_000


@pytest.fixture
def run(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Geoparses lines (objects, or bytes as they are) through the command line: status, answers, error lines."""

    def call(*lines: object) -> tuple[int, list[dict[str, Any]], list[str]]:
        raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = cli.run(["geoparse"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err.splitlines()

    return call


def report(text: str, id: str = "r") -> dict[str, str]:
    return {"id": id, "text": text}


def names(answer: dict[str, Any]) -> list[str]:
    return [mention["text"] for mention in answer["mentions"]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{not json", "not JSON"),
        (b"[" * 20_000, "not JSON"),
        (b'{"id": 1, "text": "Genoa"', "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[1, 2]", "not an object"),
        ({"text": GOOD}, '"id"'),
        ({"id": None, "text": GOOD}, '"id"'),
        ({"id": "r"}, '"text"'),
        ({"id": "r", "text": None}, '"text"'),
        ({"id": "r", "text": ["Genoa"]}, '"text"'),
        ({"id": "r", "text": GOOD, "title": 7}, '"title"'),
        ({"id": "r", "text": "\x00Genoa\x00"}, "UTF-8"),
        ({"id": "r", "text": "Genoa. " * 720_000}, f"{LIMIT:,}"),
    ],
    ids=lambda value: None if isinstance(value, str) else "line",
)
def test_a_bad_line_is_one_error_that_names_it_and_the_others_are_answered(run: Run, line: object, said: str) -> None:
    code, answers, errors = run(report(GOOD, "first"), line, report(GOOD, "last"))
    assert code == 1
    assert [answer["id"] for answer in answers] == ["first", "last"]
    assert all(names(answer) == ["Genoa"] for answer in answers)
    assert len(errors) == 1
    assert errors[0].startswith("geomap: line 2: ")
    assert said in errors[0]
    assert len(errors[0]) < 250


def test_answers_keep_the_order_of_the_lines(run: Run) -> None:
    lines = [report(GOOD * (1 + 30 * (number % 3 == 0)), str(number)) for number in range(30)]
    code, answers, errors = run(*lines)
    assert (code, errors) == (0, [])
    assert [answer["id"] for answer in answers] == [str(number) for number in range(30)]


def test_every_bad_line_is_named(run: Run) -> None:
    code, answers, errors = run(b"{", report(GOOD), b"", b"7", report(GOOD))
    assert (code, len(answers)) == (1, 2)
    assert [error.split(": ")[1] for error in errors] == ["line 1", "line 4"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "x" * 100_000,
        "A" * 100_000,
        "Genoa" * 20_000,
        "(" * 5_000,
        "\u202eGenoa\u202c \u2066Turin\u2069",
        "\u200b\u200c\u200d\ufeff\u00ad",
        "Ge\u0301noa\u0301 " * 50,
        "Гeнoa Москва Genoa 北京 القدس ירושלים",
        "😀🇮🇹👩‍👩‍👧 Genoa",
    ],
    ids=lambda text: f"{text[:6]!a} x {len(text)}",
)
def test_odd_text_is_answered_with_spans_that_fit_it(run: Run, text: str) -> None:
    code, answers, errors = run(report(text))
    assert (code, errors) == (0, [])
    for mention in answers[0]["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["text"].strip()


def test_a_long_word_hides_no_name_beside_it(run: Run) -> None:
    _, answers, _ = run(report(f"{GOOD} {'x' * 100_000} A fire broke out in Turin."))
    assert names(answers[0]) == ["Genoa", "Turin"]


@pytest.mark.parametrize("mark", ["\u202a", "\u202e", "\u2066", "\u200e", "\u200b"])
def test_marks_that_cannot_be_seen_around_a_name_do_not_hide_it(run: Run, mark: str) -> None:
    _, answers, _ = run(report(f"A bridge in {mark}Genoa{mark} fell on Monday."))
    assert names(answers[0]) == ["Genoa"]
