"""Pages of those who inspect: what is theirs to do, one inspection, and the form that records it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inspections.actions import enter_inspection
from inspections.briefing import Briefing
from inspections.corrections import answer_changes, answers_of
from inspections.forms.recording import RecordForm
from inspections.models import Inspection
from inspections.overview import is_inspector_of, tours_of
from programs.links import url_of
from programs.listing import listing_for, listing_page
from programs.models import Program
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import PERMISSIONS, ProgramRequest, guard
from programs.views.forms import form_page, row_to_change

RECORD = "inspection.record"
JOINED = ("round__program", "group", "team__program", "team__village__division__parent", "team__unit", "recorded_by")


@guard("round.view")
def inspection_list(request: ProgramRequest, program: Program) -> HttpResponse:
    """The inspections of all rounds."""
    rows = Inspection.objects.disclosed_to(request.user).filter(round__program=program)
    return listing_page(request, program, listing_for(Inspection), rows)


@guard("tour.view")
def tour_list(request: ProgramRequest, program: Program) -> HttpResponse:
    """What the person's groups have to inspect, what is not done first."""
    context = {"program": program, "tours": tours_of(program, request.user), "crumbs": [("我的督查", "")]}
    return render(request, "inspections/tour_list.html", context)


@guard("round.view")
def inspection_detail(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """All that was recorded of one inspection."""
    rows = Inspection.objects.disclosed_to(request.user).filter(round__program=program).select_related(*JOINED)
    inspection = get_object_or_404(rows, pk=pk)
    setting = setting_of(request, program)
    recordable = Inspection.objects.visible_to(request.user, PERMISSIONS[RECORD]).filter(pk=pk).exists()
    return object_page(
        request,
        setting,
        inspection,
        "inspections/inspection_detail.html",
        crumbs=[(str(inspection.round), url_of(program, inspection.round))],
        facts=facts(
            setting,
            ("工作队", inspection.team),
            ("村", inspection.team.village),
            ("派出单位", inspection.team.unit),
            ("督查组", str(inspection.group)),
            ("督查日期", inspection.visited_on),
            ("督查方式", [str(method) for method in inspection.methods.order_by("position", "pk")]),
            ("回访日期", inspection.follow_up_on),
            ("登记人", inspection.recorded_by and str(inspection.recorded_by)),
        ),
        answers=answers_of(inspection),
        answer_changes=answer_changes(inspection),
        may_record=recordable,
    )


@guard(RECORD)
def inspection_record(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Record or correct one inspection with all it found, in one form beside what the records say."""
    rows = Inspection.objects.filter(round__program=program).select_related(*JOINED)
    inspection = row_to_change(rows.prefetch_related("answers"), request, RECORD, pk=pk)
    briefing = Briefing(inspection, request.user)
    form = RecordForm(
        request.POST or None, program=program, user=request.user, inspection=inspection, briefing=briefing
    )
    if form.is_valid() and form.carry_out(
        enter_inspection, by=request.user, draft=form.draft, findings=form.finding_drafts, seen=form.seen
    ):
        messages.success(request, form.summary)
        if is_inspector_of(request.user, inspection):
            return redirect(reverse("inspections:tour-list", args=[program.code]))
        return redirect(url_of(program, inspection))
    return form_page(
        request,
        program,
        form,
        title=f"{'修改督查记录' if inspection.recorded_by else '登记督查'}：{inspection.team.village}",
        back=url_of(program, inspection),
        crumbs=[(str(inspection.round), url_of(program, inspection.round))],
        template="inspections/inspection_record.html",
        inspection=inspection,
        briefing=briefing,
    )
