"""What a configuration that is being typed would yield, before it is saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from programs.figures.context import Context
from programs.figures.parts import PartResult, evaluate_part
from programs.figures.requirements import ASPECTS, Result, evaluate_requirement
from programs.figures.words import Speaker
from programs.forms.setup.figures import PartForm
from programs.forms.setup.requirements import RequirementForm
from programs.links import url_of
from programs.models import FigurePart, Program, Requirement, User
from programs.rules import wording

#: Names that stand in the preview itself; the list holds them all.
FIRST = 6
#: Rows without names are told by their words, which are longer.
FEW = 3
NAMES_A_PAGE = 200
#: What of a form belongs to sending it and not to what is drafted.
_NOT_DRAFTED = ("csrfmiddlewaretoken", "version", "_again", "_more")


def drafted(data: QueryDict) -> str:
    """What was typed, for the address of a list."""
    return urlencode([(key, value) for key in data if key not in _NOT_DRAFTED for value in data.getlist(key)])


def requirement_preview(program: Program, user: User, data: QueryDict, row: Requirement | None) -> dict[str, Any]:
    """A requirement as it is typed: its sentence, how many owe it, and the first of those who have not done it."""
    form = RequirementForm(data, program=program, user=user, row=row, is_draft=True)
    draft = form.draft()
    return {"missing": form.problems} if draft is None else _previewed(draft, user, drafted(data))


def saved_preview(requirement: Requirement, user: User) -> dict[str, Any]:
    """A requirement as it stands."""
    return _previewed(requirement, user, "")


def _previewed(draft: Requirement, user: User, typed: str) -> dict[str, Any]:
    result = evaluate_requirement(draft, Context(draft.program, user))
    speaker = Speaker(draft.program)
    address = reverse("programs:setup-requirement-names", args=[draft.program.code])
    asked = {"draft": typed, "row": draft.pk or ""}
    return {
        "sentence": speaker.requirement(draft),
        "result": result,
        "counts": result.counts,
        "who": f"{result.kind.counter}{draft.program.say(result.kind.label)}",
        "period": result.period if draft.cadence != Requirement.Cadence.ONCE else None,
        "first": first_names(result, "not_done"),
        "urls": {aspect: f"{address}?{urlencode(asked | {'aspect': aspect})}" for aspect in ASPECTS},
    }


def first_names(result: Result, aspect: str, most: int = FIRST) -> list[str]:
    """The first names of an aspect, in their order."""
    rows = result.rows(aspect).order_by(*result.kind.order)
    return [str(name) for name in rows.values_list(result.kind.names, flat=True)[:most]]


def part_preview(program: Program, user: User, data: QueryDict, row: FigurePart | None) -> dict[str, Any]:
    """A figure as it is typed: what it says today, the exact number, and the first rows behind it."""
    form = PartForm(data, program=program, user=user, row=row, is_draft=True)
    draft = form.draft()
    return {"missing": form.problems} if draft is None else _valued(draft, user)


def saved_part_preview(part: FigurePart, user: User) -> dict[str, Any]:
    """A figure as it stands, with the list of its rows."""
    address = reverse("reports:figure-rows", args=[part.program.code, part.key])
    return _valued(part, user) | {"rows_url": address}


def _valued(part: FigurePart, user: User) -> dict[str, Any]:
    result = evaluate_part(part, Context(part.program, user))
    return {
        "sentence": Speaker(part.program).part(part),
        "result": result,
        "exact": wording.plain(result.value) if result.value is not None else "",
        "of": result.of,
        "first": _first_rows(result),
    }


def _first_rows(result: PartResult) -> str:
    """The first of what is counted, in words."""
    if result.result is not None:
        rows, few = first_names(result.result, "done", FIRST + 1), FIRST
    elif result.measure is not None:
        few = FEW if result.measure.name_of is None else FIRST
        ordered = result.rows().select_related(*result.measure.joins).order_by(*result.measure.order)[: few + 1]
        named = ordered if result.measure.name_of is None else result.measure.name_of(ordered)
        rows = [str(one) for one in named]
    else:
        return ""
    names = "、".join(dict.fromkeys(name.rstrip("。；，") for name in rows[:few]))
    return f"{names}等" if len(rows) > few else names


def names_page(request: HttpRequest, program: Program, row: Requirement | None) -> HttpResponse:
    """Everybody of an aspect of a requirement that is being typed."""
    aspect = request.GET.get("aspect", "")
    if aspect not in ASPECTS:
        raise Http404
    user: Any = request.user
    draft: Requirement | None = row
    if request.GET.get("draft") or row is None:
        data = QueryDict(request.GET.get("draft", ""))
        draft = RequirementForm(data, program=program, user=user, row=row, is_draft=True).draft()
    if draft is None:
        raise Http404
    result = evaluate_requirement(draft, Context(program, user))
    page = Paginator(result.rows(aspect).order_by(*result.kind.order), NAMES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "program": program,
        "crumbs": [
            ("活动设置", reverse("programs:setup", args=[program.code])),
            ("要求", reverse("programs:setup-requirement-list", args=[program.code])),
            ("名单", ""),
        ],
        "title": f"{draft.name or '这项要求'}：{ASPECTS[aspect]}",
        "sentence": Speaker(program).requirement(draft),
        "counter": result.kind.counter,
        "page": page,
        "names": [(str(one), url_of(program, one)) for one in page],
        "query": urlencode({key: request.GET.get(key, "") for key in ("draft", "row", "aspect")}),
        "is_saved": not request.GET.get("draft"),
    }
    return render(request, "programs/setup/names.html", context)
