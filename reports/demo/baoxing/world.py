"""What the builder's steps share: sides of unit and village, leaders, cadres, and the households they help."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.demo.base import DemoWorld, at, days_between, dice

if TYPE_CHECKING:
    from cadres.models import Cadre
    from programs.models import Division, Unit, User
    from villages.models import Household, Member, Village

__all__ = ["Home", "Person", "Side", "World", "at", "days_between", "dice", "number"]

_NUMBERS = uuid.UUID("b5e1c3a4-2010-5a09-8000-511827000000")


@dataclass(eq=False)
class Home:
    """A household to be helped, with what it is: categories of the household, or of the member they hang on."""

    place: Division
    tag: str = ""
    member_tag: str = ""
    household: Household = field(init=False)


@dataclass(eq=False)
class Person:
    """A cadre with whom they help: places, households, and perhaps a person on no household register."""

    cadre: Cadre
    unit: Unit
    places: list[Division] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    worker: Member | None = None


@dataclass(eq=False)
class Side:
    """One unit with the village it helps. ``number`` is set for made-up units only."""

    name: str
    place: Division
    number: int | None = None
    unit: Unit = field(init=False)
    head: Person | None = None
    staff: list[Cadre] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    several: list[tuple[Home, list[Cadre]]] = field(default_factory=list)
    alone: list[tuple[Home, Cadre]] = field(default_factory=list)
    branch: tuple[Home, Unit] | None = None

    @property
    def goers(self) -> list[Cadre]:
        """Those who go to the village for the unit."""
        return [*([self.head.cadre] if self.head else []), *self.staff]


@dataclass
class World(DemoWorld):
    """宝兴's demonstration as it is being made. Steps fill it in turn."""

    office: User = field(init=False)
    reader: User = field(init=False)
    reviewer: User = field(init=False)
    leader_user: User = field(init=False)
    towns: dict[str, Division] = field(default_factory=dict)
    town_units: dict[str, Unit] = field(default_factory=dict)
    town_users: dict[str, User] = field(default_factory=dict)
    organs: dict[str, Unit] = field(default_factory=dict)
    places: dict[str, Division] = field(default_factory=dict)
    made_up: list[Division] = field(default_factory=list)
    villages: dict[str, Village] = field(default_factory=dict)
    sides: list[Side] = field(default_factory=list)
    leaders: list[Person] = field(default_factory=list)
    city_leaders: list[Person] = field(default_factory=list)
    section: list[Person] = field(default_factory=list)
    contact: User = field(init=False)
    cadre_user: User = field(init=False)
    homes_in: Counter[str] = field(default_factory=Counter)

    def side(self, name: str) -> Side:
        """The side of a unit."""
        return next(side for side in self.sides if side.name == name)

    def town_user_of(self, place: Division) -> User:
        """The town office that records for others in a place."""
        return self.town_users[place.code[:9]]

    @property
    def heads(self) -> list[Person]:
        """Heads of the county's units with households of their own."""
        heads = [side.head for side in self.sides if side.head is not None]
        return [head for head in heads if head not in self.leaders]


def number(*seed: object) -> uuid.UUID:
    """A UUID that is the same every time."""
    return uuid.uuid5(_NUMBERS, "/".join(map(str, seed)))
