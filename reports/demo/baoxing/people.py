"""First steps of 宝兴's demonstration: accounts, places, units, villages, cadres with their posts."""

from __future__ import annotations

from itertools import count
from typing import Any

from cadres.actions.people import add_cadres, appoint_all, give_account
from cadres.models import Cadre, Leadership, Post
from programs.actions import add_places, add_units, give_role, note_former_name, retire_places
from programs.models import Division, DivisionLevel, Role, Unit, UnitLevel
from programs.templates import create_program
from reports.demo.baoxing import names
from reports.demo.baoxing.names import BEGAN, IN_POST
from reports.demo.baoxing.world import Person, Side, World, dice
from villages.actions import add_villages, record_years, tag_villages
from villages.models import Village, VillageYear

#: A post before the cadre who holds it is entered.
Held = dict[str, Any]


def make_program(world: World) -> None:
    """The program from its template, and the accounts of its offices."""
    world.program = create_program("baoxing")
    world.office = world.account("baoxing-xianban")
    give_role(by=world.admin, user=world.office, role=Role.COUNTY, program=world.program, since=BEGAN)
    world.reader = world.account("baoxing-lingdao")
    give_role(by=world.admin, user=world.reader, role=Role.LEADER, program=world.program, since=BEGAN)
    world.reviewer = world.account("bx-hegao", "宝兴县“挂包帮”办公室副主任")
    give_role(by=world.admin, user=world.reviewer, role=Role.COUNTY, program=world.program, since=BEGAN)


def make_places(world: World) -> None:
    """Towns and villages as they were in 2010: those gone since bear local numbers, and are gone once it is done."""
    county = world.program.jurisdiction
    known = Division.objects.in_bulk([*names.VILLAGES_IN_TOWN, *names.STANDING])
    yongfu = Division(code=names.YONGFU, name="永富乡", level=DivisionLevel.TOWN, parent=county)
    add_places(by=world.admin, places=[yongfu])
    world.towns = {code: known.get(code) or yongfu for code in names.VILLAGES_IN_TOWN}
    gone = [_village(world, code, name) for code, name in names.GONE.items()]
    communities = [_village(world, code, name) for code, name in names.COMMUNITIES.items()]
    serial = count(1)
    for town, wanted in names.VILLAGES_IN_TOWN.items():
        world.made_up += [_village(world, f"{town}9{n:02d}", f"示例村{next(serial):02d}") for n in range(1, wanted + 1)]
    add_places(by=world.admin, places=[*gone, *communities, *world.made_up])
    places = [*gone, *communities, *world.made_up, *(known[code] for code in names.STANDING)]
    world.places = {place.code: place for place in places}
    heping = world.places[names.HEPING]
    groups = [
        Division(code=code, name=name, level=DivisionLevel.GROUP, parent=heping) for code, name in names.GROUPS.items()
    ]
    add_places(by=world.admin, places=groups)
    world.places |= {group.code: group for group in groups}
    note_former_name(by=world.admin, place=world.towns[names.QIAOQI], name="硗碛藏族乡")


def retire_what_is_gone(world: World) -> None:
    """Today's list of divisions lacks them: they are retired after the activity, into what is not known."""
    gone = [world.towns[names.YONGFU], *(world.places[code] for code in names.GONE if code != names.YONGHE)]
    retire_places(by=world.admin, places=gone, on=names.AFTER)


def _village(world: World, code: str, name: str) -> Division:
    return Division(code=code, name=name, level=DivisionLevel.VILLAGE, parent=world.towns[code[:9]])


def make_units(world: World) -> None:
    """Those who lead, the units that help a village each, and the offices of the towns."""
    county = world.program.jurisdiction
    free = iter(world.made_up)
    named = [*names.PLACED_UNITS, names.RURAL_OFFICE, names.CULTURE]
    world.sides = [
        Side(name, world.places[names.PLACED_UNITS[name]] if name in names.PLACED_UNITS else next(free))
        for name in named
    ]
    world.sides += [Side(f"示例单位{n:02d}", next(free), n) for n in range(1, names.MADE_UP_UNITS + 1)]
    seats = Division.objects.in_bulk([names.CITY, names.PROVINCE])
    home = {names.BUREAU: seats[names.PROVINCE]}
    units = add_units(
        by=world.office,
        units=[
            Unit(
                name=names.FULL_NAMES.get(side.name, side.name),
                short_name=side.name,
                level=_level_of(side),
                division=home.get(side.name, county),
                is_fictional=side.number is not None,
            )
            for side in world.sides
        ],
    )
    for side, unit in zip(world.sides, units, strict=True):
        side.unit = unit
    organs = [Unit(name=name, short_name=short, division=county) for short, name in names.ORGANS.items()]
    organs += [
        Unit(name=name, short_name=short, level=UnitLevel.CITY, division=seats[names.CITY])
        for short, name in names.CITY_ORGANS.items()
    ]
    world.organs = {unit.short_name: unit for unit in add_units(by=world.office, units=organs)}
    offices = [
        Unit(name=f"{town.name}人民政府", short_name=town.name, level=UnitLevel.TOWN, division=town)
        for town in world.towns.values()
    ]
    world.town_units = dict(zip(world.towns, add_units(by=world.office, units=offices), strict=True))
    _give_accounts(world)


def _level_of(side: Side) -> UnitLevel:
    if side.number in names.STATIONED:
        return UnitLevel.STATIONED
    if side.number in names.ENTERPRISES:
        return UnitLevel.ENTERPRISE
    return names.UNIT_LEVELS.get(side.name, UnitLevel.COUNTY)


def _give_accounts(world: World) -> None:
    for code, town in world.towns.items():
        named = "baoxing-xiang" if code == names.FENGTONGZHAI else f"bx-xiang-{code}"
        user = world.account(named, f"{town}党建办")
        give_role(by=world.admin, user=user, role=Role.TOWN, program=world.program, division=town, since=BEGAN)
        world.town_users[code] = user
    world.contact = world.account("baoxing-danwei")
    unit = world.side(names.PROCURATORATE).unit
    give_role(by=world.admin, user=world.contact, role=Role.UNIT, program=world.program, unit=unit, since=BEGAN)


def make_villages(world: World) -> None:
    """Every place at village level that is helped, tagged as such."""
    places = [place for place in world.places.values() if place.level == DivisionLevel.VILLAGE]
    made_up = {*world.made_up, *(world.places[code] for code in names.COMMUNITIES)}
    villages = add_villages(
        by=world.office, villages=[Village(division=place, is_fictional=place in made_up) for place in places]
    )
    world.villages = {village.pk: village for village in villages}
    helped = [village for village in villages if village.pk not in names.COMMUNITIES]
    tag = world.word("village_tag", "helped")
    tag_villages(by=world.office, program=world.program, villages=helped, tag=tag, since=BEGAN)
    record_years(by=world.office, years=[_year(world.villages[place.code]) for place in world.made_up])


def _year(village: Village) -> VillageYear:
    """Numbers of the year before for a made-up village; of real ones nothing is made up."""
    chance = dice("year", village.pk)
    households = chance.randrange(120, 420)
    return VillageYear(
        village=village,
        year=2009,
        households=households,
        population=round(households * chance.uniform(2.8, 3.4)),
        party_members=chance.randrange(15, 48),
    )


def make_cadres(world: World) -> None:
    """Leaders, cadres of full section rank, heads and staff of units, by their posts."""
    posts = [*_leaders(world), *_city_leaders(world), *_section_cadres(world), *_units_people(world)]
    cadres = {id(post["cadre"]): post["cadre"] for post in posts}
    add_cadres(by=world.office, cadres=cadres.values())
    appoint_all(by=world.office, posts=[Post(**post) for post in posts])
    for username, person in (("baoxing-guadian", world.leaders[1]), ("baoxing-ganbu", world.section[0])):
        give_account(by=world.admin, cadre=person.cadre, user=world.account(username))
    world.leader_user, world.cadre_user = world.account("baoxing-guadian"), world.account("baoxing-ganbu")


def _post(cadre: Cadre, unit: Unit, title: str, leadership: str = Leadership.STAFF, rank: str = "") -> Held:
    return {"cadre": cadre, "unit": unit, "title": title, "leadership": leadership, "rank": rank, "since": IN_POST}


def _leaders(world: World) -> list[Held]:
    """The 26: three whom the document tells of, and made-up ones. The first is the city's vice mayor as well."""
    organs = [world.organs[name] for name in names.ORGANS]
    united = world.side(names.UNITED_FRONT)
    named = [
        ("宝兴县委书记", organs[0], "书记"),
        ("宝兴县县长", organs[2], "县长"),
        ("县政协副主席、县委统战部部长", organs[3], "副主席"),
    ]
    made_up = [(f"示例县级领导{n:02d}", organs[n % 4], "领导") for n in range(4, names.LEADERS + 1)]
    posts = []
    for name, unit, title in [*named, *made_up]:
        person = Person(Cadre(name=name), unit)
        world.leaders.append(person)
        posts.append(_post(person.cadre, unit, title, Leadership.PRINCIPAL, "县级"))
    secretary, magistrate, united_front = (person.cadre for person in world.leaders[:3])
    posts.append(_post(secretary, world.organs["市政府"], "副市长", Leadership.DEPUTY))
    posts.append(_post(magistrate, organs[0], "副书记", Leadership.DEPUTY))
    posts.append(_post(united_front, united.unit, "部长", Leadership.DEPUTY))
    united.head = world.leaders[2]
    return posts


def _city_leaders(world: World) -> list[Held]:
    posts = []
    for name, (organ, codes) in names.CITY_LEADERS.items():
        unit = world.organs[organ]
        person = Person(Cadre(name=name), unit, places=[world.places[code] for code in codes])
        world.city_leaders.append(person)
        posts.append(_post(person.cadre, unit, name.split("（")[0], Leadership.DEPUTY))
    return posts


def _section_cadres(world: World) -> list[Held]:
    """The 64: two in each town's government, the others in the county's units; none of them heads a unit."""
    towns = [unit for unit in world.town_units.values() for _ in range(2)]
    departments = [side.unit for side in world.sides if side.number and side.unit.level == UnitLevel.COUNTY]
    posts = []
    for n in range(names.SECTION_CADRES):
        unit = towns[n] if n < len(towns) else departments[n % len(departments)]
        person = Person(Cadre(name=f"示例正科级干部{n + 1:02d}"), unit)
        world.section.append(person)
        posts.append(_post(person.cadre, unit, "干部", Leadership.MIDDLE, "正科级"))
    return posts


def _units_people(world: World) -> list[Held]:
    titles = {names.PROCURATORATE: "检察长", names.RURAL_OFFICE: "主任", names.CULTURE: "局长"}
    posts = []
    for side in world.sides:
        if side.number or side.name in titles:
            title = titles.get(side.name, "负责人")
            side.head = Person(Cadre(name=f"{side.name}{title}"), side.unit)
            posts.append(_post(side.head.cadre, side.unit, title, Leadership.PRINCIPAL))
        staff = {names.BUREAU: ["处长", "地质技术人员"], names.RESERVE: ["干部甲", "干部乙"]}.get(side.name, ["干部甲"])
        side.staff = [Cadre(name=f"{side.name}{post}") for post in staff]
        posts += [_post(cadre, side.unit, "干部" if "干部" in cadre.name else "工作人员") for cadre in side.staff]
    technician = world.side(names.BUREAU).staff[1]
    seconded = _post(technician, world.side(names.BUREAU).unit, "地质专业技术人员")
    place = world.places[names.YONGHE]
    return [*posts, seconded | {"is_secondment": True, "division": place, "since": names.PAIRED}]
