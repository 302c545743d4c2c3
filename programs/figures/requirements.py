"""Requirements evaluated: who owes, who is excused, who has done it and who has not, as sets of rows."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from programs.figures import registry
from programs.figures.context import Context
from programs.figures.plans import rows_of
from programs.models import Requirement
from programs.rules.periods import Cadence, Period, due_day, period_containing, periods_between, previous
from programs.scoping import ScopedQuerySet

# The OFFSET keeps the database from putting the inner conditions in the place of each of their names: whether somebody
# has done it is found out once.
COUNTED = """
SELECT count(*), count(*) FILTER (WHERE is_done), count(*) FILTER (WHERE is_excused AND NOT is_done)
FROM ({} OFFSET 0) AS judged
"""
COUNTED_BY_TOWN = """
SELECT town, count(*) FILTER (WHERE is_done OR NOT is_excused), count(*) FILTER (WHERE is_done)
FROM ({} OFFSET 0) AS judged GROUP BY town ORDER BY town
"""

ASPECTS = {"owed": "应完成", "done": "已完成", "not_done": "未完成", "excused": "已免除"}


def due_of(requirement: Requirement, period: Period) -> dt.date | None:
    """The last day in time for what is owed in a period; None if it has no end."""
    last = requirement.program.ends_on
    if requirement.cadence == Cadence.ONCE:
        return requirement.due_on or last
    due = due_day(period, requirement.due_day)
    return due if last is None else min(due, last)


def first_day(requirement: Requirement) -> dt.date:
    """The day from which it is owed."""
    return requirement.starts_on or requirement.program.starts_on


def current_period(requirement: Requirement, day: dt.date) -> Period:
    """The period in which ``day`` lies."""
    anchor = first_day(requirement)
    return period_containing(requirement.cadence, max(day, anchor), anchor)


def judged_period(requirement: Requirement, day: dt.date) -> Period:
    """The period that a figure judges on ``day``: the latest one already due, or else the current one."""
    period = current_period(requirement, day)
    due = due_of(requirement, period)
    if requirement.cadence == Cadence.ONCE or due is None or due < day:
        return period
    earlier = previous(requirement.cadence, period, first_day(requirement))
    if earlier is None or earlier.end < first_day(requirement):
        return period
    return earlier if due >= day else period


def all_periods(requirement: Requirement, day: dt.date) -> list[Period]:
    """Every period from the first day up to the one that holds ``day``; the newest last."""
    start = first_day(requirement)
    return periods_between(requirement.cadence, start, max(day, start), start)


def due_periods(requirement: Requirement, context: Context) -> list[Period]:
    """The periods that have fallen due by the context's day, or in the days asked for; the newest last."""
    span = context.span
    first = first_day(requirement) if context.period is None else span.start
    found = []
    for period in all_periods(requirement, span.end):
        due = due_of(requirement, period)
        if due is not None and first <= due <= span.end:
            found.append(period)
    return found


@dataclass(frozen=True, eq=False)
class Result:
    """One requirement in one period for one context. The sets are lazy; the counts cost one query."""

    requirement: Requirement
    context: Context
    period: Period

    @cached_property
    def kind(self) -> registry.SubjectKind:
        """The kind of subject."""
        return registry.subject_kinds[self.requirement.subject]

    @cached_property
    def evidence(self) -> registry.Evidence:
        """The kind of evidence."""
        return registry.evidences[self.requirement.evidence]

    @cached_property
    def due(self) -> dt.date | None:
        """The last day in time."""
        return due_of(self.requirement, self.period)

    @property
    def is_late(self) -> bool:
        """Whether the day has passed by which it was due."""
        return self.due is not None and self.context.day > self.due

    @cached_property
    def owed(self) -> ScopedQuerySet:
        """All subjects that owe it, excused ones included."""
        return self.kind.owed(self.context, self.period, self.requirement.who)

    def evidence_rows(self) -> ScopedQuerySet:
        """The work that counts, of all subjects. What is owed once counts when late, too; it is then done late."""
        until = self.context.day
        if self.requirement.cadence != Cadence.ONCE and self.due is not None:
            until = min(until, self.due)
        params = self.requirement.evidence_params
        return self.evidence.rows(self.context, self.period, until, params, self.requirement.subject)

    @cached_property
    def _done(self) -> Q:
        return self._with_marks(Q(pk__in=self._done_ids))

    @cached_property
    def _is_done(self) -> Q:
        """The same, said so that of a few subjects the work is looked up, and of many read in one go."""
        if self.requirement.at_least > 1:
            return self._done
        path = self.evidence.subjects[self.requirement.subject]
        rows: QuerySet[Any] = self.evidence_rows().order_by()
        return self._with_marks(Q(Exists(rows.filter(**{path: OuterRef("pk")}))))

    @property
    def _done_ids(self) -> QuerySet[Any]:
        path = self.evidence.subjects[self.requirement.subject]
        rows: QuerySet[Any] = self.evidence_rows().filter(**{f"{path}__isnull": False}).order_by()
        if self.requirement.at_least > 1:
            rows = rows.values(path).annotate(_n=Count("pk", distinct=True)).filter(_n__gte=self.requirement.at_least)
        return rows.values(path)

    def _with_marks(self, condition: Q) -> Q:
        return condition | Q(pk__in=self._marked("done")) if self.requirement.takes_marks else condition

    @cached_property
    def _excused(self) -> Q:
        return Q(pk__in=self._marked("excused"))

    def _marked(self, verdict: str) -> QuerySet[Any]:
        rows = registry.marks(self.requirement, self.period, verdict)
        if self.context.as_of is not None:
            rows = rows.filter(on__lte=self.context.day)
        return rows.filter(**{f"{self.kind.mark}__isnull": False}).values(self.kind.mark)

    @cached_property
    def done(self) -> ScopedQuerySet:
        """Those who have done it."""
        return self.owed.filter(self._done)

    @cached_property
    def excused(self) -> ScopedQuerySet:
        """Those excused who have not done it."""
        return self.owed.filter(self._excused).exclude(self._done)

    @cached_property
    def not_done(self) -> ScopedQuerySet:
        """Those who owe it, are not excused and have not done it."""
        return self.owed.exclude(self._done).exclude(self._excused)

    def rows(self, aspect: str) -> ScopedQuerySet:
        """The subjects of one aspect: ``owed`` (without the excused), ``done``, ``not_done`` or ``excused``."""
        if aspect == "owed":
            return self.owed.filter(self._done | ~self._excused)
        found: ScopedQuerySet = getattr(self, aspect)
        return found

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything it depends on beside the rows; the requirement by content, so that a draft may be asked."""
        asked = self.requirement
        content = (asked.pk, asked.subject, asked.evidence, asked.at_least, asked.takes_marks, self.due)
        return (*content, json.dumps([asked.who, asked.evidence_params]), self.period, *self.context.key)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Numbers of all four aspects; ``owed`` is without the excused. One query."""
        rows = rows_of(("counts", *self.key), lambda: self.judged("pk"), COUNTED)
        owed, done, excused = rows[0] if rows else (0, 0, 0)
        return {"owed": owed - excused, "done": done, "excused": excused, "not_done": owed - done - excused}

    def judged(self, *values: str) -> QuerySet[Any]:
        """Everybody who owes it, with whether they have done it or are excused."""
        found = self.owed.order_by().annotate(
            is_done=ExpressionWrapper(self._is_done, BooleanField()),
            is_excused=ExpressionWrapper(self._excused, BooleanField()),
        )
        return found.values_list(*values, "is_done", "is_excused")

    def names(self, aspect: str) -> list[str]:
        """Names of an aspect, in the order of their pinyin."""
        found = rows_of(("names", aspect, *self.key), lambda: self._named(aspect))
        return list(dict.fromkeys(name for (name,) in found))

    def _named(self, aspect: str) -> QuerySet[Any]:
        return self.rows(aspect).order_by(*self.kind.order).values_list(self.kind.names)

    def by_town(self) -> list[tuple[str, str, int, int]]:
        """Code, name, owed and done of each town, by code."""
        found = rows_of(("by town", *self.key), self._placed, COUNTED_BY_TOWN)
        names = self.context.towns
        return [(code or "", names.get(code, code or "—"), owed, done) for code, owed, done in found if owed]

    def _placed(self) -> QuerySet[Any]:
        assert self.kind.place is not None
        found = self.judged("pk").annotate(town=Substr(self.kind.place(self.context), 1, 9))
        return found.values_list("town", "is_done", "is_excused")


def period_asked(requirement: Requirement, context: Context) -> Period:
    """The period of a requirement that a context asks for.

    What is owed once is always judged from its first day; a rhythm is judged in its own period: the one that holds
    the end of the days asked for, or, without days, the one that ``judged_period`` finds.
    """
    if requirement.cadence == Cadence.ONCE or context.period is None:
        return judged_period(requirement, context.day)
    return judged_period(requirement, max(context.span.end, first_day(requirement)))


def evaluate_requirement(requirement: Requirement, context: Context, period: Period | None = None) -> Result:
    """One requirement judged in a context, in a period of its own rhythm or the one that the context asks for."""
    asked = period or period_asked(requirement, context)
    key = (requirement.pk, asked)
    if key not in context.memo:
        context.memo[key] = Result(requirement, context, asked)
    found: Result = context.memo[key]
    return found


def unit_ids(result: Result, aspect: str) -> QuerySet[Any]:
    """Ids of the units behind an aspect's subjects."""
    path = result.kind.unit
    return result.rows(aspect).order_by().values(_unit=F(path)).values("_unit")
