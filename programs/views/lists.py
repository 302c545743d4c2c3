"""The lists of places and units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from programs.listing import listing_for, listing_page
from programs.models import Division, Program, Unit
from programs.permissions import guard


@guard("village.view")
def division_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Towns, villages and groups of the jurisdiction, those that are no more included."""
    listing = listing_for(Division)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("unit.view")
def unit_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Units that take part in the program."""
    listing = listing_for(Unit)
    return listing_page(request, program, listing, listing.rows(program, request.user))
