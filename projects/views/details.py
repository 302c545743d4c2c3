"""The pages of projects and funds."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from programs.models import Program
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import guard
from projects.listings.funds import amount_of
from projects.listings.projects import days_in_stage, due_of, places_of, stage_of
from projects.models import Fund, Project, ProjectPlace


@guard("project.view")
def project_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A project: its places, the way through its stages, quantities, funds and progress."""
    setting = setting_of(request, program)
    places = Prefetch("places", ProjectPlace.objects.select_related("division").order_by("pk"), to_attr="all_places")
    reached = Project.objects.visible_to(request.user).filter(program=program)
    rows = reached.select_related("category", "unit", "section", "team__village", "stage").prefetch_related(places)
    project = get_object_or_404(rows, pk=pk)
    days = days_in_stage(project, setting)
    return object_page(
        request,
        setting,
        project,
        "projects/project_detail.html",
        crumbs=[("项目", reverse("projects:project-list", args=[program.code]))],
        facts=facts(
            setting,
            ("阶段", stage_of(project, setting)),
            ("在此阶段", f"{days} 天" if days is not None else None),
            ("期限", due_of(project, setting)),
            ("类别", project.category and str(project.category)),
            ("重大帮扶事项", project.is_promised),
            ("承办科室", project.section),
            ("工作队", project.team),
            ("提交日期", project.submitted_on),
            ("开工日期", project.started_on),
            ("完成日期", project.finished_on),
            *([("终止日期", project.ended_on)] if project.ended_on else []),
        ),
        places=places_of(project, setting),
    )


@guard("fund.view")
def fund_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A fund with its movements and donors."""
    setting = setting_of(request, program)
    reached = Fund.objects.visible_to(request.user).filter(program=program)
    rows = reached.select_related("division", "project", "unit", "team", "household", "member", "source", "state")
    fund = get_object_or_404(rows, pk=pk)
    return object_page(
        request,
        setting,
        fund,
        "projects/fund_detail.html",
        crumbs=[("资金", reverse("projects:fund-list", args=[program.code]))],
        facts=facts(
            setting,
            ("金额", amount_of(fund)),
            ("种类", fund.get_kind_display()),
            ("来源", str(fund.source)),
            ("状态", fund.state and str(fund.state)),
            ("项目", fund.project),
            ("受益地", fund.division),
            ("单位", fund.unit),
            ("工作队", fund.team),
            ("受助农户", fund.household),
            ("受助人", fund.member and fund.member.name),
            ("登记日期", fund.recorded_on),
        ),
    )
