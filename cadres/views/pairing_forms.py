"""Beginning, handing over and ending pairings, and merging units with theirs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cadres.actions.pairings import end_pairing, hand_over, merge_unit, needs_to_hand_over, pair, sign_agreement
from cadres.choices import CADRES, TEAMS
from cadres.forms.pairings import AgreementForm, HandOverForm, PairingEndForm, PairingForm
from cadres.models import Pairing
from programs.actions import retire_unit
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.forms.units import UnitRetireForm
from programs.links import url_of
from programs.models import Program, Unit
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.choices import HOUSEHOLDS, PEOPLE, PLACES, VILLAGES


@guard("pairing.change")
def pairing_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Begin a pairing."""
    sources = {
        "unit": UNITS,
        "cadre": CADRES,
        "team": TEAMS,
        "household": HOUSEHOLDS,
        "member": PEOPLE,
        "division": PLACES,
    }
    initial = {name: given(request, program, name, source) for name, source in sources.items()}
    if village := given(request, program, "village", VILLAGES):
        initial["division"] = village.pk
    initial = {name: value for name, value in initial.items() if value}
    form = PairingForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(pair, by=request.user, program=program, **form.values()):
        return saved(request, program, form.result, "结对已登记。")
    back = reverse("cadres:pairing-list", args=[program.code])
    return form_page(request, program, form, title="登记结对", back=back, crumbs=[("结对", back)])


@guard("pairing.change")
def pairing_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """End a pairing."""
    pairing = _pairing(request, program, pk)
    form = PairingEndForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_pairing, by=request.user, pairing=pairing, **form.cleaned_data):
        return saved(request, program, pairing, "结对已结束，历史保留。")
    return _page(request, program, form, pairing, "结束结对", submit="结束结对")


@guard("pairing.change")
def pairing_hand_over(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Hand a pairing over, with the list of open needs that go with it."""
    pairing = _pairing(request, program, pk)
    form = HandOverForm(request.POST or None, program=program, user=request.user, pairing=pairing)
    if form.is_valid() and form.carry_out(hand_over, by=request.user, pairing=pairing, **form.cleaned_data):
        return saved(request, program, form.result, f"已由“{form.result.helper}”接替。")
    needs = needs_to_hand_over(pairing)
    template = "cadres/pairing_hand_over.html"
    return _page(request, program, form, pairing, "调整帮扶方", submit="确认接替", template=template, needs=needs)


@guard("pairing.change")
def pairing_agree(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Note when the agreement was signed."""
    pairing = _pairing(request, program, pk)
    form = AgreementForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(sign_agreement, by=request.user, pairing=pairing, **form.cleaned_data):
        return saved(request, program, pairing, "协议已登记。")
    return _page(request, program, form, pairing, "登记协议")


@guard("unit.change")
def unit_retire(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Close a unit, or merge it into another with its pairings, posts and teams."""
    unit = row_to_change(Unit.objects.all(), request, "unit.change", pk=pk)
    form = UnitRetireForm(request.POST or None, program=program, user=request.user)
    if form.is_valid():
        on, into = form.cleaned_data["on"], form.cleaned_data["into"]
        action = merge_unit if into else retire_unit
        if form.carry_out(action, by=request.user, unit=unit, on=on, into=into):
            return saved(request, program, unit, f"“{unit}”已登记{'并入' if into else '撤销'}{into or ''}。")
    back = url_of(program, unit)
    return form_page(
        request,
        program,
        form,
        title="单位撤并",
        back=back,
        crumbs=[(str(unit), back)],
        submit="确认撤并",
        lead=unit.name,
    )


def _pairing(request: HttpRequest, program: Program, pk: int) -> Pairing:
    related = ("program", "place", "cadre", "unit", "team", "division", "household", "member")
    rows = Pairing.objects.filter(program=program).select_related(*related)
    pairing: Pairing = row_to_change(rows, request, "pairing.change", pk=pk)
    return pairing


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, pairing: Pairing, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, pairing)
    extra["lead"] = f"{pairing.helper} 帮扶 {pairing.helped}（{program.call(pairing.get_mode_display())}）"
    crumbs = [("结对", reverse("cadres:pairing-list", args=[program.code])), ("本结对", back)]
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, **extra)
