"""Reach that follows from teams, pairings and posts, for cadres with an account and for lower models."""

from __future__ import annotations

from collections.abc import Iterator

from cadres.models import Cadre, Pairing, TeamMember
from programs import clock
from programs.models import Division, Role, Unit, UnitName, User
from programs.scoping import Grant, register_grants, register_paths
from villages.models import (
    Hardship,
    Honour,
    Household,
    HouseholdTag,
    Member,
    MemberTag,
    Route,
    Site,
    Village,
    VillageTag,
    VillageYear,
)


def cadre_of(user: User) -> Cadre | None:
    """The person of an account, asked for once: accounts of offices have none, and no reach that follows from one."""
    cadre: Cadre | None = getattr(user, "cadre", None)
    return cadre


@register_grants
def of_teams(user: User) -> Iterator[Grant]:
    """A member of a team reaches the team and, in its program, the team's village."""
    if (cadre := cadre_of(user)) is None:
        return
    for seat in TeamMember.objects.filter(cadre=cadre).select_related("team__program"):
        team, program = seat.team, seat.team.program
        if not seat.is_active_on(clock.today(program)):
            continue
        yield Grant(Role.TEAM, program.pk, "team", team.pk)
        yield Grant(Role.TEAM, program.pk, "division", team.village_id)
        yield Grant(Role.TEAM, program.pk, "cadre", seat.cadre_id)
        yield Grant(Role.TEAM, program.pk, "member", program.pk)


@register_grants
def of_pairings(user: User) -> Iterator[Grant]:
    """A cadre who helps somebody reaches their own pairings, work and households."""
    if (cadre := cadre_of(user)) is None:
        return
    rows = Pairing.objects.filter(cadre=cadre).select_related("program").order_by("program_id")
    seen: set[int] = set()
    for row in rows:
        if row.program_id in seen or not row.is_active_on(clock.today(row.program)):
            continue
        seen.add(row.program_id)
        yield Grant(Role.CADRE, row.program_id, "cadre", row.cadre_id)
        yield Grant(Role.CADRE, row.program_id, "member", row.program_id)


register_paths(
    Village,
    unit=["division__pairings__unit_id", "teams__unit_id"],
    team="teams__pk",
    cadre=["division__pairings__cadre_id", "division__households__pairings__cadre_id"],
)
register_paths(
    Division,
    unit=["pairings__unit_id", "village__teams__unit_id"],
    team="village__teams__pk",
    cadre=["pairings__cadre_id", "households__pairings__cadre_id"],
)
for model in (VillageYear, VillageTag):
    register_paths(model, unit=["village__division__pairings__unit_id", "village__teams__unit_id"])
register_paths(
    Household,
    cadre="pairings__cadre_id",
    unit=["pairings__unit_id", "pairings__cadre__posts__unit_id"],
    team="pairings__team_id",
)
register_paths(
    Member,
    cadre=["pairings__cadre_id", "household__pairings__cadre_id"],
    unit=["pairings__unit_id", "household__pairings__unit_id", "household__pairings__cadre__posts__unit_id"],
)
for of_household in (HouseholdTag, Hardship, Honour):
    register_paths(
        of_household,
        cadre="household__pairings__cadre_id",
        unit=["household__pairings__unit_id", "household__pairings__cadre__posts__unit_id"],
        team="household__pairings__team_id",
    )
register_paths(Site, unit=["division__pairings__unit_id", "division__village__teams__unit_id"])
register_paths(Route, unit=["sites__division__pairings__unit_id", "sites__division__village__teams__unit_id"])
register_paths(
    MemberTag,
    cadre=["member__pairings__cadre_id", "member__household__pairings__cadre_id"],
    unit=["member__pairings__unit_id", "member__household__pairings__cadre__posts__unit_id"],
)
register_paths(
    Unit,
    division=["pairings__place_id", "teams__village_id"],
    team="teams__pk",
    cadre="posts__cadre_id",
)
register_paths(UnitName, division=["unit__pairings__place_id", "unit__teams__village_id"])
