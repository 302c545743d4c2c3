"""Changes to named groups of cadres and units."""

from __future__ import annotations

import datetime as dt

from cadres.models import Cadre, CadreGroup, GroupSeat
from programs.changes import action, check_day, required, saved
from programs.models import Program, Unit, User
from programs.refusals import Refusal
from programs.rules.wording import day_text


class SeatTaken(Refusal):
    """The cadre or unit has a seat in the group already."""


class SeatEnded(Refusal):
    """The seat has ended before."""


@action
def form_group(
    *,
    by: User,
    program: Program,
    name: str,
    unit: Unit | None = None,
    formed_on: dt.date | None = None,
    tasks: str = "",
) -> CadreGroup:
    """Form a named group (领导小组, 联合督导组), of a unit or of the whole program."""
    if formed_on is not None:
        check_day(formed_on, program, "formed_on", "成立日期")
    name = required(name, "名称", "name")
    return saved(CadreGroup(program=program, name=name, unit=unit, formed_on=formed_on, tasks=tasks))


@action
def take_seat(
    *,
    by: User,
    group: CadreGroup,
    since: dt.date,
    cadre: Cadre | None = None,
    unit: Unit | None = None,
    duty: str = "",
) -> GroupSeat:
    """A cadre, or a unit as a whole, joins a group."""
    if cadre is None and unit is None:
        raise SeatTaken("请选择干部；以单位为成员的，选择单位。", field="cadre")
    same = group.seats.active_on(since).filter(cadre=cadre) if cadre else group.seats.active_on(since).filter(unit=unit)
    if same.exists():
        raise SeatTaken(f"“{cadre or unit}”已在“{group}”中。", field="cadre" if cadre else "unit")
    return saved(GroupSeat(group=group, cadre=cadre, unit=unit, duty=duty, since=since))


@action
def leave_seat(*, by: User, seat: GroupSeat, on: dt.date) -> GroupSeat:
    """Somebody leaves a group; ``on`` is the last day."""
    if seat.until is not None:
        raise SeatEnded(f"已于{day_text(seat.until)}退出。", field="until")
    seat.until = on
    return saved(seat)
