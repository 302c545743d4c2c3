"""Setting up and changing work teams."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cadres.actions.teams import add_team, change_first_secretary, end_team, join_team, leave_team, reach_milestone
from cadres.forms.teams import FirstSecretaryForm, JoinForm, LastDayForm, MilestoneForm, TeamChangeForm, TeamForm
from cadres.models import Team, TeamMember
from programs import clock
from programs.changes import change_fields
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.choices import VILLAGES


@guard("team.change")
def team_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Set up a team in a village."""
    initial = {"village": given(request, program, "village", VILLAGES), "unit": given(request, program, "unit", UNITS)}
    form = TeamForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_team, by=request.user, program=program, **form.cleaned_data):
        return saved(request, program, form.result, f"已建立“{form.result}”，请登记队员。")
    back = reverse("cadres:team-list", args=[program.code])
    return form_page(request, program, form, title="新建工作队", back=back, crumbs=[("工作队", back)])


@guard("team.change")
def team_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A team's own data, with the way to its members."""
    team = _team(request, program, pk)
    form = TeamChangeForm(request.POST or None, program=program, user=request.user, instance=team)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=team, **form.cleaned_data):
        return saved(request, program, team, "已保存。")
    members = team.members.active_on(clock.today(program)).select_related("cadre", "unit").order_by("since", "pk")
    return _page(
        request, program, form, team, "修改工作队", template="cadres/team_change.html", thing=team, members=members
    )


@guard("team.change")
def team_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Withdraw a team with its members."""
    team = _team(request, program, pk)
    form = LastDayForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_team, by=request.user, team=team, **form.cleaned_data):
        return saved(request, program, team, f"“{team}”已登记撤回，队员同日离队。")
    return _page(request, program, form, team, "撤回工作队", submit="撤回")


@guard("team.change")
def member_join(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A cadre joins a team."""
    team = _team(request, program, pk)
    form = JoinForm(request.POST or None, program=program, user=request.user, team=team)
    if form.is_valid() and form.carry_out(join_team, by=request.user, team=team, **form.cleaned_data):
        return saved(request, program, team, f"“{form.result.cadre}”已进队。")
    return _page(request, program, form, team, "登记队员")


@guard("team.change")
def member_leave(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A member leaves a team."""
    rows = TeamMember.objects.filter(team__program=program).select_related("team", "cadre")
    member = row_to_change(rows, request, "team.change", pk=pk)
    form = LastDayForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(leave_team, by=request.user, member=member, **form.cleaned_data):
        return saved(request, program, member.team, f"“{member.cadre}”已登记离队。")
    title = f"{program.call(member.get_role_display())}“{member.cadre}”离队"
    return _page(request, program, form, member.team, title, submit="登记离队")


@guard("team.change")
def first_secretary_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A new 第一书记 takes over; the one before stays on record."""
    team = _team(request, program, pk)
    form = FirstSecretaryForm(request.POST or None, program=program, user=request.user, team=team)
    if form.is_valid() and form.carry_out(change_first_secretary, by=request.user, team=team, **form.cleaned_data):
        return saved(request, program, team, f"第一书记已登记为“{form.result.cadre}”。")
    return _page(request, program, form, team, "更换第一书记")


@guard("team.change")
def milestone_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A team, or one of its members, has reached something."""
    team = _team(request, program, pk)
    form = MilestoneForm(request.POST or None, program=program, user=request.user, team=team)
    if form.is_valid() and form.carry_out(reach_milestone, by=request.user, team=team, **form.cleaned_data):
        return saved(request, program, team, f"“{form.result.kind}”已登记。")
    return _page(request, program, form, team, "登记节点")


def _team(request: HttpRequest, program: Program, pk: int) -> Team:
    rows = Team.objects.filter(program=program).select_related("program", "village", "unit")
    team: Team = row_to_change(rows, request, "team.change", pk=pk)
    return team


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, team: Team, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, team)
    extra.setdefault("lead", str(team))
    return form_page(request, program, form, title=title, back=back, crumbs=[(str(team), back)], **extra)
