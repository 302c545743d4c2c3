"""The rows behind a number: of a part of a figure, of a group of a block, of an aspect of a requirement."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from programs.figures.parts import PartResult, evaluate_block, evaluate_part
from programs.figures.requirements import ASPECTS, all_periods, evaluate_requirement
from programs.listing.page import listing_page
from programs.models import Block, FigurePart, Program, Requirement, User
from programs.permissions import guard
from reports.boards.asked import Asked, ask
from reports.listings import listing_of

TEMPLATE = "reports/rows.html"


@guard("figure.view")
def figure_rows(request: HttpRequest, program: Program, key: str) -> HttpResponse:
    """The rows of a part; ``aspect`` chooses done, not done, owed or excused of a requirement.

    A part over several periods shows these, each opening its own.
    """
    parts = FigurePart.objects.visible_to(request.user).select_related(
        "figure", "requirement__program", "left", "right"
    )
    part = get_object_or_404(parts, program=program, key=key)
    asked = ask(program, cast(User, request.user), request.GET)
    result, aspect = evaluate_part(part, asked.context), _aspect(request)
    if result.series is not None:
        return _periods(request, program, asked, result)
    title = f"{part.label}：{ASPECTS[aspect]}" if part.requirement_id and aspect else part.label
    context = {"asked": asked, "part": result, "definition": part.figure.definition, "aspect": aspect}
    crumbs = _from_dashboard(program, asked, title)
    return _list(request, program, result.rows(aspect), title, crumbs=crumbs, **context)


@guard("figure.view")
def block_rows(request: HttpRequest, program: Program, code: str) -> HttpResponse:
    """The rows of one group of a block; the key is the group's, as the chart's link has it."""
    blocks = Block.objects.visible_to(request.user).select_related("requirement__program")
    block = get_object_or_404(blocks, program=program, code=code)
    asked = ask(program, cast(User, request.user), request.GET)
    result, key, aspect = evaluate_block(block, asked.context), request.GET.get("key", ""), _aspect(request)
    bar = next((one for one in result.bars if str(one.key if one.key is not None else "") == key), None)
    if bar is None:
        raise Http404
    words = f"（{ASPECTS[aspect]}）" if aspect and block.requirement_id else ""
    context = {"asked": asked, "block": block, "bar": bar, "bar_text": result.text(bar), "aspect": aspect}
    title = f"{block.title}：{bar.label}{words}"
    crumbs = _from_dashboard(program, asked, title)
    return _list(request, program, result.rows(bar.key, aspect), title, crumbs=crumbs, **context)


@guard("requirement.view")
def requirement_rows(request: HttpRequest, program: Program, code: str) -> HttpResponse:
    """The subjects of one aspect of a requirement, with their names to copy; ``of`` is the first day of a period."""
    requirements = Requirement.objects.visible_to(request.user).select_related("program")
    requirement = get_object_or_404(requirements, program=program, code=code)
    asked, aspect = ask(program, cast(User, request.user), request.GET), _aspect(request) or "owed"
    of = request.GET.get("of", "")
    period = next((one for one in all_periods(requirement, asked.context.day) if one.start.isoformat() == of), None)
    result = evaluate_requirement(requirement, asked.context, period)
    title = f"{requirement.name}：{ASPECTS[aspect]}"
    context = {"asked": asked, "definition": requirement.rule, "aspect": aspect, "judged": result.period}
    grid = reverse("reports:requirement-grid", args=[program.code, requirement.code])
    crumbs = [
        ("各项要求", reverse("reports:requirement-list", args=[program.code])),
        (requirement.name, f"{grid}?period={result.period.start.isoformat()}"),
        (ASPECTS[aspect], ""),
    ]
    return _list(request, program, result.rows(aspect), title, crumbs=crumbs, **context)


def _periods(request: HttpRequest, program: Program, asked: Asked, part: PartResult) -> HttpResponse:
    """The periods behind a part over several; each opens its own rows on the requirement's page."""
    assert part.series is not None
    context = {
        "program": program,
        "part": part,
        "counted": part.series.counted[::-1],
        "day": asked.context.day,
        "place": asked.place_name if asked.town else "",
        "crumbs": _from_dashboard(program, asked, part.part.label),
    }
    return render(request, "reports/periods.html", context)


def _from_dashboard(program: Program, asked: Asked, title: str) -> list[tuple[str, str]]:
    """The way back to the question that a number answers."""
    return [("看板", f"{reverse('reports:dashboard', args=[program.code])}?{asked.query}".rstrip("?")), (title, "")]


def _aspect(request: HttpRequest) -> str:
    aspect = request.GET.get("aspect", "")
    return aspect if aspect in ASPECTS else ""


def _list(request: HttpRequest, program: Program, rows: Any, title: str, **context: Any) -> HttpResponse:
    listing = listing_of(rows.model)
    return listing_page(request, program, listing, rows, title=title, template=TEMPLATE, **context)
