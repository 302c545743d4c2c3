"""Forms for findings outside of a round, and for what becomes of a problem: put right, closed, sanctioned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cadres.choices import TEAMS
from inspections.actions import add_finding, judge, rectify, sanction
from inspections.forms.handling import FindingForm, JudgeForm, RectifyForm, SanctionForm
from inspections.models import Finding, Rectification
from programs.choices import UNITS
from programs.links import url_of
from programs.models import Program
from programs.permissions import ProgramRequest, guard
from programs.views.forms import form_page, given, row_to_change, saved
from projects.choices import PROJECTS


def _crumbs(program: Program, finding: Finding) -> list[tuple[str, str]]:
    return [
        ("督查发现", reverse("inspections:finding-list", args=[program.code])),
        (str(finding), url_of(program, finding)),
    ]


def _finding(request: ProgramRequest, program: Program, permission: str, pk: int) -> Finding:
    rows = Finding.objects.problems().filter(program=program)
    rows = rows.select_related("program", "category", "team__unit", "unit")
    found: Finding = row_to_change(rows, request, permission, pk=pk)
    return found


@guard("finding.create")
def finding_create(request: ProgramRequest, program: Program) -> HttpResponse:
    """Enter a problem or praise about a team or a unit."""
    team, unit, project = (given(request, program, source.name, source) for source in (TEAMS, UNITS, PROJECTS))
    initial = {"team": team or (project and project.team), "unit": unit, "project": project}
    form = FindingForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_finding, by=request.user, program=program, **form.cleaned_data):
        return saved(request, program, form.result, f"已登记{form.result.get_kind_display()}：{form.result.category}。")
    back = reverse("inspections:finding-list", args=[program.code])
    return form_page(request, program, form, title="登记督查发现", back=back, crumbs=[("督查发现", back)])


@guard("finding.rectify")
def finding_rectify(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Say what was done about a problem."""
    finding = _finding(request, program, "finding.rectify", pk)
    form = RectifyForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(rectify, by=request.user, finding=finding, **form.cleaned_data):
        return saved(request, program, finding, "已登记整改，等待复查。")
    return _page(request, program, form, finding, title="登记整改", submit="登记整改")


@guard("finding.check")
def finding_check(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Re-check a problem: close it, or send it back."""
    finding = _finding(request, program, "finding.check", pk)
    form = JudgeForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(judge, by=request.user, finding=finding, **form.cleaned_data):
        accepted = form.cleaned_data["verdict"] == Rectification.Verdict.ACCEPTED
        return saved(request, program, finding, "整改到位，已销号。" if accepted else "已退回整改。")
    waiting = finding.rectifications.waiting().select_related("fixed_by").last()
    if waiting is None or waiting.fixed_by_id == request.user.pk:
        why = "整改是您本人登记的，请由他人复查。" if waiting else "没有待复查的整改，请先登记整改情况。"
        messages.warning(request, why)
        return redirect(url_of(program, finding))
    return _page(request, program, form, finding, title="复查", submit="保存复查结论", waiting=waiting)


@guard("sanction.create")
def finding_sanction(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Record a consequence for a unit or a person."""
    finding = _finding(request, program, "sanction.create", pk)
    form = SanctionForm(request.POST or None, program=program, user=request.user, finding=finding)
    if form.is_valid() and form.carry_out(sanction, by=request.user, program=program, finding=finding, **form.decision):
        return saved(request, program, finding, f"已登记处理：{form.result}。")
    return _page(request, program, form, finding, title="登记处理", submit="登记处理")


def _page(
    request: ProgramRequest,
    program: Program,
    form: RectifyForm | JudgeForm | SanctionForm,
    finding: Finding,
    *,
    title: str,
    submit: str,
    waiting: Rectification | None = None,
) -> HttpResponse:
    return form_page(
        request,
        program,
        form,
        title=title,
        back=url_of(program, finding),
        submit=submit,
        crumbs=_crumbs(program, finding),
        template="inspections/finding_form.html",
        finding=finding,
        waiting=waiting,
    )
