"""What every row of a configuration knows: a version that notices others' changes, order, its end, its deletion."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models

from programs import clock
from programs.changes import action, saved
from programs.configuring.uses import in_words, uses_of
from programs.history import history_of
from programs.models import Block, Figure, Program, Requirement, User
from programs.refusals import Refusal
from programs.rules.wording import moment_text

M = TypeVar("M", bound=models.Model)

#: For these the day of the end is the last on which they hold; other rows are gone on it.
_HOLD_ON_LAST_DAY = (Requirement, Figure, Block)


class ChangedMeanwhile(Refusal):
    """Somebody else saved the row since it was opened. ``version`` is what it is now."""

    def __init__(self, message: str, version: str) -> None:
        super().__init__(message)
        self.version = version


class InUse(Refusal):
    """What is in use is not deleted, it ends."""


def version_of(row: models.Model) -> str:
    """A fingerprint of a row's content, by which a later save notices an earlier one. Its place in a list is not."""
    skipped = {"position", "revision"}
    content = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name not in skipped]
    return hashlib.sha256("\0".join(content).encode()).hexdigest()[:16]


def opened(row: M, version: str | None) -> M:
    """The row as it is now, locked; refuse if it is no longer what it was when the page was opened."""
    now: M = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if version is not None and version != version_of(now):
        last = next(iter(history_of(now)), None)
        what = "；".join(f"{one.label}由“{one.before}”改为“{one.after}”" for one in last.fields) if last else ""
        who = f"{last.who}在{moment_text(last.at)}改过" if last else "有人改过"
        raise ChangedMeanwhile(
            f"您打开之后，{who}这一项{f'：{what}' if what else ''}。您填的还在下面，没有保存；"
            "请对照后再保存，就以您填的为准。",
            version_of(now),
        )
    return now


@action
def change_row(*, by: User, row: M, program: Program, version: str | None = None, **values: Any) -> M:
    """Change a row's own fields, unless somebody else did so since the page was opened."""
    found = opened(row, version)
    for name, value in values.items():
        setattr(found, name, value)
    return saved(found, program)


@action
def move_row(*, by: User, row: models.Model, rows: Sequence[Any], up: bool) -> None:
    """Put a row one place earlier or later among ``rows``, which stand in their order."""
    order = list(rows)
    at = next(number for number, one in enumerate(order) if one.pk == row.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, one in enumerate(order):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


@action
def end_row(*, by: User, row: M, program: Program) -> M:
    """Put a row out of use from today; what was recorded with it stays."""
    today = clock.today(program)
    last: Any = row
    last.ended_on = today - dt.timedelta(days=1) if isinstance(row, _HOLD_ON_LAST_DAY) else today
    return saved(row)


@action
def resume_row(*, by: User, row: M) -> M:
    """Take a row into use again."""
    ended: Any = row
    ended.ended_on = None
    return saved(row)


@action
def delete_row(*, by: User, row: models.Model, program: Program) -> None:
    """Delete a row that nothing uses."""
    used = in_words(uses_of(program, [row])[row.pk])
    if used:
        raise InUse(f"“{row}”{used}，不能删除。可以停用：停用后不再出现在选项里，已有记录不变。")
    row.delete()
