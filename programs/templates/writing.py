"""Writing a program's configuration as a file that people read and change: the same that reading takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import yaml
from django.db import models

WIDE = 10_000


class Line(dict[str, Any]):
    """A mapping that stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Two blanks per level, lists indented below their name, texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists, too."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is written as a reference to something else."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _line(dumper: yaml.SafeDumper, row: Line) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", row.items(), flow_style=True)


def _list(dumper: yaml.SafeDumper, rows: list[Any]) -> yaml.Node:
    plain = all(not isinstance(row, dict | list) for row in rows)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", rows, flow_style=plain)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Line, _line)
_Dumper.add_representer(list, _list)


def dump(content: Mapping[str, Any]) -> str:
    """The file: sections apart from each other by an empty line."""
    parts: list[str] = []
    for name, part in content.items():
        text = yaml.dump({name: part}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDE)
        parts.append(text if name == "format" else f"\n{text}" if parts and name != "program" else text)
    return "".join(parts)


def entry(
    row: models.Model, keys: Iterable[str], *, line: bool = True, renamed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a file says of a row: the keys whose value is not the usual one; rows of configuration by their code."""
    found = Line() if line else {}
    for key in keys:
        name = (renamed or {}).get(key, key)
        one: Any = row._meta.get_field(name)
        value = getattr(row, name)
        if value in (None, "", [], {}) or (one.has_default() and value == one.get_default()):
            continue
        found[key] = plain(value)
    return found


def plain(value: Any) -> Any:
    """A value as a file has it."""
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or getattr(value, "key", None) or value.pk
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int | float | dt.date):
        return value
    if isinstance(value, dict):
        return Line({key: plain(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value)
