"""Changes to the duty register and to leave: each day says one thing, and a granted leave says it by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cadres.actions.records import must_be_in
from cadres.models import Cadre, Duty, Leave, Team
from cadres.rules import TOWN_DAYS, is_for_town, is_working_day
from programs import clock
from programs.changes import action, check_running, check_work, required, saved, saved_all
from programs.models import Program, Role, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from programs.scoping import roles_in

ONE_DAY = dt.timedelta(days=1)


class AlreadyApproved(Refusal):
    """The leave has been approved before."""


class AlreadyAnswered(Refusal):
    """The leave has been answered or taken back before."""


class HigherTier(Refusal):
    """So many days are for a higher office to grant."""


class NotGranted(Refusal):
    """Only from a granted leave somebody can come back."""


class LeaveSaysSo(Refusal):
    """The day lies in a granted leave, which says where the member was."""


@dataclass(frozen=True)
class MemberDay:
    """One day of one member of a team."""

    team: Team
    cadre: Cadre
    on: dt.date


@action
def record_duties(*, by: User, program: Program, duties: Iterable[Duty]) -> list[Duty]:
    """Enter many days of the duty register, as a town office keeps it; the same rules as for one, membership aside."""
    found = list(duties)
    for duty in found:
        duty.recorded_by = by
        check_work(duty.on, program, "on")
    return saved_all(found)


@action
def record_duty(
    *, by: User, team: Team, cadre: Cadre, on: dt.date, state: str = Duty.State.PRESENT, note: str = ""
) -> Duty:
    """Enter or change one day of a member in the duty register. A reported trip for the village counts as duty."""
    must_be_in(team, cadre, on)
    check_work(on, team.program, "on")
    leave = Leave.objects.granted().filter(team=team, cadre=cadre).active_on(on).first()
    if leave is not None and leave.stands_for != state:
        raise LeaveSaysSo(f"{day_text(on)}在已批准的{leave}期间，状态由它得出。要改请先销假或撤回。", field="state")
    duty = Duty.objects.filter(team=team, cadre=cadre, on=on).first() or Duty(team=team, cadre=cadre, on=on)
    duty.state, duty.note, duty.recorded_by = state, note, by
    return saved(duty)


@action
def clear_duty(*, by: User, team: Team, cadre: Cadre, on: dt.date) -> None:
    """Take back what the register says of a day; history keeps it."""
    check_running(team.program)
    for duty in Duty.objects.filter(team=team, cadre=cadre, on=on):
        duty.delete()


@action
def fill_duties(*, by: User, program: Program, days: Iterable[MemberDay]) -> int:
    """Enter the days of which the register says nothing yet: by a granted leave, else as present. Returns how many."""
    wanted = list(days)
    if not wanted:
        return 0
    first, last = min(day.on for day in wanted), max(day.on for day in wanted)
    teams = {day.team.pk for day in wanted}
    known = set(Duty.objects.filter(team__in=teams, on__range=(first, last)).values_list("team_id", "cadre_id", "on"))
    leaves = list(Leave.objects.granted().filter(team__in=teams).active_within(first, last))
    duties = []
    for day in wanted:
        if (day.team.pk, day.cadre.pk, day.on) in known:
            continue
        leave = next((one for one in leaves if _covers(one, day)), None)
        state = leave.stands_for if leave else Duty.State.PRESENT
        duties.append(Duty(team=day.team, cadre=day.cadre, on=day.on, state=state, note=leave.reason if leave else ""))
    return len(record_duties(by=by, program=program, duties=duties))


def _covers(leave: Leave, day: MemberDay) -> bool:
    return leave.team_id == day.team.pk and leave.cadre_id == day.cadre.pk and leave.is_active_on(day.on)


@action
def request_leave(
    *,
    by: User,
    team: Team,
    cadre: Cadre,
    since: dt.date,
    until: dt.date,
    reason: str,
    kind: str = Leave.Kind.LEAVE,
) -> Leave:
    """Ask for leave, or report a trip for the village; it counts once it is approved."""
    check_running(team.program)
    must_be_in(team, cadre, since)
    if until >= since:
        must_be_in(team, cadre, until)
    return saved(
        Leave(
            team=team,
            cadre=cadre,
            kind=kind,
            since=since,
            until=until,
            reason=required(reason, "请假事由", "reason"),
        )
    )


def town_days(program: Program) -> int:
    """How many days of leave a town may grant in a program."""
    said = program.settings.get("leave_town_days", TOWN_DAYS)
    return said if isinstance(said, int) and said >= 0 else TOWN_DAYS


def is_for_town_office(leave: Leave) -> bool:
    """Whether the town answers for a leave, or the county."""
    is_trip = leave.kind == Leave.Kind.TRIP
    return is_for_town(leave.days, is_trip=is_trip, town_days=town_days(leave.team.program))


def may_answer(user: User, leave: Leave) -> bool:
    """Whether somebody's office is of the tier that the leave asks for."""
    roles = roles_in(user, leave.team.program_id)
    return bool(roles & {Role.COUNTY, Role.ADMINISTRATOR}) or is_for_town_office(leave)


@action
def approve_leave(*, by: User, leave: Leave, approver: str, on: dt.date | None = None) -> Leave:
    """Approve a leave, by the tier that its length asks for; the duty register says so from then on."""
    if leave.approved_on is not None:
        raise AlreadyApproved(f"这次请假已于{day_text(leave.approved_on)}批准。")
    _must_be_answerable(by, leave)
    leave.approved_by = required(approver, "批准人", "approver")
    leave.approved_on = on or clock.today(leave.team.program)
    found = saved(leave)
    _register(found, by)
    return found


@action
def decline_leave(*, by: User, leave: Leave, approver: str, reason: str, on: dt.date | None = None) -> Leave:
    """Decline a leave, and say why."""
    _must_be_answerable(by, leave)
    leave.declined_by = required(approver, "审批人", "approver")
    leave.decline_reason = required(reason, "不予批准的理由", "reason")
    leave.declined_on = on or clock.today(leave.team.program)
    return saved(leave)


@action
def withdraw_leave(*, by: User, leave: Leave) -> Leave:
    """Take a leave back; days that the register took from it are open again."""
    if leave.withdrawn_on is not None or leave.declined_on is not None:
        raise AlreadyAnswered("这次请假已撤回或未获批准，不必再撤回。")
    leave.withdrawn_on = clock.today(leave.team.program)
    found = saved(leave)
    _reopen(found, found.since)
    return found


@action
def return_from_leave(*, by: User, leave: Leave, on: dt.date) -> Leave:
    """Somebody is back earlier than granted; ``on`` is the last day away (销假)."""
    if not leave.is_granted:
        raise NotGranted("只有已批准的请假才需要销假。")
    if leave.until is not None and not leave.since <= on <= leave.until:
        raise NotGranted(
            f"最后一天须在{day_text(leave.since)}到{day_text(leave.until)}之间。一天也没有离开的，请撤回。", field="on"
        )
    _reopen(leave, on + ONE_DAY)
    leave.until = on
    return saved(leave)


def _must_be_answerable(by: User, leave: Leave) -> None:
    check_running(leave.team.program)
    if not leave.is_waiting:
        raise AlreadyAnswered("这次请假已有结果或已撤回，请查看它的变更记录。")
    if not may_answer(by, leave):
        most = town_days(leave.team.program)
        raise HigherTier(f"这次请假共 {leave.days} 天，镇街办公室可批 {most} 天以内，请由县级办公室审批。")


def _register(leave: Leave, by: User) -> None:
    """Let the register say of the days gone by what the leave says; days to come follow when they are entered."""
    today = clock.today(leave.team.program)
    known = {duty.on: duty for duty in _days_of(leave, leave.since)}
    day, new = leave.since, []
    while day <= min(leave.until or leave.since, today):
        duty = known.get(day)
        if duty is not None:
            duty.state, duty.note, duty.recorded_by = leave.stands_for, leave.reason, by
            saved(duty)
        elif is_working_day(day):
            new.append(
                Duty(
                    team=leave.team,
                    cadre=leave.cadre,
                    on=day,
                    state=leave.stands_for,
                    note=leave.reason,
                    recorded_by=by,
                )
            )
        day += ONE_DAY
    saved_all(new)


def _reopen(leave: Leave, first: dt.date) -> None:
    for duty in _days_of(leave, first):
        if duty.state == leave.stands_for:
            duty.delete()


def _days_of(leave: Leave, first: dt.date) -> Iterable[Duty]:
    last = leave.until or leave.since
    return Duty.objects.filter(team=leave.team, cadre=leave.cadre, on__range=(first, last)) if first <= last else []
