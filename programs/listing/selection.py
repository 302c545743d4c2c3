"""What an address asks of a list: the search, the filters, the order and the page, all read in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, Q, QuerySet

from programs.listing.columns import Cell, Column
from programs.listing.filters import BadFilter, Choices, Filter
from programs.listing.registry import Listing
from programs.listing.setting import Setting
from programs.rules.script import spellings, typed_words

CHUNK = 1000


@dataclass(frozen=True)
class Offer:
    """A filter as the page offers it, with what is chosen."""

    filter: Filter
    setting: Setting
    data: Mapping[str, str]

    @property
    def value(self) -> str:
        """What is chosen, of a filter with one part."""
        return self.data.get(self.filter.key, "")

    @property
    def choices(self) -> Choices:
        """What can be chosen."""
        return self.filter.choices(self.setting)

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to choose now."""
        return self.filter.is_offered(self.setting)

    @property
    def ends(self) -> list[tuple[str, str, str]]:
        """Name, value and word of both ends of a stretch of days."""
        return [(key, self.data.get(key, ""), word) for key, word in zip(self.filter.keys, ("从", "到"), strict=True)]


@dataclass(frozen=True)
class Chip:
    """A filter in force, and which parts of the address to drop to be rid of it."""

    label: str
    words: str
    keys: tuple[str, ...]


@dataclass
class Row:
    """A row with its cells."""

    object: Any
    cells: list[Cell]


@dataclass
class Heading:
    """A column's head: whether it can be sorted by, whether it is, and what a click asks for."""

    column: Column
    direction: str
    next: str

    @property
    def aria(self) -> str:
        """The word for ``aria-sort``."""
        return {"": "none", "up": "ascending", "down": "descending"}[self.direction]


@dataclass
class Selection:
    """The rows of a list that an address asks for, in its order."""

    listing: Listing
    setting: Setting
    data: Mapping[str, str]
    rows: QuerySet[Any]
    chips: list[Chip] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @cached_property
    def query(self) -> str:
        """The words typed into the search box."""
        return self.data.get("q", "").strip()[:100]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that stand on the page."""
        return [column for column in self.listing.columns if not column.only_exported]

    @cached_property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether downwards."""
        asked = self.data.get("sort", "")
        key = asked.removeprefix("-")
        found = next((column for column in self.listing.columns if column.key == key and column.sort), None)
        return found, asked.startswith("-")

    @cached_property
    def headings(self) -> list[Heading]:
        """The heads of the columns."""
        chosen, downwards = self.sorted_by
        heads = []
        for column in self.columns:
            direction = ("down" if downwards else "up") if column is chosen else ""
            heads.append(Heading(column, direction, f"-{column.key}" if direction == "up" else column.key))
        return heads

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; the nearest one if there is no such page."""
        return Paginator(self.rows, self.listing.page_size).get_page(self.data.get("page", 1))

    @cached_property
    def total(self) -> int:
        """How many rows there are."""
        return self.page.paginator.count

    @cached_property
    def page_numbers(self) -> list[int | str]:
        """The numbers to go to, with gaps."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

    @cached_property
    def shown(self) -> list[Row]:
        """The rows of the page with their cells."""
        return [Row(row, [column.cell(row, self.setting) for column in self.columns]) for row in self.page.object_list]

    @cached_property
    def count_line(self) -> str:
        """“共 116 个，显示 1–50”."""
        listing, page = self.listing, self.page
        if not self.total:
            return f"共 0 {listing.counter}{listing.noun}"
        return f"共 {self.total:,} {listing.counter}{listing.noun}，显示 {page.start_index():,}–{page.end_index():,}"

    @cached_property
    def offers(self) -> list[Offer]:
        """The filters that stand in sight."""
        return [offer for offer in self._offers if not offer.filter.more]

    @cached_property
    def more_offers(self) -> list[Offer]:
        """The filters behind 更多."""
        return [offer for offer in self._offers if offer.filter.more]

    @cached_property
    def more_in_force(self) -> bool:
        """Whether one of those behind 更多 is in force."""
        return any(self.data.get(key) for offer in self.more_offers for key in offer.filter.keys)

    @cached_property
    def _offers(self) -> list[Offer]:
        filters = (one.beside(self.data) for one in self.listing.filters if one.template)
        return [Offer(one, self.setting, self.data) for one in filters if one.depends or one.is_offered(self.setting)]

    @property
    def dependent_offers(self) -> list[Offer]:
        """The filters whose choices change with those of others."""
        return [offer for offer in self.offers if offer.filter.depends]

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """Parts of the address that no field of the filter form carries: a link's thing, a figure's period."""
        offered = (offer for offer in self._offers if offer.is_offered)
        fields = {key for offer in offered for key in offer.filter.keys} | {"q", "page", "sort"}
        return [(key, value) for key, value in self.data.items() if key not in fields and value]

    @cached_property
    def unfiltered(self) -> str:
        """The address without search and filters, but with what else it says."""
        own = {key for one in self.listing.filters for key in one.keys} | {"q", "page"}
        return f"?{urlencode({key: value for key, value in self.data.items() if key not in own and value})}"

    @cached_property
    def chip_links(self) -> list[tuple[Chip, str]]:
        """The filters in force, each with the address without it."""
        return [(chip, self._address_without(*chip.keys)) for chip in self.chips]

    def _address_without(self, *keys: str) -> str:
        left = {key: value for key, value in self.data.items() if key not in (*keys, "page") and value}
        return f"?{urlencode(left)}"

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter is in force."""
        return bool(self.query or self.chips)

    def described(self) -> str:
        """The search and the filters in one line, for the workbook and the log."""
        words = [f"搜索“{self.query}”"] if self.query else []
        words += [f"{chip.label}：{chip.words}" for chip in self.chips]
        return "；".join(words)

    def all_rows(self) -> Iterator[Any]:
        """Every row, a thousand at a time."""
        return self.rows.iterator(chunk_size=CHUNK)

    def names(self) -> list[str]:
        """The names of every row, each once, in order."""
        name_of = self.listing.name_of
        return list(dict.fromkeys(name_of(row) for row in self.all_rows())) if name_of else []

    def table(self) -> Iterable[list[Any]]:
        """Every row's values in all columns, for a workbook."""
        return ([column.plain_value(row, self.setting) for column in self.listing.columns] for row in self.all_rows())


def select(listing: Listing, rows: QuerySet[Any], setting: Setting, data: Mapping[str, str]) -> Selection:
    """Read the address and narrow and order the rows as it says; what cannot be read is said and left out."""
    rows = listing.prepared(_plain(rows), setting)
    selection = Selection(listing, setting, data, rows)
    rows = _search(selection, rows)
    for one in listing.filters:
        try:
            found = one.beside(data).read(data, setting)
        except BadFilter as error:
            selection.errors.append(str(error))
            continue
        if found is not None:
            condition, words = found
            rows = narrow(rows, condition) if one.multi else rows.filter(condition)
            selection.chips.append(Chip(one.label, words, one.keys))
    selection.rows = rows.order_by(*_order(selection))
    return selection


def narrow(rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    """Rows that meet a condition which runs over several related rows, each row once."""
    return rows.filter(pk__in=rows.model._base_manager.filter(condition).order_by().values("pk"))


def _plain(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Any rows, as rows that can still be filtered: what is distinct, combined or grouped goes into a subquery."""
    query = rows.query
    if query.is_sliced:
        return rows.model._default_manager.filter(pk__in=rows.values("pk"))
    if query.distinct or query.combinator or query.group_by is not None:
        return rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    return rows


def _search(selection: Selection, rows: QuerySet[Any]) -> QuerySet[Any]:
    for word in typed_words(selection.query):
        if condition := search_condition(selection.listing, word):
            rows = narrow(rows, condition)
    return rows


def search_condition(listing: Listing, word: str) -> Q:
    """Rows in which a word occurs: in a name in either script, in its reading, or in the first letters of it."""
    condition = Q()
    for lookup in listing.search:
        if lookup.endswith(("pinyin", "initials")) and not word.isascii():
            continue
        for spelling in spellings(word):
            condition |= Q(**{f"{lookup}__icontains": spelling})
    return condition


def _order(selection: Selection) -> list[OrderBy | str]:
    chosen, downwards = selection.sorted_by
    default: list[OrderBy | str] = [*selection.listing.order, "pk"]
    if chosen is None:
        return default
    return [*(_ordered(lookup, downwards) for lookup in chosen.sort), *default]


def _ordered(lookup: str, downwards: bool) -> OrderBy:
    """A lookup to sort by; one with a minus is sorted the other way round (the longer ago, the more days)."""
    field = F(lookup.removeprefix("-"))
    if downwards != lookup.startswith("-"):
        return field.desc(nulls_last=True)
    return field.asc(nulls_last=True)
