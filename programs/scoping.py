"""Which rows a user reaches: the one place that decides it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from programs.models import User

    AnyUser = User | AnonymousUser


@dataclass(frozen=True)
class Grant:
    """One reason why somebody reaches rows.

    ``role`` is a ``Role`` value, ``program_id`` the program it holds in (None: all of them), ``dimension`` names
    the kind of thing reached (``everything``, ``program``, ``division``, ``unit``, ``team``, ``cadre`` …) and
    ``value`` which one: a division code for ``division`` and ``program``, an id otherwise.
    """

    role: str
    program_id: int | None
    dimension: str
    value: Any = None


GrantSource = Callable[["User"], Iterable[Grant]]
_sources: list[GrantSource] = []
_paths: dict[type[models.Model], dict[str, list[str]]] = {}


def register_grants(source: GrantSource) -> GrantSource:
    """Add a function that says why a user reaches rows; called by apps at start-up."""
    if source not in _sources:
        _sources.append(source)
    return source


def register_paths(model: type[models.Model], **paths: str | list[str]) -> None:
    """Declare lookups from ``model`` to the dimensions of reach, ``program`` among them.

    A higher app calls this for a lower model whose rows are reached through the higher app's tables.
    """
    known = _paths.setdefault(model, {})
    for dimension, lookups in paths.items():
        for lookup in [lookups] if isinstance(lookups, str) else lookups:
            if lookup not in known.setdefault(dimension, []):
                known[dimension].append(lookup)


def paths_of(model: type[models.Model]) -> dict[str, list[str]]:
    """All declared lookups of ``model``: its QuerySet's own and those registered by higher apps."""
    own: dict[str, str | list[str]] = getattr(model._default_manager.all(), "reach_paths", {})
    merged = {key: [value] if isinstance(value, str) else list(value) for key, value in own.items()}
    for dimension, lookups in _paths.get(model, {}).items():
        merged.setdefault(dimension, []).extend(item for item in lookups if item not in merged.get(dimension, []))
    return merged


def grants_of(user: AnyUser) -> tuple[Grant, ...]:
    """Every grant of a signed-in, active user; none for anybody else. Kept on the user object for one request."""
    if not user.is_authenticated or not user.is_active:
        return ()
    cached: tuple[Grant, ...] | None = getattr(user, "_grants", None)
    if cached is None:
        found: list[Grant] = []
        if user.is_superuser:
            found.append(Grant("administrator", None, "everything"))
        for source in _sources:
            found.extend(source(user))
        cached = tuple(dict.fromkeys(found))
        user._grants = cached
    return cached


def roles_in(user: AnyUser, program_id: int | None) -> frozenset[str]:
    """The roles a user holds in a program (those held in all programs included)."""
    return frozenset(
        grant.role
        for grant in grants_of(user)
        if grant.program_id is None or program_id is None or grant.program_id == program_id
    )


def code_range(lookup: str, code: str) -> Q:
    """Rows whose division code lies within ``code``: a range that any index serves."""
    return Q(**{f"{lookup}__gte": code}) & Q(**{f"{lookup}__lt": code_after(code)})


def code_after(code: str) -> str:
    """The smallest string greater than every code that begins with ``code``."""
    return code[:-1] + chr(ord(code[-1]) + 1)


def _grant_condition(model: type[models.Model], grant: Grant) -> Q | None:
    paths = paths_of(model)
    program_paths = paths.get("program", [])
    if grant.dimension == "everything":
        return Q()
    if grant.dimension == "program":
        if program_paths:
            return _any_of(Q(**{lookup: grant.program_id}) for lookup in program_paths)
        return _any_of(code_range(lookup, grant.value) for lookup in paths.get("division", []))
    if grant.dimension == "division":
        rows = _any_of(code_range(lookup, grant.value) for lookup in paths.get("division", []))
    else:
        rows = _any_of(Q(**{lookup: grant.value}) for lookup in paths.get(grant.dimension, []))
    if rows is None or grant.program_id is None or not program_paths:
        return rows
    program = _any_of(Q(**{lookup: grant.program_id}) for lookup in program_paths)
    return rows if program is None else rows & program


def _any_of(conditions: Iterable[Q]) -> Q | None:
    result: Q | None = None
    for condition in conditions:
        result = condition if result is None else result | condition
    return result


def reach_condition(model: type[models.Model], user: AnyUser, roles: Container[str] | None = None) -> Q | None:
    """The condition that holds the user's rows of ``model``; ``Q()`` for all rows, None for no rows.

    ``roles`` counts only what is reached in one of them: somebody who inspects one village and helps another may
    change rows of the second and only read those of the first.
    """
    result: Q | None = None
    for grant in grants_of(user):
        if roles is not None and grant.role not in roles:
            continue
        condition = _grant_condition(model, grant)
        if condition is None:
            continue
        if not condition:
            return Q()
        result = condition if result is None else result | condition
    return result


class ScopedQuerySet(models.QuerySet[Any]):
    """A QuerySet that knows how its rows are reached. ``reach_paths`` maps a dimension to one or several lookups."""

    reach_paths: dict[str, str | list[str]] = {}

    def visible_to(self, user: AnyUser, roles: Container[str] | None = None) -> Self:
        """The rows this user reaches, in one of ``roles`` if given. An unknown user, role or path means no rows."""
        condition = reach_condition(self.model, user, roles)
        if condition is None:
            return self.none()
        if not condition:
            return self
        inner = self.model._base_manager.filter(condition).order_by().values("pk")
        return self.filter(pk__in=inner)
