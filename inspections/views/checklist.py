"""Pages on which an office says what inspectors ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from inspections.actions.checklist import add_question, answers_of, change_question
from inspections.forms.checklist import QuestionForm
from inspections.models import ChecklistItem
from programs.configuring.uses import in_words, uses_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import row_to_change, saved
from programs.views.setup.base import CHANGE, Group, Line, Page, keep_row, list_page, posted, setup_form

TITLE = "督查清单"


@guard("program.change")
def question_list(request: HttpRequest, program: Program) -> HttpResponse:
    """The questions in the order in which they are asked."""
    rows = ChecklistItem.objects.visible_to(request.user).filter(program=program)
    found = list(rows.select_related("only_if", "requirement").order_by("position", "pk"))
    uses = uses_of(program, found)
    lines = [
        Line(
            row=row,
            title=row.text,
            sentence=_sentence(row),
            note=in_words(uses[row.pk]),
            url=reverse("inspections:setup-question-change", args=[program.code, row.pk]),
            may_delete=not uses[row.pk],
            deeds=reverse("inspections:setup-question-keep", args=[program.code, row.pk]),
        )
        for row in found
    ]
    page = Page(
        title=TITLE,
        lead="督查组到每个队都问这些，按这个次序显示在手机上。",
        groups=[Group("", [line for line in lines if line.row.ended_on is None])],
        ended=[line for line in lines if line.row.ended_on is not None],
        create_url=reverse("inspections:setup-question-create", args=[program.code]),
        create_label="新增问题",
        empty="还没有问题。不设清单也能登记督查，只是没有逐项的答案。",
    )
    return list_page(request, program, page)


@guard("program.change")
def question_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Ask something new."""
    form = QuestionForm(posted(request), program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_question, by=request.user, program=program, **form.values):
        return saved(request, program, form.result, f"已新增问题“{form.result}”。", _list(program))
    return setup_form(request, program, form, title="新增问题", section=(TITLE, _list(program)))


@guard("program.change")
def question_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Change a question."""
    row = _row(request, program, pk)
    form = QuestionForm(posted(request), program=program, user=request.user, row=row)
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(change_question, by=request.user, question=row, **values):
            return saved(request, program, row, "已保存问题。", _list(program))
    return setup_form(request, program, form, title="修改问题", section=(TITLE, _list(program)), lead=row.text)


@require_POST
@guard("program.change")
def question_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Move, end, resume or delete a question."""
    row = _row(request, program, pk)
    rows = ChecklistItem.objects.visible_to(request.user).filter(program=program, ended_on=None)
    return keep_row(request, program, row, lambda: list(rows.order_by("position", "pk")), _list(program))


def _sentence(row: ChecklistItem) -> str:
    said = [f"答：{'、'.join(answers_of(row)) or row.get_kind_display()}"]
    if row.only_if is not None:
        said.append(f"“{row.only_if}”答“{row.only_if_answer}”时才问")
    if row.requirement is not None:
        said.append(f"先按要求“{row.requirement}”的记录填好")
    return "；".join(said)


def _row(request: HttpRequest, program: Program, pk: int) -> ChecklistItem:
    rows = ChecklistItem.objects.filter(program=program).select_related("program", "only_if", "requirement")
    found: ChecklistItem = row_to_change(rows, request, CHANGE, pk=pk)
    return found


def _list(program: Program) -> str:
    return reverse("inspections:setup-question-list", args=[program.code])
