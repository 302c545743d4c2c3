"""Prints papers: one while somebody waits, or many in order by several processes, a few ahead at a time."""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from pypdf import PdfReader

from reports.typesetting.pool import PdfPool, shared_pool


class Press:
    """Keeps its processes warm from paper to paper, and holds no more than a few of them."""

    def __init__(self, processes: int | None = None) -> None:
        self._size = processes or min(2, os.cpu_count() or 1)
        self._pool = PdfPool(size=self._size, timeout=120)
        self._threads = ThreadPoolExecutor(self._size)

    def one(self, html: str) -> bytes:
        """One paper."""
        return self._pool.render_html(html, is_tagged=False)

    def all(self, papers: Iterable[str]) -> Iterator[bytes]:
        """Papers in their order; the next are set while one is taken."""
        waiting: deque[Future[bytes]] = deque()
        for html in papers:
            waiting.append(self._threads.submit(self.one, html))
            if len(waiting) > self._size:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """End the processes."""
        self._threads.shutdown(cancel_futures=True)
        self._pool.close()


class DeskPress:
    """Prints while somebody waits, with the process that the web keeps warm."""

    def one(self, html: str) -> bytes:
        """One paper."""
        return shared_pool().render_html(html, is_tagged=False)


@contextmanager
def press(processes: int | None = None) -> Iterator[Press]:
    """A press for as long as it is needed."""
    found = Press(processes)
    try:
        yield found
    finally:
        found.close()


def count_pages(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(content)).pages)
