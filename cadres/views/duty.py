"""The duty register: a month of a town or a team as a grid, filled by clicks; and its days as a list."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cadres.actions.duty import MemberDay, clear_duty, fill_duties, record_duty
from cadres.duty_board import DutyMonth
from cadres.forms.duty import CLEAR, BrushForm
from cadres.models import Duty
from programs.listing import listing_for, listing_page
from programs.models import Program, User
from programs.permissions import guard, may
from programs.refusals import Refusal
from programs.rules.wording import day_text


@guard("duty.view")
def duty_list(request: HttpRequest, program: Program) -> HttpResponse:
    """The days of the register, one by one."""
    listing = listing_for(Duty)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("duty.view")
def duty_grid(request: HttpRequest, program: Program) -> HttpResponse:
    """A month of a town's, or a team's, register."""
    board = _board(request, program)
    initial = {"brush": request.GET.get("brush")} if request.GET.get("brush") else None
    brush = BrushForm(program=program, user=request.user, initial=initial)
    context = {"program": program, "board": board, "brush": brush, "title": "在岗登记", "kept": _kept(board)}
    return render(request, "cadres/duty_grid.html", context | {"crumbs": [("在岗登记", "")]})


@require_POST
@guard("duty.record")
def duty_record(request: HttpRequest, program: Program) -> HttpResponse:
    """One click: a cell, a day of everybody, or all the rest as present."""
    board = _board(request, program)
    if "fill" in request.POST:
        count = fill_duties(by=cast(User, request.user), program=program, days=board.missing)
        messages.success(request, f"已登记 {count} 天。")
        return redirect(_address(board))
    brush = BrushForm(request.POST, program=program, user=request.user)
    if not brush.is_valid():
        return _refused(request, board, "；".join(problem.message for problem in brush.problems))
    days = _days(board, request.POST)
    try:
        for day in days:
            _write(request, day, **brush.cleaned_data)
    except Refusal as refusal:
        return _refused(request, board, refusal.message)
    return _answer(request, program, board, days, brush.cleaned_data["brush"])


def _days(board: DutyMonth, data: Any) -> list[MemberDay]:
    """What was clicked; a cell that may not be changed here does not exist."""
    if "day" in data:
        try:
            return board.of_day(dt.date.fromisoformat(data["day"]))
        except ValueError as error:
            raise Http404 from error
    found = board.cells.get(data.get("cell", ""))
    if found is None:
        raise Http404
    line, cell = found
    return [MemberDay(line.team, line.cadre, cell.on)]


def _write(request: HttpRequest, day: MemberDay, brush: str, note: str) -> None:
    values: dict[str, Any] = {"by": request.user, "team": day.team, "cadre": day.cadre, "on": day.on}
    if brush == CLEAR:
        clear_duty(**values)
    else:
        record_duty(**values, state=brush, note=note)


def _answer(
    request: HttpRequest, program: Program, board: DutyMonth, days: list[MemberDay], brush: str
) -> HttpResponse:
    """The line anew where scripts run; else the page, at the same line and with the same brush."""
    fresh = _board(request, program)
    one = f"{days[0].team.pk}-{days[0].cadre.pk}" if len(days) == 1 else ""
    if one and request.headers.get("HX-Request"):
        line = next(line for line in fresh.lines if line.key == one)
        return render(request, "cadres/_duty_line.html", {"program": program, "board": fresh, "line": line})
    if not one and days:
        messages.success(request, f"{day_text(days[0].on)}：{len(days)} 人已登记。")
    return redirect(_address(board, brush) + (f"#m-{one}" if one else ""))


def _refused(request: HttpRequest, board: DutyMonth, message: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseBadRequest(message, content_type="text/plain; charset=utf-8")
    messages.error(request, message)
    return redirect(_address(board))


def _board(request: HttpRequest, program: Program) -> DutyMonth:
    user = cast(User, request.user)
    return DutyMonth(program, user, request.GET, may(user, "duty.record", program))


def _kept(board: DutyMonth) -> str:
    """The address's own part, without the month."""
    parts = {"team": board.team.pk} if board.team else {"place": board.town.code} if board.town else {}
    return urlencode(parts)


def _address(board: DutyMonth, brush: str = "") -> str:
    parts = {"month": f"{board.month:%Y-%m}"} | ({"brush": brush} if brush else {})
    return f"{reverse('cadres:duty-grid', args=[board.program.code])}?{_kept(board)}&{urlencode(parts)}"
