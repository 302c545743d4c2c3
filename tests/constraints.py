"""How constraints are tested: a row that breaks one is refused by the model's checks in words, and by the database."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from tests.cast import Cast, Side
from tests.rows import ROWS

Changes = dict[str, Any] | Callable[[Side], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """A good row of ``model``, written a second time with ``changes``, breaks ``constraint``.

    ``rewrite`` changes the row itself, for what a new row cannot break. ``before`` changes the good row first.
    """

    model: type[models.Model]
    constraint: str
    changes: Changes
    rewrite: bool = False
    before: Changes | None = None

    def __str__(self) -> str:
        return self.constraint


def declared(label: str) -> set[str]:
    """The names of all constraints that the models of an app declare."""
    return {item.name for model in ROWS if model._meta.app_label == label for item in model._meta.constraints}


def assert_refused(cast: Cast, case: Case) -> None:
    """Both the model's own checks and the database refuse what the case writes."""
    row = ROWS[case.model](cast.near)
    if case.before is not None:
        case.model._base_manager.filter(pk=row.pk).update(**_resolve(case.before, cast.near))
    good = case.model._base_manager.get(pk=row.pk)
    bad = good if case.rewrite else _copy_of(good)
    for name, value in _resolve(case.changes, cast.near).items():
        setattr(bad, name, value)
    message = _message(case)
    with pytest.raises(ValidationError) as refusal:
        bad.full_clean()
    assert message in str(refusal.value.messages), refusal.value.messages
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        bad.save_base(raw=True, force_insert=not case.rewrite)
    assert error.value.__cause__.diag.constraint_name == case.constraint  # type: ignore[union-attr]


def _resolve(changes: Changes, side: Side) -> dict[str, Any]:
    return changes(side) if callable(changes) else changes


def _copy_of(row: models.Model) -> models.Model:
    twin = copy.copy(row)
    twin._state = copy.copy(row._state)
    twin._state.adding = True
    twin.pk = None
    if hasattr(twin, "uuid"):
        twin.uuid = uuid.uuid4()
    return twin


def _message(case: Case) -> str:
    found = next(item for item in case.model._meta.constraints if item.name == case.constraint)
    if found.violation_error_message != found.default_violation_error_message:
        return str(found.violation_error_message)
    return "已经存在"
