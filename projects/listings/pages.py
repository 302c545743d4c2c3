"""Where projects and funds have their pages, what they add to pages of others, and their places in the rail."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from cadres.models import Team
from programs.links import register_page
from programs.listing import (
    Column,
    Setting,
    extend_listing,
)
from programs.listing.counting import CountOf
from programs.membership import register_members
from programs.models import Program, Unit
from programs.objectpage import Panel, register_panel
from programs.rooms import enter
from programs.searching import offer_to_search
from projects.models import Donation, Fund, FundMovement, Progress, Project, Quantity, StageEntry
from villages.models import Household, Village


def _count_promised(rows: QuerySet[Unit], setting: Setting) -> QuerySet[Unit]:
    submitted = Project.objects.filter(program=setting.program, ended_on__isnull=True)
    return rows.annotate(
        project_count=CountOf(submitted.filter(Q(unit=OuterRef("pk")) | Q(section=OuterRef("pk")))),
        promised_count=CountOf(submitted.filter(unit=OuterRef("pk"), is_promised=True)),
    )


extend_listing(
    Unit,
    before="contact",
    columns=(
        Column(key="projects", label="项目", value="project_count", sort=("project_count",), kind="number", width=8),
        Column(
            key="promised", label="重大事项", value="promised_count", sort=("promised_count",), kind="number", width=10
        ),
    ),
    prepare=_count_promised,
)


def _units_of_projects(program: Program) -> Any:
    return Project.objects.filter(program=program).values("unit_id")


def _sections_of_projects(program: Program) -> Any:
    return Project.objects.filter(program=program, section__isnull=False).values("section_id")


register_members(Unit, _units_of_projects, _sections_of_projects)
register_page(Project, "projects:project-detail")
register_page(Fund, "projects:fund-detail")

_PROJECT = ("name", "category", "promised", "stage", "stood", "due")
_FUND = ("purpose", "kind", "source", "amount", "state", "recorded")
for panel in (
    Panel(
        on=Village,
        of=Project,
        by="village",
        columns=("name", "unit", "promised", "stage", "stood", "due"),
        order=50,
        says_when_empty=True,
    ),
    Panel(on=Village, of=Fund, by="village", columns=_FUND, order=55),
    Panel(
        on=Unit,
        of=Project,
        by="unit",
        columns=("name", "unit", "places", "promised", "stage", "stood", "due"),
        order=50,
        says_when_empty=True,
    ),
    Panel(on=Unit, of=Fund, by="unit", columns=_FUND, order=55),
    Panel(on=Team, of=Project, by="team", columns=_PROJECT, order=50, says_when_empty=True),
    Panel(on=Team, of=Fund, by="team", columns=_FUND, order=55),
    Panel(on=Household, of=Fund, by="household", columns=_FUND, order=55),
    Panel(
        on=Project,
        of=StageEntry,
        by="project",
        columns=("stage", "on", "note"),
        order=10,
        sort="on",
        says_when_empty=True,
    ),
    Panel(
        on=Project,
        of=Quantity,
        by="project",
        columns=("item", "planned", "done", "unit", "about", "on"),
        order=20,
        says_when_empty=True,
    ),
    Panel(on=Project, of=Fund, by="project", columns=_FUND, order=30, says_when_empty=True),
    Panel(on=Project, of=Progress, by="project", columns=("on", "text", "by"), order=40, says_when_empty=True),
    Panel(
        on=Fund, of=FundMovement, by="fund", columns=("on", "state", "amount", "note"), order=10, says_when_empty=True
    ),
    Panel(on=Fund, of=Donation, by="fund", columns=("on", "donor", "donors", "amount"), order=20),
):
    register_panel(panel)

enter("project", "项目", "projects:project-list", "project.view", order=10)
enter("project", "资金", "projects:fund-list", "fund.view", order=20)
offer_to_search(Project, order=40)
