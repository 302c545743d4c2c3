"""Entering and changing units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programs.actions import add_unit, rename_unit
from programs.changes import change_fields
from programs.choices import UNITS
from programs.forms.units import UnitChangeForm, UnitForm, UnitRenameForm
from programs.links import url_of
from programs.models import Program, Unit
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved


@guard("unit.change")
def unit_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Enter a unit or a section."""
    back = reverse("programs:unit-list", args=[program.code])
    parent = given(request, program, "unit", UNITS)
    initial = {"parent": parent, "division": parent.division_id} if parent else {}
    form = UnitForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_unit, by=request.user, **form.cleaned_data):
        return saved(request, program, form.result, f"已新增单位“{form.result}”。")
    return form_page(request, program, form, title="新增单位", back=back, crumbs=[("单位", back)])


@guard("unit.change")
def unit_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct a unit's data."""
    unit = row_to_change(Unit.objects.all(), request, "unit.change", pk=pk)
    form = UnitChangeForm(request.POST or None, program=program, user=request.user, instance=unit)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=unit, **form.cleaned_data):
        return saved(request, program, unit, "已保存。")
    back = url_of(program, unit)
    return form_page(request, program, form, title="修改单位", back=back, crumbs=[(str(unit), back)], lead=unit.name)


@guard("unit.change")
def unit_rename(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Give a unit a new name; the old one stays among its former names."""
    unit = row_to_change(Unit.objects.all(), request, "unit.change", pk=pk)
    initial = {"name": unit.name, "short_name": unit.short_name}
    form = UnitRenameForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(rename_unit, by=request.user, unit=unit, **form.cleaned_data):
        return saved(request, program, unit, f"已更名为“{unit}”，原名保留在曾用名中。")
    back = url_of(program, unit)
    return form_page(
        request, program, form, title="单位更名", back=back, crumbs=[(unit.short_name, back)], lead=unit.name
    )
