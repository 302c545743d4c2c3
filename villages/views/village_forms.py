"""Entering and changing what is known of a village: profile, years, tags, people, risks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programs import clock
from programs.changes import change_fields
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, row_to_change, saved
from villages.actions import (
    add_people,
    add_risk,
    add_village,
    end_village_tag,
    record_year,
    resolve_risk,
    tag_villages,
)
from villages.forms.villages import (
    EndForm,
    RiskResolveForm,
    VillageChangeForm,
    VillageForm,
    VillagePersonForm,
    VillageRiskForm,
    VillageTagForm,
    VillageYearForm,
)
from villages.models import Village, VillagePerson, VillageRisk, VillageTag, VillageYear


@guard("village.create")
def village_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Open the profile of a village."""
    form = VillageForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_village, by=request.user, **form.cleaned_data):
        return saved(request, program, form.result, f"已为“{form.result}”建档。")
    back = reverse("villages:village-list", args=[program.code])
    return form_page(request, program, form, title="村建档", back=back, crumbs=[("村", back)])


@guard("village.change")
def village_change(request: HttpRequest, program: Program, pk: str) -> HttpResponse:
    """A village's profile, with the way to everything else that is entered about it."""
    village = row_to_change(Village.objects.all(), request, "village.change", pk=pk)
    form = VillageChangeForm(request.POST or None, program=program, user=request.user, instance=village)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=village, **form.cleaned_data):
        return saved(request, program, village, "已保存。")
    today = clock.today(program)
    return _page(
        request,
        program,
        form,
        village,
        "修改村情",
        template="villages/village_change.html",
        thing=village,
        years=village.years.order_by("-year"),
        tags=village.tags.filter(tag__program=program).active_on(today).select_related("tag").order_by("since", "pk"),
        people=village.people.active_on(today).order_by("kind", "since", "pk"),
        risks=village.risks.active_on(today).order_by("since", "pk"),
    )


@guard("village.change")
def village_year(request: HttpRequest, program: Program, pk: str, year: int | None = None) -> HttpResponse:
    """Enter or change one year's values."""
    village = row_to_change(Village.objects.all(), request, "village.change", pk=pk)
    row = VillageYear.objects.filter(village=village, year=year or 0).first()
    form = VillageYearForm(request.POST or None, program=program, user=request.user, instance=row)
    if form.is_valid() and form.carry_out(record_year, by=request.user, village=village, **form.cleaned_data):
        return saved(request, program, village, f"{form.result.year} 年的数据已保存。")
    return _page(request, program, form, village, f"{year} 年数据" if row else "登记年度数据")


@guard("village.change")
def village_tag_create(request: HttpRequest, program: Program, pk: str) -> HttpResponse:
    """Give a village a tag of the program."""
    village = row_to_change(Village.objects.all(), request, "village.change", pk=pk)
    form = VillageTagForm(request.POST or None, program=program, user=request.user)
    values = {"by": request.user, "program": program, "villages": [village]}
    if form.is_valid() and form.carry_out(tag_villages, **values, **form.cleaned_data):
        return saved(request, program, village, "标签已登记。")
    return _page(request, program, form, village, "登记标签")


@guard("village.change")
def village_tag_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A village no longer is what a tag says."""
    rows = VillageTag.objects.filter(tag__program=program).select_related("village", "tag")
    tag = row_to_change(rows, request, "village.change", pk=pk)
    form = EndForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_village_tag, by=request.user, tag=tag, **form.cleaned_data):
        return saved(request, program, tag.village, f"标签“{tag.tag}”已结束。")
    return _page(request, program, form, tag.village, f"结束标签“{tag.tag}”", submit="结束标签")


@guard("village.change")
def village_person_create(request: HttpRequest, program: Program, pk: str) -> HttpResponse:
    """Put somebody on one of a village's rosters."""
    village = row_to_change(Village.objects.all(), request, "village.change", pk=pk)
    form = VillagePersonForm(request.POST or None, program=program, user=request.user)
    people = [VillagePerson(village=village, **form.cleaned_data)] if form.is_valid() else []
    if people and form.carry_out(add_people, by=request.user, people=people):
        return saved(request, program, village, f"“{people[0]}”已列入名册。")
    return _page(request, program, form, village, "登记村内人员")


@guard("village.change")
def village_person_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct somebody on a roster, or say until when they stood on it."""
    person = row_to_change(VillagePerson.objects.select_related("village"), request, "village.change", pk=pk)
    form = VillagePersonForm(request.POST or None, program=program, user=request.user, instance=person)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=person, **form.cleaned_data):
        return saved(request, program, person.village, "已保存。")
    return _page(request, program, form, person.village, f"修改“{person}”")


@guard("village.change")
def village_risk_create(request: HttpRequest, program: Program, pk: str) -> HttpResponse:
    """Note a risk of petitions or disputes."""
    village = row_to_change(Village.objects.all(), request, "village.change", pk=pk)
    form = VillageRiskForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_risk, by=request.user, village=village, **form.cleaned_data):
        return saved(request, program, village, "隐患已登记。")
    return _page(request, program, form, village, "登记信访矛盾隐患")


@guard("village.change")
def village_risk_resolve(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A risk has been resolved."""
    risk = row_to_change(VillageRisk.objects.select_related("village"), request, "village.change", pk=pk)
    initial = {"measures": risk.measures}
    form = RiskResolveForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(resolve_risk, by=request.user, risk=risk, **form.cleaned_data):
        return saved(request, program, risk.village, "隐患已登记为化解。")
    return _page(request, program, form, risk.village, "登记化解情况", lead=risk.text)


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, village: Village, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, village)
    extra.setdefault("lead", str(village))
    return form_page(request, program, form, title=title, back=back, crumbs=[(str(village), back)], **extra)
