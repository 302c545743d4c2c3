"""The lists of projects and funds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from programs.listing import listing_for, listing_page
from programs.models import Program
from programs.permissions import guard
from projects.models import Fund, Project


@guard("project.view")
def project_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Projects, ended ones included."""
    listing = listing_for(Project)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("fund.view")
def fund_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Funds, of projects or standing alone."""
    listing = listing_for(Fund)
    return listing_page(request, program, listing, listing.rows(program, request.user))
