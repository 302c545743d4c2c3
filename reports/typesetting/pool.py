"""Prints for web requests: hands pages to warm processes, and gives up in time.

Pango is not safe among threads, and forking with an open database connection can hang: so processes, and spawned ones.
"""

import atexit
import contextlib
import functools
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

from reports.typesetting.document import BulletinDocument
from reports.typesetting.html import to_html
from reports.typesetting.worker import ANSWER, REQUEST, read_exactly

_ROOT = Path(__file__).resolve().parent.parent.parent
#: WeasyPrint's memory grows a little with every page it sets.
_RENDERS_PER_PROCESS = 300


class PdfError(Exception):
    """A PDF could not be made; the words are for the user."""


class _Process:
    """One printing process and the pipes to it."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reports.typesetting.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)
        self._renders = 0

    @property
    def is_usable(self) -> bool:
        return self._process.poll() is None and self._renders < _RENDERS_PER_PROCESS

    def render(self, html: str, identifier: bytes, is_tagged: bool, timeout: float) -> bytes:
        page = html.encode()
        timer = threading.Timer(timeout, self._process.kill)
        timer.start()
        try:
            self._stdin.write(REQUEST.pack(is_tagged, len(identifier), len(page)) + identifier + page)
            self._stdin.flush()
            done, length = ANSWER.unpack(read_exactly(self._stdout, ANSWER.size))
            content = read_exactly(self._stdout, length)
        finally:
            timer.cancel()
        self._renders += 1
        if not done:
            raise PdfError("版面没有排成，内容已保存。请检查正文中的表格和图，或改用 Word 导出。")
        return content

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._stdin.close()
        self._stdout.close()


class PdfPool:
    """``size`` warm processes that print one page at a time each; ``timeout`` is in seconds, waiting included."""

    def __init__(self, size: int = 1, timeout: float = 60) -> None:
        self._timeout = timeout
        self._places: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        for _ in range(size):
            self._places.put(None)

    def warm(self) -> None:
        """Start a process ahead of the first request; it loads while others work."""
        process = self._places.get()
        self._places.put(process or _Process())

    def render(self, document: BulletinDocument) -> bytes:
        """Return a bulletin as PDF, or raise PdfError with words for the user."""
        return self.render_html(to_html(document), document.pdf_identifier)

    def render_html(self, html: str, identifier: bytes = b"", *, is_tagged: bool = True) -> bytes:
        try:
            process = self._places.get(timeout=self._timeout)
        except queue.Empty:
            raise PdfError("正在排版的文件较多，请稍后再试。") from None
        try:
            if process is None or not process.is_usable:
                if process is not None:
                    process.close()
                process = _Process()
            return process.render(html, identifier, is_tagged, self._timeout)
        except (OSError, EOFError):
            if process is not None:
                process.close()
            process = None
            raise PdfError(f"排版没有在 {self._timeout:g} 秒内完成，已停止。内容没有丢失，请稍后再试。") from None
        finally:
            self._places.put(process)

    def close(self) -> None:
        """End the processes that are not at work; the others end with this one."""
        idle = []
        with contextlib.suppress(queue.Empty):
            while True:
                idle.append(self._places.get_nowait())
        for process in idle:
            if process is not None:
                process.close()
            self._places.put(None)


@functools.cache
def shared_pool() -> PdfPool:
    """The pool of this web process."""
    pool = PdfPool()
    atexit.register(pool.close)
    return pool
