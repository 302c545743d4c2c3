"""500 联系卡 in one PDF from warm processes, against Chromium printing the same HTML; with the memory both need."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import django

from bench._common import in_turn, print_result, print_table

RUNS = 5
COUNT = 500
LIMIT = 1.5
MEMORY_LIMIT = 300


class Memory:
    """Watches what a process and all it started hold: the most of them together, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.largest = pid, 0.0, 0.0
        self._over = threading.Event()

    def __enter__(self) -> "Memory":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            held = [_held(pid) for pid in _family(self.pid)]
            self.peak = max(self.peak, sum(held))
            self.largest = max(self.largest, *held)


def _family(pid: int) -> list[int]:
    found = [pid]
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += _family(int(child))
    return found


def _held(pid: int) -> float:
    """Proportional set size in MB."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("本机没有 Chromium，无法对比。")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

    from pypdf import PdfReader

    from reports.papers.cards import Card, CardText, Helper
    from reports.papers.kinds import CARD, Wording
    from reports.papers.printing import CardPrinter, sheets_html

    text = CardText(
        "示例区委组织部", Wording(CARD, CARD.title), tuple(CARD.part("tasks").default.split("\n")), "演示数据"
    )
    cards = [
        Card(
            head=f"示例户主{number}",
            address=f"示例镇示例{number % 30}村{number % 9 + 1}组{number}号",
            number=f"{number:05}",
            helpers=(
                Helper(f"示例干部{number // 12}", f"示例区示例{number % 40}局", "科员", f"0431-8765{number:04}", 1),
            ),
            url=f"https://bangfu.example.gov.cn/k/AbCdEfGhIj{number:06}/",
        )
        for number in range(COUNT)
    ]
    printer = CardPrinter()
    made: dict[str, bytes] = {}

    def by_us() -> None:
        made["ours"] = printer.pdf(text, cards)

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "cards.html"), Path(folder, "cards.pdf")
        source.write_text(sheets_html(text, cards))

        def by_chromium() -> None:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
                options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
                paths = [f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri()]
                subprocess.run([chromium, *options, *paths], check=True, capture_output=True)

        ours, reference = in_turn(RUNS, {"WeasyPrint, two processes": by_us, "Chromium": by_chromium})
        pages = [len(PdfReader(io.BytesIO(content)).pages) for content in (made["ours"], target.read_bytes())]
        sizes = [len(made["ours"]), target.stat().st_size]
    memory = _watched(by_us)
    printer.close()
    print_table([ours, reference])
    print(f"{COUNT} 张，页数 {pages[0]} / {pages[1]}，文件 {sizes[0] / 1e6:.1f} / {sizes[1] / 1e6:.1f} MB")
    print(f"内存峰值（本进程和排版进程合计）{memory.peak:.0f} MB，其中最大的一个 {memory.largest:.0f} MB")
    if pages[0] != pages[1]:
        raise SystemExit("两份 PDF 页数不同。")
    print_result("cards", ours, reference, LIMIT)
    if memory.peak > MEMORY_LIMIT:
        sys.exit(f"内存超过 {MEMORY_LIMIT} MB。")


def _watched(action: Callable[[], object]) -> Memory:
    with Memory(os.getpid()) as memory:
        action()
        time.sleep(0.1)
    return memory


if __name__ == "__main__":
    main()
