"""An issued bulletin as a page: its text from what was frozen, each figure a link to its frozen rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from programs.models import User
from reports.bulletins.paper import frozen_document
from reports.bulletins.reading import openable
from reports.bulletins.values import COUNTS, NAMES
from reports.models import Bulletin, FrozenFigure
from reports.typesetting.document import Chart, Table
from reports.typesetting.html import table_html, title_lines
from reports.typesetting.text import Block, Run


@dataclass(frozen=True)
class Line:
    """A heading, a paragraph, or a paragraph that begins with its heading; or a table or chart."""

    html: SafeString
    is_heading: bool = False
    exhibit: Exhibit | None = None


@dataclass(frozen=True)
class Exhibit:
    """A table or a chart."""

    title: str
    html: SafeString
    note: str
    is_chart: bool


@dataclass(frozen=True)
class FigureLine:
    """One frozen figure in the list below the text."""

    figure: FrozenFigure
    url: str


class IssuedPage:
    """What the page of an issued bulletin shows to somebody."""

    def __init__(self, bulletin: Bulletin, user: User) -> None:
        self.bulletin = bulletin
        self.document = frozen_document(bulletin, marks_figures=True)
        self.open = openable(bulletin, user)

    @property
    def title_lines(self) -> list[str]:
        """The title as it is broken on paper."""
        return title_lines(self.document.title)

    @property
    def masthead_lines(self) -> list[str]:
        """The name on the masthead."""
        return self.document.masthead_name.split("\n")

    @cached_property
    def lines(self) -> list[Line]:
        """The text."""
        return [self._line(block) for block in self.document.blocks]

    @property
    def annexes(self) -> list[Exhibit]:
        """What stands behind the text."""
        return [_exhibit(annex) for annex in self.document.annexes]

    @cached_property
    def figures(self) -> list[FigureLine]:
        """The figures that the reader may open, with their definitions."""
        rows = self.bulletin.figures.filter(key__in=self.open).order_by("pk")
        return [FigureLine(figure, self._url(figure.key, "")) for figure in rows]

    def _line(self, block: Block) -> Line:
        if block.insert is not None:
            return Line(SafeString(), exhibit=_exhibit(block.insert))
        head, body = self._words(block.head), self._words(block.body)
        if head and body:
            return Line(format_html("<strong>{}</strong>{}", head, body))
        return Line(head or body, is_heading=bool(head))

    def _words(self, runs: Iterable[Run]) -> SafeString:
        return format_html_join("", "{}", ((self._run(run),) for run in runs))

    def _run(self, run: Run) -> str:
        key, _, aspect = run.figure.partition("：")
        if key not in self.open:
            return run.text
        return format_html('<a href="{}">{}</a>', self._url(key, aspect), run.text)

    @cached_property
    def _kept(self) -> dict[str, set[str]]:
        """By figure, whose rows were kept apart."""
        kept = self.bulletin.figures.order_by("pk").values_list("key", "aspects")
        return {key: {group["key"] for group in aspects["groups"]} for key, aspects in kept}

    def _url(self, key: str, aspect: str) -> str:
        address = reverse("reports:bulletin-rows", args=[self.bulletin.program.code, self.bulletin.pk, key])
        of_whom = COUNTS.get(aspect) or NAMES.get(aspect, "")
        # Names of what nobody owes are those of all its rows; who owes is everybody who did and did not.
        is_apart = ("done" if of_whom == "owed" else of_whom) in self._kept[key]
        return f"{address}?aspect={of_whom}" if is_apart else address


def _exhibit(exhibit: Table | Chart) -> Exhibit:
    if isinstance(exhibit, Chart):
        # Drawn by ourselves, with every word escaped, and frozen.
        return Exhibit(exhibit.title, mark_safe(exhibit.svg), exhibit.note, is_chart=True)  # noqa: S308
    return Exhibit(exhibit.title, table_html(exhibit, "screen"), exhibit.note, is_chart=False)
