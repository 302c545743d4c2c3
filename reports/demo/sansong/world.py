"""What the builder's steps share: the one village, its team of five, and the hundred households."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.demo.base import DemoWorld, at, days_between, dice

if TYPE_CHECKING:
    from cadres.models import Cadre, Team
    from programs.models import Division, Unit, User
    from villages.models import Household, Village

__all__ = ["World", "at", "days_between", "dice", "number"]

_NUMBERS = uuid.UUID("b5e1c3a4-2011-5a05-8000-990101600601")


@dataclass
class World(DemoWorld):
    """三送's demonstration as it is being made. Steps fill it in turn."""

    office: User = field(init=False)
    town_user: User = field(init=False)
    contact: User = field(init=False)
    head_user: User = field(init=False)
    inspector: User = field(init=False)
    leader: User = field(init=False)
    place: Division = field(init=False)
    town: Division = field(init=False)
    bureau: Unit = field(init=False)
    court: Unit = field(init=False)
    town_unit: Unit = field(init=False)
    village: Village = field(init=False)
    team: Team = field(init=False)
    bureau_leader: Cadre = field(init=False)
    court_leader: Cadre = field(init=False)
    members: list[Cadre] = field(default_factory=list)
    groups: list[Division] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)

    @property
    def head(self) -> Cadre:
        """The team's head."""
        return self.members[0]

    @property
    def in_hardship(self) -> list[Household]:
        """One of every five households, four of each member's."""
        return [household for n, household in enumerate(self.households) if n % 5 == n // 5 % 5]

    def households_of(self, position: int) -> list[Household]:
        """The twenty households for which a member answers, by the member's position in the team."""
        return self.households[position :: len(self.members)]


def number(*seed: object) -> uuid.UUID:
    """A UUID that is the same every time."""
    return uuid.uuid5(_NUMBERS, "/".join(map(str, seed)))
