"""The list and the page of findings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from inspections.listings import about, finding_state
from inspections.models import Finding
from programs.listing import listing_for, listing_page
from programs.models import Program
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import guard


@guard("finding.view")
def finding_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Problems and praise."""
    listing = listing_for(Finding)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("finding.view")
def finding_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A finding with its rectifications, re-checks and sanctions."""
    setting = setting_of(request, program)
    reached = Finding.objects.visible_to(request.user).filter(program=program)
    rows = reached.select_related(
        "category__parent", "division", "team", "unit", "round", "project", "need", "recorded_by"
    )
    finding = get_object_or_404(rows, pk=pk)
    is_problem = finding.kind == Finding.Kind.PROBLEM
    return object_page(
        request,
        setting,
        finding,
        "inspections/finding_detail.html",
        crumbs=[("督查发现", reverse("inspections:finding-list", args=[program.code]))],
        facts=facts(
            setting,
            ("性质", finding.get_kind_display()),
            ("类别", str(finding.category)),
            ("工作队或单位", about(finding, setting)),
            ("所在地", finding.division),
            ("项目", finding.project),
            ("诉求", finding.need),
            ("督查轮次", finding.round and str(finding.round)),
            ("发现日期", finding.found_on),
            ("登记人", str(finding.recorded_by)),
            *(
                [
                    ("归类", finding.category.parent and str(finding.category.parent)),
                    ("程度", finding.get_gravity_display()),
                    ("整改期限", finding.due_on),
                    ("整改责任人", finding.responsible),
                    ("销号日期", finding.closed_on),
                ]
                if is_problem
                else []
            ),
        ),
        state=finding_state(finding, setting),
        is_problem=is_problem,
        is_waiting=finding.rectifications.waiting().exists(),
    )
