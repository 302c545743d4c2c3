"""What a file would change in a program: rows added, changed field by field, ended or taken away."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from django.db import models

from programs.rules.wording import day_text, table_number

#: Where a row stands among its like; said once for a section, not for each row.
POSITION = "position"
NOTHING = "（空）"
#: Longer texts are compared by their lines.
LONG = 80


@dataclass(frozen=True)
class FieldChange:
    """One field, from what to what."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that a file adds, changes, moves, ends or takes away."""

    section: str
    kind: str
    what: str
    name: str
    fields: list[FieldChange] = field(default_factory=list)


ADDED, CHANGED, MOVED, ENDED, REMOVED = "added", "changed", "moved", "ended", "removed"
KINDS = {ADDED: "新增", CHANGED: "修改", ENDED: "停用", REMOVED: "去掉", MOVED: "次序调整"}


def identity_of(row: models.Model) -> dict[str, Any]:
    """By what a row of a file is known again in the program: its code, as the model's first rule of uniqueness says."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None and constraint.fields:
            return {name: getattr(row, name) for name in constraint.fields}
    return {one.name: getattr(row, one.name) for one in row._meta.fields if one.unique and not one.primary_key}


def change_of(section: str, kind: str, row: models.Model, fields: list[FieldChange] | None = None) -> RowChange:
    """A row's change; words of a vocabulary are called by that, other rows by what they are."""
    shown = getattr(row, "get_vocabulary_display", None)
    what = str(shown() if shown else row._meta.verbose_name)
    return RowChange(section, kind, what, str(row), fields or [])


def difference(section: str, before: models.Model | None, after: models.Model) -> RowChange | None:
    """What a row of the file changes in the program; None if it is already so."""
    if before is None:
        return change_of(section, ADDED, after)
    fields, moved = [], False
    for one in after._meta.concrete_fields:
        if one.primary_key or not one.editable or getattr(before, one.attname) == getattr(after, one.attname):
            continue
        if one.name == POSITION:
            moved = True
        else:
            fields.append(field_change(before, after, one))
    if fields:
        return change_of(section, CHANGED, before, fields)
    return change_of(section, MOVED, before) if moved else None


def field_change(before: models.Model, after: models.Model, one: Any) -> FieldChange:
    """One field of two states of a row, in words."""
    old, new = shown(before, one), shown(after, one)
    if len(old) > LONG and len(new) > LONG:
        old, new = _differing_lines(old, new)
    return FieldChange(str(one.verbose_name), old, new)


def shown(row: models.Model, one: Any) -> str:
    """A field's value in words."""
    value = getattr(row, one.name)
    if one.choices:
        return str(dict(one.flatchoices).get(value, value)) or NOTHING
    return in_words(value)


def in_words(value: Any) -> str:
    """A plain value as people read it; lists and conditions as the file writes them."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return day_text(value)
    if isinstance(value, int | Decimal):
        return table_number(value)
    if isinstance(value, dict | list):
        written = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000)
        return written.strip()
    return str(value)


def _differing_lines(old: str, new: str) -> tuple[str, str]:
    before, after = old.splitlines(), new.splitlines()
    gone, came = [], []
    for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[first:last]
            came += after[start:end]
    return "\n".join(gone) or NOTHING, "\n".join(came) or NOTHING
