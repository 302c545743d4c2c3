"""What can be counted of assessments: how many, and their scores."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Cast

from inspections.models import Assessment, AssessmentPoint
from programs.figures.context import Context
from programs.figures.parts import path_group
from programs.figures.registry import Measure, Param, Params, register_measure
from programs.scoping import ScopedQuerySet


def total_of_points() -> Subquery:
    """The points of an assessment together, as a column."""
    points = AssessmentPoint.objects.filter(assessment=OuterRef("pk")).order_by().values("assessment_id")
    return Subquery(points.annotate(_sum=Sum("score")).values("_sum"))


def assessments(context: Context, params: Params) -> ScopedQuerySet:
    """Assessments of the years of the span; those closed by the day, or still open, if asked."""
    span = context.span
    rows = Assessment.objects.filter(program=context.program, year__gte=span.start.year, year__lte=span.end.year)
    match params.get("state"):
        case "closed":
            rows = rows.filter(closed_on__lte=context.day)
        case "open":
            rows = rows.exclude(closed_on__lte=context.day)
    return context.reach(rows, "team__village_id")


def scored(context: Context, params: Params) -> ScopedQuerySet:
    """Closed assessments with the points of each: an open one has no score yet."""
    return assessments(context, {**params, "state": "closed"}).annotate(points_total=total_of_points())


_STATE = Param("state", "状态", "choice", options=(("all", "全部"), ("open", "未定稿"), ("closed", "已定稿")))
_GROUPS: dict[str, Any] = {
    "unit": path_group("单位", "unit__short_name"),
    "team": path_group("工作队", "team__name"),
    "year": path_group("年度", "year"),
}

register_measure(
    Measure("assessments", "考核", Assessment, assessments, (_STATE,), groups=_GROUPS, order=("-year", "pk"))
)
register_measure(
    Measure(
        "assessment_average",
        "考核平均得分",
        Assessment,
        scored,
        (),
        total=lambda context, params: Cast(Avg("points_total"), DecimalField(max_digits=8, decimal_places=2)),
        groups=_GROUPS,
        order=("-year", "pk"),
    )
)
