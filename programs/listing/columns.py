"""Columns of lists: what stands in a cell, on the page and in the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from programs.links import url_of
from programs.rules.wording import EMPTY, MONEY_UNIT, day_text, moment_text, table_number

if TYPE_CHECKING:
    from programs.listing.setting import Setting


@dataclass(frozen=True)
class Mark:
    """A word with a mark beside it: ``done`` green, ``soon`` amber, ``late`` red, ``quiet`` grey."""

    text: str
    tone: str = "quiet"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Link:
    """Words of one's own that lead to a row's page; ``full`` is what the workbook gets instead of the short words."""

    text: str
    to: models.Model | None
    full: str = ""

    def __str__(self) -> str:
        return self.full or self.text


@dataclass(frozen=True)
class Item:
    """One piece of a cell as the template prints it."""

    text: str
    link: str = ""
    tone: str = ""
    opens: Callable[[], bool] | None = None

    @property
    def url(self) -> str:
        """Where it leads whoever may go there; asked for when all of the page is known."""
        return self.link if self.opens is None or self.opens() else ""


@dataclass(frozen=True)
class Cell:
    """A cell as the template prints it."""

    column: Column
    items: list[Item]

    @property
    def html(self) -> SafeString:
        """What stands in the cell."""
        return html_of(self.items)

    @property
    def css(self) -> str:
        """The classes of the cell."""
        column = self.column
        named = (column.kind, column.is_numeric and "numeric", column.wraps and "wraps", self.is_empty and "nothing")
        return " ".join(name for name in named if name)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.items


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: ``value`` is a path of attributes and methods (``self`` for the row), or a function of row and setting.

    ``sort`` names the lookups to sort by; without it the column is not sorted. ``kind`` is text, number, money (yuan),
    day or moment. A column that is only ``exported`` does not stand on the page.
    """

    key: str
    label: str
    value: str | Callable[[Any, Setting], Any]
    sort: tuple[str, ...] = ()
    kind: str = "text"
    width: int = 14
    only_exported: bool = False
    wraps: bool = False

    def value_of(self, row: Any, setting: Setting) -> Any:
        """What the row has in this column."""
        if callable(self.value):
            return self.value(row, setting)
        if self.value == "self":
            return row
        is_choice = self.value.endswith("_display")
        for name in self.value.split("."):
            row = getattr(row, name)
            if callable(row):
                row = row()
            if row is None:
                return None
        return setting.program.call(str(row)) or row if is_choice else row

    def cell(self, row: Any, setting: Setting) -> Cell:
        """The row's cell as the page shows it."""
        return Cell(self, items_of(self.value_of(row, setting), setting, self.kind))

    def plain_value(self, row: Any, setting: Setting) -> str | int | Decimal | dt.date | None:
        """The row's value for a workbook: numbers and days stay what they are."""
        value = self.value_of(row, setting)
        if isinstance(value, bool):
            return show(value)
        if isinstance(value, dt.datetime):
            moment = timezone.localtime(value).replace(tzinfo=None)
            return moment.date() if self.kind == "day" else moment
        if value is None or isinstance(value, int | Decimal | dt.date):
            return value
        if isinstance(value, list | tuple):
            return "、".join(str(one) for one in value if one is not None and one != "")
        return str(value)

    @property
    def is_numeric(self) -> bool:
        """Whether it stands at the right, in tabular figures."""
        return self.kind in ("number", "money")


def items_of(value: Any, setting: Setting, kind: str = "text") -> list[Item]:
    """A value, or several, as a page prints them: things with a page become links."""
    values = value if isinstance(value, list | tuple) else [value]
    return [_item(one, setting, kind) for one in values if one is not None and one != ""]


def _item(value: Any, setting: Setting, kind: str) -> Item:
    if isinstance(value, Mark):
        return Item(value.text, tone=value.tone)
    if isinstance(value, Link):
        return _to(value.to, value.text, setting)
    if isinstance(value, models.Model):
        return _to(value, str(value), setting)
    return Item(show(value, kind))


def _to(thing: models.Model | None, text: str, setting: Setting) -> Item:
    url = url_of(setting.program, thing)
    if thing is None or not url:
        return Item(text)
    setting.doors.will_ask(thing)
    return Item(text, url, opens=lambda: setting.doors.opens(thing, url))


def html_of(items: list[Item]) -> SafeString:
    """Pieces one after the other; a template would put blanks between them."""
    return format_html_join("、", "{}", ((_html_of(item),) for item in items)) or escape(EMPTY)


def _html_of(item: Item) -> str:
    if item.tone:
        return format_html('<span class="mark mark-{}">{}</span>', item.tone, item.text)
    url = item.url
    return format_html('<a href="{}">{}</a>', url, item.text) if url else item.text


def show(value: Any, kind: str = "text") -> str:
    """A value in words: days as 2015年7月3日, money with separators, 是 and 否."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value)
        return day_text(moment) if kind == "day" else moment_text(moment)
    if isinstance(value, dt.date):
        return day_text(value)
    if isinstance(value, int | Decimal):
        return table_number(value, MONEY_UNIT if kind == "money" else "")
    return str(value)
