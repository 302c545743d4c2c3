"""Entering and changing people: members of households, and those helped who are on no register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.actions import add_member, change_member, end_member_tag, tag_member
from villages.choices import HOUSEHOLDS, VILLAGES
from villages.forms.households import MemberChangeForm, MemberForm, MemberTagForm
from villages.forms.villages import EndForm
from villages.models import Member, MemberTag


@guard("household.change")
def member_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Register a member of a household, or a person on no register."""
    household = given(request, program, "household", HOUSEHOLDS)
    village = given(request, program, "village", VILLAGES)
    initial = {"household": household, "division": village and village.division}
    form = MemberForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_member, by=request.user, **form.cleaned_data):
        # A family is entered one after the other: back to the household, where the next one begins.
        to = url_of(program, form.result.household) if household else ""
        return saved(request, program, form.result, f"“{form.result}”已登记。", to=to)
    back = url_of(program, household) if household else reverse("villages:member-list", args=[program.code])
    crumbs = [(str(household), back)] if household else [("家庭成员", back)]
    return form_page(request, program, form, title="登记人员", back=back, crumbs=crumbs)


@guard("household.change")
def member_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """What is known of a person; personal numbers are hinted at, not shown."""
    member = row_to_change(Member.objects.select_related("household", "division"), request, "household.change", pk=pk)
    form = MemberChangeForm(request.POST or None, program=program, user=request.user, instance=member)
    if form.is_valid() and form.carry_out(change_member, by=request.user, member=member, **form.cleaned_data):
        return saved(request, program, member, "已保存。")
    return _page(request, program, form, member, "修改人员")


@guard("household.change")
def member_tag_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Put a person into a category, since a day."""
    member = row_to_change(Member.objects.select_related("household", "division"), request, "household.change", pk=pk)
    form = MemberTagForm(request.POST or None, program=program, user=request.user)
    values = {"by": request.user, "program": program, "member": member}
    if form.is_valid() and form.carry_out(tag_member, **values, **form.cleaned_data):
        return saved(request, program, member, "类别已登记。")
    return _page(request, program, form, member, "登记类别")


@guard("household.change")
def member_tag_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A person leaves a category."""
    rows = MemberTag.objects.filter(tag__program=program).select_related("member", "tag")
    tag = row_to_change(rows, request, "household.change", pk=pk)
    form = EndForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_member_tag, by=request.user, tag=tag, **form.cleaned_data):
        return saved(request, program, tag.member, f"类别“{tag.tag}”已结束。")
    return _page(request, program, form, tag.member, f"结束类别“{tag.tag}”", submit="结束类别")


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, member: Member, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, member)
    crumbs = [(str(member), back)]
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, lead=str(member), **extra)
