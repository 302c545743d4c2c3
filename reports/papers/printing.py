"""Prints cards: four to a sheet of A4, set by several processes at once and joined into one file."""

from __future__ import annotations

import base64
import io
import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.papers.cards import Card, CardText, Helper
from reports.typesetting.html import words
from reports.typesetting.joining import Sheets
from reports.typesetting.pool import PdfPool, shared_pool

ON_SHEET = 4
#: Cards that one process sets at a time: fewer would subset the faces too often, more would take more memory.
AT_A_TIME = 60
_CORNERS = ("a", "b", "c", "d")

#: How wide lines are, in points.
WIDTH = 241.0
#: Sizes from the usual to the smallest that can be read: the class, the size and the height of a line in points.
SIZES = (("", 11.0, 15.0), ("small", 9.5, 11.8), ("tiny", 8.0, 9.6))
#: The height of the places on the card, in points.
ROOM = {"household": 60.0, "helpers": 75.0, "tasks": 71.0}


@dataclass(frozen=True)
class Place:
    """A place on the card with its lines, escaped for print, in the size in which they fit."""

    lines: list[SafeString]
    size: str

    @classmethod
    def of(cls, name: str, lines: Sequence[str]) -> Place:
        """Lines in the largest size that has room for them."""
        return cls([words(line) for line in lines], fitting(lines, ROOM[name]))


def fitting(lines: Sequence[str], room: float) -> str:
    """The largest size in which lines fit into a height; the smallest if they fit in none."""
    for name, size, height in SIZES:
        on_line = int(WIDTH / size)
        if sum(math.ceil(len(line) / on_line) for line in lines) * height <= room:
            return name
    return SIZES[-1][0]


@dataclass(frozen=True)
class SetCard:
    """A card in its corner of the sheet, with its code as a picture."""

    corner: str
    household: Place
    helpers: Place
    code: str


class Layers(Flag):
    """What of a sheet is set: what is the same on every card, what differs, or both."""

    STILL = auto()
    MOVING = auto()
    BOTH = STILL | MOVING


def sheets_html(text: CardText, cards: Sequence[Card], layers: Layers = Layers.BOTH) -> str:
    """The sheets of these cards as one page for the printer."""
    sheets = [
        [_set(card, corner, layers) for card, corner in zip(cards[at : at + ON_SHEET], _CORNERS, strict=False)]
        for at in range(0, len(cards), ON_SHEET)
    ]
    context: dict[str, Any] = {"title": text.wording.title, "sheets": sheets, "moving": Layers.MOVING in layers}
    if Layers.STILL in layers:
        context["still"] = {
            "notice": words(text.notice),
            "office": words(text.office),
            "title": words(text.wording.title),
            "helped": words(text.wording.text("helped")),
            "helper": words(text.wording.text("helper")),
            "tasks_title": words(text.wording.text("tasks_title")),
            "tasks": Place.of("tasks", [f"{number}. {task}" for number, task in enumerate(text.tasks, start=1)]),
            "note": [words(line) for line in text.wording.lines("note")],
        }
    return render_to_string("reports/print/cards.html", context)


def _set(card: Card, corner: str, layers: Layers) -> SetCard:
    if Layers.MOVING not in layers:
        return SetCard(corner, Place([], ""), Place([], ""), "")
    household = _lines(("户主", card.head), ("住址", card.address), ("编号", card.number))
    told = _told if len(card.helpers) == 1 else _told_briefly
    helpers = [line for helper in card.helpers for line in told(helper)]
    return SetCard(corner, Place.of("household", household), Place.of("helpers", helpers), code_picture(card.url))


def _told(helper: Helper) -> list[str]:
    return _lines(
        ("姓名" if helper.cadre_id else "名称", helper.name),
        ("单位", helper.unit if helper.unit != helper.name else ""),
        ("职务", helper.post),
        ("办公电话", helper.phone),
    )


def _told_briefly(helper: Helper) -> list[str]:
    """One of several: two lines."""
    first = [helper.name, helper.post]
    second = [helper.unit if helper.unit != helper.name else "", helper.phone]
    return ["　".join(filter(None, part)) for part in (first, second) if any(part)]


def _lines(*pairs: tuple[str, str]) -> list[str]:
    """What is not known takes no line."""
    return [f"{label}：{value}" for label, value in pairs if value]


def code_picture(url: str) -> str:
    """A QR code as an address of data: one dot a module, black on white.

    Every mask can be read; trying all eight of them for the prettiest takes four times as long.
    """
    code = segno.make_qr(url, error="m", boost_error=False, mask=2)
    content = io.BytesIO()
    code.save(content, kind="png", scale=1, border=2)
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()


class CardPrinter:
    """Keeps its processes warm from file to file."""

    def __init__(self, processes: int | None = None) -> None:
        self._size = processes or min(2, os.cpu_count() or 1)
        self._pool = PdfPool(size=self._size, timeout=120)
        self._threads = ThreadPoolExecutor(self._size)

    def pdf(self, text: CardText, cards: Sequence[Card], check: Callable[[], None] = lambda: None) -> bytes:
        """All cards in one file. ``check`` is called now and then and may stop the work by raising.

        What is the same on every card is set once and stamped on all sheets; on each only what differs is set. A last
        sheet that is not full is set as it is.
        """
        full = len(cards) - len(cards) % ON_SHEET
        parts = [(cards[at : min(at + AT_A_TIME, full)], Layers.MOVING) for at in range(0, full, AT_A_TIME)]
        parts += [(cards[full:], Layers.BOTH)] if full < len(cards) else []
        stamp = self._set(text, cards[:ON_SHEET], Layers.STILL) if full else None
        # Pages are written here while the processes set those before.
        waiting = []
        for part, layers in parts:
            check()
            waiting.append((self._set(text, part, layers), layers))
        sheets = Sheets(title=text.wording.title, author=text.office)
        for done, layers in waiting:
            sheets.add(done.result(), stamp.result() if stamp and layers is Layers.MOVING else None)
            check()
        return sheets.content()

    def _set(self, text: CardText, cards: Sequence[Card], layers: Layers) -> Future[bytes]:
        return self._threads.submit(self._pool.render_html, sheets_html(text, cards, layers), is_tagged=False)

    def close(self) -> None:
        """End the processes."""
        self._threads.shutdown(cancel_futures=True)
        self._pool.close()


@contextmanager
def card_printer(processes: int | None = None) -> Iterator[CardPrinter]:
    """A printer for as long as it is needed."""
    printer = CardPrinter(processes)
    try:
        yield printer
    finally:
        printer.close()


def single_card(text: CardText, card: Card) -> bytes:
    """One card on a sheet of its own, while somebody waits for it."""
    return shared_pool().render_html(sheets_html(text, [card]), is_tagged=False)
