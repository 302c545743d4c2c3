"""Pages of an office that prepares and follows a round: the round, its groups, and which team is whose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from inspections.actions import add_group, change_group, change_round, create_round, distribute, remove_group
from inspections.forms.rounds import AssignForm, GroupForm, RoundForm
from inspections.models import InspectionGroup, Round
from inspections.overview import Overview, round_lines
from inspections.round_listing import of_round
from inspections.sampling import candidates, sampled
from programs.links import url_of
from programs.listing import listing_page
from programs.models import Program
from programs.permissions import ProgramRequest, guard, may
from programs.refusals import Refusal
from programs.views.forms import form_page, row_to_change, saved

CHANGE = "round.change"


def _crumbs(program: Program, *further: tuple[str, str]) -> list[tuple[str, str]]:
    return [("督查轮次", reverse("inspections:round-list", args=[program.code])), *further]


@guard("round.view")
def round_list(request: ProgramRequest, program: Program) -> HttpResponse:
    """All rounds, each with how far it has come."""
    context = {
        "program": program,
        "lines": round_lines(program, request.user),
        "may_change": may(request.user, CHANGE, program),
        "crumbs": [("督查轮次", "")],
    }
    return render(request, "inspections/round_list.html", context)


@guard("round.view")
def round_detail(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """A round: progress, what was found, what is to be looked at again, and its inspections as a list."""
    rows = Round.objects.disclosed_to(request.user).filter(program=program).select_related("program")
    overview = Overview(get_object_or_404(rows, pk=pk), request.user)
    return listing_page(
        request,
        program,
        of_round(),
        overview.inspections,
        title=str(overview.round),
        template="inspections/round_detail.html",
        overview=overview,
        crumbs=_crumbs(program),
        may_change=may(request.user, CHANGE, program),
        empty_why="还没有分配工作队。",
    )


@guard(CHANGE)
def round_create(request: ProgramRequest, program: Program) -> HttpResponse:
    """Open a round; its groups and teams come next."""
    form = RoundForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(create_round, by=request.user, program=program, **form.cleaned_data):
        return saved(request, program, form.result, f"已新建“{form.result}”。接着添加督查组，再分配工作队。")
    back = reverse("inspections:round-list", args=[program.code])
    return _page(request, program, form, "新建督查", back, _crumbs(program), template="inspections/round_form.html")


@guard(CHANGE)
def round_change(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Correct a round."""
    found = row_to_change(Round.objects.filter(program=program), request, CHANGE, pk=pk)
    names = ("name", "starts_on", "ends_on", "is_announced", "sample", "sample_per_town", "sample_seed", "sample_note")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    initial = {name: value for name, value in initial.items() if value is not None}
    initial["methods"] = list(found.methods.all())
    form = RoundForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(change_round, by=request.user, in_round=found, **form.cleaned_data):
        return saved(request, program, found, "已保存。")
    back = url_of(program, found)
    crumbs = _crumbs(program, (str(found), back))
    return _page(request, program, form, "修改督查", back, crumbs, template="inspections/round_form.html")


@guard(CHANGE)
def group_create(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Form one more group of a round."""
    found = row_to_change(Round.objects.filter(program=program), request, CHANGE, pk=pk)
    position = found.groups.count() + 1
    initial = {"name": f"第{position}督查组"}
    form = GroupForm(request.POST or None, program=program, user=request.user, initial=initial)
    values = {"by": request.user, "in_round": found, "position": position}
    if form.is_valid() and form.carry_out(add_group, **values, **form.cleaned_data):
        return saved(request, program, found, f"已添加“{form.result}”。")
    back = url_of(program, found)
    return _page(request, program, form, "添加督查组", back, _crumbs(program, (str(found), back)))


@guard(CHANGE)
def group_change(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Rename a group, or change who is in it."""
    groups = InspectionGroup.objects.filter(round__program=program).select_related("round")
    group = row_to_change(groups, request, CHANGE, pk=pk)
    seats = list(group.members.order_by("pk"))
    initial = {
        "name": group.name,
        "head": next((seat.cadre_id for seat in seats if seat.is_head), None),
        "members": [seat.cadre_id for seat in seats if not seat.is_head],
    }
    form = GroupForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(change_group, by=request.user, group=group, **form.cleaned_data):
        return saved(request, program, group.round, f"已保存“{group}”。")
    back = url_of(program, group.round)
    crumbs = _crumbs(program, (str(group.round), back))
    return _page(
        request, program, form, "修改督查组", back, crumbs, template="inspections/group_form.html", group=group
    )


@guard(CHANGE)
@require_POST
def group_remove(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Take out a group without teams."""
    groups = InspectionGroup.objects.filter(round__program=program).select_related("round")
    group = row_to_change(groups, request, CHANGE, pk=pk)
    try:
        remove_group(by=request.user, group=group)
        messages.success(request, f"已删除“{group}”。")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(url_of(program, group.round))


@guard(CHANGE)
def round_assign(request: ProgramRequest, program: Program, pk: int) -> HttpResponse:
    """Say which group inspects each team: by town in one go, or one by one."""
    found = row_to_change(Round.objects.filter(program=program).select_related("program"), request, CHANGE, pk=pk)
    teams = candidates(found)
    assigned = list(found.inspections.select_related("group", "team__village__division__parent", "team__unit"))
    known = {team.pk for team in teams}
    teams += [row.team for row in assigned if row.team_id not in known]
    form = AssignForm(
        request.POST or None,
        program=program,
        user=request.user,
        groups=list(found.groups.order_by("position", "pk")),
        teams=sorted(teams, key=lambda team: (team.village_id, team.pk)),
        sampled=sampled(found, candidates(found)),
        assigned=assigned,
    )
    if form.is_valid() and form.carry_out(distribute, by=request.user, in_round=found, **form.cleaned_data):
        return saved(request, program, found, f"已保存，{form.result}个工作队的分组有变动。")
    back = url_of(program, found)
    crumbs = _crumbs(program, (str(found), back))
    return _page(
        request, program, form, "分配工作队", back, crumbs, template="inspections/round_assign.html", round=found
    )


def _page(
    request: ProgramRequest,
    program: Program,
    form: Any,
    title: str,
    back: str,
    crumbs: list[tuple[str, str]],
    **extra: Any,
) -> HttpResponse:
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, **extra)
