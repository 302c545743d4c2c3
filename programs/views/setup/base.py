"""What all pages of the configuration do: list rows with their order and end, show a form with preview and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from programs.configuring import rows as actions
from programs.forms.setup.base import SetupForm
from programs.history import history_of
from programs.models import Program, User
from programs.refusals import Refusal
from programs.views.forms import form_page

CHANGE = "program.change"


@dataclass(frozen=True)
class Line:
    """A row of the configuration as its list shows it: its name, a sentence about it, and where it is changed."""

    row: Any
    title: str
    sentence: str = ""
    note: str = ""
    url: str = ""
    marks: tuple[str, ...] = ()
    may_delete: bool = False
    may_move: bool = True
    may_end: bool = True
    deeds: str = ""
    children: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Group:
    """Lines under a heading of their own."""

    title: str
    lines: list[Line]
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Page:
    """A list of the configuration: its words, its lines, and what is begun from it."""

    title: str
    lead: str
    groups: list[Group]
    ended: list[Line] = field(default_factory=list)
    create_url: str = ""
    create_label: str = ""
    empty: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> int:
        """How many lines are in use."""
        return sum(len(group.lines) for group in self.groups)


def posted(request: HttpRequest) -> Any:
    """What was sent, if something was."""
    return request.POST if request.method == "POST" else None


def user_of(request: HttpRequest) -> User:
    """Who asks; a guard let them in."""
    return cast(User, request.user)


def root_crumbs(program: Program) -> list[tuple[str, str]]:
    """The way to the settings page."""
    return [("活动设置", reverse("programs:setup", args=[program.code]))]


def list_page(request: HttpRequest, program: Program, page: Page) -> HttpResponse:
    """Show a list of the configuration."""
    crumbs = [*root_crumbs(program), *page.crumbs, (page.title, "")]
    return render(request, "programs/setup/list.html", {"program": program, "page": page, "crumbs": crumbs})


def setup_form(
    request: HttpRequest,
    program: Program,
    form: SetupForm,
    *,
    title: str,
    section: tuple[str, str],
    preview: dict[str, Any] | None = None,
    preview_url: str = "",
    preview_template: str = "",
    template: str = "programs/setup/form.html",
    above: Sequence[tuple[str, str]] = (),
    **extra: Any,
) -> HttpResponse:
    """The page of a form, with the preview beside it and the row's history below."""
    return form_page(
        request,
        program,
        form,
        title=title,
        back=section[1],
        crumbs=[*root_crumbs(program), *above, *([section] if section[0] else [])],
        template=template,
        changes=history_of(form.row) if form.row is not None else [],
        preview=preview,
        preview_url=preview_url,
        preview_template=preview_template,
        **extra,
    )


def keep_row(
    request: HttpRequest,
    program: Program,
    row: Any,
    siblings: Callable[[], Sequence[models.Model]],
    to: str,
    *,
    end: Callable[[], Any] | None = None,
    resume: Callable[[], Any] | None = None,
    delete: Callable[[], Any] | None = None,
) -> HttpResponse:
    """Move, end, resume or delete a row, as the pressed button says; then back to the list."""
    by = user_of(request)
    said = ""
    try:
        match request.POST.get("do"):
            case "up" | "down" as way:
                actions.move_row(by=by, row=row, rows=siblings(), up=way == "up")
            case "end":
                end() if end else actions.end_row(by=by, row=row, program=program)
                said = f"“{row}”已停用，不再出现在选项和要求里；已有记录不变，可以随时恢复。"
            case "resume":
                resume() if resume else actions.resume_row(by=by, row=row)
                said = f"“{row}”已恢复使用。"
            case "delete":
                delete() if delete else actions.delete_row(by=by, row=row, program=program)
                said = f"“{row}”已删除。"
    except Refusal as refusal:
        messages.error(request, refusal.message)
    if said:
        messages.success(request, said)
    return redirect(to)
