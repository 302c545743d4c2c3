"""What the builder's steps share: the unit with its sections, the village, and those who work for both."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.demo.base import DemoWorld, at, days_between, dice

if TYPE_CHECKING:
    from cadres.models import Cadre
    from programs.models import Division, Unit, User
    from projects.models import Project
    from villages.models import Household, Village

__all__ = ["World", "at", "days_between", "dice", "number"]

_NUMBERS = uuid.UUID("b5e1c3a4-2008-5b05-8000-310113106212")


@dataclass
class World(DemoWorld):
    """宝山's demonstration as it is being made. Steps fill it in turn."""

    office: User = field(init=False)
    town_user: User = field(init=False)
    contact: User = field(init=False)
    institute_user: User = field(init=False)
    leader: User = field(init=False)
    place: Division = field(init=False)
    village: Village = field(init=False)
    bureau: Unit = field(init=False)
    village_unit: Unit = field(init=False)
    principal: Cadre = field(init=False)
    deputy: Cadre = field(init=False)
    sections: dict[str, Unit] = field(default_factory=dict)
    heads: dict[str, Cadre] = field(default_factory=dict)
    households: list[Household] = field(default_factory=list)
    projects: dict[str, Project] = field(default_factory=dict)


def number(*seed: object) -> uuid.UUID:
    """A UUID that is the same every time."""
    return uuid.uuid5(_NUMBERS, "/".join(map(str, seed)))
