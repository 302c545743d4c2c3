"""Which rows a user reaches: the one place that decides it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from functools import cache, reduce
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from programs.models import User

    AnyUser: TypeAlias = User | AnonymousUser


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
        # Whoever belongs to a program reaches what they themselves wrote in it.
        found += [replace(grant, dimension="user", value=user.pk) for grant in found if grant.dimension == "member"]
        cached = tuple(dict.fromkeys(found))
        user._grants = cached  # type: ignore[attr-defined]
    return cached


def roles_in(user: AnyUser, program_id: int | None) -> frozenset[str]:
    """The roles a user holds in a program (those held in all programs included)."""
    return frozenset(
        grant.role
        for grant in grants_of(user)
        if grant.program_id is None or program_id is None or grant.program_id == program_id
    )


def reaches_all(user: AnyUser, program_id: int) -> bool:
    """Whether somebody reaches all of a program: then nothing that belongs to it needs a question."""
    return any(
        grant.dimension == "everything" or (grant.dimension == "program" and grant.program_id == program_id)
        for grant in grants_of(user)
    )


def code_range(lookup: str, code: str) -> Q:
    """Rows whose division code lies within ``code``: a range that any index serves."""
    return Q(**{f"{lookup}__gte": code}) & Q(**{f"{lookup}__lt": code_after(code)})


def code_after(code: str) -> str:
    """The smallest string greater than every code that begins with ``code``."""
    return code[:-1] + chr(ord(code[-1]) + 1)


def _ways(paths: dict[str, list[str]], grant: Grant) -> dict[str, Q]:
    """By each lookup, the rows that one grant reaches through it."""
    if grant.dimension == "program" and (lookups := paths.get("program")):
        return {lookup: Q(**{lookup: grant.program_id}) for lookup in lookups}
    if grant.dimension in ("program", "division"):
        return {lookup: code_range(lookup, grant.value) for lookup in paths.get("division", [])}
    return {lookup: Q(**{lookup: grant.value}) for lookup in paths.get(grant.dimension, [])}


@cache
def _multiplies(model: type[models.Model], lookup: str) -> bool:
    """Whether a lookup passes a relation to many rows, so that following it may repeat a row."""
    for name in lookup.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if field is None or field.one_to_many or field.many_to_many:
            return field is not None
        if not isinstance(field.related_model, type):
            return False
        model = field.related_model
    return False


def reach_condition(model: type[models.Model], user: AnyUser, roles: Container[str] | None = None) -> Q | None:
    """The condition that holds the user's rows of ``model``; ``Q()`` for all rows, None for no rows.

    ``roles`` counts only what is reached in one of them: somebody who inspects one village and helps another may
    change rows of the second and only read those of the first.
    """
    paths = paths_of(model)
    found: dict[tuple[int | None, str], Q] = {}
    for grant in grants_of(user):
        if roles is not None and grant.role not in roles:
            continue
        if grant.dimension == "everything":
            return Q()
        program_id = grant.program_id if paths.get("program") else None
        for lookup, rows in _ways(paths, grant).items():
            known = found.get((program_id, lookup))
            found[program_id, lookup] = rows if known is None else known | rows
    ways: list[Q] = []
    for (program_id, lookup), rows in found.items():
        condition = rows
        if program_id is not None and lookup not in paths["program"]:
            condition &= reduce(operator.or_, (Q(**{path: program_id}) for path in paths["program"]))
        ways.append(condition)
    if not ways:
        return None
    if not any(_multiplies(model, lookup) for _, lookup in found):
        return reduce(operator.or_, ways)
    # Relations to many that stand side by side in one query would multiply each other's rows. As a union each way is
    # looked up by its own index, where an OR would have every row of the table looked at.
    first, *others = (model._base_manager.filter(way).order_by().values("pk") for way in ways)
    return Q(pk__in=first.union(*others, all=True) if others else first)


class ScopedQuerySet(models.QuerySet[Any]):
    """A QuerySet that knows how its rows are reached. ``reach_paths`` maps a dimension to one or several lookups."""

    reach_paths: dict[str, str | list[str]] = {}

    def visible_to(self, user: AnyUser, roles: Container[str] | None = None) -> Self:
        """The rows this user reaches, in one of ``roles`` if given. An unknown user, role or path means no rows."""
        condition = reach_condition(self.model, user, roles)
        if condition is None:
            return self.none()
        # The condition follows no relation to many (see ``reach_condition``), so it repeats no row.
        return self.filter(condition) if condition else self

    def touching(self, dimension: str, value: Any) -> Self:
        """The rows that belong to one unit, team or the like, by the paths of reach; none where no path leads there."""
        model: type[models.Model] = self.model
        condition: Q | None = None
        for lookup in paths_of(model).get(dimension, []):
            rows = Q(**{lookup: value})
            if _multiplies(model, lookup):
                rows = Q(pk__in=model._base_manager.filter(rows).order_by().values("pk"))
            condition = rows if condition is None else condition | rows
        return self.none() if condition is None else self.filter(condition)
