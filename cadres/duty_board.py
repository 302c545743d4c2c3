"""The duty register of a month as a grid of members and days, read with a fixed number of questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cadres.actions.duty import MemberDay
from cadres.models import Cadre, Duty, Leave, Team, TeamMember
from cadres.rules import days_of_month, is_working_day, month_after
from programs import clock
from programs.models import Division, Program, User
from programs.permissions import PERMISSIONS
from programs.rules.wording import day_text, month_text
from programs.scoping import code_range

#: One character for each state; its word stands beside it wherever there is room.
SIGNS: dict[str, str] = {
    Duty.State.PRESENT: "√",
    Duty.State.REPORTED: "外",
    Duty.State.LEAVE: "假",
    Duty.State.ABSENT: "缺",
    Duty.State.REST: "休",
}
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Head:
    """A day above the grid."""

    on: dt.date
    is_to_come: bool

    @property
    def weekday(self) -> str:
        """一 to 日."""
        return WEEKDAYS[self.on.weekday()]

    @property
    def is_free(self) -> bool:
        """Saturday or Sunday."""
        return not is_working_day(self.on)


@dataclass(frozen=True)
class Cell:
    """One day of one member: what the register or a granted leave says, and whether it may be changed here."""

    key: str
    on: dt.date
    who: str
    state: str = ""
    note: str = ""
    leave: Leave | None = None
    is_asked: bool = False
    is_to_come: bool = False
    is_open: bool = False

    @property
    def sign(self) -> str:
        """What stands in the cell."""
        return SIGNS.get(self.state, "问" if self.is_asked else "") if self.state or self.is_asked else ""

    @property
    def words(self) -> str:
        """The same in words, for whoever cannot see colours and signs."""
        if self.state:
            said = str(Duty.State(self.state).label)
        else:
            said = "请假待批" if self.is_asked else "还没有到" if self.is_to_come else "未登记"
        note = f"（{self.note}）" if self.note else ""
        return f"{self.who}，{day_text(self.on)}：{said}{note}"

    @property
    def is_free(self) -> bool:
        """Saturday or Sunday."""
        return not is_working_day(self.on)

    @property
    def column(self) -> int:
        """Its place in a week, 1 to 7."""
        return self.on.isoweekday()


@dataclass
class Line:
    """A member with the month's days; None where they were not in the team."""

    team: Team
    cadre: Cadre
    role: str
    may_record: bool
    cells: list[Cell | None] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Which member."""
        return f"{self.team.pk}-{self.cadre.pk}"

    @property
    def on_duty(self) -> int:
        """Days that count as duty."""
        return sum(cell is not None and cell.state in (Duty.State.PRESENT, Duty.State.REPORTED) for cell in self.cells)

    @property
    def missing(self) -> list[Cell]:
        """Working days gone by of which the register says nothing yet."""
        return [
            cell for cell in self.cells if cell is not None and cell.is_open and not cell.state and not cell.is_free
        ]


@dataclass
class DutyMonth:
    """The grid that an address asks for: a month, and a town or a team."""

    program: Program
    user: User
    data: Mapping[str, str]
    may_record: bool

    @cached_property
    def today(self) -> dt.date:
        """The program's today."""
        return clock.today(self.program)

    @cached_property
    def month(self) -> dt.date:
        """The first day of the month; this one if the address names none, or one to come."""
        try:
            asked = dt.date.fromisoformat(f"{self.data.get('month', '')}-01")
        except ValueError:
            asked = self.today.replace(day=1)
        return min(max(asked, self.program.starts_on.replace(day=1)), self.today.replace(day=1))

    @property
    def title(self) -> str:
        """2015年6月."""
        return month_text(self.month)

    @cached_property
    def before(self) -> dt.date | None:
        """The month before, if the program had begun."""
        found = month_after(self.month, -1)
        return found if found >= self.program.starts_on.replace(day=1) else None

    @cached_property
    def after(self) -> dt.date | None:
        """The month after, unless it is to come."""
        found = month_after(self.month)
        return found if found <= self.today else None

    @cached_property
    def heads(self) -> list[Head]:
        """The days of the month."""
        return [Head(day, day > self.today) for day in days_of_month(self.month)]

    @property
    def last(self) -> dt.date:
        """The month's last day."""
        return self.heads[-1].on

    @cached_property
    def _teams(self) -> list[Team]:
        rows = Team.objects.visible_to(self.user).filter(program=self.program).active_within(self.month, self.last)
        return list(rows.select_related("village__division__parent").order_by("village_id", "pk"))

    @cached_property
    def towns(self) -> list[Division]:
        """The towns whose teams somebody reaches."""
        found = {team.village.division.parent_id: team.village.division.parent for team in self._teams}
        return [town for code, town in sorted(found.items(), key=lambda pair: pair[0] or "") if town is not None]

    @cached_property
    def team(self) -> Team | None:
        """The one team that the address asks for."""
        asked = self.data.get("team", "")
        return next((team for team in self._teams if str(team.pk) == asked), None)

    @cached_property
    def town(self) -> Division | None:
        """The town that the address asks for; else the first one."""
        if self.team is not None:
            return self.team.village.division.parent
        asked = self.data.get("place", "")
        return next((town for town in self.towns if town.code == asked), self.towns[0] if self.towns else None)

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each member, teams together."""
        if self.town is None:
            return []
        seats = TeamMember.objects.visible_to(self.user).filter(team__program=self.program)
        seats = seats.filter(code_range("team__village_id", self.town.code)).active_within(self.month, self.last)
        if self.team is not None:
            seats = seats.filter(team=self.team)
        recorded = seats.visible_to(self.user, PERMISSIONS["duty.record"]) if self.may_record else seats.none()
        mine = set(recorded.values_list("pk", flat=True))
        spans: dict[tuple[int, int], list[TeamMember]] = {}
        rows = seats.select_related("team__village", "team__program", "cadre").order_by(
            "team__village_id", "team_id", "since", "pk"
        )
        for seat in sorted(rows, key=lambda one: (one.team.village_id, one.team_id, _RANKS[one.role])):
            spans.setdefault((seat.team_id, seat.cadre_id), []).append(seat)
        known, leaves = self._known(list(spans)), self._leaves(list(spans))
        return [self._line(found, known, leaves.get(key, []), mine) for key, found in spans.items()]

    def _known(self, keys: list[tuple[int, int]]) -> dict[tuple[int, int, dt.date], Duty]:
        rows = Duty.objects.filter(team__in={team for team, _ in keys}, on__range=(self.month, self.last))
        return {(duty.team_id, duty.cadre_id, duty.on): duty for duty in rows}

    def _leaves(self, keys: list[tuple[int, int]]) -> dict[tuple[int, int], list[Leave]]:
        rows = Leave.objects.filter(team__in={team for team, _ in keys}, declined_on=None, withdrawn_on=None)
        found: dict[tuple[int, int], list[Leave]] = {}
        for leave in rows.active_within(self.month, self.last).order_by("since", "pk"):
            found.setdefault((leave.team_id, leave.cadre_id), []).append(leave)
        return found

    def _line(
        self,
        seats: list[TeamMember],
        known: dict[tuple[int, int, dt.date], Duty],
        leaves: list[Leave],
        mine: set[int],
    ) -> Line:
        seat = seats[-1]
        role = self.program.call(seat.get_role_display())
        line = Line(seat.team, seat.cadre, role, any(one.pk in mine for one in seats))
        for head in self.heads:
            if not any(one.is_active_on(head.on) for one in seats):
                line.cells.append(None)
                continue
            duty = known.get((seat.team_id, seat.cadre_id, head.on))
            leave = next((one for one in leaves if one.is_active_on(head.on)), None)
            granted = leave if leave is not None and leave.is_granted else None
            line.cells.append(
                Cell(
                    key=f"{line.key}-{head.on:%Y%m%d}",
                    on=head.on,
                    who=str(seat.cadre),
                    # A leave speaks for its working days; at week-ends nobody needs it.
                    state=self._state(duty, granted, head),
                    note=duty.note if duty else leave.reason if leave else "",
                    leave=granted,
                    is_asked=leave is not None and granted is None,
                    is_to_come=head.is_to_come,
                    is_open=line.may_record and granted is None and not head.is_to_come,
                )
            )
        return line

    @staticmethod
    def _state(duty: Duty | None, granted: Leave | None, head: Head) -> str:
        if granted is not None and (duty is not None or not head.is_free):
            return granted.stands_for
        return duty.state if duty else ""

    @cached_property
    def cells(self) -> dict[str, tuple[Line, Cell]]:
        """Cells that may be changed, by their key."""
        found = {}
        for line in self.lines:
            for cell in line.cells:
                if cell is not None and cell.is_open:
                    found[cell.key] = (line, cell)
        return found

    @property
    def missing(self) -> list[MemberDay]:
        """All working days gone by of which the register says nothing yet."""
        found = []
        for line in self.lines:
            for cell in line.cells if line.may_record else ():
                unsaid = cell is not None and not cell.is_to_come and not cell.is_free
                if cell is not None and unsaid and (not cell.state or cell.leave is not None):
                    found.append(MemberDay(line.team, line.cadre, cell.on))
        return found

    @property
    def count_missing(self) -> int:
        """How many days the register still lacks."""
        return sum(len(line.missing) for line in self.lines)

    def of_day(self, on: dt.date) -> list[MemberDay]:
        """Everybody whose day may be changed."""
        return [MemberDay(line.team, line.cadre, on) for line, cell in self.cells.values() if cell.on == on]


_RANKS = {value: number for number, value in enumerate(TeamMember.Role.values)}
