"""The lists of villages, households, people, honours, routes and sites."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from programs.listing import listing_for, listing_page
from programs.models import Program
from programs.permissions import guard
from villages.models import Honour, Household, Member, Route, Site, Village


def _listed(request: HttpRequest, program: Program, model: type[Model]) -> HttpResponse:
    listing = listing_for(model)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("village.view")
def village_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Villages with a team, a pairing or a tag in the program."""
    return _listed(request, program, Village)


@guard("household.view")
def household_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Households of the program's jurisdiction."""
    return _listed(request, program, Household)


@guard("household.view")
def member_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Members of households, and those helped who are on no register."""
    return _listed(request, program, Member)


@guard("household.view")
def honour_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Honours of households."""
    return _listed(request, program, Honour)


@guard("village.view")
def route_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Model routes."""
    return _listed(request, program, Route)


@guard("village.view")
def site_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Places of interest, on a route or not."""
    return _listed(request, program, Site)
