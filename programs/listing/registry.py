"""What a list is, and the one list of each model. Higher apps add columns and filters to lists of lower models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet

from programs.listing.columns import Column
from programs.listing.filters import Filter, ObjectFilter
from programs.listing.setting import Setting
from programs.models import Program
from programs.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from programs.scoping import AnyUser


@dataclass(frozen=True)
class Create:
    """The button that starts a new row: its words, the URL name of its form, and the right it takes."""

    label: str
    route: str
    permission: str


Prepare = Callable[["QuerySet[Any]", Setting], "QuerySet[Any]"]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The list of a model: its columns, what is searched, filtered and sorted, and what is fetched with the rows.

    ``counter`` is the classifier (个, 户, 次) and ``noun`` what is counted. ``prepare`` adds related rows and
    annotations; they must cost the same however many rows there are. ``name_of`` gives the name for 复制名单,
    None where rows have none. A ``personal`` list leaves the system only with a reason.
    """

    model: type[models.Model]
    title: str
    noun: str
    columns: tuple[Column, ...]
    permission: str
    counter: str = "个"
    route: str = ""
    scope: Callable[[QuerySet[Any], Program], QuerySet[Any]] | None = None
    search: tuple[str, ...] = ()
    search_hint: str = "名称、拼音或首字母"
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ()
    prepare: Prepare | None = None
    name_of: Callable[[Any], str] | None = str
    empty_hint: str = ""
    page_size: int = 50
    personal: bool = False
    create: Create | None = None
    prepares: tuple[Prepare, ...] = ()

    def rows(self, program: Program, user: AnyUser) -> QuerySet[Any]:
        """The program's rows that somebody reaches."""
        found = self.model._default_manager.all()
        assert isinstance(found, ScopedQuerySet)
        reached = found.visible_to(user)
        return self.scope(reached, program) if self.scope else reached.filter(program=program)

    def prepared(self, rows: QuerySet[Any], setting: Setting) -> QuerySet[Any]:
        """The rows with all that the columns need."""
        for prepare in ((self.prepare,) if self.prepare else ()) + self.prepares:
            rows = prepare(rows, setting)
        return rows

    def with_page_of(self, size: int) -> Listing:
        """The same list in pages of another size."""
        return replace(self, page_size=size)

    def column(self, key: str) -> Column:
        """A column by its key."""
        return next(column for column in self.columns if column.key == key)

    def object_filter(self, key: str) -> ObjectFilter:
        """A filter that holds one thing's rows, by its key."""
        return next(one for one in self.filters if isinstance(one, ObjectFilter) and one.key == key)


_listings: dict[type[models.Model], Listing] = {}
_extensions: dict[type[models.Model], list[_Extension]] = {}


@dataclass(frozen=True)
class _Extension:
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    search: tuple[str, ...]
    prepare: Prepare | None
    before: str


def register_listing(listing: Listing) -> Listing:
    """Make a listing the list of its model; each has one only."""
    assert listing.model not in _listings, listing.model
    _listings[listing.model] = listing
    return listing


def extend_listing(
    model: type[models.Model],
    *,
    columns: tuple[Column, ...] = (),
    filters: tuple[Filter, ...] = (),
    search: tuple[str, ...] = (),
    prepare: Prepare | None = None,
    before: str = "",
) -> None:
    """Add to the list of a lower model what a higher app knows; columns go ``before`` a column, or to the end."""
    _extensions.setdefault(model, []).append(_Extension(columns, filters, search, prepare, before))


def listing_for(model: type[models.Model]) -> Listing:
    """The list of a model with all that was added to it; KeyError for a model without one."""
    listing = _listings[model]
    for extension in _extensions.get(model, []):
        columns = list(listing.columns)
        keys = [column.key for column in columns]
        place = keys.index(extension.before) if extension.before in keys else len(columns)
        columns[place:place] = extension.columns
        listing = replace(
            listing,
            columns=tuple(columns),
            filters=listing.filters + extension.filters,
            search=listing.search + extension.search,
            prepares=listing.prepares + ((extension.prepare,) if extension.prepare else ()),
        )
    return listing


def has_listing(model: type[models.Model]) -> bool:
    """Whether rows of a model can be shown as a list."""
    return model in _listings
