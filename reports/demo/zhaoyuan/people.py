"""First steps of 招远's demonstration: accounts, places, units, villages, cadres, teams and pairings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from cadres.actions.pairings import pair_all
from cadres.actions.people import add_cadres, appoint, appoint_all, give_account
from cadres.actions.teams import add_teams, join_teams
from cadres.models import Cadre, Leadership, Pairing, Post, Team, TeamMember
from programs.actions import add_places, add_units, give_role
from programs.models import Division, DivisionLevel, Role, Unit, UnitLevel
from programs.templates import create_program
from reports.demo.zhaoyuan import names, phrases
from reports.demo.zhaoyuan.names import BEGAN, IN_POST, SENT
from reports.demo.zhaoyuan.world import Side, World, dice
from villages.actions import add_villages, tag_villages
from villages.models import Village

#: Every fourth free village goes to a unit that the document names without its village.
_EVERY, _FIRST = 4, 2
_ORDINALS = "甲乙丙"


def make_program(world: World) -> None:
    """The program from its template, and the accounts of its offices."""
    world.program = create_program("zhaoyuan")
    world.office = world.account("xianban")
    give_role(by=world.admin, user=world.office, role=Role.COUNTY, program=world.program, since=BEGAN)
    world.leader = world.account("lingdao")
    give_role(by=world.admin, user=world.leader, role=Role.LEADER, program=world.program, since=BEGAN)


def show_accounts(world: World) -> None:
    """The accounts to try it with."""
    world.show_accounts()


def make_places(world: World) -> None:
    """The 14 towns, 108 made-up villages beside the 8 that the document names, and which unit helps which."""
    codes = [*names.VILLAGES_IN_TOWN, *names.NAMED_VILLAGES]
    known = Division.objects.in_bulk(codes)
    world.towns = {code: known[code] for code in names.VILLAGES_IN_TOWN}
    made_up: list[Side] = []
    serial = count(1)
    for town in world.towns.values():
        named = [code for code in names.NAMED_VILLAGES if code.startswith(town.code)]
        world.sides += [Side(names.NAMED_VILLAGES[code], known[code], town) for code in named]
        for n in range(1, names.VILLAGES_IN_TOWN[town.code] - len(named) + 1):
            name = f"示例村{next(serial):03d}"
            place = Division(code=f"{town.code}9{n:02d}", name=name, level=DivisionLevel.VILLAGE, parent=town)
            side = Side("", place, town)
            made_up.append(side)
            world.sides.append(side)
    add_places(by=world.admin, places=[side.place for side in made_up])
    _deal_out_units(made_up)


def _deal_out_units(sides: list[Side]) -> None:
    unplaced = iter(names.UNPLACED_UNITS)
    numbers = count(1)
    for position, side in enumerate(sides):
        name = next(unplaced, None) if position % _EVERY == _FIRST else None
        if name is None:
            side.number = next(numbers)
            name = f"示例单位{side.number:02d}"
        side.unit_name = name


def make_units(world: World) -> None:
    """The 116 units and the offices of the 14 towns."""
    county = world.program.jurisdiction
    units = add_units(
        by=world.office,
        units=[
            Unit(
                name=side.unit_name if side.number or not side.is_docked else f"招远{side.unit_name}",
                short_name=side.unit_name,
                level=names.LEVELS.get(side.unit_name, UnitLevel.COUNTY),
                division=county,
                is_fictional=side.number is not None,
            )
            for side in world.sides
        ],
    )
    for side, unit in zip(world.sides, units, strict=True):
        side.unit = unit
    offices = add_units(
        by=world.office,
        units=[
            Unit(
                name=f"{town.name}{'办事处' if town.name.endswith('街道') else '人民政府'}",
                short_name=town.name,
                level=UnitLevel.TOWN,
                division=town,
            )
            for town in world.towns.values()
        ],
    )
    world.town_units = dict(zip(world.towns, offices, strict=True))
    for code, town in world.towns.items():
        named = "zhenban" if code == names.BIGUO else f"zhen-{code}"
        user = world.account(named, f"{town}党建办")
        give_role(by=world.admin, user=user, role=Role.TOWN, program=world.program, division=town, since=BEGAN)
        world.town_users[code] = user
    contact = world.account("danwei")
    housing = world.side("市住建局").unit
    give_role(by=world.admin, user=contact, role=Role.UNIT, program=world.program, unit=housing, since=BEGAN)


def make_villages(world: World) -> None:
    """The 116 lagging villages."""
    villages = add_villages(
        by=world.office,
        villages=[_profile(side) for side in world.sides],
    )
    for side, village in zip(world.sides, villages, strict=True):
        side.village = village
    lagging = world.word("village_tag", "lagging")
    tag_villages(by=world.office, program=world.program, villages=villages, tag=lagging, since=BEGAN)


def _profile(side: Side) -> Village:
    village = Village(division=side.place, is_fictional=not side.is_named)
    if side.town.code == names.XINZHUANG and village.is_fictional:
        # 辛庄镇 hands every team a 村情民意一本通.
        village.overview, village.resources = phrases.PROFILE["overview"], phrases.PROFILE["resources"]
        village.economy = phrases.PROFILE["economy"]
    return village


def make_cadres(world: World) -> None:
    """Leaders, first secretaries and members, by their posts; each first secretary has an account."""
    for side in world.sides:
        side.leader = Cadre(name=f"{side.unit_name}主要领导")
        side.secretary = Cadre(name=f"{side.place}第一书记")
        seats = dice("members", side.key).choice((1, 1, 2))
        side.members = [Cadre(name=f"{side.place}工作队队员{_ORDINALS[n]}") for n in range(seats)]
    add_cadres(by=world.office, cadres=[cadre for side in world.sides for cadre in _people(side)])
    appoint_all(by=world.office, posts=[post for side in world.sides for post in _posts(side)])
    for side in world.sides:
        named = "duizhang" if side.unit_name == "市住建局" else f"dui-{side.key}"
        side.user = world.account(named, side.secretary.name)
        give_account(by=world.admin, cadre=side.secretary, user=side.user)


def _people(side: Side) -> list[Cadre]:
    return [side.leader, side.secretary, *side.members]


def _posts(side: Side) -> Iterator[Post]:
    yield Post(cadre=side.leader, unit=side.unit, title="主要领导", leadership=Leadership.PRINCIPAL, since=IN_POST)
    yield Post(cadre=side.secretary, unit=side.unit, title="中层干部", leadership=Leadership.MIDDLE, since=IN_POST)
    for member in side.members:
        yield Post(cadre=member, unit=side.unit, title="干部", since=IN_POST)


def make_teams(world: World) -> None:
    """One team for each village, with its first secretary and one or two members."""
    teams = add_teams(
        by=world.office,
        program=world.program,
        teams=[
            Team(village=side.village, unit=side.unit, name=f"{side.unit_name}驻{side.place}工作队", since=SENT)
            for side in world.sides
        ],
    )
    seats = []
    for side, team in zip(world.sides, teams, strict=True):
        side.team = team
        side.seat = TeamMember(
            team=team, cadre=side.secretary, unit=side.unit, role=TeamMember.Role.FIRST_SECRETARY, since=SENT
        )
        seats.append(side.seat)
        seats += [TeamMember(team=team, cadre=member, unit=side.unit, since=SENT) for member in side.members]
    join_teams(by=world.office, members=seats)


def make_pairings(world: World) -> None:
    """Units with villages, and members of each town's leading body with the lagging villages of their town."""
    pairings = [
        Pairing(mode=Pairing.Mode.UNIT_VILLAGE, unit=side.unit, division=side.place, since=SENT) for side in world.sides
    ]
    for code, town in world.towns.items():
        sides = [side for side in world.sides if side.town.code == code]
        groups = [sides[n :: _leaders_of(code)] for n in range(_leaders_of(code))]
        leaders = add_cadres(by=world.office, cadres=[Cadre(name=_town_leader(town, group)) for group in groups])
        world.town_leaders[code] = leaders
        for leader, group in zip(leaders, groups, strict=True):
            appoint(
                by=world.office,
                cadre=leader,
                unit=world.town_units[code],
                title="领导班子成员",
                leadership=Leadership.DEPUTY,
                since=IN_POST,
            )
            pairings += [
                Pairing(mode=Pairing.Mode.LEADER_PLACE, cadre=leader, division=side.place, since=SENT) for side in group
            ]
    pair_all(by=world.office, program=world.program, pairings=pairings)
    with_xigouzi = world.town_leaders[names.BIGUO][0]
    give_account(by=world.admin, cadre=with_xigouzi, user=world.account("ganbu"))


def _leaders_of(town_code: str) -> int:
    return -(-names.VILLAGES_IN_TOWN[town_code] // names.VILLAGES_PER_TOWN_LEADER)


def _town_leader(town: Division, group: list[Side]) -> str:
    return f"{town}联系{group[0].place}领导"
