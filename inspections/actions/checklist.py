"""Changes to the questions that inspectors ask."""

from __future__ import annotations

from typing import Any

from inspections.models import ChecklistItem
from inspections.rules import NO, YES
from programs.changes import action, required, saved
from programs.configuring.codes import code_for
from programs.configuring.rows import opened
from programs.models import Program, User
from programs.refusals import BadField


@action
def add_question(*, by: User, program: Program, text: str, **values: Any) -> ChecklistItem:
    """Add a question at the end of the checklist."""
    rows = list(ChecklistItem.objects.filter(program=program).order_by("position", "pk"))
    text = required(text, "问题", "text")
    row = ChecklistItem(
        program=program,
        code=code_for(text, (one.code for one in rows)),
        text=text,
        position=max((one.position for one in rows), default=-1) + 1,
        **values,
    )
    return saved(_checked(row))


@action
def change_question(*, by: User, question: ChecklistItem, version: str | None, **values: Any) -> ChecklistItem:
    """Change a question; answers that were given stay as they are."""
    found = opened(question, version)
    for name, value in values.items():
        setattr(found, name, value)
    found.text = required(found.text, "问题", "text")
    return saved(_checked(found))


def _checked(row: ChecklistItem) -> ChecklistItem:
    """Refuse a condition that could never be met, or that comes after what it decides."""
    first, answer = row.only_if, row.only_if_answer
    if first is None:
        return row
    if first.pk == row.pk or (row.pk and (first.position, first.pk) > (row.position, row.pk)):
        raise BadField(f"“{first}”排在这个问题后面，先问的才能当条件。请另选一个，或先把它上移。", field="only_if")
    possible = answers_of(first)
    if possible and answer not in possible:
        raise BadField(f"“{first}”的答案只有：{'、'.join(possible)}。请填其中一个。", field="only_if_answer")
    return row


def answers_of(row: ChecklistItem) -> list[str]:
    """What can be answered; empty for numbers and texts."""
    if row.kind == ChecklistItem.Kind.YES_NO:
        return [YES, NO]
    return list(row.choices) if row.kind == ChecklistItem.Kind.CHOICE else []
