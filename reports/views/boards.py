"""Home and dashboard."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programs.models import Program, User
from programs.permissions import guard
from reports.boards.asked import ask
from reports.boards.dashboard import board
from reports.boards.home import home_of


@guard("home.view")
def home(request: HttpRequest, program: Program) -> HttpResponse:
    """What I owe now, what is late, and the news."""
    found = home_of(program, cast(User, request.user))
    return render(request, "reports/home.html", {"program": program, "home": found})


@guard("dashboard.view")
def dashboard(request: HttpRequest, program: Program) -> HttpResponse:
    """How the program stands, every number with its rows."""
    asked = ask(program, cast(User, request.user), request.GET)
    return render(request, "reports/dashboard.html", {"program": program, "asked": asked, "board": board(asked)})
