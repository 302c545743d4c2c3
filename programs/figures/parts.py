"""Parts of figures and blocks evaluated: value, words, names and the rows behind."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, F, IntegerField, Max, Min, QuerySet, Sum, Value

from programs.figures import registry
from programs.figures.context import Context
from programs.figures.plans import rows_of
from programs.figures.requirements import Result, evaluate_requirement
from programs.figures.series import Series, evaluate_series
from programs.models import Block, Figure, FigurePart
from programs.rules import wording
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet

Number = int | Decimal

#: How many of the latest periods a block shows that does not say it.
PERIODS_SHOWN = 12


@dataclass(frozen=True, eq=False)
class PartResult:
    """The value of one part in one context, with everything that may be asked of it."""

    part: FigurePart
    context: Context

    @cached_property
    def result(self) -> Result | None:
        """The requirement behind it in its one period, if one is."""
        if self.part.requirement is None or self.part.over:
            return None
        return evaluate_requirement(self.part.requirement, self.context)

    @cached_property
    def series(self) -> Series | None:
        """The requirement behind it in all its periods, if it counts them together."""
        if self.part.requirement is None or not self.part.over:
            return None
        return evaluate_series(self.part.requirement, self.context)

    @property
    def judged(self) -> Result | Series | None:
        """The requirement behind it, in one period or several."""
        return self.result or self.series

    @cached_property
    def measure(self) -> registry.Measure | None:
        """The measure behind it, if one is."""
        return registry.measures[self.part.measure] if self.part.measure else None

    @cached_property
    def sides(self) -> tuple[PartResult, PartResult | None]:
        """The parts a derived part is made of."""
        assert self.part.left is not None
        right = PartResult(self.part.right, self.context) if self.part.right else None
        return PartResult(self.part.left, self.context), right

    @cached_property
    def ends(self) -> tuple[Number | None, Number | None]:
        """The lowest and the highest the value may be; equal for what is known exactly."""
        if self.judged is not None:
            return self.judged.counts["done"], self.judged.counts["done"]
        if self.part.operation:
            value = self._derived()
            return value, value
        assert self.measure is not None
        return measured(self.measure, self.context, self.part.params)

    @property
    def value(self) -> Number | None:
        """The exact value; None where there is nothing to count or only a range is known."""
        low, high = self.ends
        return low if low == high else None

    @property
    def of(self) -> Number | None:
        """The denominator: how many owe it, or the right side of a share."""
        if self.judged is not None:
            return self.judged.counts["owed"]
        if self.part.operation == FigurePart.Operation.SHARE and self.sides[1] is not None:
            return self.sides[1].value
        return None

    @property
    def text(self) -> str:
        """The value as an office prints it."""
        return self.word(*self.ends)

    def word(self, low: Number | None, high: Number | None) -> str:
        """An amount in this part's unit and wording."""
        if low != high:
            return wording.word_range(low, high, self.part.unit)
        return wording.word(low, self.part.unit, self.part.wording, cut=self.part.cut)

    @cached_property
    def rate(self) -> str:
        """Done of owed as a percentage; "—" when nothing is owed."""
        return wording.share(self.value, self.of) if self.of is not None else wording.EMPTY

    def rows(self, aspect: str = "") -> ScopedQuerySet:
        """The rows behind the value, or behind an aspect of a requirement.

        A part over several periods has them period by period: see ``series``.
        """
        if self.result is not None:
            return self.result.rows(aspect or "done")
        if self.part.operation:
            return self.sides[0].rows(aspect)
        assert self.measure is not None
        return self.measure.rows(self.context, self.part.params)

    def names(self, aspect: str = "") -> list[str]:
        """Names of the rows, in their usual order."""
        if self.judged is not None:
            return self.judged.names(aspect or "done")
        if self.part.operation:
            return self.sides[0].names(aspect)
        assert self.measure is not None
        if self.measure.name_of is None:
            return [str(row) for row in self.rows().order_by(*self.measure.order)[:500]]
        rows = self.measure.name_of(self.rows().order_by(*self.measure.order))
        return list(dict.fromkeys(rows))

    def count(self, aspect: str) -> Number | None:
        """How many an aspect has; for a measure the value itself."""
        return self.judged.counts[aspect] if self.judged is not None else self.value

    def as_dict(self) -> dict[str, Any]:
        """What ``manage.py figures --json`` prints of it."""
        low, high = self.ends
        found: dict[str, Any] = {
            "label": self.part.label,
            "key": self.part.key,
            "value": plain_number(self.value),
            "unit": self.part.unit,
            "text": self.text,
        }
        if low != high:
            found |= {"min": plain_number(low), "max": plain_number(high)}
        if self.part.params.get("basis"):
            found["basis"] = self.part.params["basis"]
        if self.judged is not None:
            counts = self.judged.counts
            found |= {"of": counts["owed"], "not_done": counts["not_done"], "excused": counts["excused"]}
            found |= {"done_names": self.names("done"), "not_done_names": self.names("not_done")}
            if self.result is not None:
                found |= {"due": self.result.due and self.result.due.isoformat(), "judged": self.result.period.label}
        elif self.measure is not None and self.measure.name_of is not None:
            found["names"] = self.names()
        return found

    def _derived(self) -> Number | None:
        left, right = self.sides
        a, b = left.value, right.value if right else None
        match self.part.operation:
            case FigurePart.Operation.PRODUCT:
                return None if a is None or self.part.rate is None else a * self.part.rate
            case FigurePart.Operation.DIFFERENCE:
                return None if a is None or b is None else a - b
            case FigurePart.Operation.SHARE:
                return None if a is None or not b else Decimal(a) * 100 / Decimal(b)
            case _:
                before = self._before().value
                return None if a is None or not before else (Decimal(a) - Decimal(before)) * 100 / Decimal(before)

    def _before(self) -> PartResult:
        """The left side a year earlier, for a growth on last year."""
        context = self.context
        day = _year_before(context.day)
        period = Period(_year_before(context.span.start), _year_before(context.span.end))
        assert self.part.left is not None
        return PartResult(self.part.left, context.at(as_of=day, period=period))


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def measured(
    measure: registry.Measure, context: Context, params: registry.Params
) -> tuple[Number | None, Number | None]:
    """The value of a measure: a count, a total, or the two ends of an amount known as a range. One query."""
    key = ("measured", measure.name, json.dumps(params), *context.key)
    found = rows_of(key, lambda: _valued(measure, context, params, Value(1)))
    if not found:
        return (None, None) if measure.low or measure.total else (0, 0)
    _, low, high = found[0]
    return (low, high) if measure.low else (low, low)


def _valued(measure: registry.Measure, context: Context, params: registry.Params, key: Any) -> QuerySet[Any]:
    """The measure's rows laid out by a key: the key, the value (or its low end) and the high end."""
    rows = measure.rows(context, params).annotate(_key=key).order_by().values("_key")
    low: Any = Count("pk")
    if measure.low:
        low = Sum(measure.low) if measure.summed else Min(measure.low)
    elif measure.total is not None:
        low = measure.total(context, params)
    high: Any = Value(None, IntegerField())
    if measure.high:
        high = Sum(measure.high) if measure.summed else Max(measure.high)
    return rows.annotate(_low=low, _high=high).values_list("_key", "_low", "_high")


def evaluate_part(part: FigurePart, context: Context) -> PartResult:
    """One part in a context; nothing is counted before it is asked for."""
    return PartResult(part, context)


def parts_of(context: Context) -> list[FigurePart]:
    """The program's parts in use on the context's day, in order, with all they need to be evaluated."""
    return [part for part in context.configuration.parts if _in_use(part.figure, context)]


def _in_use(row: Figure | Block, context: Context) -> bool:
    return row.ended_on is None or row.ended_on >= context.day


def evaluate_figures(context: Context) -> list[tuple[Figure, list[PartResult]]]:
    """All figures of a program with their parts, in order."""
    found: dict[int, tuple[Figure, list[PartResult]]] = {}
    for part in parts_of(context):
        found.setdefault(part.figure_id, (part.figure, []))[1].append(evaluate_part(part, context))
    return list(found.values())


@dataclass(frozen=True)
class Bar:
    """One group of a block: its key, name, value, and of how many for a requirement."""

    key: Any
    label: str
    value: Number
    of: Number | None = None
    high: Number | None = None

    @property
    def rate(self) -> str:
        """Value of ``of`` as a percentage."""
        return wording.share(self.value, self.of) if self.of is not None else ""


@dataclass(frozen=True, eq=False)
class BlockResult:
    """A block in a context: its groups, ranked and cut as it says."""

    block: Block
    context: Context

    @cached_property
    def bars(self) -> list[Bar]:
        """The groups. One query for the values, one for the names where they are kept elsewhere."""
        bars = self._of_requirement() if self.block.requirement else self._of_measure()
        block = self.block
        if block.at_least is not None:
            bars = [bar for bar in bars if bar.value >= block.at_least]
        if block.at_most is not None:
            bars = [bar for bar in bars if bar.value <= block.at_most]
        if block.order != Block.Order.NATURAL:
            bars = sorted(bars, key=lambda bar: bar.value, reverse=block.order == Block.Order.DESCENDING)
        if block.group_by == "period":  # of periods the latest are kept, and stay in their order
            return bars
        return bars[: block.limit] if block.limit else bars

    @cached_property
    def series(self) -> Series:
        """The requirement in its latest periods."""
        assert self.block.requirement is not None
        return evaluate_series(self.block.requirement, self.context, latest=self.block.limit or PERIODS_SHOWN)

    @property
    def measure(self) -> registry.Measure:
        """The measure behind it."""
        return registry.measures[self.block.measure]

    def text(self, bar: Bar) -> str:
        """A bar's value in words: 96/116, 35万元, 12个."""
        if bar.of is not None:
            return f"{bar.value}/{bar.of}"
        if bar.high is not None and bar.high != bar.value:
            return wording.word_range(bar.value, bar.high, self.block.unit)
        return wording.word(bar.value, self.block.unit)

    def rows(self, key: Any, aspect: str = "") -> ScopedQuerySet:
        """The rows of one group."""
        if self.block.requirement is not None and self.block.group_by == "period":
            result = next(one for one in self.series.results if one.period.start == key)
            return result.rows(aspect or "done")
        if self.block.requirement is not None:
            context = self.context.at(place=str(key))
            return evaluate_requirement(self.block.requirement, context).rows(aspect or "done")
        group = self.measure.groups[self.block.group_by]
        rows = self.measure.rows(self.context, self.block.params).annotate(_key=group.key(self.context))
        return rows.filter(_key__isnull=True) if key in (None, "") else rows.filter(_key=key)

    def _of_requirement(self) -> list[Bar]:
        assert self.block.requirement is not None
        if self.block.group_by == "period":
            found = self.series.counted
            return [Bar(period.start, period.label, counts["done"], counts["owed"]) for period, counts in found]
        result = evaluate_requirement(self.block.requirement, self.context)
        return [Bar(code, name, done, owed) for code, name, owed, done in result.by_town()]

    def _of_measure(self) -> list[Bar]:
        measure, params, context = self.measure, self.block.params, self.context
        group = measure.groups[self.block.group_by]
        key = ("grouped", measure.name, json.dumps(params), self.block.group_by, *context.key)
        found = rows_of(key, lambda: _valued(measure, context, params, group.key(context)))
        values = {row[0]: (row[1] or 0, row[2]) for row in found}
        labels = group.labels(context, values) if group.labels else {key: str(key) for key in sorted(values)}
        ordered = [key for key in labels if key in values] + [key for key in values if key not in labels]
        return [Bar(key, labels.get(key) or "未填", values[key][0], None, values[key][1]) for key in ordered]


def blocks_of(context: Context) -> list[Block]:
    """The program's blocks in use."""
    return [block for block in context.configuration.blocks if _in_use(block, context)]


def evaluate_block(block: Block, context: Context) -> BlockResult:
    """One block in a context."""
    return BlockResult(block, context)


def plain_number(value: Number | None) -> int | float | None:
    """A number as JSON has it: whole ones without a point."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def term_labels(vocabulary: str) -> Any:
    """Labels of a vocabulary in its own order, for groups whose keys are words of the program."""

    def labels(context: Context, keys: Iterable[Any]) -> dict[Any, str]:
        return {term.pk: term.label for term in context.configuration.terms if term.vocabulary == vocabulary}

    return labels


def path_group(label: str, path: str, labels: Any = None) -> registry.Group:
    """A group by a plain lookup."""
    return registry.Group(label=label, key=lambda context: F(path), labels=labels)
