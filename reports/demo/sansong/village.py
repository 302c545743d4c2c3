"""The village of 三送's demonstration: its profile, its hundred households, and the people the document speaks of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from programs.changes import change_fields
from reports.demo.sansong import names
from reports.demo.sansong.names import IN_POST, SENT
from reports.demo.sansong.world import World
from villages.actions import (
    add_hardship,
    add_households,
    add_member,
    add_people,
    add_risk,
    record_year,
    resolve_risk,
    tag_households,
    tag_member,
)
from villages.models import Household, VillagePerson

#: The household, by position, whose child the village helps to study.
STUDENT_AT = 6
#: Households by position whose member is being prepared for the party.
ACTIVISTS_AT = (12, 43, 77)


def make_households(world: World) -> None:
    """A hundred households in eight groups, a fifth of them in hardship."""
    world.households = add_households(
        by=world.office,
        households=[
            Household(
                division=world.groups[n % len(world.groups)],
                number=f"{n + 1:03d}",
                head=f"示例户主{n + 1:03d}",
                is_fictional=True,
            )
            for n in range(names.HOUSEHOLDS)
        ],
    )
    hard = world.in_hardship
    for code, households in (("hardship", hard), ("low_income", hard[::3])):
        tag = world.word("household_tag", code)
        tag_households(by=world.office, program=world.program, households=households, tag=tag, since=IN_POST)
    for n, household in enumerate(hard[:9]):
        cause = world.word("hardship", ("disability", "study", "illness")[n % 3])
        add_hardship(by=world.office, program=world.program, household=household, cause=cause, since=IN_POST)


def describe(world: World) -> None:
    """Numbers, rosters and risks of the village."""
    village = world.village
    change_fields(
        by=world.office,
        row=village,
        overview="全村8个村民小组，丘陵地貌，以木材加工和水稻种植为主。村河流经三个小组，早年稀土开采造成水土流失。",
        resources="木材资源丰富，木材加工点分散在各小组；与周边县相比有原木集散的便利。",
        economy="村集体收入主要来自山林承包，青壮年多在外务工。",
    )
    record_year(
        by=world.office,
        village=village,
        year=2010,
        households=312,
        population=1286,
        party_members=34,
        collective_income=Decimal(28_000),
        land_mu=Decimal(1_540),
    )
    kind = VillagePerson.Kind
    people = [(kind.COMMITTEE, "示例村支部书记", "支部书记"), (kind.COMMITTEE, "示例村委主任", "村委会主任")]
    people += [(kind.PARTY_MEMBER, f"示例党员{n:02d}", "") for n in range(1, 35)]
    people += [(kind.TALENT, "示例能人01", "在外经营木材生意")]
    add_people(
        by=world.office,
        people=[
            VillagePerson(village=village, kind=code, name=name, post=post, since=IN_POST)
            for code, name, post in people
        ],
    )
    add_risk(
        by=world.head_user,
        village=village,
        text="部分山林界址不清，易引发小组之间、户与户之间的纠纷。",
        measures="逐宗核对山林证，能调则调，调不成的引导走司法程序。",
        since=dt.date(2011, 2, 10),
    )
    risk = add_risk(by=world.head_user, village=village, text="稀土废水影响农田灌溉，沿河群众意见大。", since=SENT)
    resolve_risk(by=world.head_user, risk=risk, on=dt.date(2011, 9, 20), measures="废水处理厂投产，出水符合环保标准。")


def name_people(world: World) -> None:
    """The student who is helped, and the three who are being prepared for the party."""
    home = world.households[STUDENT_AT]
    student = add_member(by=world.office, name="示例学生01", household=home, relation="子女")
    add_member(by=world.office, name="示例家长01", household=home, relation="配偶")
    tag_member(
        by=world.office,
        program=world.program,
        member=student,
        tag=world.word("person_tag", "student"),
        since=dt.date(2011, 8, 22),
    )
    for n, position in enumerate(ACTIVISTS_AT, start=1):
        person = add_member(
            by=world.office, name=f"示例积极分子{n:02d}", household=world.households[position], relation="户主"
        )
        tag = world.word("person_tag", "activist")
        tag_member(by=world.office, program=world.program, member=person, tag=tag, since=dt.date(2011, 5 + n, 28))
