"""What an evaluation is for: a program, a day, a stretch of days, a place and somebody's reach."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils import timezone

from programs import clock
from programs.figures.configuration import Configuration, configuration_of
from programs.figures.plans import rows_of
from programs.models import Division, DivisionLevel, Program
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet, code_range, grants_of, reaches_all

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: Any scoped rows: what goes in narrowed comes out of the same kind.
Rows = TypeVar("Rows", bound=ScopedQuerySet)


@dataclass(frozen=True, eq=False)
class Context:
    """Where and when figures are asked for.

    ``user`` None means the whole program (a bulletin, a command); with a user only rows in reach are counted.
    ``place`` is a division code; ``about`` narrows to one unit or team, as ("unit", its id). Without ``period`` a
    figure covers the program from its first day to ``as_of``.
    """

    program: Program
    user: AnyUser | None = None
    as_of: dt.date | None = None
    period: Period | None = None
    place: str = ""
    about: tuple[str, Any] | None = None

    @cached_property
    def day(self) -> dt.date:
        """The day on which the state of things is judged."""
        return self.as_of or clock.today(self.program)

    @cached_property
    def span(self) -> Period:
        """The days that are counted: the period, cut at the as-of day."""
        if self.period is None:
            return Period(min(self.program.starts_on, self.day), self.day)
        return self.period.clipped(end=self.day) or Period(self.period.start, self.period.start)

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What has been evaluated in this context already: one dashboard asks for the same requirement many times."""
        return {}

    @cached_property
    def configuration(self) -> Configuration:
        """The program's words, requirements, figures and blocks."""
        return configuration_of(self.program)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """Everything that an evaluation depends on beside what is evaluated and the rows themselves."""
        asked = (self.day, self.span, self.as_of, self.place, self.about)
        return (
            self.program.pk,
            self.configuration.revision,
            *asked,
            None if self.user is None else grants_of(self.user),
        )

    @cached_property
    def terms(self) -> dict[tuple[str, str], int]:
        """Ids of the program's words by vocabulary and code, so that filters need no join."""
        return {(term.vocabulary, term.code): term.pk for term in self.configuration.terms}

    @cached_property
    def towns(self) -> dict[str, str]:
        """Short names of the jurisdiction's towns by code, retired ones included; one query."""
        code = self.program.jurisdiction_id
        asked = Division.objects.within(code).filter(level=DivisionLevel.TOWN).order_by("code")
        return dict(rows_of(("towns", code), lambda: asked.values_list("code", "short_name")))

    def term_ids(self, vocabulary: str, codes: list[str]) -> list[int]:
        """Ids of words; a code that the vocabulary lacks matches nothing."""
        return [self.terms.get((vocabulary, code), 0) for code in codes]

    def at(self, **changes: Any) -> Context:
        """The same question for another day, period, place or user."""
        return replace(self, **changes)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the user reaches the whole program: then nothing that is counted in it lies out of reach."""
        return self.user is None or reaches_all(self.user, self.program.pk)

    def reach(self, rows: Rows, *place_lookups: str) -> Rows:
        """The rows in the user's reach, in the place and about the unit or team asked for."""
        if self.user is not None and not self.is_whole:
            rows = rows.visible_to(self.user)
        if self.about is not None:
            rows = rows.touching(*self.about)
        if self.place and place_lookups:
            rows = within(rows, [self.place], *place_lookups)
        return rows

    def during(self, rows: Rows, lookup: str) -> Rows:
        """The rows whose day lies in the span."""
        return rows.filter(**{f"{lookup}__gte": self.span.start, f"{lookup}__lte": self.span.end})

    def during_moments(self, rows: Rows, lookup: str) -> Rows:
        """The rows whose moment lies in the span, as the clock on the wall says it."""
        start, end = moments(self.span)
        return rows.filter(**{f"{lookup}__gte": start, f"{lookup}__lt": end})


def moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a period and the first moment after it, in the project's time zone."""
    start = timezone.make_aware(dt.datetime.combine(period.start, dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(period.end + dt.timedelta(days=1), dt.time.min))
    return start, end


def within(rows: Rows, codes: list[str], *lookups: str) -> Rows:
    """The rows whose division, by any of the lookups, lies in one of the places."""
    condition = models.Q()
    for code in codes:
        for lookup in lookups:
            condition |= code_range(lookup, code)
    return rows.filter(condition)
