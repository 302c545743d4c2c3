"""Changes to what a program requires."""

from __future__ import annotations

from typing import Any

from programs.changes import action, required, saved
from programs.configuring.codes import code_for
from programs.configuring.rows import opened
from programs.figures import registry
from programs.models import Program, Requirement, User
from programs.refusals import Refusal

IN_CIRCLES = "“{0}”要等另一项要求完成，而那一项又要等“{0}”，谁也完不成。请另选一项，或不填。"


class GoesInCircles(Refusal):
    """Two requirements cannot each wait for the other."""


@action
def add_requirement(*, by: User, program: Program, name: str, **values: Any) -> Requirement:
    """Add a requirement at the end of the list."""
    rows = list(Requirement.objects.filter(program=program).order_by("position", "pk"))
    name = required(name, "名称", "name")
    row = Requirement(
        program=program,
        code=code_for(name, (one.code for one in rows)),
        name=name,
        position=max((one.position for one in rows), default=-1) + 1,
        **values,
    )
    return saved(row, program)


@action
def change_requirement(*, by: User, requirement: Requirement, version: str | None, **values: Any) -> Requirement:
    """Change what is owed; figures of every day are computed by the new rule from now on."""
    found = opened(requirement, version)
    for name, value in values.items():
        setattr(found, name, value)
    found.name = required(found.name, "名称", "name")
    _must_not_wait_for_itself(found)
    return saved(found, found.program)


def awaited_by(row: Requirement) -> set[str]:
    """Codes of the requirements that must be done first by those who owe this one."""
    declared = registry.subject_kinds[row.subject].params
    return {row.who[param.name] for param in declared if param.kind == "requirement" and param.name in row.who}


def waits_for_itself(row: Requirement) -> bool:
    """Whether those who owe it would have to have done it first, by whatever way round."""
    rows = {one.code: one for one in Requirement.objects.filter(program=row.program_id)} | {row.code: row}
    ahead, seen = awaited_by(row), set[str]()
    while ahead:
        code = ahead.pop()
        if code == row.code:
            return True
        if code in rows and code not in seen:
            seen.add(code)
            ahead |= awaited_by(rows[code])
    return False


def _must_not_wait_for_itself(row: Requirement) -> None:
    if waits_for_itself(row):
        raise GoesInCircles(IN_CIRCLES.format(row), field="who_done")
