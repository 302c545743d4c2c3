"""Receiving papers, entering meetings, writing diaries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cadres.actions.records import change_document, change_meeting, hold_meeting, receive_document, write_diary
from cadres.choices import TEAMS
from cadres.forms.records import DiaryForm, DocumentForm, MeetingForm
from cadres.models import Diary, Document, Meeting, TeamMember, Visit
from programs import clock
from programs.choices import UNITS
from programs.links import url_of
from programs.models import Program, Term
from programs.permissions import guard
from programs.rules.parsing import parse_day
from programs.views.forms import form_page, given, row_to_change, saved
from villages.choices import VILLAGES


@guard("document.create")
def document_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Receive a document: first its kind, then the parts that kind demands."""
    back = reverse("cadres:document-list", args=[program.code])
    kinds = Term.objects.visible_to(request.user).filter(
        program=program, vocabulary=Term.Vocabulary.DOCUMENT_KIND, ended_on__isnull=True
    )
    key = request.GET.get("kind", "")
    if not key.isdigit():
        query = request.GET.copy()
        query.pop("kind", None)
        context = {"program": program, "kinds": kinds.order_by("position", "pk"), "query": query.urlencode()}
        context |= {"title": "登记材料", "crumbs": [("材料", back), ("登记材料", "")]}
        return render(request, "cadres/document_kinds.html", context)
    kind = get_object_or_404(kinds, pk=key)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        program=program,
        user=request.user,
        kind=kind,
        initial=_whose(request, program),
    )
    if form.is_valid() and form.carry_out(
        receive_document, by=request.user, program=program, kind=kind, **form.values()
    ):
        return saved(request, program, form.result, f"“{form.result}”已登记。")
    return form_page(request, program, form, title=f"登记材料：{kind}", back=back, crumbs=[("材料", back)])


@guard("document.create")
def document_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct a document and its parts."""
    rows = Document.objects.filter(program=program).select_related("program", "kind")
    document = row_to_change(rows, request, "document.create", pk=pk)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        program=program,
        user=request.user,
        kind=document.kind,
        instance=document,
    )
    if form.is_valid() and form.carry_out(change_document, by=request.user, document=document, **form.values()):
        return saved(request, program, document, "已保存。")
    back = url_of(program, document)
    return form_page(request, program, form, title=f"修改{document.kind}", back=back, crumbs=[(str(document), back)])


@guard("meeting.create")
def meeting_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Enter a meeting with its items."""
    form = MeetingForm(request.POST or None, program=program, user=request.user, initial=_whose(request, program))
    if form.is_valid() and form.carry_out(hold_meeting, by=request.user, program=program, **form.values()):
        return saved(request, program, form.result, "会议已登记。")
    back = reverse("cadres:meeting-list", args=[program.code])
    return form_page(request, program, form, title="登记会议", back=back, crumbs=[("会议", back)])


@guard("meeting.create")
def meeting_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct a meeting and its items."""
    rows = Meeting.objects.filter(program=program).select_related("program", "kind")
    meeting = row_to_change(rows, request, "meeting.create", pk=pk)
    form = MeetingForm(request.POST or None, program=program, user=request.user, instance=meeting)
    if form.is_valid() and form.carry_out(change_meeting, by=request.user, meeting=meeting, **form.values()):
        return saved(request, program, meeting, "已保存。")
    back = url_of(program, meeting)
    return form_page(request, program, form, title="修改会议", back=back, crumbs=[(str(meeting), back)])


@guard("diary.create")
def diary_write(request: HttpRequest, program: Program) -> HttpResponse:
    """Write or change one day of one's own diary; the day's visits stand above."""
    cadre = getattr(request.user, "cadre", None)
    today = clock.today(program)
    day = _day(request, today)
    seats = TeamMember.objects.active_on(day).filter(cadre=cadre, team__program=program).select_related("team__program")
    teams = [seat.team for seat in seats.order_by("pk")] if cadre else []
    if not teams:
        raise PermissionDenied
    own = Diary.objects.visible_to(request.user).filter(cadre=cadre, on=day)
    diary = own.filter(team=teams[0]).first() if len(teams) == 1 else None
    visits = Visit.objects.visible_to(request.user).counted().filter(program=program, participants__cadre=cadre)
    visits = visits.filter(happened_at__date=day).select_related("division", "kind").order_by("happened_at", "pk")
    back = reverse("cadres:diary-list", args=[program.code])
    form = DiaryForm(
        request.POST or None, program=program, user=request.user, teams=teams, diary=diary, initial={"on": day}
    )
    if form.is_valid() and form.carry_out(write_diary, by=request.user, cadre=cadre, **form.cleaned_data):
        return saved(request, program, form.result, "日记已保存。", to=back)
    template = "cadres/diary_form.html"
    return form_page(
        request, program, form, title="驻村日记", back=back, template=template, visits=visits, **_days(day, today)
    )


def _day(request: HttpRequest, today: dt.date) -> dt.date:
    try:
        return min(parse_day(request.GET.get("on", "")), today)
    except ValueError:
        return today


def _days(day: dt.date, today: dt.date) -> dict[str, Any]:
    """The day of the page, and those beside it that can be turned to."""
    one = dt.timedelta(days=1)
    return {"day": day, "before": day - one, "after": day + one if day < today else None}


def _whose(request: HttpRequest, program: Program) -> dict[str, object]:
    """Whose page the new thing was begun on."""
    initial: dict[str, object] = {"unit": given(request, program, "unit", UNITS)}
    initial["team"] = team = given(request, program, "team", TEAMS)
    village = given(request, program, "village", VILLAGES)
    if team is not None:
        initial |= {"division": team.village_id, "unit": initial["unit"] or team.unit_id}
    if village is not None:
        initial["division"] = village.pk
    return {name: value for name, value in initial.items() if value}
