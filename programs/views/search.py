"""One search over everything that has a name."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programs.models import Program, User
from programs.permissions import guard
from programs.searching import search_everything


@guard("home.view")
def search(request: HttpRequest, program: Program) -> HttpResponse:
    """Villages, units, cadres, teams and projects by part of a name, its reading or its initials."""
    words = request.GET.get("q", "").strip()[:100]
    groups = search_everything(words, program, cast(User, request.user)) if words else []
    context = {"program": program, "words": words, "groups": groups, "crumbs": [("搜索", "")]}
    return render(request, "programs/search.html", context)
