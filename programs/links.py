"""Where each thing has its page, so that every name can be a link."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, cast

from django.db import models
from django.http import HttpRequest
from django.urls import resolve, reverse

from programs.models import Program, User
from programs.permissions import may
from programs.scoping import ScopedQuerySet, reaches_all

Address = Callable[[Program, Any], str]
_addresses: dict[type[models.Model], Address] = {}
_keys: dict[type[models.Model], Callable[[Any], Hashable]] = {}


def register_page(
    model: type[models.Model],
    address: str | Address,
    *,
    by: str = "pk",
    key: Callable[[Any], Hashable] = lambda row: row.pk,
) -> None:
    """Say where a model's rows have their page: a URL name (with the attribute it takes), or a function.

    ``key`` is that of the row which must be in somebody's reach for the page to open; None where it opens for all.
    """

    def named(program: Program, row: Any) -> str:
        return reverse(str(address), args=[program.code, _follow(row, by)])

    _addresses[model] = address if callable(address) else named
    _keys[model] = key


def url_of(program: Program, row: object) -> str:
    """The address of a row's page in a program; empty where it has none."""
    address = _addresses.get(type(row))  # type: ignore[arg-type]
    return address(program, row) if address else ""


class Doors:
    """Which of the things that a page names somebody may open, asked once for all things of a kind."""

    def __init__(self, program: Program, user: User) -> None:
        self._program, self._user = program, user
        self._asked: dict[type[models.Model], set[Hashable]] = {}
        self._known: dict[type[models.Model], dict[Hashable, bool]] = {}
        self._may: dict[type[models.Model], bool] = {}

    def will_ask(self, row: models.Model) -> None:
        """A thing stands on the page: the next question will be about all such things together."""
        if (key := _keys[type(row)](row)) is not None:
            self._asked.setdefault(type(row), set()).add(key)

    def opens(self, row: models.Model, url: str) -> bool:
        """Whether the person may open the page of a thing."""
        model = type(row)
        if model not in self._may:
            permission = getattr(resolve(url.partition("?")[0]).func, "permission", None)
            self._may[model] = not permission or may(self._user, permission, self._program)
        if not self._may[model]:
            return False
        key = _keys[model](row)
        return key is None or self._reached(model, key)

    def _reached(self, model: type[models.Model], key: Hashable) -> bool:
        rows = model._default_manager.all()
        if reaches_all(self._user, self._program.pk) or not isinstance(rows, ScopedQuerySet):
            return True
        known = self._known.setdefault(model, {})
        if key not in known:
            rows = rows.visible_to(self._user)
            asked = self._asked.pop(model, set())
            # Where a page did not say what it will name, it names things one by one: all are read at once.
            found = set((rows.filter(pk__in=asked) if key in asked else rows).values_list("pk", flat=True))
            known.update((one, one in found) for one in (asked | found | {key}))
        return known[key]


def doors_of(request: HttpRequest, program: Program) -> Doors:
    """What whoever asked may open in a program, remembered while the request is answered."""
    known: dict[int, Doors] = request.__dict__.setdefault("_doors", {})
    return known.setdefault(program.pk, Doors(program, cast(User, request.user)))


def _follow(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name)
    return row
