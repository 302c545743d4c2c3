"""The search over all lists that offer themselves to it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse

from programs.listing import Listing, Selection, Setting, listing_for, select
from programs.listing.words import in_words_of
from programs.models import Program, User

#: How many of each kind stand on the page of what was found.
SHOWN = 8
_searched: list[tuple[int, type[models.Model], dict[str, str]]] = []


def offer_to_search(model: type[models.Model], *, order: int, **filters: str) -> None:
    """Let a model's list be searched from the head of every page, narrowed by the list's own filters if asked."""
    if (order, model, filters) not in _searched:
        _searched.append((order, model, filters))
        _searched.sort(key=lambda offer: offer[0])


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the first rows, how many there are, and where they all stand."""

    listing: Listing
    selection: Selection
    url: str

    @property
    def total(self) -> int:
        """How many there are."""
        return self.selection.total


def search_everything(words: str, program: Program, user: User) -> list[Found]:
    """The rows of each kind in which the words occur, as far as the person reaches them."""
    setting, found = Setting(program, user), []
    for _, model, filters in _searched:
        listing = in_words_of(program, listing_for(model))
        if not setting.may(listing.permission):
            continue
        rows = listing.rows(program, user)
        asked = {"q": words, **filters}
        selection = select(listing.with_page_of(SHOWN), rows, setting, asked)
        if selection.total:
            url = f"{reverse(listing.route, args=[program.code])}?{urlencode(asked)}"
            found.append(Found(listing, selection, url))
    return found
