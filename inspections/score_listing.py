"""The list of assessments, and what it adds to the pages of units and teams."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cadres.models import Team
from inspections.models import Assessment
from inspections.score_measures import total_of_points
from programs.links import register_page
from programs.listing import CaseFilter, Column, Create, Listing, Mark, ObjectFilter, Setting, register_listing
from programs.membership import register_members
from programs.models import Program, Unit
from programs.objectpage import Panel, register_panel
from programs.rooms import enter


def state_of_assessment(row: Assessment, setting: Setting) -> Mark:
    """Whether its scores stand."""
    return Mark("已定稿", "done") if row.closed_on else Mark("打分中", "soon")


def _totals(rows: QuerySet[Assessment], setting: Setting) -> QuerySet[Assessment]:
    return rows.select_related("unit__parent", "team").annotate(points_total=total_of_points())


register_listing(
    Listing(
        model=Assessment,
        title="考核",
        noun="考核",
        counter="份",
        permission="assessment.view",
        route="inspections:assessment-list",
        create=Create("开始考核", "inspections:assessment-create", "assessment.change"),
        search=(
            *(f"unit__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"team__{name}" for name in ("name", "pinyin", "initials")),
        ),
        search_hint="单位、科室或工作队",
        order=("-year", "unit__pinyin", "team__pinyin"),
        prepare=_totals,
        empty_hint="年终由办公室开始考核：选定单位的科室、帮扶单位或工作队，按指标打分。",
        columns=(
            Column(key="title", label="考核", value="self", sort=("year",), width=16),
            Column(key="subject", label="考核对象", value="subject", sort=("unit__pinyin",), width=28),
            Column(
                key="parent",
                label="上级单位",
                value=lambda row, _: row.unit and row.unit.parent,
                sort=("unit__parent__pinyin",),
                width=22,
            ),
            Column(key="state", label="状态", value=state_of_assessment, sort=("closed_on",), width=12),
            Column(
                key="total",
                label="总分",
                value=lambda row, _: row.points_total if row.closed_on else None,
                sort=("points_total",),
                kind="number",
                width=10,
            ),
            Column(key="closed", label="定稿日期", value="closed_on", sort=("closed_on",), kind="day", width=14),
        ),
        filters=(
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    ("open", "打分中", lambda _: Q(closed_on__isnull=True)),
                    ("closed", "已定稿", lambda _: Q(closed_on__isnull=False)),
                ),
            ),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk) | Q(unit__parent_id=pk)),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
        ),
    )
)


def _assessed(program: Program) -> Any:
    return Assessment.objects.filter(program=program, unit__isnull=False).values("unit_id")


register_members(Unit, _assessed)
register_page(Assessment, "inspections:assessment-detail")
for panel in (
    Panel(on=Unit, of=Assessment, by="unit", columns=("title", "subject", "state", "total", "closed"), order=57),
    Panel(on=Team, of=Assessment, by="team", columns=("title", "state", "total", "closed"), order=57),
):
    register_panel(panel)
enter("inspection", "考核", "inspections:assessment-list", "assessment.view", order=40)
