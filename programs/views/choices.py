"""Searching the long lists that forms let people choose from."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from programs.choices import SHORT, search, source_named, within
from programs.forms.picking import choices_of
from programs.models import Program
from programs.permissions import guard, may


@guard("home.view")
def choice_list(request: HttpRequest, program: Program, source: str) -> HttpResponse:
    """The rows of a list that match what is being typed: those this person may choose, as ticks to put in the form."""
    found = source_named(source)
    if found is None:
        raise Http404
    if not may(request.user, found.permission, program):
        raise PermissionDenied
    name = request.GET.get("name", "")
    text = request.GET.get(f"{name}-q", "")
    rows = within(found, found.rows(program, request.user), request.GET.get("in", ""))
    beside = request.GET.get("by", "")
    if beside:
        rows = within(found, rows, request.GET.get(beside, ""))
    matching = list(search(found, rows, text)[: SHORT + 1])
    context = {
        "choices": choices_of(found, matching[:SHORT]),
        "more": len(matching) > SHORT,
        "many": request.GET.get("many") == "1",
        "name": name,
        "text": text,
    }
    return render(request, "components/choices_found.html", context)
