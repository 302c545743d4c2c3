"""Pages on which an office writes the templates of its bulletins and plain texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from programs.configuring.uses import in_words, uses_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import row_to_change, saved
from programs.views.setup.base import CHANGE, Group, Line, Page, keep_row, list_page, posted, setup_form, user_of
from reports.bulletins.desk import exhibits_of, offers_of
from reports.bulletins.paper import LivePaper
from reports.bulletins.template_form import TemplateForm
from reports.bulletins.values import Value
from reports.models import BulletinTemplate
from reports.templating import add_template, change_template, specimen
from reports.typesetting.html import to_html

TITLE = "简报模板"


@dataclass(frozen=True)
class Chip:
    """A figure of the text with its words, and the rows behind it."""

    value: Value
    url: str


@guard("program.change")
def template_list(request: HttpRequest, program: Program) -> HttpResponse:
    """What drafts may begin from."""
    rows = BulletinTemplate.objects.visible_to(request.user).filter(program=program)
    found = list(rows.order_by("pk"))
    uses = uses_of(program, found)
    lines = [
        Line(
            row=row,
            title=row.name,
            sentence=row.title,
            note="，".join(
                filter(None, (row.get_layout_display(), f"写{row.get_coverage_display()}", in_words(uses[row.pk])))
            ),
            url=reverse("reports:setup-template-change", args=[program.code, row.pk]),
            may_delete=not uses[row.pk],
            may_move=False,
            deeds=reverse("reports:setup-template-keep", args=[program.code, row.pk]),
        )
        for row in found
    ]
    page = Page(
        title=TITLE,
        lead="简报、总结的初稿从模板开始：文字写一次，数字和名单每次现算。",
        groups=[Group("", [line for line in lines if line.row.ended_on is None])],
        ended=[line for line in lines if line.row.ended_on is not None],
        create_url=reverse("reports:setup-template-create", args=[program.code]),
        create_label="新增模板",
        empty="还没有模板。把上一期简报的文字贴进来，再把里面的数字换成活的数据。",
    )
    return list_page(request, program, page)


@guard("program.change")
def template_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Write a new template."""
    form = TemplateForm(posted(request), program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_template, by=request.user, program=program, **form.values):
        return saved(request, program, form.result, f"已新增模板“{form.result}”，拟稿时可以选它。", _list(program))
    return _form(request, program, form, "新增模板")


@guard("program.change")
def template_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Change a template."""
    row = _row(request, program, pk)
    form = TemplateForm(posted(request), program=program, user=request.user, row=row)
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(change_template, by=request.user, template=row, **values):
            return saved(request, program, row, f"已保存模板“{form.result}”。已经拟出的稿子不变。", _list(program))
    return _form(request, program, form, "修改模板", row)


@require_POST
@guard("program.change")
def template_keep(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """End, resume or delete a template."""
    return keep_row(request, program, _row(request, program, pk), list, _list(program))


@xframe_options_sameorigin
@guard("program.change")
def template_preview(request: HttpRequest, program: Program) -> HttpResponse:
    """What is typed as it would print today, with its figures as chips; nothing is saved."""
    if request.method != "POST":
        row = _row(request, program, int(key)) if (key := request.GET.get("row", "")).isdigit() else None
        template = row or BulletinTemplate(program=program, office=program.office)
        return HttpResponse(to_html(specimen(template, user_of(request)).document(), "screen"))
    form = TemplateForm(request.POST, program=program, user=request.user, is_draft=True)
    paper = specimen(form.draft(), user_of(request))
    html = to_html(paper.document(), "screen")
    if not request.accepts("application/json") or request.accepts("text/html"):
        return HttpResponse(html)
    chips = render_to_string("reports/setup/_template_chips.html", {"chips": chips_of(paper)}, request)
    return JsonResponse({"html": html, "chips": chips, "problems": [str(problem) for problem in paper.problems]})


def chips_of(paper: LivePaper) -> list[Chip]:
    """The figures of the text in the order in which they appear."""
    found = []
    for value in paper.values.in_text(paper.bulletin.body):
        address = reverse("reports:figure-rows", args=[paper.bulletin.program.code, value.part.part.key])
        found.append(Chip(value, f"{address}?{urlencode({'aspect': value.aspect})}" if value.aspect else address))
    return found


def _row(request: HttpRequest, program: Program, pk: int) -> BulletinTemplate:
    rows = BulletinTemplate.objects.filter(program=program).select_related("program__jurisdiction")
    found: BulletinTemplate = row_to_change(rows, request, CHANGE, pk=pk)
    return found


def _list(program: Program) -> str:
    return reverse("reports:setup-template-list", args=[program.code])


def _form(
    request: HttpRequest, program: Program, form: TemplateForm, title: str, row: BulletinTemplate | None = None
) -> HttpResponse:
    template = row or BulletinTemplate(program=program, office=program.office)
    if form.is_bound:
        template = TemplateForm(request.POST, program=program, user=request.user, is_draft=True).draft()
    paper = specimen(template, user_of(request))
    address = reverse("reports:setup-template-preview", args=[program.code])
    extra: dict[str, Any] = {
        "paper_url": f"{address}?row={row.pk}" if row else address,
        "typed_url": address,
        "chips": chips_of(paper),
        "offers": offers_of(paper.values),
        "exhibits": exhibits_of(paper),
        "problems": [str(problem) for problem in paper.problems],
    }
    return setup_form(
        request,
        program,
        form,
        title=title,
        section=(TITLE, _list(program)),
        lead=row.name if row else "",
        template="reports/setup/template_form.html",
        **extra,
    )
