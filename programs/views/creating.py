"""Setting up a new program: from a template, a file, a copy, or from nothing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from programs import clock
from programs.choices import SHORT, search
from programs.configuring import beginnings
from programs.configuring.beginnings import Beginning, Fitted
from programs.configuring.life import found_program
from programs.forms.creating import COUNTIES, ProgramForm
from programs.forms.picking import choices_of
from programs.models import Program, User
from programs.permissions import PERMISSIONS, guard
from programs.templates import BadTemplate, try_making


@guard("program.create")
def program_create(request: HttpRequest) -> HttpResponse:
    """Choose what to begin with; then name the new program, look at what it would contain, and make it."""
    user = cast(User, request.user)
    copyable = Program.objects.visible_to(user, PERMISSIONS["program.create"]).order_by("-starts_on", "pk")
    source = request.GET.get("from", "")
    if not source:
        context = {"cards": beginnings.cards(), "copyable": copyable, "crumbs": [("新建活动", "")]}
        return render(request, "programs/program_choose.html", context)
    copied = None
    if source.startswith(beginnings.COPY):
        copied = get_object_or_404(copyable, code=source.removeprefix(beginnings.COPY))
    begun = beginnings.beginning_of(source, copied, clock.today(Program()))
    if begun is None:
        raise Http404
    form = ProgramForm(
        request.POST if request.method == "POST" else None,
        request.FILES,
        program=copied or Program(),
        user=user,
        source=begun.source,
        takes_file=begun.content is None,
        initial=begun.initial,
    )
    found = _fitted(form, begun) if form.is_valid() else None
    if found is not None and "_create" not in request.POST:
        _try(form, begun, found)
    elif found is not None and _made(form, begun, found):
        messages.success(request, f"已新建“{form.result}”，还在筹备中，只有您和管理员看得到。核对以后再启动。")
        return redirect("programs:setup", form.result.code)
    return _page(request, form, begun, found)


def _fitted(form: ProgramForm, begun: Beginning) -> Fitted | None:
    """What would be made; None without a file that can be read, which the form then says."""
    content = begun.content or form.content
    return beginnings.fitted(content, form.values()) if content is not None else None


def _try(form: ProgramForm, begun: Beginning, found: Fitted) -> None:
    """Whether it could be made; what is wrong the form then says."""
    try:
        try_making(found.content, {**begun.changes, **form.values()})
    except BadTemplate as bad:
        form.take_back(bad)


def _made(form: ProgramForm, begun: Beginning, found: Fitted) -> bool:
    return form.carry_out(
        found_program,
        by=form.user,
        content=found.content,
        values={**begun.changes, **form.values()},
        source=begun.source,
        carry=form.cleaned_data.get("carry", []),
    )


def _page(request: HttpRequest, form: ProgramForm, begun: Beginning, found: Fitted | None) -> HttpResponse:
    choose = reverse("program-create")
    context: dict[str, Any] = {
        "form": form,
        "begun": begun,
        "title": begun.title,
        "found": found if not form.errors else None,
        "back": choose,
        "crumbs": [("新建活动", choose), (begun.title, "")],
    }
    return render(request, "programs/program_create.html", context)


@guard("program.create")
def county_list(request: HttpRequest) -> HttpResponse:
    """The counties that match what is being typed, as ticks to put in the form."""
    name = request.GET.get("name", "")
    text = request.GET.get(f"{name}-q", "")
    matching = list(search(COUNTIES, COUNTIES.rows(Program(), request.user), text)[: SHORT + 1])
    context = {
        "choices": choices_of(COUNTIES, matching[:SHORT]),
        "more": len(matching) > SHORT,
        "many": False,
        "name": name,
        "text": text,
    }
    return render(request, "components/choices_found.html", context)
