"""What the builder's steps share: the program, its words, its accounts, and the 116 sides of unit, village and team."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.demo.base import DemoWorld, at, dice
from reports.demo.base import days_between as working_days
from reports.demo.zhaoyuan import names

if TYPE_CHECKING:
    from cadres.models import Cadre, Team, TeamMember
    from inspections.models import Inspection
    from programs.models import Division, Unit, User
    from projects.models import Project
    from villages.models import Household, Village

__all__ = ["Side", "World", "at", "dice", "number", "working_days"]

_NUMBERS = uuid.UUID("b5e1c3a4-2015-5703-8000-370685000000")


@dataclass(eq=False)
class Side:
    """One unit with the village it helps and the team it sent there. ``number`` is set for made-up units only."""

    unit_name: str
    place: Division
    town: Division
    number: int | None = None
    unit: Unit = field(init=False)
    village: Village = field(init=False)
    team: Team = field(init=False)
    leader: Cadre = field(init=False)
    secretary: Cadre = field(init=False)
    seat: TeamMember = field(init=False)
    members: list[Cadre] = field(default_factory=list)
    user: User = field(init=False)
    households: list[Household] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    inspection: Inspection = field(init=False)
    inspector: User = field(init=False)

    @property
    def is_named(self) -> bool:
        """Whether the document names both unit and village."""
        return self.place.code in names.NAMED_VILLAGES

    @property
    def is_docked(self) -> bool:
        """Whether the team has docked with town and village."""
        return self.unit_name not in names.NOT_DOCKED

    @property
    def leader_came(self) -> bool:
        """Whether the unit's principal leader has been to the village."""
        return self.is_docked and self.number not in names.LEADER_NOT_VISITED

    @property
    def matters(self) -> int:
        """How many 重大帮扶事项 the team submitted."""
        if not self.is_docked or self.number in names.NO_MATTERS:
            return 0
        return names.FEW_MATTERS.get(self.number or 0, 3)

    @property
    def has_annual_plan(self) -> bool:
        """Whether the team made a plan for the year."""
        return self.is_docked and self.number not in names.NO_ANNUAL_PLAN

    @property
    def has_three_year_plan(self) -> bool:
        """Whether the team made a plan for three years."""
        return self.is_docked and self.number not in names.NO_THREE_YEAR_PLAN

    @property
    def has_surveyed(self) -> bool:
        """Whether the team went from door to door to survey the village."""
        return self.is_docked and self.number not in names.NO_SURVEY

    @property
    def inspected_on(self) -> dt.date:
        """The day the inspectors came; known once the round has been made."""
        assert self.inspection.visited_on is not None
        return self.inspection.visited_on

    @property
    def key(self) -> str:
        """The village's code, by which everything about the side is derived."""
        return self.place.code


@dataclass
class World(DemoWorld):
    """招远's demonstration as it is being made. Steps fill it in turn."""

    office: User = field(init=False)
    inspector: User = field(init=False)
    leader: User = field(init=False)
    towns: dict[str, Division] = field(default_factory=dict)
    town_units: dict[str, Unit] = field(default_factory=dict)
    town_users: dict[str, User] = field(default_factory=dict)
    town_leaders: dict[str, list[Cadre]] = field(default_factory=dict)
    sides: list[Side] = field(default_factory=list)

    def side(self, unit_name: str) -> Side:
        """The side of a unit."""
        return next(side for side in self.sides if side.unit_name == unit_name)

    @property
    def docked(self) -> list[Side]:
        """Sides whose team is at work."""
        return [side for side in self.sides if side.is_docked]


def number(*seed: object) -> uuid.UUID:
    """A UUID that is the same every time."""
    return uuid.uuid5(_NUMBERS, "/".join(map(str, seed)))
