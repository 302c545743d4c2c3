"""Leave and trips for the village: asking, answering, coming back."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cadres.actions.duty import (
    approve_leave,
    decline_leave,
    is_for_town_office,
    may_answer,
    request_leave,
    return_from_leave,
    withdraw_leave,
)
from cadres.choices import SEATS
from cadres.forms.duty import LeaveAnswerForm, LeaveForm, LeaveWithdrawForm
from cadres.forms.teams import LastDayForm
from cadres.listings.duty import state_of_leave
from cadres.models import Leave
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.listing import listing_for, listing_page
from programs.models import Program, User
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import OFFICES, PERMISSIONS, guard
from programs.rules.wording import days_text
from programs.scoping import roles_in
from programs.views.forms import form_page, given, row_to_change, saved

RELATED = ("team__program", "team__village__division__parent", "cadre")


@guard("leave.view")
def leave_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Leave and trips for the village."""
    listing = listing_for(Leave)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("leave.view")
def leave_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A leave: who, when, why, and what was answered by whom."""
    setting, user = setting_of(request, program), cast(User, request.user)
    reached = Leave.objects.visible_to(user).filter(team__program=program).select_related(*RELATED)
    leave = get_object_or_404(reached, pk=pk)
    decides = Leave.objects.visible_to(user, PERMISSIONS["leave.decide"]).filter(pk=leave.pk).exists()
    return object_page(
        request,
        setting,
        leave,
        "cadres/leave_detail.html",
        crumbs=[("请假报备", reverse("cadres:leave-list", args=[program.code]))],
        facts=facts(
            setting,
            ("队员", leave.cadre),
            ("工作队", leave.team),
            ("种类", leave.get_kind_display()),
            ("起止", days_text(leave.since, leave.until or leave.since)),
            ("天数", leave.days, "number"),
            ("状态", state_of_leave(leave, setting)),
            ("由谁审批", "镇街办公室" if is_for_town_office(leave) else "县级办公室"),
            ("批准", leave.approved_by),
            ("批准日期", leave.approved_on),
            ("未批准", leave.declined_by),
            ("未批准日期", leave.declined_on),
            ("理由", leave.decline_reason),
            ("撤回日期", leave.withdrawn_on),
        ),
        answers=decides and leave.is_waiting and may_answer(user, leave),
        is_own=decides or leave.cadre.user_id == user.pk,
    )


@guard("leave.create")
def leave_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Ask for leave, or report a trip for the village."""
    form = LeaveForm(request.POST or None, program=program, user=request.user, initial=_whose(request, program))
    if form.is_valid() and form.carry_out(request_leave, by=request.user, **form.values()):
        tier = "镇街办公室" if is_for_town_office(form.result) else "县级办公室"
        return saved(request, program, form.result, f"已提交，等{tier}审批。")
    back = reverse("cadres:leave-list", args=[program.code])
    return form_page(request, program, form, title="请假或报备", back=back, crumbs=[("请假报备", back)], submit="提交")


@guard("leave.decide")
def leave_decide(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Approve or decline."""
    leave = _leave(request, program, pk)
    form = LeaveAnswerForm(request.POST or None, program=program, user=request.user)
    if form.is_valid():
        values = dict(form.cleaned_data)
        reason, approved = values.pop("reason"), values.pop("answer") == "yes"
        if approved and form.carry_out(approve_leave, by=request.user, leave=leave, **values):
            return saved(request, program, leave, "已批准，在岗登记会照此显示。")
        if not approved and form.carry_out(decline_leave, by=request.user, leave=leave, reason=reason, **values):
            return saved(request, program, leave, "已登记为不予批准，队员会在工作台看到理由。")
    lead = f"{leave.cadre}：{leave}，共 {leave.days} 天。{leave.reason}"
    return _page(request, program, form, leave, "审批", submit="提交", lead=lead)


@guard("leave.create")
def leave_withdraw(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Take a leave back."""
    leave = _own(request, program, pk)
    form = LeaveWithdrawForm(request.POST or None, program=program, user=request.user)
    if request.method == "POST" and form.carry_out(withdraw_leave, by=request.user, leave=leave):
        return saved(request, program, leave, "已撤回。")
    lead = f"{leave.cadre}：{leave}。撤回后这几天不再算请假，登记和历史保留。"
    return _page(request, program, form, leave, "撤回请假", submit="撤回", lead=lead)


@guard("leave.create")
def leave_return(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Somebody is back earlier than granted."""
    leave = _own(request, program, pk)
    form = LastDayForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(return_from_leave, by=request.user, leave=leave, **form.cleaned_data):
        return saved(request, program, leave, "已销假。")
    return _page(request, program, form, leave, "提前销假", submit="销假", lead=f"{leave.cadre}：{leave}")


def _leave(request: HttpRequest, program: Program, pk: int) -> Leave:
    rows = Leave.objects.filter(team__program=program).select_related(*RELATED)
    found: Leave = row_to_change(rows, request, "leave.decide", pk=pk)
    return found


def _own(request: HttpRequest, program: Program, pk: int) -> Leave:
    """One's own leave, or as an office anybody's: colleagues only look."""
    rows = Leave.objects.filter(team__program=program).select_related(*RELATED)
    leave: Leave = row_to_change(rows, request, "leave.create", pk=pk)
    if leave.cadre.user_id != request.user.pk and not roles_in(request.user, program.pk) & OFFICES:
        raise PermissionDenied
    return leave


def _whose(request: HttpRequest, program: Program) -> dict[str, Any]:
    member = given(request, program, "member", SEATS)
    seats = SEATS.rows(program, request.user)
    key = request.GET.get("cadre", "")
    if member is None and key.isdigit():
        member = seats.filter(cadre_id=key).first()
    return {"member": member} if member else {}


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, leave: Leave, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, leave)
    return form_page(request, program, form, title=title, back=back, crumbs=[(str(leave), back)], **extra)
