"""First steps of 宝山's demonstration: accounts, the unit with its sections, the village, the leading group."""

from __future__ import annotations

from cadres.actions.groups import form_group, take_seat
from cadres.actions.pairings import pair_all
from cadres.actions.people import add_cadres, appoint_all, enroll_cadre, give_account
from cadres.models import Cadre, Leadership, Pairing, Post
from programs.actions import add_units, give_role
from programs.models import Division, Role, Unit, UnitLevel
from programs.templates import create_program
from reports.demo.baoshan import names
from reports.demo.baoshan.names import BEGAN, IN_POST
from reports.demo.baoshan.world import World
from villages.actions import add_households, add_villages, tag_villages
from villages.models import Household, Village


def make_program(world: World) -> None:
    """The program from its template, and the accounts of its offices."""
    world.program = create_program("baoshan")
    world.office = world.account("bs-ban")
    give_role(by=world.admin, user=world.office, role=Role.COUNTY, program=world.program, since=BEGAN)
    world.leader = world.account("bs-lingdao")
    give_role(by=world.admin, user=world.leader, role=Role.LEADER, program=world.program, since=BEGAN)


def make_units(world: World) -> None:
    """The bureau with its sections, the village's committee and the town."""
    district = world.program.jurisdiction
    world.place = Division.objects.get(code=names.VILLAGE)
    town = Division.objects.get(code=names.TOWN)
    world.bureau = Unit(name="宝山区水务局", short_name="区水务局", division=district)
    world.village_unit = Unit(
        name="牌楼村村民委员会", short_name="牌楼村委会", level=UnitLevel.VILLAGE, division=world.place
    )
    town_unit = Unit(name="罗泾镇人民政府", short_name="罗泾镇", level=UnitLevel.TOWN, division=town)
    add_units(by=world.office, units=[world.bureau, world.village_unit, town_unit])
    sections = add_units(
        by=world.office,
        units=[
            Unit(
                name=full,
                short_name=short,
                parent=world.bureau,
                division=district,
                contact_name=f"{short}联络员",
                is_fictional=short != names.INSTITUTE,
            )
            for short, full in names.SECTIONS.items()
        ],
    )
    world.sections = {unit.short_name: unit for unit in sections}
    for username, role, reach in (
        ("bs-zhen", Role.TOWN, {"division": town}),
        ("bs-danwei", Role.UNIT, {"unit": world.bureau}),
        ("bs-suo", Role.UNIT, {"unit": world.sections[names.INSTITUTE]}),
    ):
        user = world.account(username)
        give_role(by=world.admin, user=user, role=role, program=world.program, since=BEGAN, **reach)
    world.town_user, world.contact = world.account("bs-zhen"), world.account("bs-danwei")
    world.institute_user = world.account("bs-suo")
    for unit, name, title in ((world.village_unit, "牌楼村书记", "村书记"), (town_unit, "罗泾镇分管领导", "副镇长")):
        world.heads[name] = enroll_cadre(
            by=world.office,
            name=name,
            unit=unit,
            title=title,
            leadership=Leadership.PRINCIPAL if unit is world.village_unit else Leadership.DEPUTY,
            since=IN_POST,
        )


def make_village(world: World) -> None:
    """The village, and a few made-up households in it."""
    world.village = Village(
        division=world.place,
        overview="村内宅沟、河道较多，部分河段淤积，水环境治理相对滞后。",
        economy="经济基础薄弱，村级收入主要来自土地租金。",
    )
    add_villages(by=world.office, villages=[world.village])
    tag = world.word("village_tag", "paired")
    tag_villages(by=world.office, program=world.program, villages=[world.village], tag=tag, since=BEGAN)
    world.households = add_households(
        by=world.office,
        households=[
            Household(division=world.place, number=f"{n:03d}", head=f"示例户主{n:02d}", is_fictional=True)
            for n in range(1, 13)
        ],
    )


def make_cadres(world: World) -> None:
    """Leaders of the bureau and heads of its sections, by their posts; the first has an account."""
    world.principal, world.deputy = Cadre(name="区水务局主要领导"), Cadre(name="区水务局分管领导")
    heads = {name: Cadre(name=f"{name}{'所长' if name == names.INSTITUTE else '科长'}") for name in world.sections}
    add_cadres(by=world.office, cadres=[world.principal, world.deputy, *heads.values()])
    posts = [
        Post(
            cadre=world.principal,
            unit=world.bureau,
            title="党委书记、局长",
            leadership=Leadership.PRINCIPAL,
            since=IN_POST,
        ),
        Post(cadre=world.deputy, unit=world.bureau, title="副局长", leadership=Leadership.DEPUTY, since=IN_POST),
    ]
    posts += [
        Post(
            cadre=cadre,
            unit=world.sections[name],
            title="所长" if name == names.INSTITUTE else "科长",
            leadership=Leadership.MIDDLE,
            since=IN_POST,
        )
        for name, cadre in heads.items()
    ]
    appoint_all(by=world.office, posts=posts)
    give_account(by=world.admin, cadre=world.principal, user=world.account("bs-ganbu"))
    world.heads |= heads


def pair(world: World) -> None:
    """The unit with the village by a signed agreement; its leaders with it as well; the leading group."""
    mode = Pairing.Mode
    pair_all(
        by=world.office,
        program=world.program,
        pairings=[
            Pairing(mode=mode.UNIT_VILLAGE, unit=world.bureau, division=world.place, since=BEGAN, agreed_on=BEGAN),
            Pairing(mode=mode.LEADER_PLACE, cadre=world.principal, division=world.place, since=BEGAN),
            Pairing(mode=mode.LEADER_PLACE, cadre=world.deputy, division=world.place, rank=2, since=BEGAN),
            Pairing(mode=mode.TERRITORIAL, cadre=world.heads["牌楼村书记"], division=world.place, since=BEGAN),
            Pairing(
                mode=mode.TERRITORIAL, cadre=world.heads["罗泾镇分管领导"], division=world.place, rank=2, since=BEGAN
            ),
        ],
    )
    people = [(world.principal, world.bureau), (world.deputy, world.bureau)]
    people += [(world.heads[name], unit) for name, unit in world.sections.items()]
    formed_on = BEGAN.replace(day=24)
    group = form_group(
        by=world.office,
        program=world.program,
        name="帮扶工作领导小组",
        unit=world.bureau,
        formed_on=formed_on,
        tasks="研究帮扶重点，把任务分解到科室，督促项目按期完成。",
    )
    duties = ("组长", "副组长", "成员", "成员", "成员", "成员")
    for (cadre, unit), duty in zip(people, duties, strict=True):
        take_seat(by=world.office, group=group, since=formed_on, cadre=cadre, unit=unit, duty=duty)
