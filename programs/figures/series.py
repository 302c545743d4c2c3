"""A requirement over several of its periods: each judged by itself, all counted together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from programs.figures.context import Context
from programs.figures.plans import rows_of_each
from programs.figures.requirements import COUNTED, Result, due_periods, evaluate_requirement
from programs.models import Requirement
from programs.rules.periods import Period

ZERO = {"owed": 0, "done": 0, "excused": 0, "not_done": 0}


@dataclass(frozen=True, eq=False)
class Series:
    """A requirement in each of some periods. What is counted is a subject in a period; the counts cost one query."""

    requirement: Requirement
    context: Context
    periods: tuple[Period, ...]

    @cached_property
    def results(self) -> list[Result]:
        """The requirement judged in each period, the newest last."""
        return [evaluate_requirement(self.requirement, self.context, period) for period in self.periods]

    @cached_property
    def counted(self) -> list[tuple[Period, dict[str, int]]]:
        """Owed (without the excused), done, not done and excused in each period."""
        key = ("series", *(part for result in self.results for part in result.key))
        found = rows_of_each(key, lambda: [result.judged("pk") for result in self.results], COUNTED)
        counts = dict(enumerate([ZERO] * len(self.periods)))
        for number, owed, done, excused in found:
            counts[number] = {
                "owed": owed - excused,
                "done": done,
                "excused": excused,
                "not_done": owed - done - excused,
            }
        return [(period, counts[number]) for number, period in enumerate(self.periods)]

    @cached_property
    def counts(self) -> dict[str, int]:
        """The numbers of all periods together."""
        return {aspect: sum(counts[aspect] for _, counts in self.counted) for aspect in ZERO}

    def names(self, aspect: str) -> list[str]:
        """The periods that an aspect has, with how many where more than one owes."""
        several = any(counts["owed"] > 1 for _, counts in self.counted)
        found = [(period.label, counts[aspect]) for period, counts in self.counted if counts[aspect]]
        return [f"{label}（{count}）" if several else label for label, count in found]


def evaluate_series(requirement: Requirement, context: Context, *, latest: int | None = None) -> Series:
    """A requirement in every period that has fallen due, or in the ``latest`` of them."""
    periods = due_periods(requirement, context)
    return Series(requirement, context, tuple(periods[-latest:] if latest else periods))
