"""Pages of single things: what lies around a thing is registered by the app that owns it, shown as parts of lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from programs.history import Change, history_of
from programs.listing import Listing, Selection, Setting, listing_for, select
from programs.listing.columns import Item, html_of, items_of
from programs.listing.words import in_words_of
from programs.models import Program, User


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Part of the page of ``on``: the first rows of another model's list that belong to the thing.

    ``by`` is the key of that list's filter for one thing; ``columns`` are those of its columns that stand here. A panel
    without rows is left out unless something can be created in it, or it ``says_when_empty``.
    """

    on: type[models.Model]
    of: type[models.Model]
    by: str
    columns: tuple[str, ...]
    order: int
    title: str = ""
    limit: int = 10
    sort: str = ""
    says_when_empty: bool = False
    value_of: Callable[[Any], Any] = lambda thing: thing.pk


_panels: dict[type[models.Model], list[Panel]] = {}


def register_panel(panel: Panel) -> None:
    """Add a part to the pages of a model."""
    panels = _panels.setdefault(panel.on, [])
    if panel not in panels:
        panels.append(panel)
        panels.sort(key=lambda one: one.order)


@dataclass
class OpenPanel:
    """A panel with its rows."""

    panel: Panel
    listing: Listing
    selection: Selection
    setting: Setting
    key: Any

    @property
    def title(self) -> str:
        """What it shows."""
        return self.setting.program.say(self.panel.title) or self.listing.title

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.listing.model._meta.model_name}-{self.panel.by}"

    @cached_property
    def total(self) -> int:
        """How many rows there are."""
        return self.selection.total

    @cached_property
    def all_url(self) -> str:
        """The list of them all; empty where the model has no list of its own."""
        if not self.listing.route:
            return ""
        return f"{reverse(self.listing.route, args=[self.setting.program.code])}?{urlencode({self.panel.by: self.key})}"

    @cached_property
    def create_url(self) -> str:
        """Where a new row of the thing begins; empty for those who may not."""
        create = self.listing.create
        if create is None or not self.setting.may(create.permission):
            return ""
        return f"{reverse(create.route, args=[self.setting.program.code])}?{urlencode({self.panel.by: self.key})}"


@dataclass(frozen=True)
class Fact:
    """A line of the page's head: its name and what is so, printed as a list's cell is."""

    label: str
    items: list[Item]

    @property
    def html(self) -> SafeString:
        """What is so."""
        return html_of(self.items)


def facts(setting: Setting, *pairs: tuple[str, Any] | tuple[str, Any, str]) -> list[Fact]:
    """Facts from names and values (and a kind, such as ``money``); what is not known takes no line."""
    call = setting.program.call
    found = (Fact(call(label), items_of(value, setting, *kind)) for label, value, *kind in pairs)
    return [fact for fact in found if fact.label and fact.items]


@dataclass
class Around:
    """All that lies around a thing, in the order of the page."""

    thing: Any
    setting: Setting
    panels: list[OpenPanel] = field(default_factory=list)

    @cached_property
    def history(self) -> list[Change]:
        """Who changed what from what into what, newest first."""
        return history_of(self.thing)


def around(thing: models.Model, setting: Setting) -> Around:
    """Everything registered for the thing's model that the person may see."""
    found = Around(thing, setting)
    for panel in _panels.get(type(thing), []):
        listing = listing_for(panel.of)
        if not setting.may(listing.permission):
            continue
        key = panel.value_of(thing)
        one = listing.object_filter(panel.by)
        rows = listing.rows(setting.program, setting.user)
        rows = rows.filter(pk__in=panel.of._base_manager.filter(one.build(key)).order_by().values("pk"))
        part = in_words_of(setting.program, _part_of(listing, panel))
        opened = OpenPanel(panel, part, select(part, rows, setting, {"sort": panel.sort}), setting, key)
        if opened.total or opened.create_url or panel.says_when_empty:
            found.panels.append(opened)
    return found


def _part_of(listing: Listing, panel: Panel) -> Listing:
    columns = tuple(listing.column(key) for key in panel.columns)
    return replace(listing, columns=columns, filters=(), page_size=panel.limit)


def object_page(
    request: HttpRequest,
    setting: Setting,
    thing: models.Model,
    template: str = "components/object.html",
    *,
    crumbs: list[tuple[str, str]],
    facts: list[Fact],
    **context: Any,
) -> HttpResponse:
    """Show a thing with what lies around it; whoever calls has already made sure that the person reaches it."""
    shown = {"program": setting.program, "thing": thing, "around": around(thing, setting), "setting": setting}
    return render(request, template, shown | {"crumbs": crumbs, "facts": facts} | context)


def setting_of(request: HttpRequest, program: Program) -> Setting:
    """For whom and where a page is shown."""
    return Setting(program, cast(User, request.user))
