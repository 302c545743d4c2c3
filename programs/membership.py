"""Which villages, units and cadres take part in a program: by teams and pairings, which higher apps register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from programs.models import Program
from programs.scoping import code_range

#: Gives the keys of a model's rows that take part in a program.
Members = Callable[[Program], "QuerySet[Any, Any]"]
_members: dict[type[models.Model], list[Members]] = {}


def register_members(model: type[models.Model], *sources: Members) -> None:
    """Say from where a model's rows come into a program."""
    known = _members.setdefault(model, [])
    known.extend(source for source in sources if source not in known)


def in_program(rows: QuerySet[Any], program: Program) -> QuerySet[Any]:
    """Those of the rows that take part in a program; no rows for a model of which nobody said how."""
    return rows.filter(_takes_part(rows.model, program))


def at_home(rows: QuerySet[Any], program: Program, *places: str) -> QuerySet[Any]:
    """Those of the rows that take part in a program or lie in its jurisdiction, by lookups to division codes."""
    inside = Q(pk__in=[])
    for lookup in places:
        inside |= code_range(lookup, program.jurisdiction_id)
    lying = rows.model._base_manager.filter(inside).order_by().values("pk")
    return rows.filter(_takes_part(rows.model, program) | Q(pk__in=lying))


def _takes_part(model: type[models.Model], program: Program) -> Q:
    condition = Q(pk__in=[])
    for source in _members.get(model, []):
        condition |= Q(pk__in=source(program))
    return condition
