"""工作手册, 公示牌, 村情民意一本通: one at a time, or by the set in the background; the page behind a board's code."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cadres.models import Cadre
from programs import exports
from programs.membership import at_home, in_program
from programs.models import Program, Unit, User
from programs.permissions import PERMISSIONS, guard, public
from programs.refusals import Refusal
from reports.papers.board import board_behind, board_of
from reports.papers.board_sheet import print_board
from reports.papers.booklet import booklet_of
from reports.papers.cards import place_named
from reports.papers.forms import RemarkForm
from reports.papers.handbook import handbooks_of
from reports.papers.pages import pages_html
from reports.papers.press import DeskPress
from reports.papers.remarks import remark, sender_of, within_limits
from reports.papers.sets import BOARDS, BOOKLETS, HANDBOOKS, PaperSet, Scope, smaller_sets, start_set
from reports.typesetting.pool import PdfError
from villages.models import Village


@guard("handbook.print")
def handbook_cadre(request: HttpRequest, program: Program, pk: int) -> HttpResponseBase:
    """The handbook of one cadre as a PDF."""
    user = cast(User, request.user)
    reached = Cadre.objects.visible_to(user, PERMISSIONS["handbook.print"])
    cadre = get_object_or_404(at_home(reached, program, "posts__unit__division_id"), pk=pk)

    def make() -> bytes:
        return DeskPress().one(pages_html(handbooks_of(program, user, [cadre.pk])[0]))

    return _printed(request, program, HANDBOOKS, cadre, make)


@guard("board.print")
def board_village(request: HttpRequest, program: Program, code: int) -> HttpResponseBase:
    """The board of one village as a PDF."""
    village = _village(request, program, code, "board.print")
    return _printed(request, program, BOARDS, village, lambda: print_board(DeskPress(), board_of(program, village)))


@guard("booklet.print")
def booklet_village(request: HttpRequest, program: Program, code: int) -> HttpResponseBase:
    """The booklet of one village as a PDF."""
    village = _village(request, program, code, "booklet.print")
    user = cast(User, request.user)

    def make() -> bytes:
        return DeskPress().one(pages_html(booklet_of(program, user, village)))

    return _printed(request, program, BOOKLETS, village, make)


def _village(request: HttpRequest, program: Program, code: int, permission: str) -> Village:
    reached = Village.objects.visible_to(request.user, PERMISSIONS[permission])
    rows = in_program(reached, program).select_related("division__parent")
    found: Village = get_object_or_404(rows, pk=f"{code:012}")
    return found


def _printed(
    request: HttpRequest, program: Program, kind: PaperSet, of: Cadre | Village, make: Callable[[], bytes]
) -> HttpResponseBase:
    """Hand out one paper, or say on the page of whose it is why it could not be set."""
    try:
        content = make()
    except PdfError as error:
        messages.error(request, str(error))
        route = "cadres:cadre-detail" if isinstance(of, Cadre) else "villages:village-detail"
        return redirect(route, program.code, of.pk)
    name = f"{of}{kind.label}"
    taken = exports.Taken(user=cast(User, request.user), program=program, what=name, reason=kind.reason)
    return exports.made_content(taken, content, f"{name}.pdf", row_count=1)


# Sets


@guard("handbook.print")
def handbook_batch(request: HttpRequest, program: Program) -> HttpResponse:
    """Handbooks of the whole program, a town or a unit."""
    return _batch(request, program, HANDBOOKS)


@guard("board.print")
def board_batch(request: HttpRequest, program: Program) -> HttpResponse:
    """Boards of the whole program or a town."""
    return _batch(request, program, BOARDS)


@guard("booklet.print")
def booklet_batch(request: HttpRequest, program: Program) -> HttpResponse:
    """Booklets of the whole program or a town."""
    return _batch(request, program, BOOKLETS)


def _batch(request: HttpRequest, program: Program, kind: PaperSet) -> HttpResponse:
    user = cast(User, request.user)
    place = place_named(program, request.GET.get("place", ""))
    if place is None:
        raise Http404
    unit = None
    if (asked := request.GET.get("unit", "")) and kind is HANDBOOKS:
        if not asked.isdigit():
            raise Http404
        unit = get_object_or_404(Unit.objects.visible_to(user, PERMISSIONS[kind.permission]), pk=asked)
    scope = Scope(place.code if place != program.jurisdiction else "", unit.pk if unit else None)
    title = f"{unit or place}{kind.label}"
    if request.method == "POST":
        try:
            job = start_set(kind, program=program, by=user, title=title, scope=scope)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(request.get_full_path())
        return redirect("programs:job-detail", program.code, job.pk)
    here = reverse(request.resolver_match.view_name, args=[program.code]) if request.resolver_match else ""
    context = {
        "program": program,
        "title": title,
        "kind": kind,
        "about": program.say(kind.about),
        "count": kind.rows(program, user, scope).count(),
        "smaller": smaller_sets(kind, program, user, scope),
        "crumbs": [(kind.label, here), (str(unit or place), "")] if scope != Scope() else [(kind.label, "")],
    }
    return render(request, "reports/paper_batch.html", context)


# For everybody


@public
@login_not_required
@never_cache
def board_public(request: HttpRequest, token: str) -> HttpResponse:
    """How far things are in a village, in counts only; and a place to say something."""
    found = board_behind(token)
    if found is None:
        raise Http404
    program, board = found.program, board_of(found.program, found.village)
    form, refused = RemarkForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        helpers = [one.helper for one in board.members]
        try:
            within_limits(program, token, sender_of(request))
        except Refusal as refusal:
            refused = refusal.message
        else:
            remark(program=program, helpers=helpers, page=f"公示牌：{board.town}{board.village}", **form.cleaned_data)
            return redirect(f"{request.path}?sent=1")
    context = {
        "of": program,
        "board": board,
        "form": form,
        "refused": refused,
        "sent": "sent" in request.GET,
        "crumbs": [],
    }
    response = render(
        request, "reports/board_public.html", context, status=429 if refused else 400 if form.errors else 200
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
