"""Lists of rows that only stand behind figures, and the list of any model that has none of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models

from cadres.models import MeetingItem, VisitQuantity
from inspections.models import InspectionGroup, Rating
from programs.listing.columns import Column
from programs.listing.registry import Listing, has_listing, listing_for, register_listing
from programs.models import Term
from programs.rules.wording import plain

for listing in (
    Listing(
        model=Term,
        title="词条",
        noun="词条",
        permission="figure.view",
        columns=(
            Column(key="label", label="名称", value="label", sort=("position",)),
            Column(key="vocabulary", label="词表", value="get_vocabulary_display"),
        ),
        search=("label",),
        order=("position", "pk"),
    ),
    Listing(
        model=InspectionGroup,
        title="督查组",
        noun="督查组",
        permission="figure.view",
        columns=(
            Column(key="name", label="督查组", value="self", sort=("position",)),
            Column(key="round", label="督查轮次", value="round"),
        ),
        order=("position", "pk"),
        prepare=lambda rows, setting: rows.select_related("round"),
    ),
    Listing(
        model=VisitQuantity,
        title="走访和活动中完成的实物量",
        noun="实物量",
        permission="figure.view",
        columns=(
            Column(key="item", label="项目", value="item", sort=("item__position",)),
            Column(
                key="amount", label="数量", value=lambda row, _: f"{plain(row.amount)}{row.item.unit}", sort=("amount",)
            ),
            Column(key="visit", label="走访", value="visit", sort=("visit__happened_at",)),
            Column(key="kind", label="种类", value=lambda row, _: row.visit.kind, sort=("visit__kind__position",)),
            Column(key="place", label="村", value=lambda row, _: row.visit.division, sort=("visit__division_id",)),
        ),
        order=("-visit__happened_at", "pk"),
        prepare=lambda rows, setting: rows.select_related("item", "visit__kind", "visit__division"),
    ),
    Listing(
        model=MeetingItem,
        title="会议事项",
        noun="事项",
        permission="figure.view",
        columns=(
            Column(key="text", label="内容", value="text"),
            Column(key="side", label="哪一方", value="get_side_display", sort=("side",)),
            Column(key="meeting", label="会议", value="meeting", sort=("meeting__on",)),
        ),
        order=("-meeting__on", "pk"),
        prepare=lambda rows, setting: rows.select_related("meeting"),
    ),
    Listing(
        model=Rating,
        title="评议",
        noun="评议",
        permission="figure.view",
        columns=(
            Column(key="title", label="评议", value="title", sort=("title",)),
            Column(key="rated", label="对象", value=lambda row, _: row.household or row.cadre or row.division),
            Column(key="value", label="得分", value=lambda row, _: f"{plain(row.value)}／{row.scale}", sort=("value",)),
            Column(key="by", label="评议人", value="by", sort=("by",)),
            Column(key="on", label="日期", value="on", sort=("on",)),
        ),
        order=("-on", "pk"),
        prepare=lambda rows, setting: rows.select_related("household", "cadre", "division"),
    ),
):
    register_listing(listing)


def listing_of(model: type[models.Model]) -> Listing:
    """The list of a model for rows that are given, so without a button for a new one; or a plain one of names."""
    if has_listing(model):
        return replace(listing_for(model), create=None)
    name: Any = model._meta.verbose_name
    columns = (Column(key="name", label=str(name), value=str_of),)
    return Listing(
        model=model, title=str(name), noun=str(name), permission="figure.view", columns=columns, order=("pk",)
    )


def str_of(row: models.Model, setting: object) -> str:
    """A row's name."""
    return str(row)
