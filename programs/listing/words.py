"""A list in the words of a program: what it calls its teams and people; what it does without is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from programs.listing.filters import CaseFilter, Filter
from programs.listing.registry import Listing
from programs.models import Program


def in_words_of(program: Program, listing: Listing) -> Listing:
    """The list as the program calls what stands in it."""
    if not program.names:
        return listing
    say = program.say
    create = listing.create
    return replace(
        listing,
        title=say(listing.title),
        noun=say(listing.noun),
        search_hint=say(listing.search_hint),
        empty_hint=say(listing.empty_hint),
        create=replace(create, label=say(create.label)) if create else None,
        columns=tuple(_called(program, column) for column in listing.columns if program.call(column.label)),
        filters=tuple(_filter(program, one) for one in listing.filters if program.call(one.label)),
    )


def _called(program: Program, one: Any) -> Any:
    return replace(one, label=program.call(one.label))


def _filter(program: Program, one: Filter) -> Filter:
    if isinstance(one, CaseFilter):
        cases = [(value, program.call(label), condition) for value, label, condition in one.cases]
        one = replace(one, cases=tuple(case for case in cases if case[1]))
    found: Filter = _called(program, one)
    return found
