"""The settings of a program: what it consists of, its file, its words, its start and end."""

from __future__ import annotations

from io import BytesIO
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from programs import clock
from programs.changes import change_fields
from programs.configuring.life import end_program, import_configuration, reopen_program, start_program
from programs.exports import Taken, attachment
from programs.forms.base import ScopedForm
from programs.forms.creating import EndForm, ImportForm, NamesForm, ReopenForm
from programs.history import history_of
from programs.models import Program, User
from programs.permissions import guard
from programs.setup import setup_lines
from programs.templates import BadTemplate, content_of, difference_of, sections, text_of
from programs.templates.comparing import KINDS
from programs.views.forms import form_page


def _setup(program: Program) -> str:
    return reverse("programs:setup", args=[program.code])


@guard("program.view")
def setup(request: HttpRequest, program: Program) -> HttpResponse:
    """What the program consists of, with the way to each part."""
    context = {
        "program": program,
        "lines": setup_lines(program),
        "changes": history_of(program),
        "crumbs": [("活动设置", "")],
    }
    return render(request, "programs/setup.html", context)


@guard("program.view")
def setup_export(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The program's configuration as a file; no rows of work and no accounts are in it."""
    content = content_of(program)
    count = sum(section.size(content.get(name)) for name, section in sections().items())
    taken = Taken(user=cast(User, request.user), program=program, what="活动配置")
    name = f"{program.code}-{clock.today(program):%Y%m%d}.yaml"
    file = BytesIO(text_of(program).encode())
    return attachment(taken, file, name, content_type="application/yaml; charset=utf-8", row_count=count)


@guard("program.change")
def setup_import(request: HttpRequest, program: Program) -> HttpResponse:
    """Show what a file would change in the program, then change it."""
    data = request.POST if request.method == "POST" else None
    form = ImportForm(data, request.FILES, program=program, user=request.user)
    difference = None
    if form.is_valid() and form.content is not None:
        wanted = {"content": form.content, "with_program": form.cleaned_data["with_program"]}
        if "_apply" in request.POST:
            expected = request.POST.get("expected", "")
            if form.carry_out(import_configuration, by=request.user, program=program, expected=expected, **wanted):
                messages.success(request, f"已导入，改动 {len(form.result.changes)} 处。")
                return redirect(_setup(program))
        else:
            try:
                difference = difference_of(program, **wanted)
            except BadTemplate as bad:
                form.take_back(bad)
    context = {
        "program": program,
        "form": form,
        "difference": difference,
        "groups": [(label, difference.of(kind)) for kind, label in KINDS.items()] if difference else [],
        "back": _setup(program),
        "crumbs": [("活动设置", _setup(program)), ("导入配置文件", "")],
    }
    return render(request, "programs/setup_import.html", context)


@guard("program.change")
def setup_names(request: HttpRequest, program: Program) -> HttpResponse:
    """Change what the program calls people, teams and ways of pairing."""
    back = _setup(program)
    form = NamesForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=program, names=form.names()):
        messages.success(request, "用语已保存，页面上都换成新的叫法。")
        return redirect(back)
    return form_page(
        request,
        program,
        form,
        title="用语",
        back=back,
        crumbs=[("活动设置", back)],
        lead="本活动对人、队伍和结对方式的叫法。不填就用灰色的通用叫法。",
        template="programs/setup_names.html",
    )


@guard("program.change")
def setup_start(request: HttpRequest, program: Program) -> HttpResponse:
    """Start the program, once what follows has been read."""
    form = ScopedForm(request.POST if request.method == "POST" else None, program=program, user=request.user)
    return _turn(
        request,
        program,
        form,
        done=form.is_valid() and form.carry_out(start_program, by=request.user, program=program),
        title="启动活动",
        kind="start",
        said=f"“{program}”已启动，可以登记工作了。",
    )


@guard("program.change")
def setup_end(request: HttpRequest, program: Program) -> HttpResponse:
    """End the program, once what follows has been read."""
    form = EndForm(request.POST if request.method == "POST" else None, program=program, user=request.user)
    return _turn(
        request,
        program,
        form,
        done=form.is_valid() and form.carry_out(end_program, by=request.user, program=program, **form.cleaned_data),
        title="结束活动",
        kind="end",
        said=f"“{program}”已结束，记录和简报都还在，只是不再登记。",
    )


@guard("program.change")
def setup_reopen(request: HttpRequest, program: Program) -> HttpResponse:
    """Open an ended program again."""
    form = ReopenForm(request.POST if request.method == "POST" else None, program=program, user=request.user)
    return _turn(
        request,
        program,
        form,
        done=form.is_valid() and form.carry_out(reopen_program, by=request.user, program=program, **form.cleaned_data),
        title="重新打开活动",
        kind="reopen",
        said=f"“{program}”已重新打开，可以登记工作了。",
    )


def _turn(
    request: HttpRequest, program: Program, form: ScopedForm, *, done: bool, title: str, kind: str, said: str
) -> HttpResponse:
    """A plain page that says what follows, and a button that does it."""
    back = _setup(program)
    if done:
        messages.success(request, said)
        return redirect(back)
    return form_page(
        request,
        program,
        form,
        title=title,
        submit=title,
        back=back,
        crumbs=[("活动设置", back)],
        lead=program.name,
        template="programs/setup_turn.html",
        kind=kind,
    )
