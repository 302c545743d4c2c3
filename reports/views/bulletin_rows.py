"""What stands behind the figures of a bulletin: their definitions, and the rows, live or frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from programs.figures.requirements import ASPECTS
from programs.listing import Column, Listing, listing_page
from programs.models import FigurePart, Program, User
from programs.permissions import guard
from programs.rules import wording
from reports.bulletins.desk import sides_of
from reports.bulletins.reading import openable
from reports.bulletins.values import values_of
from reports.listings import listing_of
from reports.models import Bulletin, FrozenFigure, FrozenRow
from reports.views.bulletins import bulletin_or_404
from reports.views.desk import to_change


@guard("bulletin.view")
def bulletin_rows(request: HttpRequest, program: Program, pk: int, key: str) -> HttpResponse:
    """The rows behind a figure: of an issued bulletin those that were frozen, of a draft those of its as-of day."""
    bulletin = bulletin_or_404(request, program, pk)
    aspect = request.GET.get("aspect", "")
    if aspect and aspect not in ASPECTS:
        raise Http404
    show = _frozen if bulletin.is_issued else _live
    return show(request, bulletin, key, aspect)


@guard("report.draft")
def bulletin_figure(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """What a figure of the text means: its definition, what lies behind it, and as of which day."""
    bulletin = to_change(request, program, pk)
    values = values_of(bulletin)
    key, _, aspect = request.GET.get("name", "").partition("：")
    value = values.value(key, aspect)
    if value is None:
        raise Http404
    part = value.part
    exact = wording.word(part.value, part.part.unit) if part.value is not None and not aspect else ""
    context = {
        "program": program,
        "bulletin": bulletin,
        "value": value,
        "part": part,
        "exact": exact if exact != part.text and part.part.wording != FigurePart.Wording.PERCENT else "",
        "sides": sides_of(bulletin, part),
    }
    return render(request, "reports/_bulletin_figure.html", context)


def _live(request: HttpRequest, bulletin: Bulletin, key: str, aspect: str) -> HttpResponse:
    part = values_of(bulletin).parts.get(key)
    if part is None:
        raise Http404
    if part.series is not None:
        context = {
            "program": bulletin.program,
            "part": part,
            "counted": part.series.counted[::-1],
            "day": bulletin.as_of,
            "place": bulletin.place or "",
            "crumbs": _crumbs(bulletin, part.part.label),
        }
        return render(request, "reports/periods.html", context)
    rows = part.rows(aspect)
    about = {"label": part.part.label, "text": part.text, "definition": part.part.figure.definition}
    sides = [(side.label, side.text, side.url) for side in sides_of(bulletin, part)]
    return _page(request, bulletin, listing_of(rows.model), rows, aspect, about | {"sides": sides})


def _frozen(request: HttpRequest, bulletin: Bulletin, key: str, aspect: str) -> HttpResponse:
    figures = FrozenFigure.objects.visible_to(request.user).filter(bulletin=bulletin)
    figure: FrozenFigure = get_object_or_404(figures, key=key)
    if key not in openable(bulletin, cast(User, request.user)):
        raise PermissionDenied
    groups = {group["key"]: group for group in figure.aspects["groups"]}
    if not groups:
        return redirect("reports:bulletin-rows", bulletin.program.code, bulletin.pk, figure.aspects["made_of"][0])
    chosen = _chosen(groups, aspect)
    rows = FrozenRow.objects.visible_to(request.user).filter(figure=figure, aspect__in=chosen)
    base = reverse("reports:bulletin-rows", args=[bulletin.program.code, bulletin.pk, key])
    about = {
        "label": figure.label,
        "text": figure.text,
        "definition": figure.definition,
        "is_partial": not all(groups[one]["is_complete"] for one in chosen),
        "sides": [(group["label"], group["text"], f"{base}?aspect={group['key']}") for group in groups.values()],
    }
    if len(groups) == 1:
        del about["sides"]
    return _page(request, bulletin, _listing(figure, groups, chosen), rows, aspect, about)


def _chosen(groups: dict[str, Any], aspect: str) -> list[str]:
    """The groups that hold the rows of an aspect; who owes is kept as those who did and those who did not."""
    wanted = {"": list(groups)[:1], "owed": ["done", "not_done"]}.get(aspect, [aspect])
    if not set(wanted) <= set(groups):
        raise Http404
    return wanted


def _listing(figure: FrozenFigure, groups: dict[str, Any], chosen: list[str]) -> Listing:
    labels = groups[chosen[0]]["columns"]
    columns = [Column(key=f"c{number}", label=label, value=_cell(number)) for number, label in enumerate(labels)]
    if not columns:
        columns.append(Column(key="name", label="名称", value="name"))
    if len(chosen) > 1:
        columns.append(Column(key="aspect", label="情况", value=lambda row, _: ASPECTS[row.aspect]))
    return Listing(
        model=FrozenRow,
        title=figure.label,
        noun="明细",
        counter="条",
        permission="bulletin.view",
        columns=tuple(columns),
        search=("name",),
        search_hint="名称",
        order=("aspect", "position"),
        name_of=lambda row: str(row.name),
    )


def _cell(number: int) -> Callable[[Any, Any], str]:
    return lambda row, _: str(row.cells[number])


def _page(
    request: HttpRequest, bulletin: Bulletin, listing: Listing, rows: Any, aspect: str, about: dict[str, Any]
) -> HttpResponse:
    program = bulletin.program
    label = about["label"]
    context = {
        "bulletin": bulletin,
        "about": about,
        "aspect": aspect,
        "crumbs": _crumbs(bulletin, label),
    }
    title = f"{label}：{ASPECTS[aspect]}" if aspect else label
    return listing_page(request, program, listing, rows, title=title, template="reports/bulletin_rows.html", **context)


def _crumbs(bulletin: Bulletin, label: str) -> list[tuple[str, str]]:
    program = bulletin.program
    return [
        ("简报和文稿", reverse("reports:bulletin-list", args=[program.code])),
        (str(bulletin), reverse("reports:bulletin-detail", args=[program.code, bulletin.pk])),
        (label, ""),
    ]
