"""Refusals: why something that was asked for is not done, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Q


class Refusal(Exception):
    """Something was not done. ``message`` says what, why and what to do; ``field`` names the form field it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadField(Refusal):
    """A field is empty, too long, or not one of its choices."""


class BadWord(Refusal):
    """A word is not in the vocabulary it was taken for, belongs to another program, or has been ended."""


class OutOfPlace(Refusal):
    """A place lies outside the program's jurisdiction."""


class InFuture(Refusal):
    """Something is said to have happened after the program's today."""


class NotRunning(Refusal):
    """Field work is logged in a running program only."""


class BrokenRule(Refusal):
    """The database refused the row; ``constraint`` is the rule's name and ``message`` its words."""

    def __init__(self, message: str, field: str | None = None, *, constraint: str = "") -> None:
        super().__init__(message, field)
        self.constraint = constraint


def refusal_for_fields(error: ValidationError, model: type[models.Model]) -> Refusal:
    """The first complaint about a row's fields, led by the field's name."""
    name, messages = next(iter(error.message_dict.items()))
    label = getattr(model._meta.get_field(name), "verbose_name", name)
    return BadField(f"{label}：{messages[0]}", field=name)


def refusal_for_database(error: IntegrityError) -> Refusal | None:
    """What a violated constraint says of itself; None for a violation that no constraint of ours explains."""
    violated = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == violated:
                message = str(constraint.get_violation_error_message())
                return BrokenRule(message, _field_of(constraint), constraint=constraint.name)
    return None


def _field_of(constraint: models.BaseConstraint) -> str | None:
    """The field that a person would change: the last that the rule speaks of."""
    if isinstance(constraint, models.UniqueConstraint):
        return constraint.fields[-1] if constraint.fields else None
    condition = getattr(constraint, "condition", None)
    named = list(_fields_in(condition)) if isinstance(condition, Q) else []
    if named:
        return named[-1]
    return "since" if isinstance(constraint, ExclusionConstraint) else None


def _fields_in(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _fields_in(child)
        elif isinstance(child, tuple):
            yield child[0].partition("__")[0]
