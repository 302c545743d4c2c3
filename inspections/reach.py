"""Reach of inspectors: what their groups were assigned."""

from __future__ import annotations

from collections.abc import Iterator

from cadres.reach import cadre_of
from inspections.models import Inspection, InspectionGroupMember
from programs import clock
from programs.models import Role, User
from programs.scoping import Grant, register_grants


@register_grants
def of_groups(user: User) -> Iterator[Grant]:
    """An inspector reaches their group, and the teams and villages assigned to it."""
    if (cadre := cadre_of(user)) is None:
        return
    for seat in InspectionGroupMember.objects.filter(cadre=cadre).select_related("group__round__program"):
        program = seat.group.round.program
        if seat.group.round.starts_on > clock.today(program):
            continue
        yield Grant(Role.INSPECTOR, program.pk, "group", seat.group_id)
        yield Grant(Role.INSPECTOR, program.pk, "member", program.pk)
        assigned = Inspection.objects.filter(group=seat.group).values_list("team_id", "team__village_id")
        for team_id, village_id in assigned:
            yield Grant(Role.INSPECTOR, program.pk, "team", team_id)
            yield Grant(Role.INSPECTOR, program.pk, "division", village_id)
