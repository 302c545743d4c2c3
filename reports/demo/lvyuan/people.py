"""First steps of 绿园's demonstration: program, accounts, places, units, cadres of four levels, and work groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from cadres.actions.people import add_cadres, appoint_all, give_account
from cadres.actions.teams import add_teams, join_teams
from cadres.models import Cadre, Leadership, Post, Team, TeamMember
from programs.actions import add_places, add_units, give_role
from programs.models import Division, DivisionLevel, Role, Unit, UnitLevel
from programs.templates import create_program
from reports.demo.lvyuan import names
from reports.demo.lvyuan.names import BEGAN, IN_POST
from reports.demo.lvyuan.world import Department, Helper, Place, World, shares
from villages.actions import add_route, add_site, add_villages, tag_villages
from villages.models import Village

_SITE_KINDS = ("小广场", "水系小品", "村居墙绘", "路口绿地", "文化长廊", "休闲凉亭")


def make_program(world: World) -> None:
    """The program from its template, and the accounts of its offices."""
    world.program = create_program("lvyuan")
    world.office = world.account("lvyuan-quban")
    give_role(by=world.admin, user=world.office, role=Role.COUNTY, program=world.program, since=BEGAN)
    leader = world.account("lvyuan-lingdao")
    give_role(by=world.admin, user=leader, role=Role.LEADER, program=world.program, since=BEGAN)


def make_places(world: World) -> None:
    """Three towns, the four model villages with ten made-up 屯, and eighteen made-up villages."""
    known = Division.objects.in_bulk([*names.VILLAGES_IN_TOWN, *names.MODEL_VILLAGES])
    world.towns = {code: known[code] for code in names.VILLAGES_IN_TOWN}
    world.places = [Place(known[code], known[code[:9]]) for code in names.MODEL_VILLAGES]
    serial = count(1)
    for town in world.towns.values():
        there = sum(place.town == town for place in world.places)
        for n in range(1, names.VILLAGES_IN_TOWN[town.code] - there + 1):
            number = next(serial)
            division = Division(
                code=f"{town.code}9{n:02d}", name=f"示例村{number:02d}", level=DivisionLevel.VILLAGE, parent=town
            )
            world.places.append(Place(division, town, number))
    add_places(by=world.admin, places=[place.division for place in world.places if place.number is not None])
    serial = count(1)
    for place in world.model_places:
        place.groups = [
            Division(
                code=f"{place.division.code}{n:02d}",
                name=f"示例屯{next(serial):02d}",
                level=DivisionLevel.GROUP,
                parent=place.division,
            )
            for n in range(1, names.MODEL_VILLAGES[place.division.code] + 1)
        ]
    add_places(by=world.admin, places=[group for place in world.model_places for group in place.groups])


def make_villages(world: World) -> None:
    """Profiles and tags of the 22 villages, and the model route with its twelve sites in ten 屯."""
    villages = add_villages(
        by=world.office,
        villages=[Village(division=place.division, is_fictional=place.number is not None) for place in world.places],
    )
    for place, village in zip(world.places, villages, strict=True):
        place.village = village
    model = [place.village for place in world.model_places]
    for code, chosen in (("helped", villages), ("model", model)):
        tag = world.word("village_tag", code)
        tag_villages(by=world.office, program=world.program, villages=chosen, tag=tag, since=BEGAN)
    route = add_route(by=world.office, program=world.program, name=names.ROUTE)
    groups = [group for place in world.model_places for group in place.groups]
    two_in = {groups[0], groups[-1]}
    stops = [group for group in groups for _ in range(2 if group in two_in else 1)]
    for n, group in enumerate(stops, start=1):
        name = f"{group}{_SITE_KINDS[n % len(_SITE_KINDS)]}（示例）"
        add_site(by=world.office, program=world.program, division=group, name=name, route=route, position=n)


def make_units(world: World) -> None:
    """61 departments, the leading body, the inspectors of discipline, three towns, 22 village organizations."""
    district = world.program.jurisdiction
    made_up = count(1)
    here = names.MODEL_DEPARTMENTS
    titles = [*names.NAMED_DEPARTMENTS]
    titles += [f"示例部门{next(made_up):02d}" for _ in range(here + names.OTHER_DEPARTMENTS - len(titles))]
    others = [place for place in world.places if not place.is_model]
    world.departments = [
        Department(name, world.model_places[n % 4] if n < here else others[n - here]) for n, name in enumerate(titles)
    ]
    units = [
        Unit(
            name=names.NAMED_DEPARTMENTS.get(one.name, one.name),
            short_name=one.name,
            division=district,
            office_phone=f"0431-0000{n:04d}",
            contact_name=f"{one.name}联络员",
            is_fictional=not one.is_named,
        )
        for n, one in enumerate(world.departments, start=1)
    ]
    offices = [
        Unit(name=f"{town.name}人民政府", short_name=town.name, level=UnitLevel.TOWN, division=town)
        for town in world.towns.values()
    ]
    organizations = [
        Unit(
            name=f"{place.division}党组织",
            short_name=f"{place.division}党组织",
            level=UnitLevel.VILLAGE,
            division=place.division,
            is_fictional=place.number is not None,
        )
        for place in world.places
    ]
    leading = Unit(name=f"绿园区{names.LEADERS_UNIT}", short_name=names.LEADERS_UNIT, division=district)
    discipline = Unit(name=f"绿园区{names.DISCIPLINE}", short_name=names.DISCIPLINE, division=district)
    add_units(by=world.office, units=[*units, leading, discipline, *offices, *organizations])
    world.leaders_unit, world.discipline = leading, discipline
    world.town_units = dict(zip(world.towns, offices, strict=True))
    for town, user_name in zip(world.towns.values(), ("lvyuan-xixin", "lvyuan-zhen", "lvyuan-chengxi"), strict=True):
        user = world.account(user_name, f"{town}党建办")
        give_role(by=world.admin, user=user, role=Role.TOWN, program=world.program, division=town, since=BEGAN)
        world.town_users[town.code] = user
    for n, (one, unit) in enumerate(zip(world.departments, units, strict=True), start=1):
        one.unit = unit
        named = "lvyuan-danwei" if one.name == names.FARMING else f"lvyuan-bumen-{n:02d}"
        one.user = world.account(named, f"{one.name}联络员")
        give_role(by=world.admin, user=one.user, role=Role.UNIT, program=world.program, unit=unit, since=BEGAN)
    _make_cadres(world, dict(zip([place.division.code for place in world.places], organizations, strict=True)))


def _make_cadres(world: World, organizations: dict[str, Unit]) -> None:
    posts: list[Post] = []

    def new(unit: Unit, name: str, rank: str, title: str, leadership: str) -> Cadre:
        cadre = Cadre(name=name, phone=f"000{len(posts):08d}")
        posts.append(Post(cadre=cadre, unit=unit, title=title, rank=rank, leadership=leadership, since=IN_POST))
        return cadre

    for n in range(names.LEADERS):
        name, place = f"区级领导{n + 1:02d}", world.places[n % len(world.places)]
        cadre = new(world.leaders_unit, name, names.RANK_DISTRICT, "区级领导", Leadership.PRINCIPAL)
        helper = Helper(cadre, place, names.RANK_DISTRICT, name, world.office, names.LEADERS_UNIT, may_fail=False)
        world.helpers.append(helper)
    _staff_departments(world, new)
    for town in world.towns.values():
        places = [place for place in world.places if place.town == town]
        for n in range(names.TOWN_CADRES):
            name = f"{town}干部{n + 1:02d}"
            cadre = new(world.town_units[town.code], name, names.RANK_TOWN, "干部", Leadership.STAFF)
            place, user = places[n % len(places)], world.town_users[town.code]
            world.helpers.append(Helper(cadre, place, names.RANK_TOWN, name, user, town.short_name, may_fail=False))
    for place in world.places:
        unit, user = organizations[place.division.code], world.town_users[place.town.code]
        for n in range(names.VILLAGE_CADRES):
            title, leadership = ("党组织书记", Leadership.PRINCIPAL) if n == 0 else ("委员", Leadership.STAFF)
            name = f"{place.division}{title}{n or ''}"
            cadre = new(unit, name, names.RANK_VILLAGE, title, leadership)
            may_fail = place.number is not None and n > 0
            world.helpers.append(
                Helper(cadre, place, names.RANK_VILLAGE, name, user, unit.short_name, may_fail=may_fail)
            )
    add_cadres(by=world.office, cadres=[post.cadre for post in posts])
    for post in posts:
        post.cadre = post.cadre  # which has its number only now
    appoint_all(by=world.office, posts=posts)
    for helper in world.helpers:
        helper.place.helpers.append(helper)


def _staff_departments(world: World, new: Callable[[Unit, str, str, str, str], Cadre]) -> None:
    """Staff of all departments, and in which village those who answer for households do so, two by two."""
    sizes = shares(names.MODEL_STAFF, names.MODEL_DEPARTMENTS)
    answering = shares(names.MODEL_STAFF_WITH_HOUSEHOLDS, names.MODEL_DEPARTMENTS)
    free: dict[str, list[Cadre]] = {}
    for n, one in enumerate(world.departments):
        size = sizes[n] if n < len(sizes) else names.OTHER_DEPARTMENT_CADRES
        for number in range(1, size + 1):
            title, leadership = {
                1: ("主要负责人", Leadership.PRINCIPAL),
                2: ("分管负责人", Leadership.DEPUTY),
            }.get(number, ("干部", Leadership.STAFF))
            name = f"{one.name}{title}" if number < 3 else f"{one.name}干部{number:02d}"
            one.staff.append(new(one.unit, name, names.RANK_DEPARTMENT, title, leadership))
        free[one.name] = one.staff[: answering[n] if n < len(answering) else size]
    for place, wanted in zip(world.places, _department_cadres(world), strict=True):
        own = [one for one in world.departments if one.place is place]
        # The village's own departments come first, a pair from each in turn; others fill up where those do not reach.
        sources = own if place.is_model else [*own, *world.model_departments]
        for one in _in_pairs(sources, free, wanted, spread=place.is_model):
            cadre = free[one.name].pop(0)
            may_fail = not one.is_named
            world.helpers.append(
                Helper(cadre, place, names.RANK_DEPARTMENT, cadre.name, one.user, one.name, may_fail=may_fail)
            )


def _in_pairs(
    sources: list[Department], free: dict[str, list[Cadre]], wanted: int, *, spread: bool
) -> Iterator[Department]:
    """Whose cadre is next, so often as wanted: two of each in turn, or one department after the other."""
    taken = 0
    while taken < wanted:
        for one in sources:
            for _ in range(2 if spread else len(free[one.name])):
                if taken < wanted and free[one.name]:
                    taken += 1
                    yield one


def _department_cadres(world: World) -> list[int]:
    """How many cadres of departments answer for households in each village: about as many everywhere."""
    total = names.MODEL_STAFF_WITH_HOUSEHOLDS + names.OTHER_DEPARTMENTS * names.OTHER_DEPARTMENT_CADRES
    return shares(total, len(world.places))


def make_teams(world: World) -> None:
    """A work group of each department in its model village: a head and two members, to be inspected."""
    chosen = world.model_departments
    teams = add_teams(
        by=world.office,
        program=world.program,
        teams=[
            Team(
                village=one.place.village,
                unit=one.unit,
                name=f"{one.name}包保{one.place.division}工作组",
                since=BEGAN,
            )
            for one in chosen
        ],
    )
    seats = []
    for one, team in zip(chosen, teams, strict=True):
        one.team = team
        for n, cadre in enumerate(one.staff[:3]):
            role = TeamMember.Role.HEAD if n == 0 else TeamMember.Role.MEMBER
            seats.append(TeamMember(team=team, cadre=cadre, unit=one.unit, role=role, since=BEGAN))
    join_teams(by=world.office, members=seats)
    head = world.department(names.FARMING).staff[0]
    give_account(by=world.admin, cadre=head, user=world.account("lvyuan-zuzhang"))
    plain = next(one for one in world.helpers if one.cadre.name == "示例部门01干部04")
    give_account(by=world.admin, cadre=plain.cadre, user=world.account("lvyuan-ganbu"))
