"""The grid of a requirement: everybody who owes it in a period, with what is known of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Max, Q, Value
from django.utils import timezone

from cadres.models import RequirementMark
from programs.figures.context import Context
from programs.figures.requirements import (
    ASPECTS,
    Result,
    all_periods,
    evaluate_requirement,
    judged_period,
)
from programs.links import url_of
from programs.models import Requirement
from programs.rules.periods import Cadence, Period
from programs.rules.script import spellings

PAGE_SIZE = 150
PERIODS_OFFERED = 24


@dataclass(frozen=True)
class Line:
    """One who owes: name, town, how it stands, since when, and by what it is known."""

    pk: Any
    name: str
    place: str
    state: str
    on: dt.date | None
    count: int
    mark: RequirementMark | None
    url: str = ""

    @property
    def state_label(self) -> str:
        """How it stands, in words."""
        return ASPECTS[self.state]

    @property
    def known_by(self) -> str:
        """Records, or an office's tick with its source, or an excuse with its reason."""
        if self.mark is not None:
            by = self.mark.get_source_display() if self.mark.verdict == "done" else self.mark.reason
            return f"{by}（{self.mark.recorded_by}登记）"
        return f"工作记录 {self.count} 条" if self.count else ""


class Grid:
    """A requirement in one period for somebody's reach, narrowed to an aspect and a name, page by page."""

    def __init__(
        self, requirement: Requirement, context: Context, *, period: str = "", aspect: str = "", search: str = ""
    ) -> None:
        self.requirement, self.context = requirement, context
        periods = all_periods(requirement, context.day)[::-1]
        self.period = next(
            (one for one in periods if one.start.isoformat() == period),
            judged_period(requirement, context.day),
        )
        self.periods = [one for place, one in enumerate(periods) if place < PERIODS_OFFERED or one == self.period]
        self.aspect = aspect if aspect in ASPECTS else ""
        self.search = search.strip()
        self.result: Result = evaluate_requirement(requirement, context, self.period)

    @property
    def is_once(self) -> bool:
        """Whether it is owed once, so that there is no period to choose."""
        return self.requirement.cadence == Cadence.ONCE

    @property
    def aspects(self) -> list[tuple[str, str, int]]:
        """The states one can narrow to, with their numbers."""
        counts = self.result.counts
        return [(key, label, counts[key]) for key, label in ASPECTS.items() if key != "owed"]

    def page(self, number: str | int) -> Page[Any]:
        """One page of subjects; its lines come from ``lines``."""
        rows = self.result.rows(self.aspect) if self.aspect else self.result.owed
        place = self.result.kind.place
        rows = rows.annotate(
            _name=self.result.kind.names,
            _place=place(self.context) if place else Value("", output_field=CharField()),
        )
        if self.search:
            named = Q()
            for spelling in spellings(self.search):
                named |= Q(_name__icontains=spelling)
            rows = rows.filter(named)
        return Paginator(rows.order_by("_place", *self.result.kind.order), PAGE_SIZE).get_page(number)

    def lines(self, page: Page[Any]) -> list[Line]:
        """The lines of a page: four queries, however many there are."""
        ids = [row.pk for row in page.object_list]
        done = set(self.result.done.filter(pk__in=ids).values_list("pk", flat=True))
        marks, evidence = self._marks(ids), self._evidence(ids)
        towns = self.context.towns
        return [
            self._line(row, done, marks, evidence, towns.get((row._place or "")[:9], "")) for row in page.object_list
        ]

    def _line(self, row: Any, done: set[Any], marks: dict[Any, Any], evidence: dict[Any, Any], town: str) -> Line:
        count, last = evidence.get(row.pk, (0, None))
        enough = count >= self.requirement.at_least
        mark = None if enough else marks.get(row.pk)
        if row.pk in done:
            state = "done"
        else:
            state = "excused" if mark is not None and mark.verdict == "excused" else "not_done"
        url = url_of(self.context.program, row)
        return Line(row.pk, row._name, town, state, mark.on if mark else last, count, mark, url)

    def _marks(self, ids: list[Any]) -> dict[Any, RequirementMark]:
        field = self.result.kind.mark
        rows = RequirementMark.objects.standing().filter(
            requirement=self.requirement, period_start=self.period.start, **{f"{field}__in": ids}
        )
        return {getattr(row, field): row for row in rows.select_related("recorded_by")}

    def _evidence(self, ids: list[Any]) -> dict[Any, tuple[int, dt.date | None]]:
        evidence = self.result.evidence
        path = evidence.subjects[self.requirement.subject]
        rows = self.result.evidence_rows().filter(**{f"{path}__in": ids}).order_by().values(path)
        found = rows.annotate(_n=Count("pk", distinct=True), _last=Max(evidence.on))
        return {row[path]: (row["_n"], _day(row["_last"])) for row in found}

    @cached_property
    def periods_offered(self) -> list[Period]:
        """The periods one can choose, newest first."""
        return [] if self.is_once else self.periods


def _day(moment: Any) -> dt.date | None:
    return timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment
