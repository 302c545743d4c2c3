"""Assessments: the list, one with its sheet of scores, the rows behind each score, and the forms that change it."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from inspections.actions import (
    check_scores,
    close_assessment,
    open_assessments,
    reopen_assessment,
    score_oneself,
)
from inspections.forms.assessments import CheckForm, CloseForm, OpenForm, ReopenForm, SelfScoreForm
from inspections.models import Assessment, AssessmentItem
from inspections.score_listing import state_of_assessment
from inspections.scoring import Sheet
from programs.links import url_of
from programs.listing import has_listing, listing_for, listing_page
from programs.models import Program
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import ProgramRequest, guard
from programs.views.forms import form_page, row_to_change, saved

CHANGE, OWN = "assessment.change", "assessment.self"


def _crumbs(program: Program, *further: tuple[str, str]) -> list[tuple[str, str]]:
    return [("考核", reverse("inspections:assessment-list", args=[program.code])), *further]


@guard("assessment.view")
def assessment_list(request: HttpRequest, program: Program) -> HttpResponse:
    """All assessments in reach, the latest year first."""
    listing = listing_for(Assessment)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard(CHANGE)
def assessment_create(request: ProgramRequest, program: Program) -> HttpResponse:
    """Begin the year's assessment of sections, units or teams."""
    form = OpenForm(request.POST or None, program=program, user=request.user)
    back = reverse("inspections:assessment-list", args=[program.code])
    if form.is_valid() and form.carry_out(open_assessments, by=request.user, program=program, **form.subjects):
        made = form.result
        return saved(request, program, made[0], f"已开始{len(made)}份考核。", back)
    return form_page(request, program, form, title="开始考核", back=back, submit="开始考核", crumbs=_crumbs(program))


@guard("assessment.view")
def assessment_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """The sheet: each item with what was counted, what it gives, and what was decided."""
    setting = setting_of(request, program)
    rows = Assessment.objects.visible_to(request.user).filter(program=program)
    assessment = get_object_or_404(rows.select_related("program", "unit__parent", "team"), pk=pk)
    return object_page(
        request,
        setting,
        assessment,
        "inspections/assessment_detail.html",
        crumbs=_crumbs(program),
        facts=facts(
            setting,
            ("考核对象", assessment.subject),
            ("上级单位", assessment.unit and assessment.unit.parent),
            ("年度", f"{assessment.year}年"),
            ("定稿日期", assessment.closed_on),
        ),
        state=state_of_assessment(assessment, setting),
        sheet=Sheet(assessment),
    )


@guard("assessment.view")
def assessment_evidence(request: HttpRequest, program: Program, pk: int, item: int) -> HttpResponse:
    """The rows that the points of one item rest on, as far as the person reaches them."""
    reached = Assessment.objects.visible_to(request.user).filter(program=program)
    assessment = get_object_or_404(reached.select_related("program", "unit", "team"), pk=pk)
    sides = ("part__figure", "part__left", "part__right", "part__requirement__program")
    items = AssessmentItem.objects.visible_to(request.user).filter(program=program).select_related(*sides)
    line = Sheet(assessment, request.user).line(get_object_or_404(items, pk=item))
    crumbs = _crumbs(program, (f"{assessment.subject}{assessment}", url_of(program, assessment)))
    context = {"program": program, "line": line, "assessment": assessment, "crumbs": crumbs}
    rows = line.rows()
    if line.periods:
        return render(request, "inspections/assessment_periods.html", context)
    if rows is None or not has_listing(rows.model):
        raise Http404
    return listing_page(
        request,
        program,
        replace(listing_for(rows.model), create=None),
        rows,
        title=str(line.item),
        template="inspections/assessment_evidence.html",
        empty_why="这一项没有记录。",
        **{name: value for name, value in context.items() if name != "program"},
    )


@guard(OWN)
def assessment_self(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """What those assessed would give themselves."""
    found = _assessment(request, program, OWN, pk)
    form = SelfScoreForm(request.POST or None, program=program, user=request.user, sheet=Sheet(found))
    if form.is_valid() and form.carry_out(score_oneself, by=request.user, assessment=found, scores=form.scores):
        return saved(request, program, found, "已保存自评。")
    return _page(request, program, form, found, "自评", "保存自评")


@guard(CHANGE)
def assessment_check(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """What the office decides."""
    found = _assessment(request, program, CHANGE, pk)
    form = CheckForm(request.POST or None, program=program, user=request.user, sheet=Sheet(found))
    if form.is_valid() and form.carry_out(check_scores, by=request.user, assessment=found, scores=form.scores):
        return saved(request, program, found, "已保存核定分。")
    return _page(request, program, form, found, "核定", "保存核定分", "核定分留空的，按计算得分计。")


@guard(CHANGE)
def assessment_close(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Close an assessment, so that its scores stand."""
    found = _assessment(request, program, CHANGE, pk)
    form = CloseForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(close_assessment, by=request.user, assessment=found, **form.cleaned_data):
        return saved(request, program, found, "已定稿。")
    return _page(request, program, form, found, "定稿", "定稿", "定稿后得分不再随记录变动。")


@guard(CHANGE)
def assessment_reopen(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Open a closed assessment again, with a reason."""
    found = _assessment(request, program, CHANGE, pk)
    form = ReopenForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(reopen_assessment, by=request.user, assessment=found, **form.cleaned_data):
        return saved(request, program, found, "已重新打开，可以修改后再定稿。")
    return _page(request, program, form, found, "重新打开", "重新打开")


def _assessment(request: ProgramRequest, program: Program, permission: str, pk: int) -> Assessment:
    rows = Assessment.objects.filter(program=program).select_related("program", "unit", "team")
    found: Assessment = row_to_change(rows, request, permission, pk=pk)
    return found


def _page(
    request: ProgramRequest,
    program: Program,
    form: SelfScoreForm | CheckForm | CloseForm | ReopenForm,
    assessment: Assessment,
    title: str,
    submit: str,
    lead: str = "",
) -> HttpResponse:
    back = url_of(program, assessment)
    crumbs = _crumbs(program, (f"{assessment.subject}{assessment}", back))
    return form_page(request, program, form, title=title, back=back, submit=submit, lead=lead, crumbs=crumbs)
