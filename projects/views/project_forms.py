"""Entering and changing projects: what they say, their stages, amounts and progress."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cadres.choices import TEAMS
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from projects.actions import (
    add_progress,
    add_quantity,
    change_project,
    enter_stage,
    give_up,
    record_quantity,
    start_project,
)
from projects.forms import (
    GiveUpForm,
    ProgressForm,
    ProjectChangeForm,
    ProjectForm,
    QuantityDoneForm,
    QuantityForm,
    StageForm,
)
from projects.models import Project, Quantity
from villages.choices import VILLAGES


@guard("project.create")
def project_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Enter a project."""
    team, village = given(request, program, "team", TEAMS), given(request, program, "village", VILLAGES)
    initial = {"unit": given(request, program, "unit", UNITS) or (team and team.unit_id), "team": team}
    if village or team:
        initial["places"] = [village.pk if village else team.village_id]
    initial = {name: value for name, value in initial.items() if value}
    form = ProjectForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(start_project, by=request.user, program=program, **form.values()):
        return saved(request, program, form.result, f"项目“{form.result}”已登记。")
    back = reverse("projects:project-list", args=[program.code])
    return form_page(request, program, form, title="登记项目", back=back, crumbs=[("项目", back)])


@guard("project.change")
def project_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct what a project says."""
    project = _project(request, program, pk)
    form = ProjectChangeForm(request.POST or None, program=program, user=request.user, instance=project)
    if form.is_valid() and form.carry_out(change_project, by=request.user, project=project, **form.cleaned_data):
        return saved(request, program, project, "已保存。")
    return _page(request, program, form, project, "修改项目")


@guard("project.change")
def project_stage(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A project enters a stage."""
    project = _project(request, program, pk)
    form = StageForm(request.POST or None, program=program, user=request.user, project=project)
    if form.is_valid() and form.carry_out(enter_stage, by=request.user, project=project, **form.cleaned_data):
        return saved(request, program, project, f"已进入“{project.stage}”阶段。")
    lead = f"{project}：现在是“{project.stage}”" if project.stage else str(project)
    return _page(request, program, form, project, "进入新阶段", lead=lead)


@guard("project.change")
def project_progress(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Note how a project goes."""
    project = _project(request, program, pk)
    form = ProgressForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_progress, by=request.user, project=project, **form.cleaned_data):
        return saved(request, program, project, "进展已登记。")
    return _page(request, program, form, project, "登记进展")


@guard("project.change")
def project_give_up(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Give a project up."""
    project = _project(request, program, pk)
    form = GiveUpForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(give_up, by=request.user, project=project, **form.cleaned_data):
        return saved(request, program, project, "项目已登记终止。")
    return _page(request, program, form, project, "终止项目", submit="终止项目")


@guard("project.change")
def quantity_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Add a physical amount to a project; those it has can be brought up to date from here."""
    project = _project(request, program, pk)
    form = QuantityForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_quantity, by=request.user, project=project, **form.cleaned_data):
        return saved(request, program, project, "实物量已登记。")
    quantities = project.quantities.select_related("item").order_by("pk")
    template = "projects/quantity_form.html"
    return _page(request, program, form, project, "登记实物量", template=template, quantities=quantities)


@guard("project.change")
def quantity_done(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Say how much of an amount is done by now."""
    rows = Quantity.objects.filter(project__program=program).select_related("project__program", "item")
    quantity = row_to_change(rows, request, "project.change", pk=pk)
    initial = {"done": quantity.done, "is_approximate": quantity.is_approximate}
    form = QuantityDoneForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(record_quantity, by=request.user, quantity=quantity, **form.cleaned_data):
        return saved(request, program, quantity.project, "完成数量已更新。")
    return _page(request, program, form, quantity.project, f"更新完成数量：{quantity.item}")


def _project(request: HttpRequest, program: Program, pk: int) -> Project:
    rows = Project.objects.filter(program=program).select_related("program", "stage", "team", "unit")
    project: Project = row_to_change(rows, request, "project.change", pk=pk)
    return project


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, project: Project, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, project)
    crumbs = [("项目", reverse("projects:project-list", args=[program.code])), (str(project), back)]
    extra.setdefault("lead", str(project))
    return form_page(request, program, form, title=title, back=back, crumbs=crumbs, **extra)
