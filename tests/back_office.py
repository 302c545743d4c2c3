"""The back office in tests: forms as a browser sends them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from zeal import zeal_ignore  # type: ignore[import-untyped]


def lines(prefix: str, *rows: dict[str, Any], known: int = 0) -> dict[str, Any]:
    """The part of a form that holds the lines of one kind; the first ``known`` of them are there already."""
    found: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(known)}
    for number, row in enumerate(rows):
        found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return found


def save(desk: Client, page: str, typed: dict[str, Any]) -> Any:
    """Send a form; Django looks up each choice of each line by itself, which is no fault of ours."""
    with zeal_ignore():
        return desk.post(page, typed)
