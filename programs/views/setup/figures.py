"""Pages on which an office says which figures it wants, and how they are written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from programs.configuring.figures import add_part, change_part, delete_part, end_figure
from programs.configuring.rows import change_row
from programs.configuring.uses import in_words, uses_of
from programs.figures.words import Speaker
from programs.forms.setup.figures import FigureForm, PartForm
from programs.models import Figure, FigurePart, Program
from programs.permissions import guard
from programs.views.forms import row_to_change, saved
from programs.views.setup.base import CHANGE, Group, Line, Page, keep_row, list_page, posted, setup_form, user_of
from programs.views.setup.preview import part_preview, saved_part_preview

TITLE = "数据"
PREVIEW = "programs/setup/_part_preview.html"
WITH_ALL = ("program", "figure", "requirement__program", "left__requirement__program", "right__requirement__program")


@guard("program.change")
def figure_list(request: HttpRequest, program: Program) -> HttpResponse:
    """The program's figures, each with where it comes from."""
    rows = FigurePart.objects.visible_to(request.user).filter(program=program).select_related(*WITH_ALL)
    parts = list(rows.order_by("figure__position", "figure_id", "position", "pk"))
    uses, speaker = uses_of(program, parts), Speaker(program)
    speaker.know_places(*(part.params for part in parts))
    figures: dict[Figure, list[Line]] = {}
    for part in parts:
        line = Line(
            row=part,
            title=part.label,
            sentence=speaker.part(part),
            note=in_words(uses[part.pk]),
            url=reverse("programs:setup-part-change", args=[program.code, part.pk]),
            marks=("首页",) if part.is_headline else (),
            may_delete=not uses[part.pk],
            may_end=False,
            deeds=reverse("programs:setup-part-keep", args=[program.code, part.pk]),
        )
        figures.setdefault(part.figure, []).append(line)
    lines = [_line(program, figure, found) for figure, found in figures.items()]
    page = Page(
        title=TITLE,
        lead="首页和简报里的每个数字：从哪里数、怎么写。数字总是按登记的记录现算，点开能看到每一条。",
        groups=[Group("", [line for line in lines if line.row.ended_on is None])],
        ended=[line for line in lines if line.row.ended_on is not None],
        create_url=reverse("programs:setup-part-create", args=[program.code]),
        create_label="新增数据",
        empty="还没有数据。先加首页上最想看到的一个数，如“走访”或一项要求的完成数。",
    )
    return list_page(request, program, page)


@guard("program.change")
def part_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a figure."""
    initial = {"figure": request.GET.get("figure", "")}
    form = PartForm(posted(request), program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_part, by=request.user, program=program, **form.values):
        return saved(request, program, form.result, f"已新增数据“{form.result.label}”。", _list(program))
    return _form(request, program, form, "新增数据")


@guard("program.change")
def part_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Change a figure."""
    row = _row(request, program, pk)
    form = PartForm(posted(request), program=program, user=request.user, row=row)
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(change_part, by=request.user, part=row, **values):
            return saved(request, program, row, f"已保存数据“{form.result.label}”。", _list(program))
    return _form(request, program, form, "修改数据", row)


@require_POST
@guard("program.change")
def part_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Move or delete one of the figures under a heading."""
    row = _row(request, program, pk)
    by = user_of(request)

    def siblings() -> list[FigurePart]:
        return list(row.figure.parts.order_by("position", "pk"))

    return keep_row(request, program, row, siblings, _list(program), delete=lambda: delete_part(by=by, part=row))


@guard("program.change")
def figure_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Change the heading under which several figures stand."""
    row = _figure(request, program, pk)
    form = FigureForm(posted(request), program=program, user=request.user, row=row)
    if form.is_valid() and form.carry_out(change_row, by=request.user, row=row, program=program, **form.cleaned_data):
        return saved(request, program, row, f"已保存“{form.result.title}”。", _list(program))
    return setup_form(request, program, form, title="修改名称和口径", section=(TITLE, _list(program)), lead=row.title)


@require_POST
@guard("program.change")
def figure_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Move, end, resume or (with its only figure) delete a heading."""
    row = _figure(request, program, pk)
    by = user_of(request)
    rows = Figure.objects.visible_to(request.user).filter(program=program, ended_on=None)

    def delete() -> None:
        delete_part(by=by, part=row.parts.select_related("program", "figure").get())

    return keep_row(
        request,
        program,
        row,
        lambda: list(rows.order_by("position", "pk")),
        _list(program),
        end=lambda: end_figure(by=by, figure=row),
        delete=delete,
    )


@require_POST
@guard("program.change")
def part_preview_show(request: HttpRequest, program: Program) -> HttpResponse:
    """What the typed figure would say today; nothing is saved."""
    key = request.GET.get("row", "")
    rows = FigurePart.objects.visible_to(request.user).filter(program=program).select_related(*WITH_ALL)
    row = get_object_or_404(rows, pk=key) if key.isdigit() else None
    preview = part_preview(program, user_of(request), request.POST, row)
    return render(request, PREVIEW, {"program": program, "preview": preview})


def _line(program: Program, figure: Figure, parts: list[Line]) -> Line:
    deeds = reverse("programs:setup-figure-keep", args=[program.code, figure.pk])
    if len(parts) == 1:
        part = parts[0]
        return Line(
            row=figure, title=part.title, sentence=part.sentence, note=part.note, url=part.url, marks=part.marks,
            may_delete=part.may_delete, deeds=deeds,
        )  # fmt: skip
    url = reverse("programs:setup-figure-change", args=[program.code, figure.pk])
    return Line(row=figure, title=figure.title, note=figure.definition, url=url, deeds=deeds, children=tuple(parts))


def _row(request: HttpRequest, program: Program, pk: int) -> FigurePart:
    rows = FigurePart.objects.filter(program=program).select_related(*WITH_ALL)
    found: FigurePart = row_to_change(rows, request, CHANGE, pk=pk)
    return found


def _figure(request: HttpRequest, program: Program, pk: int) -> Figure:
    rows = Figure.objects.filter(program=program).select_related("program")
    found: Figure = row_to_change(rows, request, CHANGE, pk=pk)
    return found


def _list(program: Program) -> str:
    return reverse("programs:setup-figure-list", args=[program.code])


def _form(
    request: HttpRequest, program: Program, form: PartForm, title: str, row: FigurePart | None = None
) -> HttpResponse:
    preview: dict[str, Any] | None = None
    if request.method == "POST":
        preview = part_preview(program, user_of(request), request.POST, row)
    elif row is not None:
        preview = saved_part_preview(row, user_of(request))
    address = reverse("programs:setup-part-preview", args=[program.code])
    return setup_form(
        request,
        program,
        form,
        title=title,
        section=(TITLE, _list(program)),
        lead=row.label if row else "",
        preview=preview,
        preview_url=f"{address}?row={row.pk}" if row else address,
        preview_template=PREVIEW,
    )
