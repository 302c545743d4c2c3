"""What the builder's steps share: villages, departments, and each cadre with the households they answer for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.demo.base import DemoWorld
from reports.demo.lvyuan import names

if TYPE_CHECKING:
    from cadres.models import Cadre, Team
    from inspections.models import Inspection
    from programs.models import Division, Unit, User
    from villages.models import Household, Village

WEEK = dt.timedelta(days=7)


@dataclass(eq=False)
class Place:
    """A village that takes part, its 屯 if it has any here, its households and those who answer for them."""

    division: Division
    town: Division
    number: int | None = None
    groups: list[Division] = field(default_factory=list)
    village: Village = field(init=False)
    households: list[Household] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)

    @property
    def is_model(self) -> bool:
        """Whether it is one of the four that the document names."""
        return self.division.code in names.MODEL_VILLAGES


@dataclass(eq=False)
class Department:
    """A unit of the district with the village it helps and its staff."""

    name: str
    place: Place
    unit: Unit = field(init=False)
    user: User = field(init=False)
    staff: list[Cadre] = field(default_factory=list)
    team: Team | None = None
    inspections: list[Inspection] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Whether the document names it."""
        return self.name in names.NAMED_DEPARTMENTS


@dataclass(eq=False)
class Helper:
    """A cadre who answers for households in one village; ``key`` is what chance is drawn by."""

    cadre: Cadre
    place: Place
    rank: str
    key: str
    recorder: User
    unit_name: str
    may_fail: bool
    households: list[Household] = field(default_factory=list)
    missing: set[int] = field(default_factory=set)


@dataclass
class World(DemoWorld):
    """The demonstration as it is being made. Steps fill it in turn."""

    office: User = field(init=False)
    towns: dict[str, Division] = field(default_factory=dict)
    town_units: dict[str, Unit] = field(default_factory=dict)
    town_users: dict[str, User] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    departments: list[Department] = field(default_factory=list)
    leaders_unit: Unit = field(init=False)
    discipline: Unit = field(init=False)
    inspector: User = field(init=False)
    helpers: list[Helper] = field(default_factory=list)

    @property
    def model_places(self) -> list[Place]:
        """The four model villages."""
        return [place for place in self.places if place.is_model]

    @property
    def model_departments(self) -> list[Department]:
        """The 43 departments in the model villages."""
        return [department for department in self.departments if department.place.is_model]

    def department(self, name: str) -> Department:
        """A department by its short name."""
        return next(one for one in self.departments if one.name == name)


def mondays() -> list[dt.date]:
    """The first days of all weeks up to now; the last week is not over."""
    first = names.BEGAN
    return [first + WEEK * n for n in range((names.NOW - first).days // 7 + 1)]


def shares(total: int, count: int) -> list[int]:
    """A total in so many parts that differ by one at most, the larger ones first."""
    least, more = divmod(total, count)
    return [least + (n < more) for n in range(count)]
