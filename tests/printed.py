"""Figures as ``manage.py figures`` prints them, and where they differ from what is expected."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

from django.core.management import call_command


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
