"""Reach that follows from role grants; registered with ``programs.scoping`` at start-up."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from programs import clock
from programs.models import Role, RoleGrant, User
from programs.scoping import Grant, register_grants

WHOLE_PROGRAM = {Role.COUNTY, Role.LEADER}


@register_grants
def granted(user: User) -> Iterator[Grant]:
    """A grant for each role given to the account, in force on the program's day."""
    for row in RoleGrant.objects.filter(user=user).select_related("program"):
        # An ended program stands still, but who looks after it and reads it goes on changing.
        stands = row.program is None or row.program.has_ended
        day = timezone.localdate() if stands else clock.today(row.program)
        if not row.is_active_on(day):
            continue
        yield from _grants_of_row(row)


def _grants_of_row(row: RoleGrant) -> Iterator[Grant]:
    if row.role == Role.ADMINISTRATOR:
        yield Grant(row.role, row.program_id, "everything" if row.program_id is None else "program", _place(row))
    elif row.role in WHOLE_PROGRAM and row.division_id is None:
        yield Grant(row.role, row.program_id, "program", _place(row))
    elif row.division_id is not None:
        yield Grant(row.role, row.program_id, "division", row.division_id)
    elif row.unit_id is not None:
        yield Grant(row.role, row.program_id, "unit", row.unit_id)
    if row.program_id is not None:
        yield Grant(row.role, row.program_id, "member", row.program_id)


def _place(row: RoleGrant) -> str | None:
    return row.program.jurisdiction_id if row.program else None
