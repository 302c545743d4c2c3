"""Taking a demonstration program out again, with everything that was made for it and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q
from pghistory.models import Event

from cadres.models import Cadre
from programs.models import Division, DivisionLevel, Export, Program, Unit, User
from programs.refusals import Refusal
from programs.rules.places import LOCAL_NUMBERS_FROM
from reports.models import Bulletin
from villages.models import Household, Member, Village

Doomed = dict[type[models.Model], set[Any]]


class UsedElsewhere(Refusal):
    """Other programs work with units, cadres or villages of the demonstration."""


@transaction.atomic
def remove_program(program: Program) -> None:
    """Remove a demonstration program and whatever hangs on it; accounts, history and the record of exports stay.

    Refused, and nothing changed, where another program uses its units, cadres or villages.
    """
    Export.objects.filter(program=program).update(program=None)
    doomed = _everything_on(_made_for(program))
    for model, ids in doomed.items():
        if model is not Program and "program" in {field.name for field in model._meta.fields}:
            others = model._base_manager.filter(pk__in=ids).exclude(program_id=program.pk)
            if others.exclude(program_id=None).exists():
                raise UsedElsewhere("其他活动用到了演示活动的单位、干部或村，不能清除。请先在那些活动中改用别的。")
    # Foreign keys are checked when it is done. Only an issued bulletin asks, when it goes, whether all of it was a
    # demonstration: what is frozen with it goes before it, and the program after it.
    for model in sorted(doomed, key=lambda model: (model is Program, model is Bulletin)):
        model._base_manager.filter(pk__in=doomed[model])._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _made_for(program: Program) -> Doomed:
    """What was made for the program without being a part of it: its helpers, its villages, their places."""
    of_village = (
        "teams",
        "division__pairings",
        "division__households__pairings",
        "division__people__pairings",
        "division__children__households__pairings",
    )
    villages = set(_linked(Village, program, *of_village, "tags__tag"))
    places = {code for code in villages if code[-3:] >= LOCAL_NUMBERS_FROM}
    towns = {code[:9] for code in places if code[6:9] >= LOCAL_NUMBERS_FROM}
    groups = _linked(Division, program, "households__pairings", "sites").filter(level=DivisionLevel.GROUP)
    places |= set(groups.exclude(households__is_fictional=False))
    in_them = Q(division__in=villages) | Q(division__parent__in=villages)
    units = set(
        _linked(
            Unit, program, "teams", "team_members__team", "pairings", "posts__cadre__pairings", "group_seats__group"
        )
    )
    seats = ("inspection_seats__group__round", "group_seats__group")
    helpers = _linked(Cadre, program, "memberships__team", "pairings", *seats)
    return {
        Program: {program.pk},
        Household: set(Household.objects.filter(in_them, is_fictional=True).values_list("pk", flat=True)),
        Member: set(_linked(Member, program, "pairings").filter(household=None)),
        Village: villages,
        Unit: units,
        Cadre: set(helpers) | set(Cadre.objects.filter(posts__unit__in=units).values_list("pk", flat=True)),
        Division: places | towns,
    }


def _linked(model: type[models.Model], program: Program, *paths: str) -> models.QuerySet[Any]:
    """Ids of the rows that one of the paths leads from to rows of the program."""
    condition = Q()
    for path in paths:
        found = model._base_manager.filter(**{f"{path}__program": program}).order_by()
        condition |= Q(pk__in=found.values("pk"))
    return model._base_manager.filter(condition).values_list("pk", flat=True)


def _everything_on(start: Doomed) -> Doomed:
    """The rows given and all rows that refer to them, however far away."""
    doomed: Doomed = defaultdict(set)
    fresh = list(start.items())
    while fresh:
        target, ids = fresh.pop()
        ids = ids - doomed[target]
        if not ids:
            continue
        doomed[target] |= ids
        for model, field in _references_to(target):
            found = model._base_manager.filter(**{f"{field.name}__in": ids}).values_list("pk", flat=True)
            fresh.append((model, set(found)))
    return doomed


def _references_to(target: type[models.Model]) -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Event) or model is User:
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is target:
                yield model, field
