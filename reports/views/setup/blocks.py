"""Pages on which an office says which charts and tables it wants."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from programs.configuring.figures import add_block, change_block
from programs.configuring.uses import in_words, uses_of
from programs.figures.context import Context
from programs.figures.parts import evaluate_block
from programs.figures.words import Speaker
from programs.forms.setup.figures import BlockForm
from programs.models import Block, Program, User
from programs.permissions import guard
from programs.views.forms import row_to_change, saved
from programs.views.setup.base import CHANGE, Group, Line, Page, keep_row, list_page, posted, setup_form, user_of
from reports.boards.dashboard import drawn_panel, panel

TITLE = "图表"
PREVIEW = "reports/setup/_block_preview.html"


@guard("program.change")
def block_list(request: HttpRequest, program: Program) -> HttpResponse:
    """The program's charts and tables, each with what it shows."""
    rows = Block.objects.visible_to(request.user).filter(program=program).select_related("requirement")
    found = list(rows.order_by("position", "pk"))
    uses, speaker = uses_of(program, found), Speaker(program)
    speaker.know_places(*(row.params for row in found))
    lines = [
        Line(
            row=row,
            title=row.title,
            sentence=speaker.block(row),
            note=in_words(uses[row.pk]),
            url=reverse("reports:setup-block-change", args=[program.code, row.pk]),
            marks=("看板",) if row.on_dashboard else (),
            may_delete=not uses[row.pk],
            deeds=reverse("reports:setup-block-keep", args=[program.code, row.pk]),
        )
        for row in found
    ]
    page = Page(
        title=TITLE,
        lead="看板上和简报里的图和表：按镇街、按月、按类别……看同一个数。",
        groups=[Group("", [line for line in lines if line.row.ended_on is None])],
        ended=[line for line in lines if line.row.ended_on is not None],
        create_url=reverse("reports:setup-block-create", args=[program.code]),
        create_label="新增图表",
        empty="还没有图表。常用的第一张是某项要求“按镇街”的完成情况。",
    )
    return list_page(request, program, page)


@guard("program.change")
def block_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Add a chart or table."""
    form = BlockForm(posted(request), program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_block, by=request.user, program=program, **form.values):
        return saved(request, program, form.result, f"已新增图表“{form.result}”。", _list(program))
    return _form(request, program, form, "新增图表")


@guard("program.change")
def block_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Change a chart or table."""
    row = _row(request, program, pk)
    form = BlockForm(posted(request), program=program, user=request.user, row=row)
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(change_block, by=request.user, block=row, **values):
            return saved(request, program, row, f"已保存图表“{form.result}”。", _list(program))
    return _form(request, program, form, "修改图表", row)


@require_POST
@guard("program.change")
def block_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Move, end, resume or delete a chart."""
    row = _row(request, program, pk)
    rows = Block.objects.visible_to(request.user).filter(program=program, ended_on=None)
    return keep_row(request, program, row, lambda: list(rows.order_by("position", "pk")), _list(program))


@require_POST
@guard("program.change")
def block_preview_show(request: HttpRequest, program: Program) -> HttpResponse:
    """The chart as it is typed; nothing is saved."""
    preview = _typed(program, user_of(request), request.POST)
    return render(request, PREVIEW, {"program": program, "preview": preview})


def _typed(program: Program, user: User, data: QueryDict) -> dict[str, Any]:
    form = BlockForm(data, program=program, user=user, is_draft=True)
    draft = form.draft()
    if draft is None:
        return {"missing": form.problems}
    # The rows of what is not saved have no page to lead to.
    result = evaluate_block(draft, Context(program, user))
    return {"sentence": Speaker(program).block(draft), "panel": drawn_panel(result)}


def _saved(row: Block, user: User) -> dict[str, Any]:
    result = evaluate_block(row, Context(row.program, user))
    return {"sentence": Speaker(row.program).block(row), "panel": panel(result)}


def _row(request: HttpRequest, program: Program, pk: int) -> Block:
    rows = Block.objects.filter(program=program).select_related("program", "requirement__program")
    found: Block = row_to_change(rows, request, CHANGE, pk=pk)
    return found


def _list(program: Program) -> str:
    return reverse("reports:setup-block-list", args=[program.code])


def _form(
    request: HttpRequest, program: Program, form: BlockForm, title: str, row: Block | None = None
) -> HttpResponse:
    preview = None
    if request.method == "POST":
        preview = _typed(program, user_of(request), request.POST)
    elif row is not None:
        preview = _saved(row, user_of(request))
    return setup_form(
        request,
        program,
        form,
        title=title,
        section=(TITLE, _list(program)),
        lead=row.title if row else "",
        preview=preview,
        preview_url=reverse("reports:setup-block-preview", args=[program.code]),
        preview_template=PREVIEW,
        template="reports/setup/block_form.html",
    )
