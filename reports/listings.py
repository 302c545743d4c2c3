"""Lists of rows that only stand behind figures, and the list of any model that has none of its own."""

from __future__ import annotations

from typing import Any

from django.db import models

from cadres.models import TeamMember
from inspections.models import InspectionGroup
from programs.listing.columns import Column
from programs.listing.registry import Listing, has_listing, listing_for, register_listing
from programs.models import Term
from projects.models import Quantity

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
        model=TeamMember,
        title="队员",
        noun="队员",
        counter="名",
        permission="figure.view",
        columns=(
            Column(key="cadre", label="姓名或岗位", value="cadre", sort=("cadre__pinyin",)),
            Column(key="role", label="身份", value="get_role_display"),
            Column(key="unit", label="派出单位", value="unit", sort=("unit__pinyin",)),
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",)),
            Column(key="since", label="到队日期", value="since", kind="day", sort=("since",)),
        ),
        search=("cadre__name", "cadre__pinyin", "cadre__initials", "team__name", "unit__short_name"),
        order=("cadre__pinyin", "pk"),
        name_of=lambda row: str(row.cadre),
        prepare=lambda rows, setting: rows.select_related("cadre", "unit", "team"),
    ),
    Listing(
        model=Quantity,
        title="实物量",
        noun="实物量",
        counter="项",
        permission="figure.view",
        columns=(
            Column(key="item", label="项目", value="item"),
            Column(key="project", label="所属项目", value="project", sort=("project__pinyin",)),
            Column(key="planned", label="计划", value="planned", kind="number", sort=("planned",)),
            Column(key="done", label="完成", value="done", kind="number", sort=("done",)),
            Column(key="unit", label="单位", value="item.unit"),
            Column(key="done_on", label="完成日期", value="done_on", kind="day", sort=("done_on",)),
        ),
        order=("project__pinyin", "pk"),
        name_of=None,
        prepare=lambda rows, setting: rows.select_related("item", "project"),
    ),
):
    register_listing(listing)


def listing_of(model: type[models.Model]) -> Listing:
    """The list of a model, or a plain one of names."""
    if has_listing(model):
        return listing_for(model)
    name: Any = model._meta.verbose_name
    columns = (Column(key="name", label=str(name), value=str_of),)
    return Listing(
        model=model, title=str(name), noun=str(name), permission="figure.view", columns=columns, order=("pk",)
    )


def str_of(row: models.Model, setting: object) -> str:
    """A row's name."""
    return str(row)
