"""Counts and latest days of related rows, as annotations that join nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, IntegerField, QuerySet, Subquery


class CountOf(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk"))


def latest_of(rows: QuerySet[Any], field: str, output_field: Field[Any, Any] | None = None) -> Subquery:
    """The greatest value of a field among the rows of a subquery."""
    return Subquery(rows.order_by(f"-{field}").values(field)[:1], output_field=output_field)
