"""Named groups of cadres and units: list, page, entering and changing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cadres.actions.groups import form_group, leave_seat, take_seat
from cadres.forms.groups import GroupForm, SeatForm
from cadres.forms.teams import LastDayForm
from cadres.models import CadreGroup, GroupSeat
from programs import clock
from programs.changes import change_fields
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.listing import listing_for, listing_page
from programs.models import Program, Role, Unit
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import PERMISSIONS, guard
from programs.scoping import roles_in
from programs.views.forms import form_page, given, row_to_change, saved


@guard("group.view")
def group_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Named groups."""
    listing = listing_for(CadreGroup)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("group.view")
def group_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A named group with its seats, those that ended included."""
    setting = setting_of(request, program)
    reached = CadreGroup.objects.visible_to(request.user).filter(program=program).select_related("unit")
    group = get_object_or_404(reached, pk=pk)
    return object_page(
        request,
        setting,
        group,
        "cadres/group_detail.html",
        crumbs=[("小组", reverse("cadres:group-list", args=[program.code]))],
        facts=facts(setting, ("所属单位", group.unit or "全县"), ("成立日期", group.formed_on)),
        may_change=_keeps(request, program, group),
    )


@guard("group.change")
def group_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Form a group."""
    initial = {"unit": given(request, program, "unit", UNITS)}
    form = GroupForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(form_group, by=request.user, program=program, **form.cleaned_data):
        return saved(request, program, form.result, f"已建立“{form.result}”，请登记成员。")
    back = reverse("cadres:group-list", args=[program.code])
    return form_page(request, program, form, title="新建小组", back=back, crumbs=[("小组", back)])


@guard("group.change")
def group_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A group's own data, with the way to its seats."""
    group = _group(request, program, pk)
    form = GroupForm(request.POST or None, program=program, user=request.user, instance=group)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=group, **form.cleaned_data):
        return saved(request, program, group, "已保存。")
    seats = group.seats.active_on(clock.today(program)).select_related("cadre", "unit").order_by("since", "pk")
    return _page(
        request, program, form, group, "修改小组", template="cadres/group_change.html", thing=group, seats=seats
    )


@guard("group.change")
def seat_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Somebody joins a group."""
    group = _group(request, program, pk)
    form = SeatForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(take_seat, by=request.user, group=group, **form.cleaned_data):
        return saved(request, program, group, f"“{form.result.cadre or form.result.unit}”已登记。")
    return _page(request, program, form, group, "登记成员")


@guard("group.change")
def seat_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Somebody leaves a group."""
    rows = GroupSeat.objects.filter(group__program=program).select_related("group__unit", "cadre", "unit")
    seat = row_to_change(rows, request, "group.change", pk=pk)
    if not _keeps(request, program, seat.group):
        raise PermissionDenied
    form = LastDayForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(leave_seat, by=request.user, seat=seat, **form.cleaned_data):
        return saved(request, program, seat.group, f"“{seat.cadre or seat.unit}”已登记退出。")
    return _page(request, program, form, seat.group, f"“{seat.cadre or seat.unit}”退出小组", submit="登记退出")


def _group(request: HttpRequest, program: Program, pk: int) -> CadreGroup:
    rows = CadreGroup.objects.filter(program=program).select_related("unit")
    found: CadreGroup = row_to_change(rows, request, "group.change", pk=pk)
    if not _keeps(request, program, found):
        raise PermissionDenied
    return found


def _keeps(request: HttpRequest, program: Program, group: CadreGroup) -> bool:
    """The county keeps all groups, a unit its own: a seat in a group is no right to change it."""
    roles = roles_in(request.user, program.pk) & PERMISSIONS["group.change"]
    if roles & {Role.COUNTY, Role.ADMINISTRATOR}:
        return True
    return Unit.objects.visible_to(request.user, roles).filter(pk=group.unit_id).exists()


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, group: CadreGroup, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, group)
    extra.setdefault("lead", str(group))
    return form_page(request, program, form, title=title, back=back, crumbs=[(str(group), back)], **extra)
