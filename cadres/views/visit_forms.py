"""Logging, correcting and voiding visits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cadres.actions.visits import correct_visit, draft_of, log_visit, void_visit
from cadres.choices import CADRES, TEAMS
from cadres.forms.visits import ReasonForm, VisitCorrectionForm, VisitForm
from cadres.models import Visit
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.choices import HOUSEHOLDS, VILLAGES


@guard("visit.create")
def visit_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Log a visit; what the account and the address say is filled in."""
    form = VisitForm(request.POST or None, program=program, user=request.user, initial=_begun_on(request, program))
    if form.is_valid() and form.carry_out(log_visit, by=request.user, program=program, **form.values()):
        return saved(request, program, form.result, "走访已登记。")
    back = reverse("cadres:visit-list", args=[program.code])
    return form_page(request, program, form, title="登记走访", back=back, crumbs=[("走访", back)], submit="登记走访")


@guard("visit.correct")
def visit_correct(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct a visit by a new version that names the one it replaces."""
    visit = _visit(request, program, pk)
    if not visit.is_current or visit.is_void:
        return redirect(url_of(program, visit))
    form = VisitCorrectionForm(request.POST or None, program=program, user=request.user, draft=draft_of(visit))
    if form.is_valid():
        values = {"visit": visit, "reason": form.cleaned_data["reason"], **form.changes()}
        if form.carry_out(correct_visit, by=request.user, **values):
            return saved(request, program, form.result, "已更正，原来的记录保留可查。")
    return _page(request, program, form, visit, "更正走访", "提交更正")


@guard("visit.correct")
def visit_void(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Take a visit back."""
    visit = _visit(request, program, pk)
    if not visit.is_current or visit.is_void:
        return redirect(url_of(program, visit))
    form = ReasonForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(void_visit, by=request.user, visit=visit, **form.cleaned_data):
        return saved(request, program, form.result, "已作废，不再计数，记录仍可查看。")
    return _page(request, program, form, visit, "作废走访", "作废")


def _begun_on(request: HttpRequest, program: Program) -> dict[str, object]:
    """What the page says on which the visit was begun: a village's, a team's, a household's or a cadre's."""
    initial: dict[str, object] = {}
    if team := given(request, program, "team", TEAMS):
        initial["division"] = team.village_id
    if village := given(request, program, "village", VILLAGES):
        initial["division"] = village.pk
    if household := given(request, program, "household", HOUSEHOLDS):
        initial |= {"division": household.division_id, "households": [household]}
    if cadre := given(request, program, "cadre", CADRES):
        initial["participants"] = [cadre]
    return initial


def _visit(request: HttpRequest, program: Program, pk: int) -> Visit:
    rows = Visit.objects.filter(program=program).select_related("program", "division", "kind")
    visit: Visit = row_to_change(rows, request, "visit.correct", pk=pk)
    return visit


def _page(
    request: HttpRequest, program: Program, form: VisitForm | ReasonForm, visit: Visit, title: str, submit: str
) -> HttpResponse:
    back = url_of(program, visit)
    crumbs = [("走访", reverse("cadres:visit-list", args=[program.code])), (str(visit), back)]
    lead = f"{visit.division}，{visit}，{visit.kind}"
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, submit=submit, lead=lead)
