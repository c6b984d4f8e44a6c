"""Work shared between threads whose results are wanted in the order in which it was given."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

Result = TypeVar("Result")

AHEAD = 8
"""Pieces of work a thread that may wait: enough to keep it busy, few enough to hold in memory."""


class InOrder(Generic[Result]):
    """Runs work on ``threads`` threads and hands each result to ``write`` as soon as those before it have been.

    Nothing waits for work that has not been given yet: a lone piece is answered at once. Use it as a context manager;
    leaving it waits for what is left. What a piece of work or ``write`` raises is raised by the next :meth:`add`, or
    on leaving, and nothing after it is written.
    """

    def __init__(self, write: Callable[[Result], None], *, threads: int) -> None:
        self._write = write
        self._pool = ThreadPoolExecutor(threads)
        self._room = threading.Semaphore(AHEAD * threads)
        self._lock = threading.Lock()
        self._waiting: deque[Future[Result]] = deque()
        self._failed: BaseException | None = None

    def add(self, work: Callable[[], Result]) -> None:
        """Give one piece of work; waits while too many are ahead of it."""
        self._room.acquire()
        self._complain()
        future = self._pool.submit(work)
        with self._lock:
            self._waiting.append(future)
        future.add_done_callback(self._hand_on)

    def __enter__(self) -> InOrder[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=error is not None)
        if error is None:
            self._complain()

    def _complain(self) -> None:
        if self._failed:
            raise self._failed

    def _hand_on(self, _: Future[Result]) -> None:
        with self._lock:
            while self._waiting and self._waiting[0].done():
                future = self._waiting.popleft()
                self._room.release()
                if self._failed or future.cancelled():
                    continue
                self._failed = future.exception()
                if not self._failed:
                    self._failed = self._written(future.result())

    def _written(self, result: Result) -> BaseException | None:
        try:
            self._write(result)
        except (OSError, ValueError) as error:
            return error
        return None
