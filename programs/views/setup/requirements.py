"""Pages on which an office says what it requires."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from programs.configuring.requirements import add_requirement, change_requirement
from programs.configuring.uses import in_words, uses_of
from programs.figures.words import Speaker
from programs.forms.setup.requirements import RequirementForm
from programs.models import Program, Requirement
from programs.permissions import guard
from programs.views.forms import row_to_change, saved
from programs.views.setup.base import CHANGE, Group, Line, Page, keep_row, list_page, posted, setup_form, user_of
from programs.views.setup.preview import names_page, requirement_preview, saved_preview

TITLE = "要求"


@guard("program.change")
def requirement_list(request: HttpRequest, program: Program) -> HttpResponse:
    """What the program requires, in sentences."""
    rows = Requirement.objects.visible_to(request.user).filter(program=program).select_related("program")
    found = list(rows.order_by("position", "pk"))
    uses, speaker = uses_of(program, found), Speaker(program)
    speaker.know_places(*(row.who for row in found), *(row.evidence_params for row in found))
    lines = [
        Line(
            row=row,
            title=row.name,
            sentence=speaker.requirement(row),
            note=in_words(uses[row.pk]),
            url=reverse("programs:setup-requirement-change", args=[program.code, row.pk]),
            may_delete=not uses[row.pk],
            deeds=reverse("programs:setup-requirement-keep", args=[program.code, row.pk]),
        )
        for row in found
    ]
    page = Page(
        title=TITLE,
        lead="谁、多久、要做什么。平台按登记的记录自动数谁完成了、谁没有。",
        groups=[Group("", [line for line in lines if line.row.ended_on is None])],
        ended=[line for line in lines if line.row.ended_on is not None],
        create_url=reverse("programs:setup-requirement-create", args=[program.code]),
        create_label="新增要求",
        empty="还没有要求。先从最要紧的一条写起，如“每个工作队每月报一次进展”。",
    )
    return list_page(request, program, page)


@guard("program.change")
def requirement_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Require something new."""
    form = RequirementForm(posted(request), program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_requirement, by=request.user, program=program, **form.values):
        return saved(request, program, form.result, f"已新增要求“{form.result}”。", _list(program))
    return _form(request, program, form, "新增要求")


@guard("program.change")
def requirement_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Change what is required."""
    row = _row(request, program, pk)
    form = RequirementForm(posted(request), program=program, user=request.user, row=row)
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(change_requirement, by=request.user, requirement=row, **values):
            return saved(request, program, row, f"已保存要求“{form.result}”。", _list(program))
    return _form(request, program, form, "修改要求", row)


@require_POST
@guard("program.change")
def requirement_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Move, end, resume or delete a requirement."""
    rows = Requirement.objects.visible_to(request.user).filter(program=program, ended_on=None)
    row = _row(request, program, pk)
    return keep_row(request, program, row, lambda: list(rows.order_by("position", "pk")), _list(program))


@require_POST
@guard("program.change")
def requirement_preview_show(request: HttpRequest, program: Program) -> HttpResponse:
    """What the typed requirement would yield; nothing is saved."""
    row = _given(request, program, request.GET.get("row", ""))
    preview = requirement_preview(program, user_of(request), request.POST, row)
    return render(request, "programs/setup/_requirement_preview.html", {"program": program, "preview": preview})


@guard("program.change")
def requirement_names(request: HttpRequest, program: Program) -> HttpResponse:
    """Those who owe, have done or have not done what is being typed."""
    return names_page(request, program, _given(request, program, request.GET.get("row", "")))


def _given(request: HttpRequest, program: Program, key: str) -> Requirement | None:
    rows = Requirement.objects.visible_to(request.user).filter(program=program).select_related("program")
    return get_object_or_404(rows, pk=key) if key.isdigit() else None


def _row(request: HttpRequest, program: Program, pk: int) -> Requirement:
    rows = Requirement.objects.filter(program=program).select_related("program__jurisdiction")
    found: Requirement = row_to_change(rows, request, CHANGE, pk=pk)
    return found


def _list(program: Program) -> str:
    return reverse("programs:setup-requirement-list", args=[program.code])


def _form(
    request: HttpRequest, program: Program, form: RequirementForm, title: str, row: Requirement | None = None
) -> HttpResponse:
    preview = None
    if request.method == "POST":
        preview = requirement_preview(program, user_of(request), request.POST, row)
    elif row is not None:
        preview = saved_preview(row, user_of(request))
    address = reverse("programs:setup-requirement-preview", args=[program.code])
    return setup_form(
        request,
        program,
        form,
        title=title,
        section=(TITLE, _list(program)),
        lead=row.name if row else "",
        preview=preview,
        preview_url=f"{address}?row={row.pk}" if row else address,
        preview_template="programs/setup/_requirement_preview.html",
    )
