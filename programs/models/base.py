"""What many models share: dated rows, program rows, and the conditions on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from programs.scoping import ScopedQuerySet


def until_not_before_since(name: str) -> models.CheckConstraint:
    """A row cannot end before it begins."""
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gte=F("since")),
        name=name,
        violation_error_message="结束日期不能早于开始日期。",
    )


def exactly_one(*fields: str, name: str, message: str) -> models.CheckConstraint:
    """Exactly one of the named foreign keys is filled."""
    return models.CheckConstraint(condition=_count_filled(fields, 1), name=name, violation_error_message=message)


def _count_filled(fields: tuple[str, ...], wanted: int) -> Q:
    condition = Q()
    for chosen in fields:
        one = Q(**{f"{chosen}__isnull": False})
        for other in fields:
            if other != chosen:
                one &= Q(**{f"{other}__isnull": True})
        condition |= one
    return condition if wanted == 1 else ~condition


def id_range(expression: str | Func) -> Func:
    """A one-number range, so that equality can stand in a GiST exclusion constraint without extensions."""
    return Func(expression, expression, Value("[]"), function="int8range")


def day_range() -> Func:
    """The closed range of days from ``since`` to ``until``; an open end has no bound.

    A row that ends before it begins counts as one day: PostgreSQL stops at such a range before the check constraint
    that refuses it in words is heard. ``Dated`` sees to the same where Django asks for the ranges beforehand.
    """
    end = Case(When(until__lt=F("since"), then=F("since")), default=F("until"), output_field=models.DateField())
    return Func("since", end, Value("[]"), function="daterange")


class DatedQuerySet(ScopedQuerySet):
    """Rows that hold from ``since`` to ``until``, both days included."""

    def active_on(self, day: dt.date) -> Self:
        """Rows in force on ``day``."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def active_within(self, start: dt.date, end: dt.date) -> Self:
        """Rows in force on at least one day from ``start`` to ``end``."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=start), since__lte=end)


class Dated(models.Model):
    """Something that begins and may end; history is kept by ending a row, never by overwriting it."""

    since = models.DateField("开始日期")
    until = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Where a row ends before it begins, that alone is said: such a range cannot be compared with others.

        In Django's check beforehand the condition inside ``day_range`` is asked of the other rows, not of this one.
        """
        if self.until is None or self.since is None or self.until >= self.since:
            super().validate_constraints(exclude=exclude)
            return
        errors: dict[str, Any] = {}
        for constraint in self._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                try:
                    constraint.validate(type(self), self, exclude=set(exclude or ()))
                except ValidationError as error:
                    errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def is_active_on(self, day: dt.date) -> bool:
        """Whether the row is in force on ``day``."""
        return self.since <= day and (self.until is None or self.until >= day)


def term_key(verbose_name: str, vocabulary: str, *, related_name: str = "+", **options: Any) -> Any:
    """A foreign key to a word of the program's own vocabulary."""
    return models.ForeignKey(
        "programs.Term",
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        related_name=related_name,
        limit_choices_to={"vocabulary": vocabulary},
        **options,
    )
