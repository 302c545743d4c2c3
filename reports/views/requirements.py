"""Requirements: the list of them, and for each the grid of all who owe it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cadres.actions import marks
from cadres.models import RequirementMark
from programs.figures.context import Context
from programs.models import Program, Requirement, User
from programs.permissions import guard, may
from programs.refusals import Refusal
from reports.boards.dashboard import obligations
from reports.boards.grid import Grid
from reports.forms import ExcuseForm, TickForm


@guard("requirement.view")
def requirement_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Every requirement with done of owed, in my reach."""
    found = obligations(Context(program, cast(User, request.user)))
    return render(request, "reports/requirement_list.html", {"program": program, "obligations": found})


@guard("requirement.view")
def requirement_grid(request: HttpRequest, program: Program, code: str) -> HttpResponse:
    """Everybody who owes it in a period, and how the office knows."""
    return _grid_page(request, program, _requirement(request, program, code))


@require_POST
@guard("requirement.mark")
def requirement_mark(request: HttpRequest, program: Program, code: str) -> HttpResponse:
    """Tick or excuse the chosen lines, all or none."""
    requirement = _requirement(request, program, code)
    user = cast(User, request.user)
    grid = _grid(request, program, requirement, request.POST)
    form_class = ExcuseForm if request.POST.get("do") == "excuse" else TickForm
    form = form_class(request.POST, program=program, user=user)
    subjects = list(grid.result.owed.filter(pk__in=_chosen(request, grid)))
    if not subjects:
        form.is_valid()
        form.add_error(None, "请先在表中勾选对象。")
    elif form.is_valid():
        values: dict[str, Any] = {"by": user, "requirement": requirement, "period": grid.period.start}
        action = marks.excuse_requirements if isinstance(form, ExcuseForm) else marks.mark_requirements
        if form.carry_out(action, subjects=subjects, **values, **form.cleaned_data):
            messages.success(request, f"已登记 {len(subjects)} 个。")
            return redirect(_back(program, requirement, grid))
    return _grid_page(request, program, requirement, grid, form, status=400)


@require_POST
@guard("requirement.mark")
def requirement_withdraw(request: HttpRequest, program: Program, code: str, pk: int) -> HttpResponse:
    """Take one tick or excuse back."""
    requirement = _requirement(request, program, code)
    mark = get_object_or_404(RequirementMark.objects.visible_to(request.user), requirement=requirement, pk=pk)
    try:
        marks.withdraw_mark(by=cast(User, request.user), mark=mark)
        messages.success(request, "已撤回。")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    grid = _grid(request, program, requirement, request.POST)
    return redirect(_back(program, requirement, grid))


def _requirement(request: HttpRequest, program: Program, code: str) -> Requirement:
    rows = Requirement.objects.visible_to(request.user).select_related("program")
    found: Requirement = get_object_or_404(rows, program=program, code=code)
    return found


def _grid(request: HttpRequest, program: Program, requirement: Requirement, query: Any) -> Grid:
    context = Context(program, cast(User, request.user))
    return Grid(
        requirement,
        context,
        period=query.get("period", ""),
        aspect=query.get("aspect", ""),
        search=query.get("q", ""),
    )


def _chosen(request: HttpRequest, grid: Grid) -> list[Any]:
    field = grid.result.kind.model._meta.pk
    assert field is not None
    found = []
    for text in request.POST.getlist("subject"):
        try:
            found.append(field.to_python(text))
        except Exception as error:  # a tampered value is no subject
            raise PermissionDenied from error
    return found


def _back(program: Program, requirement: Requirement, grid: Grid) -> str:
    address = reverse("reports:requirement-grid", args=[program.code, requirement.code])
    return f"{address}?period={grid.period.start.isoformat()}&aspect={grid.aspect}&q={grid.search}"


def _grid_page(
    request: HttpRequest,
    program: Program,
    requirement: Requirement,
    grid: Grid | None = None,
    form: TickForm | ExcuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = cast(User, request.user)
    grid = grid or _grid(request, program, requirement, request.GET)
    page = grid.page(request.GET.get("page", 1))
    context = {
        "program": program,
        "requirement": requirement,
        "grid": grid,
        "page": page,
        "lines": grid.lines(page),
        "may_mark": requirement.takes_marks and may(user, "requirement.mark", program),
        "tick": form if isinstance(form, TickForm) else TickForm(program=program, user=user),
        "excuse": form if isinstance(form, ExcuseForm) else ExcuseForm(program=program, user=user),
        "chosen": request.POST.getlist("subject"),
        "problem_form": form,
        "crumbs": [
            ("各项要求", reverse("reports:requirement-list", args=[program.code])),
            (requirement.name, ""),
        ],
    }
    return render(request, "reports/requirement_grid.html", context, status=status)
