"""What the inspections app can count: rounds, findings, and the units that problems name."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from cadres.models import Team
from inspections.models import Finding, InspectionGroup, Rating, Round
from programs.figures.context import Context
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import Measure, Param, Params, register_measure
from programs.figures.requirements import evaluate_requirement, unit_ids
from programs.models import Requirement, Term, Unit
from programs.scoping import ScopedQuerySet
from villages.measures import by_town, by_village

KIND = Param("kind", "性质", "choice", options=tuple(Finding.Kind.choices))
CATEGORIES = Param("categories", "类别", "terms", "finding_category")


def latest_round(context: Context) -> Any:
    """Id of the program's latest round begun by the day, as a subquery."""
    rows = Round.objects.filter(program=context.program, starts_on__lte=context.day)
    return rows.order_by("-starts_on", "-pk").values("pk")[:1]


def round_groups(context: Context, params: Params) -> ScopedQuerySet:
    """Groups of the latest round."""
    return context.reach(InspectionGroup.objects.filter(round__in=latest_round(context)))


def round_teams(context: Context, params: Params) -> ScopedQuerySet:
    """Teams assigned to a group of the latest round."""
    rows = Team.objects.filter(program=context.program, inspections__round__in=latest_round(context))
    return context.reach(rows, "village_id")


def round_methods(context: Context, params: Params) -> ScopedQuerySet:
    """Methods of the latest round."""
    return Term.objects.filter(rounds__in=latest_round(context))


def findings(context: Context, params: Params) -> ScopedQuerySet:
    """Problems or praise found in the span, by category or group of problems."""
    rows = context.during(Finding.objects.filter(program=context.program), "found_on")
    rows = rows.filter(kind=params.get("kind", Finding.Kind.PROBLEM))
    if "categories" in params:
        vocabulary = f"{'praise' if params.get('kind') == Finding.Kind.PRAISE else 'finding'}_category"
        rows = rows.filter(category__in=context.term_ids(vocabulary, params["categories"]))
    if "groups" in params:
        rows = rows.filter(category__parent__in=context.term_ids("problem_group", params["groups"]))
    if params.get("state") == "open":
        rows = rows.exclude(closed_on__lte=context.day)
    return context.reach(rows, "division_id")


def found_teams(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct teams that findings are about."""
    rows = findings(context, params).filter(team__isnull=False)
    return Team.objects.filter(pk__in=rows.order_by().values("team_id"))


def found_units(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct units that findings are about, directly or through their team."""
    rows = findings(context, params).order_by().annotate(_unit=Coalesce("unit_id", "team__unit_id"))
    return Unit.objects.filter(pk__in=rows.filter(_unit__isnull=False).values("_unit"))


def problem_units(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct units in groups of problems: those who have not done what is counted there, and those with findings."""
    condition = Q(pk__in=found_units(context, {"kind": Finding.Kind.PROBLEM, "groups": params.get("groups", [])}))
    requirements = Requirement.objects.filter(
        program=context.program, problem_group__code__in=params.get("groups", [])
    ).exclude(ended_on__lt=context.day)
    for requirement in requirements.select_related("program").order_by("position", "pk"):
        condition |= Q(pk__in=unit_ids(evaluate_requirement(requirement, context), "not_done"))
    return Unit.objects.filter(condition)


def ratings(context: Context, params: Params) -> ScopedQuerySet:
    """Ratings given in the span: of households, of cadres or of villages if asked, or all."""
    rows = Rating.objects.filter(program=context.program)
    match params.get("of"):
        case "households":
            rows = rows.filter(household__isnull=False)
        case "cadres":
            rows = rows.filter(cadre__isnull=False)
        case "villages":
            rows = rows.filter(division__isnull=False)
    return context.reach(context.during(rows, "on"), "household__division_id", "division_id")


def _names(path: str) -> Any:
    return lambda rows: rows.values_list(path, flat=True)


_TEAM_NAMES = lambda rows: rows.values_list(Coalesce("unit__short_name", "name"), flat=True)  # noqa: E731
_BY_UNIT = ("unit__pinyin", "pinyin", "pk")

register_measure(
    Measure("round_groups", "督查组", InspectionGroup, round_groups, name_of=_names("name"), order=("position", "pk"))
)
register_measure(
    Measure(
        "round_teams",
        "督查的工作队",
        Team,
        round_teams,
        groups={"town": by_town("village_id")},
        name_of=_TEAM_NAMES,
        order=_BY_UNIT,
    )
)
register_measure(
    Measure("round_methods", "督查方式", Term, round_methods, name_of=_names("label"), order=("position", "pk"))
)
register_measure(
    Measure(
        name="findings",
        label="督查发现",
        model=Finding,
        rows=findings,
        params=(
            KIND,
            CATEGORIES,
            Param("groups", "问题归类", "terms", "problem_group"),
            Param("state", "状态", "choice", options=(("all", "全部"), ("open", "未销号"))),
        ),
        groups={
            "town": by_town("division_id"),
            "category": path_group("类别", "category_id", term_labels("finding_category")),
            "group": path_group("归类", "category__parent_id", term_labels("problem_group")),
        },
        order=("-found_on", "pk"),
    )
)
register_measure(
    Measure(
        "found_teams",
        "督查发现涉及的工作队",
        Team,
        found_teams,
        (KIND, CATEGORIES),
        name_of=_TEAM_NAMES,
        order=_BY_UNIT,
    )
)
register_measure(
    Measure(
        "found_units",
        "督查发现涉及的单位",
        Unit,
        found_units,
        (KIND, CATEGORIES),
        name_of=_names("short_name"),
        order=("pinyin", "pk"),
    )
)
register_measure(
    Measure(
        "problem_units",
        "问题归类涉及的单位",
        Unit,
        problem_units,
        (Param("groups", "问题归类", "terms", "problem_group"),),
        name_of=_names("short_name"),
        order=("pinyin", "pk"),
    )
)
register_measure(
    Measure(
        "ratings",
        "评议",
        Rating,
        ratings,
        (Param("of", "对象", "choice", options=(("households", "农户"), ("cadres", "干部"), ("villages", "村"))),),
        groups={
            "town": by_town("household__division_id"),
            "village": by_village("household__division_id"),
            "title": path_group("评议", "title"),
        },
        order=("-on", "pk"),
    )
)
