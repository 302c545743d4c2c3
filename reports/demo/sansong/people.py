"""First steps of 三送's demonstration: accounts, the village with its groups, two units, the team and its pairings."""

from __future__ import annotations

from cadres.actions.pairings import pair_all
from cadres.actions.people import add_cadres, appoint_all, enroll_cadre, give_account
from cadres.actions.teams import add_team, join_teams, reach_milestones
from cadres.models import Cadre, Leadership, Milestone, Pairing, Post, TeamMember
from programs.actions import add_places, add_units, give_role
from programs.models import Division, DivisionLevel, Role, Unit, UnitLevel
from programs.templates import create_program
from reports.demo.sansong import names
from reports.demo.sansong.names import BEGAN, IN_POST, SENT
from reports.demo.sansong.world import World
from villages.actions import add_villages, tag_villages
from villages.models import Village


def make_program(world: World) -> None:
    """The program from its template, and the accounts of its offices."""
    world.program = create_program("sansong")
    world.office = world.account("ss-xianban")
    give_role(by=world.admin, user=world.office, role=Role.COUNTY, program=world.program, since=BEGAN)
    world.leader = world.account("ss-lingdao")
    give_role(by=world.admin, user=world.leader, role=Role.LEADER, program=world.program, since=BEGAN)


def make_places(world: World) -> None:
    """The township, the village and its groups; all made up."""
    county = world.program.jurisdiction
    world.town = Division(code=names.TOWN, name="示例乡", level=DivisionLevel.TOWN, parent=county)
    add_places(by=world.admin, places=[world.town])
    world.place = Division(code=names.VILLAGE, name="示例村", level=DivisionLevel.VILLAGE, parent=world.town)
    add_places(by=world.admin, places=[world.place])
    world.groups = add_places(
        by=world.admin,
        places=[
            Division(code=f"{names.VILLAGE}{n:02d}", name=name, level=DivisionLevel.GROUP, parent=world.place)
            for n, name in enumerate(names.GROUPS, start=1)
        ],
    )
    world.village = Village(division=world.place, is_fictional=True)
    add_villages(by=world.office, villages=[world.village])
    tag = world.word("village_tag", "stationed")
    tag_villages(by=world.office, program=world.program, villages=[world.village], tag=tag, since=SENT)


def make_units(world: World) -> None:
    """The bureau that answers for the team, the court that sends members too, and the township."""
    county = world.program.jurisdiction
    world.bureau = Unit(
        name="示例县水土保持局",
        short_name="县水保局",
        division=county,
        office_phone="0700-0000101",
        is_fictional=True,
    )
    world.court = Unit(
        name="示例县人民法院",
        short_name="县法院",
        division=county,
        office_phone="0700-0000102",
        is_fictional=True,
    )
    world.town_unit = Unit(
        name="示例乡人民政府",
        short_name="示例乡",
        level=UnitLevel.TOWN,
        division=world.town,
        office_phone="0700-0000201",
        is_fictional=True,
    )
    add_units(by=world.office, units=[world.bureau, world.court, world.town_unit])
    world.town_user = world.account("ss-xiangban")
    give_role(
        by=world.admin, user=world.town_user, role=Role.TOWN, program=world.program, division=world.town, since=BEGAN
    )
    world.contact = world.account("ss-danwei")
    give_role(by=world.admin, user=world.contact, role=Role.UNIT, program=world.program, unit=world.bureau, since=BEGAN)


def make_team(world: World) -> None:
    """Five members of two units under a head; there is no first secretary."""
    world.members = [Cadre(name=name, phone=f"0700-555010{n}") for n, name in enumerate(names.MEMBERS, start=1)]
    world.bureau_leader, world.court_leader = Cadre(name="县水保局主要领导"), Cadre(name="县法院主要领导")
    add_cadres(by=world.office, cadres=[*world.members, world.bureau_leader, world.court_leader])
    posts = [
        Post(
            cadre=cadre,
            unit=_unit_of(world, cadre),
            title="副局长" if cadre is world.head else "干部",
            leadership=Leadership.DEPUTY if cadre is world.head else Leadership.STAFF,
            since=IN_POST,
        )
        for cadre in world.members
    ]
    leaders = ((world.bureau_leader, world.bureau, "局长"), (world.court_leader, world.court, "院长"))
    posts += [
        Post(cadre=cadre, unit=unit, title=title, leadership=Leadership.PRINCIPAL, since=IN_POST)
        for cadre, unit, title in leaders
    ]
    appoint_all(by=world.office, posts=posts)
    world.team = add_team(
        by=world.office,
        program=world.program,
        village=world.village,
        name="驻示例村“三送”工作组",
        unit=world.bureau,
        since=SENT,
        promises=names.PROMISES,
    )
    join_teams(
        by=world.office,
        members=[
            TeamMember(
                team=world.team,
                cadre=cadre,
                unit=_unit_of(world, cadre),
                role=TeamMember.Role.HEAD if cadre is world.head else TeamMember.Role.MEMBER,
                since=SENT,
            )
            for cadre in world.members
        ],
    )
    world.head_user = world.account("ss-zuzhang")
    give_account(by=world.admin, cadre=world.head, user=world.head_user)
    give_account(by=world.admin, cadre=world.members[3], user=world.account("ss-duiyuan"))
    reached = (("moved_in", SENT, "示例县“三送”工作文件"), ("board", SENT.replace(month=2, day=18), ""))
    reach_milestones(
        by=world.office,
        program=world.program,
        milestones=[
            Milestone(team=world.team, kind=world.word("milestone", code), reached_on=day, paper=paper)
            for code, day, paper in reached
        ],
    )


def _unit_of(world: World, cadre: Cadre) -> Unit:
    return world.court if names.MEMBERS[cadre.name] else world.bureau


def make_pairings(world: World) -> None:
    """Both units and a leader of the township with the village, and each member with twenty households."""
    mode = Pairing.Mode
    leader = enroll_cadre(
        by=world.office,
        name="示例乡包村领导",
        unit=world.town_unit,
        title="乡领导班子成员",
        leadership=Leadership.DEPUTY,
        since=IN_POST,
    )
    pairings = [
        Pairing(mode=mode.UNIT_VILLAGE, unit=unit, division=world.place, rank=rank, since=SENT)
        for rank, unit in enumerate((world.bureau, world.court), start=1)
    ]
    pairings.append(Pairing(mode=mode.LEADER_PLACE, cadre=leader, division=world.place, since=SENT))
    pairings += [
        Pairing(mode=mode.CADRE_HOUSEHOLD, cadre=cadre, household=household, since=SENT)
        for position, cadre in enumerate(world.members)
        for household in world.households_of(position)
    ]
    pair_all(by=world.office, program=world.program, pairings=pairings)
