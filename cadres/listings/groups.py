"""The lists of named groups of cadres and units, and of their seats."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from cadres.models import Cadre, CadreGroup, GroupSeat
from programs.listing import CaseFilter, Column, Create, Listing, ObjectFilter, Setting, register_listing
from programs.models import Unit


def _groups(rows: QuerySet[CadreGroup], setting: Setting) -> QuerySet[CadreGroup]:
    seats = GroupSeat.objects.active_on(setting.today).select_related("cadre", "unit").order_by("since", "pk")
    return rows.select_related("unit").prefetch_related(Prefetch("seats", seats, to_attr="current_seats"))


def _members(group: Any, _: Setting) -> list[Any]:
    return [seat.cadre or seat.unit for seat in group.current_seats]


register_listing(
    Listing(
        model=CadreGroup,
        title="小组",
        noun="小组",
        permission="group.view",
        route="cadres:group-list",
        create=Create("新建小组", "cadres:group-create", "group.change"),
        search=("name", "pinyin", "initials", "unit__short_name", "unit__initials", "seats__cadre__name"),
        search_hint="小组、单位、成员、拼音或首字母",
        order=("pinyin",),
        prepare=_groups,
        empty_hint="领导小组、联合督导组等在这里登记，成员可以是干部，也可以是单位。",
        columns=(
            Column(key="name", label="小组", value="self", sort=("pinyin",), width=24),
            Column(key="unit", label="所属单位", value="unit", sort=("unit__pinyin",), width=20),
            Column(key="formed", label="成立日期", value="formed_on", sort=("formed_on",), kind="day", width=14),
            Column(key="members", label="现有成员", value=_members, wraps=True, width=60),
        ),
        filters=(
            CaseFilter(
                key="of",
                label="所属",
                cases=(
                    ("unit", "单位的小组", lambda _: Q(unit__isnull=False)),
                    ("program", "全县的小组", lambda _: Q(unit__isnull=True)),
                ),
            ),
            ObjectFilter(
                key="unit",
                label="单位",
                model=Unit,
                build=lambda pk: Q(unit_id=pk) | Q(seats__unit_id=pk),
                multi=True,
            ),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(seats__cadre_id=pk), multi=True),
        ),
    )
)

register_listing(
    Listing(
        model=GroupSeat,
        title="小组成员",
        noun="成员",
        permission="group.view",
        scope=lambda rows, program: rows.filter(group__program=program),
        order=("since",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("group", "cadre", "unit"),
        columns=(
            Column(key="who", label="成员", value=lambda row, _: row.cadre or row.unit, width=18),
            Column(key="of", label="代表单位", value=lambda row, _: row.unit if row.cadre else None, width=20),
            Column(key="duty", label="职责", value="duty", width=14),
            Column(key="group", label="小组", value="group", width=24),
            Column(key="since", label="起", value="since", kind="day", width=14),
            Column(key="until", label="止", value="until", kind="day", width=14),
        ),
        filters=(
            ObjectFilter(key="group", label="小组", model=CadreGroup, build=lambda pk: Q(group_id=pk)),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
        ),
    )
)
