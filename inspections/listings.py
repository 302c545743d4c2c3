"""The lists of findings, rectifications, inspections and sanctions, and what they add to the pages of others."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from cadres.models import Cadre, Need, Team
from inspections.models import Finding, Inspection, InspectionGroup, Rectification, Round, Sanction
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
    TermFilter,
    TownFilter,
    register_listing,
)
from programs.listing.counting import CountOf
from programs.models import Unit
from programs.objectpage import Panel, register_panel
from programs.rooms import enter, enter_tab
from programs.scoping import code_range
from projects.models import Project
from villages.models import Village

#: Days before its due day from which a problem is shown as due soon.
SOON = 7


def excerpt(text: str, length: int = 60) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def finding_state(finding: Any, setting: Setting) -> Mark:
    """How a problem stands today; praise has no state."""
    if finding.kind == Finding.Kind.PRAISE:
        return Mark("表扬", "done")
    if finding.closed_on:
        return Mark("已销号", "done")
    if finding.due_on and finding.due_on < setting.today:
        return Mark(f"逾期 {(setting.today - finding.due_on).days} 天", "late")
    if finding.due_on and (finding.due_on - setting.today).days <= SOON:
        return Mark(f"还剩 {(finding.due_on - setting.today).days} 天", "soon")
    return Mark("整改中")


def about(finding: Any, _: Setting) -> list[Any]:
    """The team a finding is about; the unit, where it is about no team."""
    return [finding.team or finding.unit]


def _visited(inspection: Any, _: Setting) -> Mark:
    return Mark("已督查", "done") if inspection.visited_on else Mark("待督查", "soon")


def _with_counts(rows: QuerySet[Inspection], setting: Setting) -> QuerySet[Inspection]:
    disclosed = Inspection.objects.disclosed_to(setting.user).order_by().values("pk")
    joined = rows.select_related("round", "group", "team__village__division__parent", "team__unit")
    return joined.filter(pk__in=disclosed).annotate(
        problem_count=CountOf(Finding.objects.problems().filter(inspection=OuterRef("pk"))),
        praise_count=CountOf(Finding.objects.praise().filter(inspection=OuterRef("pk"))),
    )


register_listing(
    Listing(
        model=Finding,
        title="督查发现",
        noun="督查发现",
        counter="条",
        permission="finding.view",
        route="inspections:finding-list",
        create=Create("登记发现", "inspections:finding-create", "finding.create"),
        search=(
            "text",
            *(f"team__{name}" for name in ("name", "pinyin", "initials")),
            *(f"unit__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="情况、工作队、单位或村",
        order=("-found_on",),
        name_of=lambda row: str(row.unit or (row.team and row.team.unit) or row.team),
        prepare=lambda rows, _: rows.select_related("category__parent", "division", "round").prefetch_related(
            "team__unit", "unit"
        ),
        columns=(
            Column(
                key="text",
                label="情况",
                value=lambda row, _: Link(excerpt(row.text), row, row.text),
                wraps=True,
                width=50,
            ),
            Column(key="kind", label="性质", value="get_kind_display", sort=("kind",), width=8),
            Column(
                key="category",
                label="类别",
                value=lambda row, _: str(row.category),
                sort=("category__position",),
                width=16,
            ),
            Column(
                key="group",
                label="归类",
                value=lambda row, _: row.category.parent and str(row.category.parent),
                sort=("category__parent__position",),
                width=14,
            ),
            Column(key="about", label="工作队或单位", value=about, sort=("team__pinyin",), width=28),
            Column(key="place", label="所在地", value="division", sort=("division__pinyin",), width=14),
            Column(key="found", label="发现日期", value="found_on", sort=("found_on",), kind="day", width=14),
            Column(key="due", label="整改期限", value="due_on", sort=("due_on",), kind="day", width=14),
            Column(key="state", label="状态", value=finding_state, sort=("closed_on", "due_on"), width=12),
            Column(key="gravity", label="程度", value="get_gravity_display", width=8, only_exported=True),
            Column(key="responsible", label="整改责任人", value="responsible", width=16, only_exported=True),
            Column(key="closed", label="销号日期", value="closed_on", kind="day", width=14, only_exported=True),
            Column(
                key="round",
                label="督查轮次",
                value=lambda row, _: row.round and str(row.round),
                width=18,
                only_exported=True,
            ),
        ),
        filters=(
            ChoiceFilter(key="kind", label="性质", lookup="kind", options=Finding.Kind),
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    ("open", "整改中", lambda _: Q(kind="problem", closed_on__isnull=True)),
                    (
                        "late",
                        "已逾期",
                        lambda setting: Q(kind="problem", closed_on__isnull=True, due_on__lt=setting.today),
                    ),
                    ("closed", "已销号", lambda _: Q(closed_on__isnull=False)),
                ),
            ),
            TermFilter(
                key="category", label="类别", lookup="category", vocabularies=("finding_category", "praise_category")
            ),
            TermFilter(
                key="group", label="归类", lookup="category__parent", vocabularies=("problem_group",), more=True
            ),
            TownFilter(lookup="division_id"),
            ChoiceFilter(key="gravity", label="程度", lookup="gravity", options=Finding.Gravity, more=True),
            DaysFilter(key="found", label="发现日期", lookup="found_on", more=True),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk) | Q(team__unit_id=pk)),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
            ObjectFilter(key="project", label="项目", model=Project, build=lambda pk: Q(project_id=pk)),
            ObjectFilter(key="need", label="诉求", model=Need, build=lambda pk: Q(need_id=pk)),
            ObjectFilter(key="round", label="督查轮次", model=Round, build=lambda pk: Q(round_id=pk)),
            ObjectFilter(key="inspection", label="督查", model=Inspection, build=lambda pk: Q(inspection_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Rectification,
        title="整改与复查",
        noun="整改",
        counter="次",
        permission="finding.view",
        scope=lambda rows, program: rows.filter(finding__program=program),
        order=("on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("finding", "fixed_by", "checked_by"),
        columns=(
            Column(key="on", label="整改日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="text", label="整改情况", value="text", wraps=True, width=50),
            Column(key="by", label="登记人", value=lambda row, _: str(row.fixed_by), width=14),
            Column(
                key="verdict",
                label="复查结论",
                value=lambda row, _: (
                    Mark(row.get_verdict_display(), "done" if row.verdict == "accepted" else "late")
                    if row.verdict
                    else Mark("待复查", "soon")
                ),
                width=12,
            ),
            Column(key="checked", label="复查日期", value="checked_on", kind="day", width=14),
            Column(
                key="checker", label="复查人", value=lambda row, _: row.checked_by and str(row.checked_by), width=14
            ),
            Column(key="comment", label="复查意见", value="comment", wraps=True, width=30),
        ),
        filters=(ObjectFilter(key="finding", label="问题", model=Finding, build=lambda pk: Q(finding_id=pk)),),
    )
)

register_listing(
    Listing(
        model=Inspection,
        title="督查安排",
        noun="督查",
        counter="个",
        permission="round.view",
        route="inspections:inspection-list",
        scope=lambda rows, program: rows.filter(round__program=program),
        search=(
            *(f"team__{name}" for name in ("name", "pinyin", "initials")),
            *(f"team__unit__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="工作队或单位",
        order=("group__position", "team__village_id"),
        name_of=lambda row: str(row.team),
        prepare=_with_counts,
        columns=(
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=28),
            Column(key="village", label="村", value="team.village", sort=("team__village__pinyin",), width=14),
            Column(key="unit", label="派出单位", value="team.unit", sort=("team__unit__pinyin",), width=20),
            Column(
                key="round",
                label="督查轮次",
                value=lambda row, _: Link(str(row.round), row),
                sort=("round__starts_on",),
                width=20,
            ),
            Column(
                key="group", label="督查组", value=lambda row, _: str(row.group), sort=("group__position",), width=12
            ),
            Column(key="state", label="状态", value=_visited, sort=("visited_on",), width=10),
            Column(key="on", label="督查日期", value="visited_on", sort=("visited_on",), kind="day", width=14),
            Column(
                key="problems", label="问题", value="problem_count", sort=("problem_count",), kind="number", width=8
            ),
            Column(key="praise", label="表扬", value="praise_count", sort=("praise_count",), kind="number", width=8),
        ),
        filters=(
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    ("done", "已督查", lambda _: Q(visited_on__isnull=False)),
                    ("open", "待督查", lambda _: Q(visited_on__isnull=True)),
                ),
            ),
            TownFilter(lookup="team__village_id"),
            ObjectFilter(key="round", label="督查轮次", model=Round, build=lambda pk: Q(round_id=pk)),
            ObjectFilter(key="group", label="督查组", model=InspectionGroup, build=lambda pk: Q(group_id=pk)),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: Q(team__village_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Sanction,
        title="处理",
        noun="处理",
        counter="项",
        permission="finding.view",
        search=("unit__short_name", "unit__pinyin", "cadre__name", "cadre__pinyin", "decided_by"),
        search_hint="单位、干部或决定机关",
        order=("-decided_on",),
        name_of=lambda row: str(row.unit or row.cadre),
        prepare=lambda rows, _: rows.select_related("kind", "unit", "cadre", "finding"),
        columns=(
            Column(
                key="kind", label="处理方式", value=lambda row, _: str(row.kind), sort=("kind__position",), width=20
            ),
            Column(key="subject", label="单位或干部", value=lambda row, _: row.unit or row.cadre, width=20),
            Column(key="by", label="决定机关", value="decided_by", width=24),
            Column(key="on", label="决定日期", value="decided_on", sort=("decided_on",), kind="day", width=14),
            Column(key="note", label="说明", value="note", wraps=True, width=36),
        ),
        filters=(
            TermFilter(key="kind", label="处理方式", lookup="kind", vocabularies=("sanction",)),
            ObjectFilter(key="finding", label="督查发现", model=Finding, build=lambda pk: Q(finding_id=pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
        ),
    )
)

register_page(Finding, "inspections:finding-detail")
register_page(Inspection, "inspections:inspection-detail")
register_page(Round, "inspections:round-detail")

_FINDING = ("text", "kind", "category", "found", "due", "state")
for panel in (
    Panel(
        on=Village, of=Finding, by="village", columns=("text", "kind", "category", "about", "found", "state"), order=58
    ),
    Panel(on=Village, of=Inspection, by="village", columns=("team", "round", "group", "state", "on"), order=59),
    Panel(on=Unit, of=Finding, by="unit", columns=_FINDING, order=58),
    Panel(on=Unit, of=Sanction, by="unit", columns=("kind", "by", "on", "note"), order=59),
    Panel(on=Team, of=Finding, by="team", columns=_FINDING, order=58, says_when_empty=True),
    Panel(on=Team, of=Inspection, by="team", columns=("round", "group", "state", "on", "problems", "praise"), order=59),
    Panel(on=Cadre, of=Sanction, by="cadre", columns=("kind", "by", "on", "note"), order=59),
    Panel(on=Project, of=Finding, by="project", columns=_FINDING, order=50),
    Panel(on=Need, of=Finding, by="need", columns=_FINDING, order=50),
    Panel(
        on=Finding,
        of=Rectification,
        by="finding",
        columns=("on", "text", "by", "verdict", "checked", "checker", "comment"),
        order=10,
    ),
    Panel(on=Inspection, of=Finding, by="inspection", columns=_FINDING, order=10),
    Panel(on=Finding, of=Sanction, by="finding", columns=("kind", "subject", "by", "on", "note"), order=20),
):
    register_panel(panel)

enter_tab("督查", "clipboard-check", "inspections:tour-list", "tour.view", order=40)
enter("inspection", "督查轮次", "inspections:round-list", "round.view", order=10)
enter("inspection", "我的督查", "inspections:tour-list", "tour.view", order=5)
enter("inspection", "督查安排", "inspections:inspection-list", "round.view", order=15)
enter("inspection", "督查发现", "inspections:finding-list", "finding.view", order=20)
