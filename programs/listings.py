"""The lists of units, suggestions and exports, and where units and divisions have their pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Q, QuerySet
from django.urls import reverse

from programs.links import register_page
from programs.listing import (
    CaseFilter,
    ChoiceFilter,
    Column,
    Create,
    DaysFilter,
    Link,
    Listing,
    Mark,
    ObjectFilter,
    Setting,
    register_listing,
)
from programs.membership import in_program
from programs.models import Division, DivisionLevel, Export, Program, Suggestion, Unit, UnitLevel
from programs.objectpage import Panel, register_panel
from programs.rooms import enter, enter_tab
from programs.searching import offer_to_search


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _address_of_division(program: Program, division: Division) -> str:
    """A village's page, a town's villages; higher divisions have no page."""
    if division.level >= DivisionLevel.VILLAGE:
        return reverse("villages:village-detail", args=[program.code, division.code[:12]])
    if division.level == DivisionLevel.TOWN:
        return f"{reverse('villages:village-list', args=[program.code])}?place={division.code}"
    return ""


def _key_of_division(division: Division) -> str | None:
    """A group opens its village's page; the list of a town's villages is there for everybody."""
    return division.code[:12] if division.level >= DivisionLevel.VILLAGE else None


def _state_of_division(division: Division, _: Setting) -> str:
    return division.fate or "现有"


def _units(rows: QuerySet[Unit], setting: Setting) -> QuerySet[Unit]:
    return rows.select_related("parent", "division")


UNITS = register_listing(
    Listing(
        model=Unit,
        title="帮扶单位",
        noun="单位",
        permission="unit.view",
        route="programs:unit-list",
        create=Create("新增单位", "programs:unit-create", "unit.change"),
        scope=in_program,
        search=("name", "short_name", "pinyin", "initials", "names__name"),
        order=("pinyin",),
        prepare=_units,
        empty_hint="单位因派出工作队、结对或承担项目而列在这里。",
        columns=(
            Column(key="name", label="单位", value="self", sort=("pinyin",), width=22),
            Column(key="full_name", label="全称", value="name", width=34, only_exported=True),
            Column(key="level", label="级别", value=lambda unit, _: unit.get_level_display(), sort=("level",), width=8),
            Column(key="parent", label="上级单位", value="parent", width=22, only_exported=True),
            Column(key="contact", label="联络员", value="contact_name", width=10),
            Column(key="phone", label="办公电话", value="office_phone", width=16),
        ),
        filters=(
            ChoiceFilter(key="level", label="级别", lookup="level", options=UnitLevel),
            CaseFilter(
                key="state",
                label="状态",
                more=True,
                cases=(
                    ("current", "现有", lambda _: Q(retired_on__isnull=True)),
                    ("retired", "已撤并", lambda _: Q(retired_on__isnull=False)),
                ),
            ),
            ObjectFilter(key="unit", label="上级单位", model=Unit, build=lambda pk: Q(parent_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Division,
        title="镇村",
        noun="地方",
        permission="village.view",
        route="programs:division-list",
        scope=lambda rows, program: cast(Any, rows).within(program.jurisdiction_id),
        search=("name", "short_name", "pinyin", "initials", "names__short_name"),
        order=("code",),
        prepare=lambda rows, _: rows.select_related("parent", "merged_into"),
        columns=(
            Column(key="name", label="名称", value="self", sort=("pinyin",), width=18),
            Column(key="level", label="级别", value=lambda row, _: row.get_level_display(), sort=("level",), width=10),
            Column(key="parent", label="上级", value="parent", sort=("parent__pinyin",), width=14),
            Column(key="code", label="代码", value="code", sort=("code",), width=16),
            Column(key="state", label="现状", value=_state_of_division, sort=("retired_on",), width=20),
        ),
        filters=(
            CaseFilter(
                key="kind",
                label="级别",
                cases=(
                    ("town", "镇街", lambda _: Q(level=DivisionLevel.TOWN)),
                    ("village", "村、社区", lambda _: Q(level=DivisionLevel.VILLAGE)),
                    ("group", "组、屯", lambda _: Q(level=DivisionLevel.GROUP)),
                    ("beside", "村以外", lambda _: ~Q(level=DivisionLevel.VILLAGE)),
                ),
            ),
            CaseFilter(
                key="state",
                label="现状",
                cases=(
                    ("current", "现有", lambda _: Q(retired_on__isnull=True)),
                    ("retired", "已撤并", lambda _: Q(retired_on__isnull=False)),
                ),
            ),
        ),
    )
)

register_listing(
    Listing(
        model=Suggestion,
        title="意见建议",
        noun="意见建议",
        counter="条",
        permission="suggestion.view",
        route="programs:suggestion-list",
        search=("text", "user__display_name", "contact", "page"),
        search_hint="内容、提出人或所在页面",
        order=("-at",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("user"),
        empty_hint="每个页面上都有“意见建议”入口。",
        columns=(
            Column(
                key="text",
                label="内容",
                value=lambda row, _: Link(_short(row.text), row, row.text),
                wraps=True,
                width=50,
            ),
            Column(key="user", label="提出人", value=lambda row, _: row.said_by, width=14),
            Column(key="at", label="提出时间", value="at", sort=("at",), kind="moment", width=20),
            Column(
                key="state",
                label="答复",
                value=lambda row, _: Mark("已答复", "done") if row.replied_at else Mark("待答复", "soon"),
                sort=("replied_at",),
                width=10,
            ),
        ),
        filters=(
            CaseFilter(
                key="state",
                label="答复",
                cases=(
                    ("open", "待答复", lambda _: Q(replied_at__isnull=True)),
                    ("answered", "已答复", lambda _: Q(replied_at__isnull=False)),
                ),
            ),
            DaysFilter(key="at", label="提出时间", lookup="at", of_moment=True),
        ),
    )
)

register_listing(
    Listing(
        model=Export,
        title="导出记录",
        noun="导出记录",
        counter="条",
        permission="suggestion.view",
        route="programs:export-list",
        search=("what", "user__display_name", "reason"),
        search_hint="内容、导出人或用途",
        order=("-at",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("user"),
        columns=(
            Column(key="what", label="内容", value="what", width=24),
            Column(key="user", label="导出人", value=lambda row, _: str(row.user), width=14),
            Column(key="at", label="时间", value="at", sort=("at",), kind="moment", width=20),
            Column(key="rows", label="行数", value="row_count", sort=("row_count",), kind="number", width=8),
            Column(key="query", label="筛选条件", value="query", wraps=True, width=40),
            Column(key="reason", label="用途", value="reason", wraps=True, width=30),
        ),
        filters=(DaysFilter(key="at", label="时间", lookup="at", of_moment=True),),
    )
)


register_page(Unit, "programs:unit-detail")
register_page(Division, _address_of_division, key=_key_of_division)
register_page(Suggestion, "programs:suggestion-detail")
register_panel(
    Panel(on=Unit, of=Unit, by="unit", title="内设科室", columns=("name", "contact", "phone"), order=80, sort="name")
)
enter("pairing", "单位", "programs:unit-list", "unit.view", order=20)
enter_tab("我的", "user-round", "programs:me", "account.view", order=90)
offer_to_search(Division, order=15, kind="beside")
offer_to_search(Unit, order=20)
