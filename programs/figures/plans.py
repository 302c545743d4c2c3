"""Compiled statements of the engine: what the ORM makes of a figure is kept, so asking again costs its SQL only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet

KEPT = 5000

Plan = tuple[str, tuple[Any, ...]] | None


class Kept:
    """The least recently used go first. Keys hold everything a value depends on, so nothing here is ever stale."""

    def __init__(self, size: int = KEPT) -> None:
        self._size = size
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def known(self, key: Hashable) -> Any:
        """The value of a key if it is here, else None."""
        with self._lock:
            return self._found.get(key)

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of a key, made now if it is not here."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        value = make()
        with self._lock:
            self._found[key] = value
            while len(self._found) > self._size:
                self._found.popitem(last=False)
        return value


_plans = Kept()


def rows_of(key: Hashable, build: Callable[[], QuerySet[Any]], around: str = "{}") -> list[tuple[Any, ...]]:
    """The rows of a query that is compiled once for its key.

    ``around`` wraps the compiled statement, so that what it annotates is computed once and used several times. A
    query that can have no rows has none.
    """
    plan: Plan = _plans.get((connection.settings_dict["NAME"], key, around), lambda: _compiled(build(), around))
    if plan is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*plan)
        return cursor.fetchall()


def rows_of_each(
    key: Hashable, build: Callable[[], Sequence[QuerySet[Any]]], around: str = "{}"
) -> list[tuple[Any, ...]]:
    """The rows of several queries of one shape in one statement, each row behind the number of its query.

    Like ``rows_of`` compiled once for the key, each query inside ``around``.
    """

    def compiled() -> Plan:
        plans = [(number, _compiled(query, around)) for number, query in enumerate(build())]
        found = [(number, plan) for number, plan in plans if plan is not None]
        if not found:
            return None
        each = [
            f"SELECT {number} AS _number, _each.* FROM ({sql}) AS _each"  # noqa: S608 - compiled by the ORM
            for number, (sql, _) in found
        ]
        return " UNION ALL ".join(each), tuple(param for _, (_, params) in found for param in params)

    plan: Plan = _plans.get((connection.settings_dict["NAME"], key, around, "each"), compiled)
    if plan is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*plan)
        return cursor.fetchall()


def _compiled(query: QuerySet[Any], around: str) -> Plan:
    try:
        sql, params = query.query.sql_with_params()
    except (EmptyResultSet, FullResultSet):
        return None
    return around.replace("%", "%%").format(sql), tuple(params)
