"""The desk on which a bulletin is written: the text, the page as it will print, and every step to its issue."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from programs.history import history_of
from programs.models import Program, User
from programs.permissions import guard
from programs.refusals import Refusal
from programs.views.forms import form_page, row_to_change
from reports import actions
from reports.bulletins.desk import chips_of, exhibits_of, offers_of
from reports.bulletins.forms import (
    CommentForm,
    DeskForm,
    DraftForm,
    IssueForm,
    ReportDeskForm,
    ReturnForm,
    WithdrawForm,
)
from reports.bulletins.paper import live_paper
from reports.models import Bulletin, BulletinStep, Layout
from reports.typesetting.html import to_html

DRAFT, ISSUE, REPORT = "bulletin.draft", "bulletin.issue", "report.draft"


@guard("report.draft")
def bulletin_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Begin the next issue."""
    user = cast(User, request.user)
    form = DraftForm(_posted(request), program=program, user=user)
    back = reverse("reports:bulletin-list", args=[program.code])
    if form.is_valid() and form.carry_out(actions.draft_bulletin, by=user, **form.cleaned_data):
        messages.success(request, f"已拟出{form.result.called}初稿，数字和名单已按今天的记录填好，请修改正文。")
        return redirect(_page_of(form.result))
    return form_page(
        request, program, form, title="拟新稿", back=back, submit="开始拟稿", crumbs=[("简报和文稿", back)]
    )


@guard("report.draft")
def bulletin_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Save the text; what cannot be printed is said, and what was typed is kept."""
    bulletin = to_change(request, program, pk)
    if request.method != "POST":
        return redirect(_page_of(bulletin))
    user = cast(User, request.user)
    form = _desk_form(request, bulletin)
    values = {"version": request.POST.get("version", ""), "accepts_problems": "anyway" in request.POST}
    if form.is_valid() and form.carry_out(
        actions.change_bulletin, by=user, bulletin=bulletin, **values, **form.cleaned_data
    ):
        messages.success(request, "已保存。")
        return redirect(_page_of(bulletin))
    return desk_page(request, program, bulletin, form)


@require_POST
@xframe_options_sameorigin
@guard("report.draft")
def bulletin_preview(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """The page as it would print with what is typed now, and its figures as chips; nothing is saved."""
    bulletin = to_change(request, program, pk)
    paper = live_paper(_desk_form(request, bulletin).draft(bulletin))
    html = to_html(paper.document(), "screen")
    if not request.accepts("application/json") or request.accepts("text/html"):
        return HttpResponse(html)
    chips = render_to_string("reports/_bulletin_chips.html", {"chips": chips_of(paper)}, request)
    return JsonResponse({"html": html, "chips": chips, "problems": [str(problem) for problem in paper.problems]})


@guard("bulletin.draft")
def bulletin_submit(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """拟稿 → 核稿."""
    form = CommentForm(_posted(request), program=program, user=cast(User, request.user))
    bulletin = to_change(request, program, pk)
    return _step_page(request, bulletin, form, actions.submit_bulletin, "提交核稿", "已提交核稿。")


@guard("bulletin.draft")
def bulletin_pass(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """核稿 → 送签."""
    form = CommentForm(_posted(request), program=program, user=cast(User, request.user))
    bulletin = to_change(request, program, pk)
    return _step_page(request, bulletin, form, actions.pass_bulletin, "核稿通过，送签", "已送签，正文不再修改。")


@guard("bulletin.draft")
def bulletin_return(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """退回修改."""
    form = ReturnForm(_posted(request), program=program, user=cast(User, request.user))
    bulletin = to_change(request, program, pk)
    return _step_page(request, bulletin, form, actions.return_bulletin, "退回修改", "已退回拟稿。")


@guard("bulletin.issue")
def bulletin_issue(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """送签 → 签发; what moved since the text was sent for signature stands above the form."""
    bulletin = to_change(request, program, pk, ISSUE)
    changes = actions.figures_moved(bulletin, live_paper(bulletin))
    options: dict[str, Any] = {"program": program, "user": cast(User, request.user), "changes": changes}
    form = IssueForm(_posted(request), request.FILES or None, **options)
    done = "已签发。正文、数字、名单和明细已冻结，不再改变。"
    page = {"template": "reports/bulletin_issue.html", "changes": changes}
    return _step_page(request, bulletin, form, actions.issue_bulletin, "签发", done, **page)


@guard("report.draft")
def bulletin_withdraw(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Withdraw an issued bulletin."""
    form = WithdrawForm(_posted(request), program=program, user=cast(User, request.user))
    bulletin = to_change(request, program, pk, ISSUE)
    return _step_page(request, bulletin, form, actions.withdraw_bulletin, "撤回", "已撤回。")


@guard("report.draft")
def report_finish(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """定稿 of a plain text."""
    form = CommentForm(_posted(request), program=program, user=cast(User, request.user))
    bulletin = to_change(request, program, pk, REPORT)
    done = "已定稿。正文、数字、名单和明细已冻结，不再改变。"
    return _step_page(request, bulletin, form, actions.finish_report, "定稿", done)


@guard("report.draft")
def bulletin_discard(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Throw a draft away."""
    bulletin = to_change(request, program, pk)
    if request.method == "POST":
        try:
            actions.discard_bulletin(by=cast(User, request.user), bulletin=bulletin)
            reused = "" if bulletin.is_report else "，期号可以重用"
            messages.success(request, f"已删除{bulletin.called}草稿{reused}。")
            return redirect("reports:bulletin-list", program.code)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(_page_of(bulletin))
    form = CommentForm(program=program, user=cast(User, request.user))
    del form.fields["comment"]
    title = f"删除{bulletin.called}草稿"
    lead = "草稿和它的签批经过都会删除，不能恢复。"
    return form_page(
        request,
        program,
        form,
        title=title,
        back=_page_of(bulletin),
        submit="删除草稿",
        crumbs=_crumbs(bulletin),
        lead=lead,
    )


def desk_page(request: HttpRequest, program: Program, bulletin: Bulletin, form: DeskForm | None = None) -> HttpResponse:
    """The desk, with what was typed if it could not be saved."""
    user = cast(User, request.user)
    version = actions.version_of(bulletin)
    typed_version = request.POST.get("version", version)
    context: dict[str, Any] = {
        "program": program,
        "bulletin": bulletin,
        "crumbs": [*_crumbs(bulletin)[:1], (str(bulletin), "")],
        "steps": steps_of(bulletin),
        "version": version,
        "problems_only": False,
    }
    if form is None:
        initial = {name: getattr(bulletin, name) for name in actions.EDITABLE if name != "year"}
        form = _form_of(bulletin)(program=program, user=user, initial=initial)
        paper = live_paper(bulletin)
    else:
        if typed_version != version:
            context |= {"other": bulletin.body, "other_change": next(iter(history_of(bulletin)), None)}
        elif set(form.errors) == {"body"} and form.data.get("body", "").strip():
            context["problems_only"] = True
        paper = live_paper(form.draft(Bulletin.objects.select_related("program").get(pk=bulletin.pk)))
    context |= {
        "form": form,
        "paper": paper,
        "chips": chips_of(paper),
        "offers": offers_of(paper.values),
        "exhibits": exhibits_of(paper),
        "problems": [str(problem) for problem in paper.problems],
        "first_problem_line": paper.problems[0].line if paper.problems else 0,
    }
    return render(request, "reports/bulletin_desk.html", context, status=400 if form.errors else 200)


def steps_of(bulletin: Bulletin) -> list[BulletinStep]:
    """The way so far, oldest first."""
    return list(bulletin.steps.select_related("by").order_by("at", "pk"))


def to_change(request: HttpRequest, program: Program, pk: int, permission: str = DRAFT) -> Bulletin:
    """The bulletin, or the plain text, which others may draft as well: teams and towns about their own places."""
    rows = Bulletin.objects.filter(program=program).select_related("program__jurisdiction")
    is_report = rows.filter(pk=pk, layout=Layout.REPORT).exists()
    found: Bulletin = row_to_change(rows, request, REPORT if is_report else permission, pk=pk)
    return found


def _form_of(bulletin: Bulletin) -> type[DeskForm]:
    return ReportDeskForm if bulletin.is_report else DeskForm


def _desk_form(request: HttpRequest, bulletin: Bulletin) -> DeskForm:
    return _form_of(bulletin)(request.POST, program=bulletin.program, user=cast(User, request.user))


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page_of(bulletin: Bulletin) -> str:
    return reverse("reports:bulletin-detail", args=[bulletin.program.code, bulletin.pk])


def _crumbs(bulletin: Bulletin) -> list[tuple[str, str]]:
    listing = reverse("reports:bulletin-list", args=[bulletin.program.code])
    return [("简报和文稿", listing), (str(bulletin), _page_of(bulletin))]


def _step_page(
    request: HttpRequest, bulletin: Bulletin, form: Any, action: Any, title: str, done: str, **page: Any
) -> HttpResponse:
    """The form of one step; once taken it leads back to the bulletin."""
    if form.is_valid() and form.carry_out(action, by=request.user, bulletin=bulletin, **form.cleaned_data):
        messages.success(request, done)
        return redirect(_page_of(bulletin))
    return form_page(
        request,
        bulletin.program,
        form,
        title=title,
        back=_page_of(bulletin),
        submit=title,
        lead=bulletin.plain_title if bulletin.is_report else f"{bulletin} {bulletin.plain_title}",
        crumbs=_crumbs(bulletin),
        **page,
    )
