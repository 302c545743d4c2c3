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
from programs.models import Division, Export, Program, Unit, User
from programs.refusals import Refusal
from programs.rules.places import LOCAL_NUMBERS_FROM
from reports.models import Bulletin
from villages.models import Household, Village

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
    villages = Village.objects.filter(teams__program=program)
    helpers = Q(memberships__team__program=program) | Q(pairings__program=program)
    cadres = Cadre.objects.filter(helpers | Q(inspection_seats__group__round__program=program))
    units = Unit.objects.filter(Q(teams__program=program) | Q(posts__cadre__pairings__program=program))
    places = [code for code in villages.values_list("pk", flat=True) if code[-3:] >= LOCAL_NUMBERS_FROM]
    households = Household.objects.filter(division__in=villages.values("pk"), is_fictional=True)
    return {
        Program: {program.pk},
        Household: set(households.values_list("pk", flat=True)),
        Village: set(villages.values_list("pk", flat=True)),
        Unit: set(units.values_list("pk", flat=True)),
        Cadre: set(cadres.values_list("pk", flat=True))
        | set(Cadre.objects.filter(posts__unit__in=units).values_list("pk", flat=True)),
        Division: set(places),
    }


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
