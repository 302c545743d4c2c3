"""联系卡: one household's card, batches in the background, and the public page behind each card's code."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cadres.models import Cadre
from programs import exports
from programs.models import Division, Program, User
from programs.permissions import PERMISSIONS, guard, public
from programs.refusals import Refusal
from reports.papers.batches import MOST_IN_FILE, start_cards
from reports.papers.cards import (
    card_behind,
    cards_of,
    helpers_of,
    households_of,
    leads_to,
    place_named,
    places_below,
    text_of,
)
from reports.papers.cards import with_places as placed
from reports.papers.forms import RemarkForm
from reports.papers.printing import ON_SHEET, single_card
from reports.papers.remarks import remark, sender_of, within_limits
from reports.typesetting.pool import PdfError
from villages.models import Household


@guard("card.print")
def card_household(request: HttpRequest, program: Program, pk: int) -> HttpResponseBase:
    """The card of one household as a PDF."""
    user = cast(User, request.user)
    reached = Household.objects.visible_to(user, PERMISSIONS["card.print"])
    household = get_object_or_404(placed(reached), pk=pk)
    if not households_of(program, user).filter(pk=pk).exists():
        messages.error(request, "该户目前没有结对干部，没有卡可印。请先登记结对。")
        return redirect("villages:household-detail", program.code, pk)
    try:
        content = single_card(text_of(program), cards_of(program, [household])[0])
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("villages:household-detail", program.code, pk)
    taken = exports.Taken(user=user, program=program, what=f"{household}联系卡", reason="发放联系卡")
    return exports.made_content(taken, content, f"{household}联系卡.pdf", row_count=1)


@guard("card.print")
def card_batch(request: HttpRequest, program: Program) -> HttpResponse:
    """What a batch would hold: the whole program, a town, a village or a cadre's households; then have it made."""
    user = cast(User, request.user)
    place = place_named(program, request.GET.get("place", ""))
    if place is None:
        raise Http404
    cadre = None
    if (asked := request.GET.get("cadre", "")).isdigit():
        cadre = get_object_or_404(Cadre.objects.visible_to(user), pk=asked)
    below = place.code if place != program.jurisdiction else ""
    title = f"{cadre or place}联系卡"
    if request.method == "POST":
        return _start(request, program, title, below, cadre)
    rows = households_of(program, user, place=below, cadre=cadre.pk if cadre else None)
    count = rows.count()
    context = {
        "program": program,
        "title": title,
        "place": place,
        "cadre": cadre,
        "count": count,
        "sheets": -(-count // ON_SHEET),
        "most": MOST_IN_FILE,
        "places": [] if cadre else places_below(rows, place),
        "crumbs": _crumbs(program, place),
    }
    return render(request, "reports/card_batch.html", context)


def _start(request: HttpRequest, program: Program, title: str, place: str, cadre: Cadre | None) -> HttpResponse:
    try:
        job = start_cards(
            program=program, by=cast(User, request.user), title=title, place=place, cadre=cadre.pk if cadre else None
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(request.get_full_path())
    return redirect("programs:job-detail", program.code, job.pk)


def _crumbs(program: Program, place: Division) -> list[tuple[str, str]]:
    here = reverse("reports:card-batch", args=[program.code])
    crumbs: list[tuple[str, str]] = []
    one: Division | None = place
    while one is not None and len(one.code) > len(program.jurisdiction_id):
        crumbs.insert(0, (str(one), f"{here}?place={one.code}" if one != place else ""))
        one = one.parent
    return [("联系卡", here if crumbs else ""), *crumbs]


@public
@login_not_required
@never_cache
def card_public(request: HttpRequest, token: str) -> HttpResponse:
    """Who helps, the office's telephone and the tasks, for whoever holds the card; and a place to say something.

    Nothing on it tells whose card it is: a card may be lost.
    """
    card = card_behind(token)
    if card is None:
        raise Http404
    program, sent = card.program, "sent" in request.GET
    helpers = helpers_of(program, [card.household_id]).get(card.household_id, ())
    form = RemarkForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            within_limits(program, token, sender_of(request))
        except Refusal as refusal:
            refused = refusal.message
        else:
            remark(program=program, helpers=helpers, **form.cleaned_data)
            return redirect(f"{request.path}?sent=1")
    household = ""
    if request.user.is_authenticated and leads_to(request.user, card):
        household = reverse("villages:household-detail", args=[program.code, card.household_id])
    text = text_of(program)
    context = {
        "of": program,
        "text": text,
        "helper_title": text.wording.text("helper"),
        "tasks_title": text.wording.text("tasks_title"),
        "helpers": helpers,
        "form": form,
        "refused": refused,
        "sent": sent,
        "household": household,
        "crumbs": [],
    }
    status = 429 if refused else 400 if form.errors else 200
    response = render(request, "reports/card_public.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
