"""Changes to work teams: who is in them, who heads them, what they have reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cadres.models import Cadre, Milestone, Team, TeamMember
from programs.changes import action, check_place, check_work, required, saved, saved_all
from programs.models import Program, Term, Unit, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from villages.models import Village

ONE_DAY = dt.timedelta(days=1)


class AlreadyLeft(Refusal):
    """The member has left the team before."""


class NotInTeam(Refusal):
    """The member belongs to another team."""


class OutsideTeamTime(Refusal):
    """The day lies before the team began or after it ended."""


class TeamEnded(Refusal):
    """The team has been withdrawn."""


@action
def add_teams(*, by: User, program: Program, teams: Iterable[Team]) -> list[Team]:
    """Set up many teams; the same rules as for one."""
    found = list(teams)
    for team in found:
        team.program = program
        team.name = required(team.name, "名称", "name")
        check_place(team.village.division, program, "village")
    return saved_all(found, program)


@action
def add_team(
    *,
    by: User,
    program: Program,
    village: Village,
    name: str,
    since: dt.date,
    unit: Unit | None = None,
    promises: str = "",
) -> Team:
    """Set up a work team in a village, sent by a unit if one answers for it."""
    team = Team(program=program, village=village, unit=unit, name=name, since=since, promises=promises)
    return add_teams(by=by, program=program, teams=[team])[0]


@action
def end_team(*, by: User, team: Team, on: dt.date) -> Team:
    """Withdraw a team; ``on`` is its last day, and that of its members."""
    if team.until is not None:
        raise TeamEnded(f"“{team}”已于{day_text(team.until)}撤回。", field="until")
    for member in team.members.filter(until__isnull=True):
        member.until = max(on, member.since)
        saved(member)
    team.until = on
    return saved(team)


@action
def join_teams(*, by: User, members: Iterable[TeamMember]) -> list[TeamMember]:
    """Enter many members; the same rules as for one."""
    found = list(members)
    for member in found:
        team = member.team
        if not team.is_active_on(member.since):
            raise OutsideTeamTime(
                f"{day_text(member.since)}不在“{team}”派驻期间（{day_text(team.since)}起），请核对日期。", field="since"
            )
    return saved_all(found)


@action
def join_team(
    *,
    by: User,
    team: Team,
    cadre: Cadre,
    unit: Unit,
    since: dt.date,
    role: str = TeamMember.Role.MEMBER,
    until: dt.date | None = None,
) -> TeamMember:
    """A cadre joins a team, sent by a unit. There is one 第一书记 at a time."""
    member = TeamMember(team=team, cadre=cadre, unit=unit, since=since, role=role, until=until)
    return join_teams(by=by, members=[member])[0]


@action
def leave_team(*, by: User, member: TeamMember, on: dt.date) -> TeamMember:
    """A member leaves; ``on`` is the last day in the team."""
    if member.until is not None:
        raise AlreadyLeft(f"该队员已于{day_text(member.until)}离队。", field="until")
    member.until = on
    return saved(member)


@action
def change_first_secretary(*, by: User, team: Team, to: Cadre, unit: Unit, on: dt.date) -> TeamMember:
    """A new 第一书记 begins on ``on``; the one before ends the day before, and both stay on record."""
    secretaries = team.members.filter(role=TeamMember.Role.FIRST_SECRETARY, until__isnull=True)
    for before in secretaries.select_for_update():
        leave_team(by=by, member=before, on=on - ONE_DAY)
    for seat in team.members.filter(cadre=to, until__isnull=True).select_for_update():
        leave_team(by=by, member=seat, on=on - ONE_DAY)
    return join_team(by=by, team=team, cadre=to, unit=unit, since=on, role=TeamMember.Role.FIRST_SECRETARY)


@action
def reach_milestones(*, by: User, program: Program, milestones: Iterable[Milestone]) -> list[Milestone]:
    """Enter many milestones; the same rules as for one."""
    found = list(milestones)
    for milestone in found:
        check_work(milestone.reached_on, program, "reached_on", "完成日期")
        if milestone.reached_on < milestone.team.since:
            raise OutsideTeamTime(
                f"完成日期（{day_text(milestone.reached_on)}）早于“{milestone.team}”派驻之日"
                f"（{day_text(milestone.team.since)}），请核对。",
                field="reached_on",
            )
        if milestone.member is not None and milestone.member.team_id != milestone.team_id:
            raise NotInTeam(f"该队员不在“{milestone.team}”，请重新选择。", field="member")
    return saved_all(found, program)


@action
def reach_milestone(
    *, by: User, team: Team, kind: Term, reached_on: dt.date, member: TeamMember | None = None, paper: str = ""
) -> Milestone:
    """A team, or one of its members, has reached something: 对接到位, 组织关系转移 (``paper`` says by which paper)."""
    milestone = Milestone(team=team, member=member, kind=kind, reached_on=reached_on, paper=paper)
    return reach_milestones(by=by, program=team.program, milestones=[milestone])[0]
