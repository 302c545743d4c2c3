"""Which villages, units and cadres take part in a program: by teams and pairings, which higher apps register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from programs.models import Program

#: Gives the keys of a model's rows that take part in a program.
Members = Callable[[Program], "QuerySet[Any, Any]"]
_members: dict[type[models.Model], list[Members]] = {}


def register_members(model: type[models.Model], *sources: Members) -> None:
    """Say from where a model's rows come into a program."""
    known = _members.setdefault(model, [])
    known.extend(source for source in sources if source not in known)


def in_program(rows: QuerySet[Any], program: Program) -> QuerySet[Any]:
    """Those of the rows that take part in a program; no rows for a model of which nobody said how."""
    condition = Q(pk__in=[])
    for source in _members.get(rows.model, []):
        condition |= Q(pk__in=source(program))
    return rows.filter(condition)
