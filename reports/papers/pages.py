"""A paper of several A4 pages: its head or cover, a line of contents, and parts with texts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports.typesetting.document import Table
from reports.typesetting.html import table_html, words

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Part:
    """A part under its own heading; ``empty`` says in one line that nothing is there, where nothing is."""

    title: str
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print but that line."""
        return not any(self.paragraphs) and not any(table.rows for table in self.tables)


@dataclass(frozen=True)
class Pages:
    """The whole paper. With ``cover`` lines the title stands on a page of its own, without them above the text."""

    title: str
    head: str
    parts: Sequence[Part]
    cover: Sequence[str] = ()
    under_title: str = ""
    notice: str = ""
    foot: str = ""
    author: str = ""
    closing: Sequence[str] = ()


def pages_html(*papers: Pages) -> str:
    """Papers for the printer, each with pages of its own numbering; together they share the faces in the file."""
    books = [_book(paper, number) for number, paper in enumerate(papers)]
    groups = ("odd", "even") if len(books) > 1 else ("",)
    for number, book in enumerate(books):
        book["group"] = groups[number % len(groups)]
    return render_to_string("reports/print/pages.html", {"books": books, "title": books[0]["title"]})


def _book(pages: Pages, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "title": words(pages.title),
        "head": words(pages.head),
        "cover": [words(line) for line in pages.cover],
        "under_title": words(pages.under_title),
        "notice": words(pages.notice),
        "foot": words(pages.foot),
        "author": pages.author,
        "closing": [words(line) for line in pages.closing],
        "parts": [_part(part, number) for number, part in enumerate(pages.parts)],
    }


def _part(part: Part, number: int) -> dict[str, Any]:
    return {
        "title": words(f"{NUMERALS[number]}、{part.title}"),
        "paragraphs": [words(text) for text in part.paragraphs if text],
        "tables": [_table(table) for table in part.tables if table.rows],
        "empty": words(part.empty) if part.is_empty else "",
    }


def _table(table: Table) -> dict[str, SafeString]:
    html = str(table_html(table))
    if not any(column.title for column in table.columns):
        # Facts beside their names: what stands in the first row is no head.
        html = html[: html.index("<thead>")] + html[html.index("</thead>") + len("</thead>") :]
    return {
        "title": words(table.title),
        "html": mark_safe(html),  # noqa: S308 - every cell is escaped
        "note": words(table.note),
    }
