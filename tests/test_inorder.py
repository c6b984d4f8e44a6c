"""Work on several threads, its results in order."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from geomap.inorder import InOrder


def test_results_come_in_the_order_of_the_work() -> None:
    second_done = threading.Event()
    written: list[str] = []

    def first() -> str:
        second_done.wait(5)
        return "first"

    def second() -> str:
        second_done.set()
        return "second"

    with InOrder(written.append, threads=2) as work:
        work.add(first)
        work.add(second)
    assert written == ["first", "second"]


def test_a_lone_result_waits_for_no_more_work() -> None:
    answered = threading.Event()
    with InOrder[str](lambda _: answered.set(), threads=2) as work:
        work.add(lambda: "alone")
        assert answered.wait(5)


def run(pieces: list[Callable[[], int]], write: Callable[[int], None]) -> None:
    with InOrder[int](write, threads=2) as work:
        for piece in pieces:
            work.add(piece)


def test_what_work_raises_is_raised_and_nothing_after_it_is_written() -> None:
    written: list[int] = []

    def broken() -> int:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        run([lambda: 1, broken, lambda: 3], written.append)
    assert written == [1]


def test_a_reader_that_went_away_ends_the_work() -> None:
    def write(_: int) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        run([lambda: 1] * 100, write)
