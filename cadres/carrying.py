"""What a copy of a program takes along from this app: its teams with their members, and its pairings."""

from __future__ import annotations

from django.db.models import QuerySet

from cadres.actions.pairings import pair_all
from cadres.actions.teams import add_teams, join_teams
from cadres.models import Pairing, Team, TeamMember
from programs import clock
from programs.configuring.carrying import CarryOver, register_carry_over
from programs.models import Program, User


def _teams(program: Program) -> QuerySet[Team]:
    return Team.objects.filter(program=program).active_on(clock.today(program)).order_by("pk")


def _members(program: Program) -> QuerySet[TeamMember]:
    day = clock.today(program)
    return TeamMember.objects.filter(team__in=_teams(program)).active_on(day).order_by("pk")


def _pairings(program: Program) -> QuerySet[Pairing]:
    return Pairing.objects.filter(program=program).active_on(clock.today(program)).order_by("pk")


def carry_teams(by: User, source: Program, target: Program) -> int:
    """The teams of the source's last day, with those who were in them, from the target's first day on."""
    since = target.starts_on
    old = list(_teams(source).select_related("village__division", "unit"))
    new = add_teams(
        by=by,
        program=target,
        teams=[
            Team(village=team.village, unit=team.unit, name=team.name, since=since, promises=team.promises)
            for team in old
        ],
    )
    by_name = {team.name: team for team in new}
    join_teams(
        by=by,
        members=[
            TeamMember(team=by_name[seat.team.name], cadre=seat.cadre, unit=seat.unit, role=seat.role, since=since)
            for seat in _members(source).select_related("team", "cadre", "unit")
        ],
    )
    return len(new)


def carry_pairings(by: User, source: Program, target: Program) -> int:
    """The pairings of the source's last day, from the target's first day on; agreements are signed anew.

    Those of a team come along if the team did.
    """
    teams = {team.name: team for team in Team.objects.filter(program=target)}
    found = []
    around = ("team", "division", "household__division", "member__household__division", "member__division")
    for pairing in _pairings(source).select_related(*around):
        team = teams.get(pairing.team.name) if pairing.team else None
        if pairing.team and team is None:
            continue
        found.append(
            Pairing(
                mode=pairing.mode,
                cadre_id=pairing.cadre_id,
                unit_id=pairing.unit_id,
                team=team,
                division=pairing.division,
                household=pairing.household,
                member=pairing.member,
                rank=pairing.rank,
                since=target.starts_on,
            )
        )
    return len(pair_all(by=by, program=target, pairings=found))


register_carry_over(
    CarryOver(
        name="teams",
        label="工作队和队员",
        about="现在在册的队伍和队员，从新活动开始之日起重新计算；队名不变。",
        count=lambda program: _teams(program).count(),
        carry=carry_teams,
        position=10,
    )
)
register_carry_over(
    CarryOver(
        name="pairings",
        label="结对",
        about="现在有效的结对，从新活动开始之日起重新计算；协议重新签订。由队伍结对的，须同时带上队伍。",
        count=lambda program: _pairings(program).count(),
        carry=carry_pairings,
        position=20,
    )
)
