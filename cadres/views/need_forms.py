"""Raising needs and everything that is done about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from cadres.actions.needs import add_need_step, assign_need, close_need, comment_need, raise_need, reopen_need
from cadres.forms.needs import AssignForm, CloseForm, CommentForm, NeedChangeForm, NeedForm, ReopenForm, StepForm
from cadres.models import Need, Visit
from programs.changes import change_fields
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.choices import HOUSEHOLDS, VILLAGES


@guard("need.create")
def need_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Enter a need, perhaps one that was heard on a visit."""
    key = request.GET.get("visit", "")
    visits = Visit.objects.visible_to(request.user).filter(program=program).select_related("division")
    visit = get_object_or_404(visits, pk=key) if key.isdigit() else None
    village, household = given(request, program, "village", VILLAGES), given(request, program, "household", HOUSEHOLDS)
    initial = {"division": village.pk} if village else {}
    if household is not None:
        initial = {"division": household.division_id, "household": household}
    if visit is not None:
        initial["raised_on"] = timezone.localdate(visit.happened_at)
    form = NeedForm(request.POST or None, program=program, user=request.user, initial=initial, visit=visit)
    values = {"by": request.user, "program": program, "visit": visit}
    if form.is_valid() and form.carry_out(raise_need, **values, **form.cleaned_data):
        return saved(request, program, form.result, "诉求已登记。")
    back = url_of(program, visit) if visit else reverse("cadres:need-list", args=[program.code])
    lead = f"来自{visit.division}，{visit}" if visit else ""
    return form_page(request, program, form, title="登记诉求", back=back, crumbs=[("诉求", back)], lead=lead)


@guard("need.change")
def need_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct what a need says."""
    need = _need(request, program, pk)
    form = NeedChangeForm(request.POST or None, program=program, user=request.user, instance=need)
    values = {"by": request.user, "row": need, "program": program}
    if form.is_valid() and form.carry_out(change_fields, **values, **form.cleaned_data):
        return saved(request, program, need, "已保存。")
    return _page(request, program, form, need, "修改诉求", "保存")


@guard("need.change")
def need_step(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Note what was done about a need."""
    need = _need(request, program, pk)
    form = StepForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_need_step, by=request.user, need=need, **form.cleaned_data):
        return saved(request, program, need, "办理经过已登记。")
    return _page(request, program, form, need, "登记办理", "登记")


@guard("need.comment")
def need_comment(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Note a leader's comment."""
    need = _need(request, program, pk, "need.comment")
    form = CommentForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(comment_need, by=request.user, need=need, **form.cleaned_data):
        return saved(request, program, need, "点评已登记。")
    return _page(request, program, form, need, "领导点评", "提交点评")


@guard("need.change")
def need_close(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Close a need (销号) with its reason."""
    need = _need(request, program, pk)
    form = CloseForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(close_need, by=request.user, need=need, **form.cleaned_data):
        return saved(request, program, need, "诉求已销号。")
    return _page(request, program, form, need, "诉求销号", "销号")


@guard("need.change")
def need_reopen(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Take a closed need up again."""
    need = _need(request, program, pk)
    form = ReopenForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(reopen_need, by=request.user, need=need, **form.cleaned_data):
        return saved(request, program, need, "诉求已重新办理。")
    return _page(request, program, form, need, "重新办理", "重新办理")


@guard("need.change")
def need_assign(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Say who answers for a need from now on."""
    need = _need(request, program, pk)
    form = AssignForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(assign_need, by=request.user, need=need, **form.values()):
        return saved(request, program, need, "诉求已交办。")
    return _page(request, program, form, need, "交办诉求", "交办")


def _need(request: HttpRequest, program: Program, pk: int, permission: str = "need.change") -> Need:
    rows = Need.objects.filter(program=program).select_related("program", "division", "category")
    need: Need = row_to_change(rows, request, permission, pk=pk)
    return need


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, need: Need, title: str, submit: str
) -> HttpResponse:
    back = url_of(program, need)
    crumbs = [("诉求", reverse("cadres:need-list", args=[program.code])), (str(need), back)]
    lead = f"{need.division} · {need.category}：{need.text}"
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, submit=submit, lead=lead)
