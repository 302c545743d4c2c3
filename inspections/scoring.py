"""The sheet of an assessment: each item with what was counted, the three scores, and the rows they rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from inspections.measures import findings
from inspections.models import Assessment, AssessmentItem, AssessmentPoint, Finding
from inspections.points import Counted, Marking, points
from programs import clock
from programs.figures.context import Context
from programs.figures.parts import PartResult, evaluate_part
from programs.figures.registry import measures, subject_kinds
from programs.models import FigurePart
from programs.rules.periods import Period
from programs.rules.wording import plain, share
from programs.scoping import ScopedQuerySet, paths_of

if TYPE_CHECKING:
    from programs.scoping import AnyUser


def context_of(assessment: Assessment, user: AnyUser | None = None) -> Context:
    """What an assessment looks at: its year, up to the day it was closed, and its unit or team alone."""
    year = Period(dt.date(assessment.year, 1, 1), dt.date(assessment.year, 12, 31))
    day = assessment.closed_on or clock.today(assessment.program)
    about = ("unit", assessment.unit_id) if assessment.unit_id else ("team", assessment.team_id)
    as_of = min(day, year.end)
    return Context(assessment.program, user=user, as_of=as_of, period=year, about=about)


def marking_of(item: AssessmentItem) -> Marking:
    """An item's arithmetic."""
    return Marking(
        item.rule, item.weight, item.deduct_each, item.bonus_each, item.bonus_cap, item.quota, item.may_be_negative
    )


def can_be_about(part: FigurePart, dimension: str) -> bool:
    """Whether a figure can be narrowed to one unit or one team: whether paths lead from its rows to them."""
    if part.operation:
        return all(side is None or can_be_about(side, dimension) for side in (part.left, part.right))
    if part.requirement is not None:
        return dimension in paths_of(subject_kinds[part.requirement.subject].model)
    return dimension in paths_of(measures[part.measure].model)


@dataclass(frozen=True, eq=False)
class Line:
    """One item on the sheet of one assessment."""

    item: AssessmentItem
    assessment: Assessment
    point: AssessmentPoint | None
    context: Context

    @cached_property
    def part(self) -> PartResult | None:
        """The figure behind it, about the one who is assessed."""
        return evaluate_part(self.item.part, self.context) if self.item.part is not None else None

    @cached_property
    def counted(self) -> Counted | None:
        """What was counted; None for what people judge."""
        if self.item.source == AssessmentItem.Source.PEOPLE:
            return None
        if self.item.source == AssessmentItem.Source.FINDINGS:
            kinds = Finding.Kind
            problems, praise = (self._findings(kind).count() for kind in (kinds.PROBLEM, kinds.PRAISE))
            return Counted(problems, praised=praise)
        assert self.part is not None
        if self.part.part.operation == FigurePart.Operation.SHARE:
            left, right = self.part.sides
            return Counted(left.value or 0, of=right.value if right else None)
        return Counted(self.part.value or 0, of=self.part.of)

    @cached_property
    def computed(self) -> Decimal | None:
        """The points that follow from the rows: as they were when it was closed, else as they are now."""
        if self.assessment.closed_on is not None:
            return self.point.computed if self.point else None
        return None if self.counted is None else points(marking_of(self.item), self.counted)

    @property
    def self_score(self) -> Decimal | None:
        """What those assessed gave themselves."""
        return self.point.self_score if self.point else None

    @property
    def checked(self) -> Decimal | None:
        """What the office decided, if it did."""
        return self.point.score if self.point else None

    @property
    def final(self) -> Decimal | None:
        """What counts: the checked score, else the computed one."""
        return self.computed if self.checked is None else self.checked

    @property
    def most(self) -> Decimal:
        """The most that the item gives."""
        return marking_of(self.item).most

    @property
    def opens(self) -> bool:
        """Whether there are rows to look at: people's judgement has none."""
        return self.item.source != AssessmentItem.Source.PEOPLE

    @property
    def basis(self) -> str:
        """What was counted, in words."""
        item, counted = self.item, self.counted
        if counted is None:
            return "由人评议"
        if item.source == AssessmentItem.Source.FINDINGS:
            praised = f"，表扬{counted.praised}条" if item.bonus_each else ""
            return f"问题{plain(Decimal(counted.value))}条{praised}"
        assert self.part is not None
        if counted.of is not None:
            left, right = self.part.sides if self.part.part.operation else (self.part, self.part)
            if not counted.of:
                return "没有应考核的事项"
            assert right is not None
            said = f"{left.part.label}{left.text} / {right.word(counted.of, counted.of)}"
            return f"{said}（{share(counted.value, counted.of)}）"
        return f"{self.part.part.label}{self.part.text}"

    @property
    def rule_text(self) -> str:
        """How it becomes points, in words."""
        item = self.item
        each = f"每项扣{plain(item.deduct_each)}分"
        match item.rule:
            case AssessmentItem.Rule.RATE:
                said = "按完成率得分"
            case AssessmentItem.Rule.MISS:
                said = f"每缺一项扣{plain(item.deduct_each)}分"
            case AssessmentItem.Rule.QUOTA:
                said = f"定额{plain(item.quota)}，每少一项扣{plain(item.deduct_each)}分"
            case AssessmentItem.Rule.FLAT:
                said = f"有缺项或发生的，一次扣{plain(item.deduct_each)}分"
            case AssessmentItem.Rule.EACH:
                said = each
            case _:
                return "由人评议打分"
        if item.bonus_each:
            more = "每多一项" if item.rule == AssessmentItem.Rule.QUOTA else "每条表扬"
            said += f"，{more}加{plain(item.bonus_each)}分，最多加{plain(item.bonus_cap)}分"
        return f"{said}；可为负分" if item.may_be_negative else said

    def rows(self) -> ScopedQuerySet | None:
        """The rows that the points rest on; of a share, of what was owed: all of them."""
        if self.item.source == AssessmentItem.Source.FINDINGS:
            kinds = [Finding.Kind.PROBLEM, Finding.Kind.PRAISE] if self.item.bonus_each else [Finding.Kind.PROBLEM]
            found: list[Any] = [self._findings(kind).order_by().values("pk") for kind in kinds]
            rows = Finding.objects.filter(pk__in=found[0])
            return rows if len(found) == 1 else rows | Finding.objects.filter(pk__in=found[1])
        if self.part is None:
            return None
        if self.part.part.operation:
            left, right = self.part.sides
            return (right or left).rows("owed")
        if self.part.series is not None:
            return None  # they are periods: see ``periods``
        return self.part.rows("owed") if self.part.result is not None else self.part.rows()

    @property
    def periods(self) -> list[tuple[Period, dict[str, int]]]:
        """The periods behind a figure over several, the latest first."""
        return self.part.series.counted[::-1] if self.part is not None and self.part.series is not None else []

    def _findings(self, kind: str) -> ScopedQuerySet:
        rows = findings(self.context, {"kind": kind})
        chosen = self._categories
        return rows.filter(category__in=chosen) if chosen else rows

    @cached_property
    def _categories(self) -> list[int]:
        return [word.pk for word in self.item.categories.all()]


@dataclass(frozen=True, eq=False)
class Sheet:
    """All lines of an assessment. Rows behind them are shown to ``user``; the points rest on all rows."""

    assessment: Assessment
    user: AnyUser | None = None

    @cached_property
    def lines(self) -> list[Line]:
        """The items in use in the year, and those that were scored then."""
        assessment = self.assessment
        known = {point.item_id: point for point in AssessmentPoint.objects.filter(assessment=assessment).order_by("pk")}
        context = context_of(assessment)
        return [
            Line(item, assessment, known.get(item.pk), context)
            for item in items_of(assessment)
            if assessment.closed_on is None or item.pk in known
        ]

    def line(self, item: AssessmentItem) -> Line:
        """One line, with the rows that the user reaches."""
        point = AssessmentPoint.objects.filter(assessment=self.assessment, item=item).first()
        return Line(item, self.assessment, point, context_of(self.assessment, self.user))

    @property
    def full(self) -> Decimal:
        """The weights of what could be judged."""
        return sum((line.item.weight for line in self.lines if line.final is not None), Decimal(0))

    @property
    def total(self) -> Decimal:
        """The points that count."""
        return _sum(line.final for line in self.lines)

    @property
    def self_total(self) -> Decimal | None:
        """What those assessed gave themselves."""
        given = [line.self_score for line in self.lines]
        return _sum(given) if any(score is not None for score in given) else None

    @property
    def missing(self) -> list[Line]:
        """What people still have to judge."""
        people = AssessmentItem.Source.PEOPLE
        return [line for line in self.lines if line.item.source == people and line.checked is None]


def items_of(assessment: Assessment) -> list[AssessmentItem]:
    """The items that are in use on the last day of an assessment, in order."""
    day = context_of(assessment).day
    rows = AssessmentItem.objects.filter(program=assessment.program).exclude(ended_on__lte=day)
    sides = [f"part__{side}{path}" for side in ("left", "right") for path in ("", "__requirement__program")]
    rows = rows.select_related("part__figure", "part__requirement__program", *sides).prefetch_related("categories")
    return list(rows.order_by("position", "pk"))


def _sum(scores: Iterable[Decimal | None]) -> Decimal:
    return sum((score for score in scores if score is not None), Decimal(0))
