"""Where each thing has its page, so that every name can be a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.urls import reverse

from programs.models import Program

Address = Callable[[Program, Any], str]
_addresses: dict[type[models.Model], Address] = {}


def register_page(model: type[models.Model], address: str | Address, *, by: str = "pk") -> None:
    """Say where a model's rows have their page: a URL name (with the attribute it takes), or a function."""

    def named(program: Program, row: Any) -> str:
        return reverse(str(address), args=[program.code, _follow(row, by)])

    _addresses[model] = address if callable(address) else named


def url_of(program: Program, row: object) -> str:
    """The address of a row's page in a program; empty where it has none."""
    address = _addresses.get(type(row))  # type: ignore[arg-type]
    return address(program, row) if address else ""


def _follow(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name)
    return row
