"""What a printed paper consists of: plain values that HTML, PDF and Word are made from."""

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reports.typesetting.text import Block

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` is its share, compared with the other columns."""

    title: str
    width: float = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with thin black rules; its head is repeated on every page."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing (inline SVG) and the table that says the same in numbers, which Word gets instead."""

    title: str
    svg: str
    table: Table
    note: str = ""


@dataclass(frozen=True, slots=True)
class BulletinDocument:
    """A 简报: red masthead, text, annexes, and at its foot whom it goes to.

    Without a masthead it is a plain text that ends with who wrote it and when.

    ``masthead_name`` and ``title`` may hold line breaks. ``watermark`` (草稿, 已撤回) is printed across every page,
    ``notice`` (演示数据) above every page. ``identifier`` and ``date`` alone stand in the file's metadata, so that the
    same document always makes the same file.
    """

    masthead_name: str
    issue_text: str
    office: str
    date: datetime.date
    title: str
    blocks: "tuple[Block, ...]"
    report_to: str = ""
    send_to: str = ""
    distribute_to: str = ""
    copies: int | None = None
    annexes: tuple[Table | Chart, ...] = ()
    note: str = ""
    watermark: str = ""
    notice: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = field(default_factory=tuple)
    identifier: str = ""

    @property
    def date_text(self) -> str:
        """The day as offices print it: 2015年7月3日."""
        return f"{self.date.year}年{self.date.month}月{self.date.day}日"

    @property
    def plain_title(self) -> str:
        return self.title.replace("\n", "")

    @property
    def plain_name(self) -> str:
        return self.masthead_name.replace("\n", "")

    @property
    def is_plain(self) -> bool:
        """Whether it has no masthead; office and day then stand under the text."""
        return not self.masthead_name

    @property
    def about(self) -> str:
        """The subject in the file's metadata."""
        return self.subject or " ".join(filter(None, (self.plain_name, self.issue_text))) or self.plain_title

    @property
    def addressees(self) -> list[tuple[str, str]]:
        """The lines of the 版记 that are filled in: 报, 送, 发."""
        lines = [("报", self.report_to), ("送", self.send_to), ("发", self.distribute_to)]
        return [(label, text) for label, text in lines if text]

    @property
    def pdf_identifier(self) -> bytes:
        """Sixteen bytes that name this very issue."""
        key = self.identifier or f"{self.plain_name}|{self.issue_text}|{self.date.isoformat()}"
        return hashlib.sha256(key.encode()).digest()[:16]
