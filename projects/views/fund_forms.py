"""Entering funds, their movements and donations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cadres.choices import TEAMS
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.rules.wording import word_range
from programs.views.forms import form_page, given, row_to_change, saved
from projects.actions import add_donation, add_fund, move_fund
from projects.choices import PROJECTS
from projects.forms import DonationForm, FundForm, MoveForm
from projects.models import Fund
from villages.choices import VILLAGES


@guard("project.change")
def fund_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Enter a fund, of a project or standing alone."""
    project = given(request, program, "project", PROJECTS)
    team, village = given(request, program, "team", TEAMS), given(request, program, "village", VILLAGES)
    initial = {"unit": given(request, program, "unit", UNITS), "team": team}
    if village or team:
        initial["division"] = village.pk if village else team.village_id
    initial = {name: value for name, value in initial.items() if value}
    form = FundForm(request.POST or None, program=program, user=request.user, initial=initial, of=project)
    if form.is_valid() and form.carry_out(add_fund, by=request.user, program=program, **form.values()):
        return saved(request, program, form.result, "资金已登记。")
    back = url_of(program, project) if project else reverse("projects:fund-list", args=[program.code])
    return form_page(request, program, form, title="登记资金", back=back, crumbs=[(str(project or "资金"), back)])


@guard("project.change")
def fund_move(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A fund, or a part of it, reaches the next state."""
    fund = _fund(request, program, pk)
    form = MoveForm(request.POST or None, program=program, user=request.user, fund=fund)
    if form.is_valid() and form.carry_out(move_fund, by=request.user, fund=fund, **form.values()):
        return saved(request, program, fund, f"已登记“{form.result.state}”。")
    return _page(request, program, form, fund, "登记资金变动")


@guard("project.change")
def donation_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Enter one donor's share of a fund."""
    fund = _fund(request, program, pk)
    form = DonationForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_donation, by=request.user, fund=fund, **form.cleaned_data):
        return saved(request, program, fund, "捐款已登记。")
    return _page(request, program, form, fund, "登记捐款")


def _fund(request: HttpRequest, program: Program, pk: int) -> Fund:
    rows = Fund.objects.filter(program=program).select_related("program", "state", "project")
    fund: Fund = row_to_change(rows, request, "project.change", pk=pk)
    return fund


def _page(request: HttpRequest, program: Program, form: ScopedForm, fund: Fund, title: str) -> HttpResponse:
    back = url_of(program, fund)
    crumbs = [("资金", reverse("projects:fund-list", args=[program.code])), (str(fund), back)]
    lead = f"{fund.purpose}，{word_range(fund.low, fund.high, '元')}"
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, lead=lead)
