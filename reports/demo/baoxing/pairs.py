"""Who helps whom in 宝兴: households with what they are, and all pairings of leaders, units, cadres and branches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from cadres.actions.pairings import pair_all, sign_agreement
from cadres.actions.people import add_cadres, appoint_all
from cadres.models import Cadre, Pairing, Post
from programs.actions import add_units
from programs.models import Unit
from reports.demo.baoxing import names
from reports.demo.baoxing.names import IN_POST, PAIRED
from reports.demo.baoxing.world import Home, Person, Side, World, dice
from villages.actions import add_hardships, add_households, add_members, tag_households, tag_members
from villages.models import Hardship, Household, Member

Mode = Pairing.Mode


def choose_homes(world: World) -> None:
    """Say who is to help which kind of household, and where."""
    named = [world.places[code] for code in (names.ANPING, names.CHONGXING, names.LELE)]
    for n, leader in enumerate(world.leaders):
        village = named[n] if n < len(named) else world.made_up[n]
        leader.places = [world.towns[village.code[:9]], village]
        leader.homes = [Home(village, member_tag="hard_party_member") if n % 2 == 0 else Home(village, "poor")]
    for n, person in enumerate(world.section):
        village = world.made_up[n % len(world.made_up)]
        person.homes = [Home(village, member_tag="hard_party_member"), Home(village, "poor")]
    for side in world.sides:
        if side.head is not None and side.head not in world.leaders:
            side.head.homes = [Home(side.place, member_tag="hard_party_member"), Home(side.place, "hard")]
    world.side(names.BUREAU).homes = [Home(world.places[names.YONGHE], "poor") for _ in range(3)]
    groups = [world.places[code] for code in names.GROUPS]
    world.side(names.RESERVE).homes = [Home(groups[0], member_tag="hard_party_member")]
    world.side(names.RESERVE).homes += [Home(groups[n % 2], "poor") for n in range(4)]
    world.side(names.PROCURATORATE).homes = [Home(world.places[names.XINBAO], "hard"), Home(world.places[names.XINBAO])]
    world.side(names.PROCURATORATE).homes[1].member_tag = "hard_party_member"
    culture = world.side(names.CULTURE)
    culture.homes = [Home(culture.place, "severe") for _ in range(4)]
    _homes_of_staff(world)


def _homes_of_staff(world: World) -> None:
    """一帮一, 几帮一 and 支部帮 by staff and branches of made-up units."""
    sides = [side for side in world.sides if side.number]
    for side in sides[: names.ONE_TO_ONE]:
        side.alone.append((Home(side.place, "hard"), side.staff[0]))
    for side in sides[-names.SEVERAL :]:
        joined = [Cadre(name=f"{side.name}干部{letter}") for letter in "乙丙"]
        add_cadres(by=world.office, cadres=joined)
        posts = [Post(cadre=cadre, unit=side.unit, title="干部", since=IN_POST) for cadre in joined]
        appoint_all(by=world.office, posts=posts)
        side.staff += joined
        side.several.append((Home(side.place, "hard"), side.staff[: names.HELPERS_OF_SEVERAL]))
    helping = sides[: names.BRANCHES]
    branches = [
        Unit(
            name=f"{side.name}机关党支部",
            short_name=f"{side.name}党支部",
            level=side.unit.level,
            parent=side.unit,
            division=side.unit.division,
            is_fictional=True,
        )
        for side in helping
    ]
    for side, branch in zip(helping, add_units(by=world.office, units=branches), strict=True):
        side.branch = (Home(side.place, member_tag="hard_party_member"), branch)


def make_households(world: World) -> None:
    """The households with their heads by number, categories, the party members in them, and causes of hardship."""
    homes = list(_homes(world))
    for home in homes:
        village = home.place.code[:12]
        world.homes_in[village] += 1
        serial = world.homes_in[village]
        head = f"示例户主{serial:02d}"
        home.household = Household(division=home.place, number=f"{serial:03d}", head=head, is_fictional=True)
    add_households(by=world.office, households=[home.household for home in homes])
    for code in ("poor", "hard", "severe"):
        _tag(world, [home.household for home in homes if home.tag == code], code)
    party = [home for home in homes if home.member_tag]
    members = [Member(name=home.household.head, household=home.household, relation="户主") for home in party]
    add_members(by=world.office, members=members)
    tag = world.word("person_tag", "hard_party_member")
    tag_members(by=world.office, program=world.program, members=members, tag=tag, since=IN_POST)
    hardships = []
    for n, home in enumerate(homes):
        cause = "disaster" if home.tag == "severe" else ("illness", "labour", "age")[n % 3]
        hardships.append(Hardship(household=home.household, cause=world.word("hardship", cause), since=IN_POST))
    add_hardships(by=world.office, program=world.program, hardships=hardships)
    _urban(world)


def _homes(world: World) -> Iterator[Home]:
    for person in [*world.leaders, *world.section]:
        yield from person.homes
    for side in world.sides:
        if side.head is not None and side.head not in world.leaders:
            yield from side.head.homes
        yield from side.homes
        yield from (home for home, _ in [*side.alone, *side.several])
        if side.branch is not None:
            yield side.branch[0]


def _tag(world: World, households: list[Household], code: str) -> None:
    tag = world.word("household_tag", code)
    tag_households(by=world.office, program=world.program, households=households, tag=tag, since=IN_POST)


def _urban(world: World) -> None:
    """Each leader but one has a household in town, or somebody who was laid off and is on no household register."""
    communities = [world.places[code] for code in names.COMMUNITIES]
    workers = []
    for n, leader in enumerate(world.leaders, start=1):
        place = communities[n % 2]
        if n == names.LEADER_WITHOUT_URBAN:
            continue
        if n % 3:
            world.homes_in[place.code] += 1
            serial = world.homes_in[place.code]
            home = Home(place, "urban_hard")
            head = f"示例户主{serial:02d}"
            home.household = Household(division=place, number=f"{serial:03d}", head=head, is_fictional=True)
            leader.homes.append(home)
        else:
            leader.worker = Member(name=f"示例下岗职工{n // 3:02d}", division=place)
            workers.append(leader.worker)
    urban = [home.household for leader in world.leaders for home in leader.homes[1:]]
    add_households(by=world.office, households=urban)
    _tag(world, urban, "urban_hard")
    add_members(by=world.office, members=workers)
    tag = world.word("person_tag", "laid_off")
    tag_members(by=world.office, program=world.program, members=workers, tag=tag, since=IN_POST)


def pair(world: World) -> None:
    """All pairings. What the document says of agreements is signed."""
    pairings = [*_of_leaders(world), *_of_cadres(world), *_of_units(world)]
    pair_all(by=world.office, program=world.program, pairings=pairings)
    agreed = {home.household for home in world.side(names.PROCURATORATE).homes}
    for pairing in pairings:
        if pairing.household in agreed:
            sign_agreement(by=world.contact, pairing=pairing, on=names.AGREED)


def _since(*seed: object) -> dict[str, dt.date]:
    day = PAIRED.replace(day=dice("since", *seed).randrange(1, 26))
    return {"since": day}


def _of_leaders(world: World) -> Iterator[Pairing]:
    for leader in [*world.leaders, *world.city_leaders]:
        for helped in _helped_by(leader):
            yield Pairing(mode=Mode.LEADER_PLACE, cadre=leader.cadre, **helped, **_since(leader.cadre.name))


def _helped_by(person: Person) -> Iterator[dict[str, Any]]:
    yield from ({"division": place} for place in person.places)
    yield from ({"household": home.household} for home in person.homes)
    if person.worker is not None:
        yield {"member": person.worker}


def _of_cadres(world: World) -> Iterator[Pairing]:
    for person in [*world.section, *world.heads]:
        for home in person.homes:
            since = _since(person.cadre.name)
            yield Pairing(mode=Mode.CADRE_HOUSEHOLD, cadre=person.cadre, household=home.household, **since)


def _of_units(world: World) -> Iterator[Pairing]:
    for side in world.sides:
        since = _since(side.name)
        yield Pairing(mode=Mode.UNIT_VILLAGE, unit=side.unit, division=side.place, **since)
        yield from _in_other_forms(side, since)


def _in_other_forms(side: Side, since: dict[str, dt.date]) -> Iterator[Pairing]:
    # Those hit by the flood are helped beside the households that the unit is paired with.
    paired = [home for home in side.homes if home.tag != "severe"]
    for home in paired:
        yield Pairing(mode=Mode.CADRE_HOUSEHOLD, unit=side.unit, household=home.household, **since)
    for home, cadre in side.alone:
        yield Pairing(mode=Mode.ONE_TO_ONE, cadre=cadre, household=home.household, **since)
    for home, cadres in side.several:
        for rank, cadre in enumerate(cadres, start=1):
            yield Pairing(mode=Mode.SEVERAL_TO_ONE, cadre=cadre, household=home.household, rank=rank, **since)
    if side.branch is not None:
        home, branch = side.branch
        yield Pairing(mode=Mode.BRANCH, unit=branch, household=home.household, **since)
