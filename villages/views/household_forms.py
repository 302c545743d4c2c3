"""Entering and changing households: their own data, what they are since when, their honours, leaving."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.actions import (
    add_hardship,
    add_household,
    change_honour,
    change_household,
    end_hardship,
    end_household_tag,
    give_honour,
    merge_household,
    move_out,
    tag_households,
)
from villages.choices import HOUSEHOLDS, LIVING_PLACES, VILLAGES
from villages.forms.households import (
    HardshipForm,
    HonourForm,
    HouseholdForm,
    HouseholdTagForm,
    MergeForm,
    MoveOutForm,
)
from villages.forms.villages import EndForm
from villages.models import Hardship, Honour, Household, HouseholdTag


@guard("household.change")
def household_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Register a household."""
    initial = {"division": given(request, program, "division", LIVING_PLACES) or _village(request, program)}
    form = HouseholdForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_household, by=request.user, **form.cleaned_data):
        return saved(request, program, form.result, f"“{form.result}”已登记，请登记家庭成员和类别。")
    back = reverse("villages:household-list", args=[program.code])
    return form_page(request, program, form, title="登记农户", back=back, crumbs=[("农户", back)])


def _village(request: HttpRequest, program: Program) -> Any:
    village = given(request, program, "village", VILLAGES)
    return village and village.division


@guard("household.change")
def household_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A household's own data; personal numbers are hinted at, not shown."""
    household = _household(request, pk)
    form = HouseholdForm(request.POST or None, program=program, user=request.user, instance=household)
    if form.is_valid() and form.carry_out(change_household, by=request.user, household=household, **form.cleaned_data):
        return saved(request, program, household, "已保存。")
    return _page(request, program, form, household, "修改农户")


@guard("household.change")
def household_tag_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Put a household into a category, since a day."""
    household = _household(request, pk)
    form = HouseholdTagForm(request.POST or None, program=program, user=request.user)
    values = {"by": request.user, "program": program, "households": [household]}
    if form.is_valid() and form.carry_out(tag_households, **values, **form.cleaned_data):
        return saved(request, program, household, "类别已登记。")
    return _page(request, program, form, household, "登记类别")


@guard("household.change")
def household_tag_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A household leaves a category."""
    rows = HouseholdTag.objects.filter(tag__program=program).select_related("household", "tag")
    tag = row_to_change(rows, request, "household.change", pk=pk)
    form = EndForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_household_tag, by=request.user, tag=tag, **form.cleaned_data):
        return saved(request, program, tag.household, f"类别“{tag.tag}”已结束。")
    return _page(request, program, form, tag.household, f"结束类别“{tag.tag}”", submit="结束类别")


@guard("household.change")
def hardship_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Note why a household is in hardship."""
    household = _household(request, pk)
    form = HardshipForm(request.POST or None, program=program, user=request.user)
    values = {"by": request.user, "program": program, "household": household}
    if form.is_valid() and form.carry_out(add_hardship, **values, **form.cleaned_data):
        return saved(request, program, household, "致困原因已登记。")
    return _page(request, program, form, household, "登记致困原因")


@guard("household.change")
def hardship_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A cause of hardship is overcome."""
    rows = Hardship.objects.filter(cause__program=program).select_related("household", "cause")
    hardship = row_to_change(rows, request, "household.change", pk=pk)
    form = EndForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_hardship, by=request.user, hardship=hardship, **form.cleaned_data):
        return saved(request, program, hardship.household, f"致困原因“{hardship.cause}”已结束。")
    title = f"结束致困原因“{hardship.cause}”"
    return _page(request, program, form, hardship.household, title, submit="结束")


@guard("household.change")
def household_move_out(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A household has moved away."""
    household = _household(request, pk)
    form = MoveOutForm(request.POST or None, program=program, user=request.user)
    values = {"by": request.user, "program": program, "household": household}
    if form.is_valid() and form.carry_out(move_out, **values, **form.cleaned_data):
        return saved(request, program, household, f"“{household}”已登记迁出。")
    return _page(request, program, form, household, "登记迁出", submit="登记迁出")


@guard("household.change")
def household_merge(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A household goes into another one."""
    household = _household(request, pk)
    form = MergeForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(merge_household, by=request.user, household=household, **form.cleaned_data):
        return saved(request, program, household, f"“{household}”已并入“{household.merged_into}”。")
    return _page(request, program, form, household, "并户", submit="并户")


@guard("household.change")
def honour_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Record an honour of a household."""
    initial = {"household": given(request, program, "household", HOUSEHOLDS)}
    form = HonourForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(give_honour, by=request.user, program=program, **form.cleaned_data):
        return saved(request, program, form.result, f"已登记“{form.result.kind}”。")
    back = reverse("villages:honour-list", args=[program.code])
    return form_page(request, program, form, title="登记荣誉", back=back, crumbs=[("荣誉", back)])


@guard("household.change")
def honour_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct an honour."""
    rows = Honour.objects.filter(program=program).select_related("household", "kind", "program")
    honour = row_to_change(rows, request, "household.change", pk=pk)
    form = HonourForm(request.POST or None, program=program, user=request.user, instance=honour)
    if form.is_valid() and form.carry_out(change_honour, by=request.user, honour=honour, **form.cleaned_data):
        return saved(request, program, honour, "已保存。")
    back = url_of(program, honour)
    return form_page(request, program, form, title="修改荣誉", back=back, crumbs=[(str(honour), back)])


def _household(request: HttpRequest, pk: int) -> Household:
    rows = Household.objects.select_related("division__parent")
    found: Household = row_to_change(rows, request, "household.change", pk=pk)
    return found


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, household: Household, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, household)
    lead = f"{household.division}　{household}"
    return form_page(
        request, program, form, title=title, back=back, crumbs=[(str(household), back)], lead=lead, **extra
    )
