"""The list of pairings."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cadres.models import Cadre, Pairing, Team
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
    TownFilter,
    register_listing,
    yes_no,
)
from programs.models import DivisionLevel, Unit
from programs.scoping import code_range
from villages.models import Household, Member, Village

RANKS = {1: "第一责任人", 2: "第二责任人", 3: "第三责任人"}


def _pairings(rows: QuerySet[Pairing], _: Setting) -> QuerySet[Pairing]:
    # Most of the keys are empty in every row: joining all of them would take longer to plan than to run.
    found = rows.select_related("place__parent__parent")
    return found.prefetch_related("cadre", "unit", "team", "division", "household", "member")


def state_of(pairing: Any, setting: Setting) -> Mark:
    """Whether a pairing holds today."""
    if pairing.is_active_on(setting.today):
        return Mark("在结", "done")
    return Mark("未开始" if pairing.since > setting.today else "已结束")


def town_of(place: Any) -> Any:
    """The town that a place is, or lies in."""
    while place.level > DivisionLevel.TOWN:
        place = place.parent
    return place


register_listing(
    Listing(
        model=Pairing,
        title="结对",
        noun="结对",
        permission="pairing.view",
        route="cadres:pairing-list",
        create=Create("登记结对", "cadres:pairing-create", "pairing.change"),
        search=(
            *(f"unit__{name}" for name in ("name", "short_name", "pinyin", "initials")),
            *(f"cadre__{name}" for name in ("name", "pinyin", "initials")),
            *(f"team__{name}" for name in ("name", "pinyin", "initials")),
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"household__{name}" for name in ("head", "pinyin", "initials")),
            *(f"member__{name}" for name in ("name", "pinyin")),
        ),
        search_hint="帮扶方或帮扶对象",
        order=("place_id", "rank"),
        name_of=lambda row: f"{row.helper}—{row.helped}",
        prepare=_pairings,
        columns=(
            Column(key="helper", label="帮扶方", value="helper", sort=("unit__pinyin", "cadre__pinyin"), width=22),
            Column(key="helped", label="帮扶对象", value="helped", sort=("place__pinyin",), width=16),
            Column(key="town", label="镇街", value=lambda row, _: town_of(row.place), sort=("place_id",), width=12),
            Column(
                key="mode",
                label="方式",
                value=lambda row, setting: Link(setting.program.call(row.get_mode_display()), row),
                sort=("mode",),
                width=12,
            ),
            Column(
                key="rank",
                label="责任",
                value=lambda row, setting: setting.program.call(RANKS[row.rank]),
                sort=("rank",),
                width=12,
            ),
            Column(key="since", label="开始", value="since", sort=("since",), kind="day", width=14),
            Column(key="until", label="结束", value="until", sort=("until",), kind="day", width=14),
            Column(key="agreed", label="签协议", value="agreed_on", sort=("agreed_on",), kind="day", width=14),
            Column(key="state", label="状态", value=state_of, width=10),
            Column(key="reason", label="结束原因", value="end_reason", width=24, only_exported=True),
        ),
        filters=(
            TownFilter(lookup="place_id"),
            ChoiceFilter(key="mode", label="方式", lookup="mode", options=Pairing.Mode),
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    (
                        "now",
                        "在结",
                        lambda setting: (
                            Q(since__lte=setting.today) & (Q(until__isnull=True) | Q(until__gte=setting.today))
                        ),
                    ),
                    ("ended", "已结束", lambda setting: Q(until__lt=setting.today)),
                ),
            ),
            CaseFilter(
                key="helper",
                label="帮扶方",
                more=True,
                cases=(
                    ("unit", "单位", lambda _: Q(unit__isnull=False)),
                    ("cadre", "干部", lambda _: Q(cadre__isnull=False)),
                    ("team", "工作队", lambda _: Q(team__isnull=False)),
                ),
            ),
            CaseFilter(
                key="helped",
                label="帮扶对象",
                more=True,
                cases=(
                    ("division", "镇村", lambda _: Q(division__isnull=False)),
                    ("household", "农户", lambda _: Q(household__isnull=False)),
                    ("member", "个人", lambda _: Q(member__isnull=False)),
                ),
            ),
            yes_no("agreed", "协议", "已签", "未签", Q(agreed_on__isnull=False), more=True),
            DaysFilter(key="since", label="开始日期", lookup="since", more=True),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("place_id", pk)),
            ObjectFilter(
                key="unit",
                label="单位",
                model=Unit,
                build=lambda pk: Q(unit_id=pk) | Q(team__unit_id=pk) | Q(cadre__posts__unit_id=pk),
                multi=True,
            ),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
            ObjectFilter(key="member", label="帮扶对象", model=Member, build=lambda pk: Q(member_id=pk)),
        ),
    )
)
