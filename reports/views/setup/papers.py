"""Pages on which an office words its printed papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from programs.models import Program
from programs.permissions import guard
from programs.views.forms import saved
from programs.views.setup.base import Group, Line, Page, list_page, posted, setup_form, user_of
from reports.models import Paper
from reports.papers.kinds import paper_kinds
from reports.papers.setup_form import PaperForm
from reports.papers.wording import word_paper

TITLE = "印刷品"


@guard("program.change")
def paper_list(request: HttpRequest, program: Program) -> HttpResponse:
    """All kinds of papers, and whether the program words them for itself."""
    rows = Paper.objects.visible_to(request.user).filter(program=program)
    own = {row.kind: row for row in rows}
    lines = [
        Line(
            row=None,
            title=(own[kind.code].title if kind.code in own else "") or kind.title,
            sentence=kind.about,
            note="用本活动自己的文字" if kind.code in own else "用通用的文字",
            url=reverse("reports:setup-paper-change", args=[program.code, kind.code]),
            may_move=False,
            may_end=False,
        )
        for kind in paper_kinds().values()
    ]
    lead = "印出来的东西上写什么。内容都从登记的数据来，这里只改标题、任务、说明这些固定的文字。"
    return list_page(request, program, Page(TITLE, lead, [Group("", lines)]))


@guard("program.change")
def paper_change(request: HttpRequest, program: Program, kind: str) -> HttpResponse:
    """Word one kind of paper."""
    found = paper_kinds().get(kind)
    if found is None:
        raise Http404
    row = Paper.objects.visible_to(request.user).filter(program=program, kind=kind).first()
    form = PaperForm(posted(request), program=program, user=request.user, row=row, kind=found)
    back = reverse("reports:setup-paper-list", args=[program.code])
    if form.is_valid():
        values = {"version": form.cleaned_data["version"]} | form.values
        if form.carry_out(word_paper, by=user_of(request), program=program, kind=found, **values):
            return saved(request, program, form.result, f"已保存{found.label}的文字，下次印刷起使用。", back)
    return setup_form(request, program, form, title=f"{found.label}的文字", section=(TITLE, back))
