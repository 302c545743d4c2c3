"""The lists of villages and households."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from programs.listing import listing_for, listing_page
from programs.models import Program
from programs.permissions import guard
from villages.models import Household, Village


@guard("village.view")
def village_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Villages with a team, a pairing or a tag in the program."""
    listing = listing_for(Village)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("household.view")
def household_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Households of the program's jurisdiction."""
    listing = listing_for(Household)
    return listing_page(request, program, listing, listing.rows(program, request.user))
