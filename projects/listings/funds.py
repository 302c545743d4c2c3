"""The lists of funds, their movements and their donors."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cadres.models import Team
from programs.listing import (
    ChoiceFilter,
    Column,
    Create,
    DaysFilter,
    Listing,
    Mark,
    ObjectFilter,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
)
from programs.models import Unit
from programs.rules.wording import MONEY_UNIT, word_range
from programs.scoping import code_range
from projects.models import Donation, Fund, FundMovement, Project
from villages.models import Household, Village


def amount_of(fund: Any, _: Setting | None = None) -> str:
    """An amount, or a range, in words."""
    return word_range(fund.low, fund.high, MONEY_UNIT)


def _tone(fund: Any) -> str:
    return "done" if fund.state.is_final else "quiet"


register_listing(
    Listing(
        model=Fund,
        title="资金",
        noun="资金",
        counter="笔",
        permission="fund.view",
        route="projects:fund-list",
        create=Create("登记资金", "projects:fund-create", "project.change"),
        search=(
            "purpose",
            *(f"unit__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"project__{name}" for name in ("name", "pinyin", "initials")),
        ),
        search_hint="用途、单位、村或项目",
        order=("-recorded_on",),
        prepare=lambda rows, _: rows.select_related("source", "state", "project", "division", "unit", "team"),
        columns=(
            Column(key="purpose", label="用途", value="self", sort=("purpose",), wraps=True, width=30),
            Column(key="kind", label="种类", value="get_kind_display", sort=("kind",), width=10),
            Column(
                key="source", label="来源", value=lambda row, _: str(row.source), sort=("source__position",), width=14
            ),
            Column(key="amount", label="金额", value=amount_of, sort=("low",), width=18),
            Column(key="low", label="金额下限（元）", value="low", kind="money", width=16, only_exported=True),
            Column(key="high", label="金额上限（元）", value="high", kind="money", width=16, only_exported=True),
            Column(
                key="state",
                label="状态",
                value=lambda row, _: Mark(str(row.state), _tone(row)) if row.state else None,
                sort=("state__position",),
                width=10,
            ),
            Column(key="project", label="项目", value="project", sort=("project__pinyin",), width=26),
            Column(key="place", label="受益地", value="division", sort=("division__pinyin",), width=14),
            Column(key="unit", label="单位", value="unit", sort=("unit__pinyin",), width=18),
            Column(key="recorded", label="登记日期", value="recorded_on", sort=("recorded_on",), kind="day", width=14),
        ),
        filters=(
            ChoiceFilter(key="kind", label="种类", lookup="kind", options=Fund.Kind),
            TermFilter(key="source", label="来源", lookup="source", vocabularies=("fund_source",)),
            TermFilter(key="state", label="状态", lookup="state", vocabularies=("fund_state",)),
            TownFilter(lookup="division_id"),
            DaysFilter(key="recorded", label="登记日期", lookup="recorded_on", more=True),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk) | Q(project__unit_id=pk)),
            ObjectFilter(
                key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk) | Q(project__team_id=pk)
            ),
            ObjectFilter(key="project", label="项目", model=Project, build=lambda pk: Q(project_id=pk)),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=FundMovement,
        title="资金变动",
        noun="变动",
        counter="次",
        permission="fund.view",
        scope=lambda rows, program: rows.filter(fund__program=program),
        order=("on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("state", "fund"),
        columns=(
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="state", label="状态", value=lambda row, _: str(row.state), sort=("state__position",), width=10),
            Column(key="amount", label="金额", value=amount_of, sort=("low",), width=18),
            Column(key="note", label="说明", value="note", wraps=True, width=40),
            Column(key="fund", label="资金", value="fund", width=28),
        ),
        filters=(ObjectFilter(key="fund", label="资金", model=Fund, build=lambda pk: Q(fund_id=pk)),),
    )
)

register_listing(
    Listing(
        model=Donation,
        title="捐款",
        noun="捐款",
        counter="笔",
        permission="fund.view",
        scope=lambda rows, program: rows.filter(fund__program=program),
        order=("on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("donor_unit", "fund"),
        columns=(
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="donor", label="捐款方", value=lambda row, _: row.donor_unit or row.donor, width=20),
            Column(key="donors", label="人数", value="donors", sort=("donors",), kind="number", width=8),
            Column(key="amount", label="金额（元）", value="amount", sort=("amount",), kind="money", width=14),
            Column(key="fund", label="资金", value="fund", width=28),
        ),
        filters=(ObjectFilter(key="fund", label="资金", model=Fund, build=lambda pk: Q(fund_id=pk)),),
    )
)
