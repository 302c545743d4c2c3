"""What the demonstrations of small programs share: figures as the command prints them, boards as accounts see them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client

from programs.models import User


def figures(code: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Figure → label → part, as the command prints them."""
    out = StringIO()
    call_command("figures", code, "--json", stdout=out)
    return {figure["id"]: {part["label"]: part for part in figure["parts"]} for figure in json.loads(out.getvalue())}


def differences(
    expected: dict[str, dict[str, dict[str, Any]]], found: dict[str, dict[str, dict[str, Any]]]
) -> list[tuple[Any, ...]]:
    """Where what is found is not what is expected."""
    wrong: list[tuple[Any, ...]] = []
    for code, parts in expected.items():
        for label, wanted in parts.items():
            part = found[code][label]
            for name, value in wanted.items():
                if name == "between":
                    if not value[0] <= part["value"] <= value[1]:
                        wrong.append((code, label, part["value"], value))
                elif part.get(name) != value:
                    wrong.append((code, label, name, part.get(name), value))
    return wrong


def boards_of(code: str, usernames: Iterable[str]) -> list[tuple[str, str, int]]:
    """Home and dashboard of a program as each account gets them: who, which page, and what was answered."""
    found: list[tuple[str, str, int]] = []
    for username in usernames:
        client = Client()
        client.force_login(User.objects.get(username=username))
        pages = ("", "dashboard/", "requirements/")
        found += [(username, page, client.get(f"/p/{code}/{page}").status_code) for page in pages]
    return found
