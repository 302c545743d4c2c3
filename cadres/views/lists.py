"""The lists of cadres, teams, pairings and of the work they do."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from cadres.models import Cadre, Diary, Document, Gift, Meeting, Need, Pairing, Team, TeamMember, Visit
from programs.listing import listing_for, listing_page
from programs.models import Program
from programs.permissions import guard


def _listed(request: HttpRequest, program: Program, model: type[Model]) -> HttpResponse:
    listing = listing_for(model)
    return listing_page(request, program, listing, listing.rows(program, request.user))


@guard("team.view")
def team_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Work teams."""
    return _listed(request, program, Team)


@guard("team.view")
def member_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Members of work teams."""
    return _listed(request, program, TeamMember)


@guard("cadre.view")
def cadre_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Cadres who take part, and those of units that do."""
    return _listed(request, program, Cadre)


@guard("pairing.view")
def pairing_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Pairings, ended ones included."""
    return _listed(request, program, Pairing)


@guard("visit.view")
def visit_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Visits that stand; replaced and voided versions are on the pages of those that replaced them."""
    return _listed(request, program, Visit)


@guard("need.view")
def need_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Needs."""
    return _listed(request, program, Need)


@guard("visit.view")
def gift_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Money and goods handed over."""
    return _listed(request, program, Gift)


@guard("document.view")
def document_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Documents received."""
    return _listed(request, program, Document)


@guard("meeting.view")
def meeting_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Meetings."""
    return _listed(request, program, Meeting)


@guard("diary.view")
def diary_list(request: HttpRequest, program: Program) -> HttpResponse:
    """Diaries of team members."""
    return _listed(request, program, Diary)
