"""The lists of projects and of what they consist of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from cadres.models import Team
from programs.listing import (
    CaseFilter,
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
    yes_no,
)
from programs.models import Unit, UnitLevel
from programs.rules.wording import day_text
from programs.scoping import code_range
from projects.models import Progress, Project, ProjectPlace, Quantity, StageEntry
from villages.models import Village

#: Days before its due day from which a project is shown as due soon.
SOON = 14


def _projects(rows: QuerySet[Project], _: Setting) -> QuerySet[Project]:
    places = ProjectPlace.objects.select_related("division").order_by("division_id")
    rows = rows.select_related("category", "unit", "section", "team__village", "stage")
    return rows.prefetch_related(Prefetch("places", places, to_attr="all_places"))


def places_of(project: Any, _: Setting) -> list[Any]:
    """Where a project lies; the village of its team where no place is given."""
    found = [place.division for place in project.all_places]
    return found or ([project.team.village] if project.team else [])


def units_of(project: Any, _: Setting) -> list[Any]:
    """The unit and, where the work was given to one, its section."""
    return [unit for unit in (project.unit, project.section) if unit is not None]


def _is_over(project: Any) -> bool:
    return bool(project.ended_on or project.finished_on or (project.stage and project.stage.is_final))


def stage_of(project: Any, _: Setting) -> Mark:
    """The stage a project stands in."""
    if project.ended_on:
        return Mark("已终止")
    if project.stage is None:
        return Mark("未定阶段")
    return Mark(str(project.stage), "done" if project.stage.is_final else "quiet")


def due_of(project: Any, setting: Setting) -> Mark | str | None:
    """When a project is due, in its own words where it has them, and whether it is late."""
    words = project.due_text or (day_text(project.due_on) if project.due_on else None)
    if words and project.due_on and project.finished_on:
        late = (project.finished_on - project.due_on).days
        return Mark(f"{words}（迟 {late} 天完成）", "late") if late > 0 else f"{words}（按期完成）"
    if not words or not project.due_on or _is_over(project):
        return words
    left = (project.due_on - setting.today).days
    if left < 0:
        return Mark(f"{words}（逾期 {-left} 天）", "late")
    return Mark(f"{words}（还剩 {left} 天）", "soon") if left <= SOON else words


def days_in_stage(project: Any, setting: Setting) -> int | None:
    """For how many days it has stood in its stage; nothing for one that is over."""
    if project.stage_since is None or _is_over(project):
        return None
    return (setting.today - project.stage_since).days


def _stood_over(days: int) -> Callable[[Setting], Q]:
    def condition(setting: Setting) -> Q:
        unfinished = Q(stage__is_final=False, ended_on__isnull=True)
        return unfinished & Q(stage_since__lt=setting.today - dt.timedelta(days=days))

    return condition


def _late(setting: Setting) -> Q:
    over = Q(ended_on__isnull=False) | Q(finished_on__isnull=False) | Q(stage__isnull=False, stage__is_final=True)
    return Q(due_on__lt=setting.today) & ~over


def _in_village(pk: Any) -> Q:
    own = Q(pk__in=ProjectPlace.objects.filter(code_range("division_id", pk)).values("project_id"))
    return own | Q(team__village_id=pk, places__isnull=True)


def _in_town(pk: Any) -> Q:
    own = Q(pk__in=ProjectPlace.objects.filter(code_range("division_id", pk)).values("project_id"))
    return own | (Q(places__isnull=True) & code_range("team__village_id", pk))


class ProjectTownFilter(TownFilter):
    """The towns of projects: by their places, else by their team's village."""

    def condition(self, value: str, setting: Setting) -> Q:
        """Projects in the town."""
        return _in_town(value)


register_listing(
    Listing(
        model=Project,
        title="项目",
        noun="项目",
        permission="project.view",
        route="projects:project-list",
        create=Create("登记项目", "projects:project-create", "project.create"),
        search=(
            "name",
            "pinyin",
            "initials",
            *(f"unit__{name}" for name in ("name", "short_name", "pinyin", "initials")),
            *(f"team__village__{name}" for name in ("name", "pinyin", "initials")),
            *(f"places__division__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="项目、单位、村、拼音或首字母",
        order=("unit__pinyin", "submitted_on"),
        prepare=_projects,
        columns=(
            Column(key="name", label="项目", value="self", sort=("pinyin",), wraps=True, width=32),
            Column(key="unit", label="帮扶单位", value=units_of, sort=("unit__pinyin", "section__pinyin"), width=18),
            Column(key="places", label="地点", value=places_of, width=16),
            Column(
                key="category",
                label="类别",
                value=lambda row, _: row.category and str(row.category),
                sort=("category__position",),
                width=12,
            ),
            Column(key="promised", label="重大事项", value="is_promised", sort=("is_promised",), width=10),
            Column(key="stage", label="阶段", value=stage_of, sort=("stage__position",), width=12),
            Column(
                key="stood",
                label="在此阶段（天）",
                value=days_in_stage,
                sort=("-stage_since",),
                kind="number",
                width=12,
            ),
            Column(key="due", label="期限", value=due_of, sort=("due_on",), width=20),
            Column(key="submitted", label="提交日期", value="submitted_on", kind="day", width=14, only_exported=True),
            Column(key="started", label="开工日期", value="started_on", kind="day", width=14, only_exported=True),
            Column(key="finished", label="完成日期", value="finished_on", kind="day", width=14, only_exported=True),
            Column(key="team", label="工作队", value="team", width=28, only_exported=True),
            Column(key="summary", label="内容", value="summary", width=50, only_exported=True),
        ),
        filters=(
            TermFilter(key="stage", label="阶段", lookup="stage", vocabularies=("project_stage",)),
            CaseFilter(
                key="stood",
                label="在此阶段",
                cases=tuple((str(days), f"超过 {days} 天", _stood_over(days)) for days in (30, 60, 90)),
            ),
            TermFilter(key="category", label="类别", lookup="category", vocabularies=("project_category",)),
            ProjectTownFilter(lookup="", multi=True),
            yes_no("promised", "重大帮扶事项", "是", "否", Q(is_promised=True), more=True),
            CaseFilter(key="due", label="期限", more=True, cases=(("late", "已逾期", _late),)),
            CaseFilter(
                key="state",
                label="状态",
                more=True,
                cases=(
                    ("open", "进行中", lambda _: Q(stage__is_final=False, ended_on__isnull=True)),
                    ("done", "已完成", lambda _: Q(stage__is_final=True)),
                    ("ended", "已终止", lambda _: Q(ended_on__isnull=False)),
                ),
            ),
            ChoiceFilter(key="level", label="单位级别", lookup="unit__level", options=UnitLevel, more=True),
            DaysFilter(key="submitted", label="提交日期", lookup="submitted_on", more=True),
            ObjectFilter(key="village", label="村", model=Village, build=_in_village, multi=True),
            ObjectFilter(
                key="unit",
                label="单位",
                model=Unit,
                build=lambda pk: Q(unit_id=pk) | Q(section_id=pk) | Q(unit__isnull=True, team__unit_id=pk),
            ),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=StageEntry,
        title="阶段经过",
        noun="阶段",
        permission="project.view",
        scope=lambda rows, program: rows.filter(project__program=program),
        order=("entered_on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("stage", "project"),
        columns=(
            Column(key="stage", label="阶段", value=lambda row, _: str(row.stage), width=14),
            Column(key="on", label="进入日期", value="entered_on", sort=("entered_on",), kind="day", width=14),
            Column(key="note", label="说明", value="note", wraps=True, width=40),
            Column(key="project", label="项目", value="project", width=28),
        ),
        filters=(ObjectFilter(key="project", label="项目", model=Project, build=lambda pk: Q(project_id=pk)),),
    )
)

register_listing(
    Listing(
        model=Quantity,
        title="实物量",
        noun="实物量",
        counter="项",
        permission="project.view",
        scope=lambda rows, program: rows.filter(project__program=program),
        search=("item__label", "project__name", "project__pinyin", "project__initials"),
        search_hint="名称或项目",
        order=("project__pinyin",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("item", "project__unit"),
        columns=(
            Column(key="item", label="名称", value=lambda row, _: str(row.item), sort=("item__position",), width=16),
            Column(key="planned", label="计划", value="planned", sort=("planned",), kind="number", width=12),
            Column(key="done", label="完成", value="done", sort=("done",), kind="number", width=12),
            Column(key="unit", label="计量单位", value="item.unit", width=10),
            Column(key="about", label="约数", value=lambda row, _: "约数" if row.is_approximate else None, width=8),
            Column(key="on", label="完成日期", value="done_on", sort=("done_on",), kind="day", width=14),
            Column(key="project", label="项目", value="project", sort=("project__pinyin",), width=28),
            Column(key="helper", label="帮扶单位", value="project.unit", sort=("project__unit__pinyin",), width=18),
        ),
        filters=(
            TermFilter(key="item", label="名称", lookup="item", vocabularies=("quantity",)),
            DaysFilter(key="on", label="完成日期", lookup="done_on"),
            ObjectFilter(key="project", label="项目", model=Project, build=lambda pk: Q(project_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Progress,
        title="进展",
        noun="进展",
        counter="条",
        permission="project.view",
        scope=lambda rows, program: rows.filter(project__program=program),
        order=("-on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("project", "recorded_by"),
        columns=(
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="text", label="进展情况", value="text", wraps=True, width=60),
            Column(key="by", label="登记人", value=lambda row, _: str(row.recorded_by), width=14),
            Column(key="project", label="项目", value="project", width=28),
        ),
        filters=(ObjectFilter(key="project", label="项目", model=Project, build=lambda pk: Q(project_id=pk)),),
    )
)
