"""What 招远's villages are: years, rosters, risks, and some made-up households."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from reports.demo.zhaoyuan import names, phrases
from reports.demo.zhaoyuan.names import BEGAN, IN_POST
from reports.demo.zhaoyuan.world import Side, World, dice
from villages.actions import add_households, add_people, add_risk, record_years, resolve_risk, tag_households
from villages.models import Household, VillagePerson, VillageYear

_HOUSEHOLDS_NAMED, _HOUSEHOLDS_BIGUO = 6, 3


def describe_villages(world: World) -> None:
    """Numbers of 2014 for made-up villages, the committees' heads by post, 辛庄镇's fuller rosters, risks.

    Of the villages that the document names nothing is made up but the households, which say so.
    """
    record_years(by=world.office, years=[year for side in world.sides for year in _years(side)])
    add_people(by=world.office, people=[person for side in world.sides for person in _people(side)])
    for side in world.sides:
        if side.town.code == names.XINZHUANG and not side.is_named:
            add_risk(
                by=world.town_users[names.XINZHUANG],
                village=side.village,
                text=phrases.RISK[0],
                measures=phrases.RISK[1],
                since=BEGAN,
            )
    houlujia = world.side("市信访局")
    risk = add_risk(
        by=houlujia.user, village=houlujia.village, text=phrases.HOULUJIA_RISK[0], since=dt.date(2015, 4, 7)
    )
    resolve_risk(by=houlujia.user, risk=risk, on=dt.date(2015, 5, 28), measures=phrases.HOULUJIA_RISK[1])


def _years(side: Side) -> Iterator[VillageYear]:
    if side.unit_name == "市经信局":
        yield VillageYear(village=side.village, year=2014, collective_income=Decimal(0))
    if side.is_named:
        return
    chance = dice("year", side.key)
    households = chance.randrange(90, 420)
    yield VillageYear(
        village=side.village,
        year=2014,
        households=households,
        population=round(households * chance.uniform(2.6, 3.1)),
        party_members=chance.randrange(18, 60),
        collective_income=Decimal(chance.randrange(0, 60)) * 1000,
        land_mu=Decimal(households * chance.randrange(3, 6)),
    )


def _people(side: Side) -> Iterator[VillagePerson]:
    def person(kind: str, name: str, post: str) -> VillagePerson:
        return VillagePerson(village=side.village, kind=kind, name=name, post=post, since=IN_POST)

    yield person(VillagePerson.Kind.COMMITTEE, f"{side.place}党支部书记", "党支部书记")
    if side.town.code == names.XINZHUANG and not side.is_named:
        yield person(VillagePerson.Kind.COMMITTEE, f"{side.place}村委会主任", "村委会主任")
        for n in range(1, 4):
            yield person(VillagePerson.Kind.PARTY_MEMBER, f"示例党员{n:02d}", "党员")
        yield person(VillagePerson.Kind.TALENT, "示例能人01", "在外经营企业")


def make_households(world: World) -> None:
    """A few made-up households in the named villages and in 毕郭镇, some of them in hardship."""
    households = []
    for side in world.sides:
        if side.is_named or side.town.code == names.BIGUO:
            wanted = _HOUSEHOLDS_NAMED if side.is_named else _HOUSEHOLDS_BIGUO
            side.households = [
                Household(division=side.place, number=f"{n:03d}", head=f"示例户主{n:02d}", is_fictional=True)
                for n in range(1, wanted + 1)
            ]
            households += side.households
    add_households(by=world.office, households=households)
    for code, step in (("low_income", 3), ("hardship", 2)):
        tag = world.word("household_tag", code)
        tag_households(
            by=world.office, program=world.program, households=households[step - 1 :: step], tag=tag, since=IN_POST
        )
