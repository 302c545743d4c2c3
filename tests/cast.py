"""The cast: a small county's program with people of every role, and beside it rows that are not theirs.

``near`` is the side of the unit contact, the team, the cadre and the inspector; ``sibling`` lies in the same town,
``far`` in the other town, ``abroad`` in another county's program.
"""

from __future__ import annotations

import pickle
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from cadres.models import Cadre, Pairing, Team, TeamMember
from inspections.models import Inspection, InspectionGroup, Round
from programs.models import Division, DivisionLevel, Program, Role, Term, Unit, User
from tests import factories as make
from tests.databases import copy, go_to, migrated
from villages.models import Household, Member, Village

#: vocabulary → code, word, and for some its unit or that it is the last; the first of each is what rows use by default.
WORDS: dict[str, list[tuple[str, ...]]] = {
    "visit_kind": [("household", "入户走访"), ("comfort", "慰问"), ("research", "调研")],
    "need_category": [("road", "道路"), ("water", "用水"), ("dispute", "纠纷")],
    "document_kind": [("year_plan", "年度计划"), ("three_year_plan", "三年规划"), ("monthly_report", "月报")],
    "meeting_kind": [("monthly", "例会"), ("talk", "座谈")],
    "milestone": [("docked", "对接到位"), ("membership", "组织关系转移")],
    "project_category": [("road", "道路"), ("water", "水利"), ("industry", "产业")],
    "project_stage": [("plan", "规划"), ("design", "勘察设计"), ("build", "施工"), ("done", "完工", "final")],
    "fund_source": [("fiscal", "财政补贴"), ("own", "单位自有"), ("donation", "捐款")],
    "fund_state": [("sought", "争取"), ("secured", "落实"), ("arrived", "到位"), ("spent", "支出", "final")],
    "quantity": [("road", "路面", "平方米"), ("sapling", "苗木", "亩")],
    "method": [("ask", "入村询问"), ("papers", "查看材料"), ("site", "实地察看")],
    "problem_group": [("attention", "重视不够"), ("pace", "行动缓慢")],
    "finding_category": [("thin_diary", "日记不详"), ("hollow_item", "事项空洞")],
    "praise_category": [("prompt", "行动迅速")],
    "sanction": [("criticism", "通报批评"), ("subsidy", "扣发驻村补贴")],
    "village_tag": [("lagging", "后进村"), ("model", "精品村")],
    "household_tag": [("poor", "贫困户"), ("allowance", "低保")],
    "person_tag": [("hard_up_member", "困难党员")],
    "hardship": [("illness", "因病"), ("school", "因学")],
    "honour": [("family", "最美家庭")],
    "task": [("policy", "宣讲政策")],
}


@dataclass
class Side:
    """One village with the unit, team, cadres and household that belong to it in one program."""

    program: Program
    town: Division
    place: Division
    village: Village
    unit: Unit
    leader: Cadre
    team: Team
    secretary: Cadre
    seat: TeamMember
    helper: Cadre
    household: Household
    member: Member
    unit_pairing: Pairing
    household_pairing: Pairing
    group: InspectionGroup
    inspection: Inspection
    words: dict[str, Term] = field(repr=False)

    def word(self, vocabulary: str, code: str | None = None) -> Term:
        """A word of the program; the first of its vocabulary if no code is given."""
        return self.words[f"{vocabulary}/{code or WORDS[vocabulary][0][0]}"]


class Cast:
    """Who is who, and what is whose. People are made when a test first asks for them."""

    def __init__(self) -> None:
        county = make.DivisionFactory()
        towns = [
            make.TownFactory(parent=county, code="370685104", name="示例东镇"),
            make.TownFactory(parent=county, code="370685101", name="示例西街道"),
        ]
        self.program: Program = make.ProgramFactory(code="zhaoyuan", short_name="后进村帮扶", jurisdiction=county)
        self.words = create_words(self.program)
        self.round: Round = make.RoundFactory(program=self.program, name="第一轮督查")
        groups = [make.InspectionGroupFactory(round=self.round, name=f"督查{n}组", position=n) for n in (1, 2)]
        self.near = create_side(self.program, towns[0], "229", "示例住建局", groups[0], self.words)
        self.sibling = create_side(self.program, towns[0], "230", "示例水务局", groups[1], self.words)
        self.far = create_side(self.program, towns[1], "205", "示例农商银行", groups[1], self.words)
        self.farther = create_side(self.program, towns[1], "206", "示例财险", groups[1], self.words)

    @property
    def sides(self) -> list[Side]:
        """The four villages of the program."""
        return [self.near, self.sibling, self.far, self.farther]

    @cached_property
    def abroad(self) -> Side:
        """A village of another county, in a program of its own; nobody of ours belongs to it."""
        county = make.DivisionFactory(code="990101", name="示例邻县")
        town = make.TownFactory(parent=county, code="990101100", name="示例邻镇")
        program = make.ProgramFactory(code="neighbour", short_name="邻县帮扶", jurisdiction=county)
        group = make.InspectionGroupFactory(round__program=program, name="邻县督查组")
        return create_side(program, town, "201", "示例邻县局", group, create_words(program))

    @cached_property
    def county(self) -> User:
        """The county office."""
        return self._granted("county", "县级办公室", role=Role.COUNTY)

    @cached_property
    def town(self) -> User:
        """The office of the near side's town."""
        return self._granted("town", "镇街办公室", role=Role.TOWN, division=self.near.town)

    @cached_property
    def unit(self) -> User:
        """The contact of the near side's unit."""
        return self._granted("unit", "单位联络员", role=Role.UNIT, unit=self.near.unit)

    @cached_property
    def team(self) -> User:
        """The first secretary of the near side's team."""
        return self._account("team", "第一书记", self.near.secretary)

    @cached_property
    def cadre(self) -> User:
        """The cadre who helps the near side's household."""
        return self._account("cadre", "帮扶干部", self.near.helper)

    @cached_property
    def inspector(self) -> User:
        """A member of the group that inspects the near side."""
        person = make.CadreFactory(name="示例督查组成员")
        make.InspectionGroupMemberFactory(group=self.near.group, cadre=person)
        return self._account("inspector", "督查组成员", person)

    @cached_property
    def leader(self) -> User:
        """A county leader, who only reads."""
        return self._granted("leader", "县级领导", role=Role.LEADER)

    @cached_property
    def administrator(self) -> User:
        """The administrator of the system."""
        return make.UserFactory(administrator=True, username="administrator", display_name="系统管理员")

    @cached_property
    def outsider(self) -> User:
        """Somebody with an account and no role."""
        return make.UserFactory(username="outsider", display_name="无角色账号")

    @cached_property
    def neighbour(self) -> User:
        """The county office of the other county's program."""
        user = make.UserFactory(username="neighbour", display_name="邻县办公室")
        make.RoleGrantFactory(user=user, program=self.abroad.program, role=Role.COUNTY)
        return user

    def user(self, role: str) -> User:
        """The person of a role, by its name: ``county``, ``town`` … ``outsider``, ``neighbour``."""
        found: User = getattr(self, role)
        return found

    def _granted(self, username: str, display_name: str, **grant: object) -> User:
        user = make.UserFactory(username=username, display_name=display_name)
        make.RoleGrantFactory(user=user, program=self.program, **grant)
        return user

    def _account(self, username: str, display_name: str, person: Cadre) -> User:
        user = make.UserFactory(username=username, display_name=display_name)
        Cadre.objects.filter(pk=person.pk).update(user=user)
        person.user = user
        return user


#: Every role of the cast, and those who have none in the program.
ROLES = ("county", "town", "unit", "team", "cadre", "inspector", "leader", "administrator")
STRANGERS = ("outsider", "neighbour")


def create_words(program: Program) -> dict[str, Term]:
    """All vocabularies of a program, by ``vocabulary/code``; a finding's category belongs to a problem group."""
    rows = []
    for vocabulary, words in WORDS.items():
        for position, (code, label, *rest) in enumerate(words):
            extra = rest[0] if rest else ""
            rows.append(
                Term(
                    program=program,
                    vocabulary=vocabulary,
                    code=code,
                    label=label,
                    position=position,
                    is_final=extra == "final",
                    unit="" if extra == "final" else extra,
                )
            )
    found = {f"{row.vocabulary}/{row.code}": row for row in Term.objects.bulk_create(rows)}
    categories = [row for row in found.values() if row.vocabulary == Term.Vocabulary.FINDING_CATEGORY]
    for row in categories:
        row.parent = found["problem_group/attention"]
    Term.objects.bulk_update(categories, ["parent"])
    return found


def create_side(
    program: Program, town: Division, village: str, unit_name: str, group: InspectionGroup, words: dict[str, Term]
) -> Side:
    """A village of a town with everything around it."""
    place = make.PlaceFactory(parent=town, code=town.code + village, level=DivisionLevel.VILLAGE)
    profile = make.VillageFactory(division=place)
    unit = make.UnitFactory(name=unit_name, short_name=unit_name, division=program.jurisdiction)
    leader = make.CadreFactory(name=f"{unit_name}局长")
    make.PostFactory(cadre=leader, unit=unit, principal=True)
    team = make.TeamFactory(program=program, village=profile, unit=unit, name=f"{unit_name}驻{profile.name}工作队")
    secretary = make.CadreFactory(name=f"{profile.name}第一书记")
    make.PostFactory(cadre=secretary, unit=unit, title="科长")
    seat = make.TeamMemberFactory(team=team, cadre=secretary, unit=unit, first_secretary=True)
    helper = make.CadreFactory(name=f"{profile.name}帮扶干部")
    make.PostFactory(cadre=helper, unit=unit)
    household = make.HouseholdFactory(division=place, head=f"{profile.name}户主", personal=True)
    return Side(
        program=program,
        town=town,
        place=place,
        village=profile,
        unit=unit,
        leader=leader,
        team=team,
        secretary=secretary,
        seat=seat,
        helper=helper,
        household=household,
        member=make.MemberFactory(household=household, name=f"{profile.name}户成员"),
        unit_pairing=make.PairingFactory(program=program, unit=unit, division=place),
        household_pairing=make.PairingFactory(program=program, cadre_household=True, cadre=helper, household=household),
        group=group,
        inspection=make.InspectionFactory(round=group.round, group=group, team=team),
        words=words,
    )


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(cast.administrator)
    return client


@pytest.fixture(scope="session")
def _first_cast(grounds: ExitStack, django_db_blocker: DjangoDbBlocker) -> tuple[str, bytes]:
    """A ground with the rows of the cast, made once for this worker, and the cast as it was then."""
    with django_db_blocker.unblock():
        ground = grounds.enter_context(copy(migrated(), "cast"))
        go_to(ground)
        with transaction.atomic(), connection.cursor() as cursor:
            # No two tables share numbers here, so that a row taken for one of another table is not found by chance.
            cursor.execute(
                "SELECT setval(oid::regclass, 1000 * row_number() OVER (ORDER BY relname)) "
                "FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
            )
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
            return ground, pickle.dumps(Cast())


@pytest.fixture
def on_cast(_first_cast: tuple[str, bytes]) -> None:
    """Have the connection on the ground with the rows of the cast."""
    go_to(_first_cast[0])


@pytest.fixture
def cast(on_cast: None, db: None, _first_cast: tuple[str, bytes]) -> Cast:
    """A small county's program with its people."""
    fresh: Cast = pickle.loads(_first_cast[1])
    # The engine keeps what it reads of a program for each revision: what one test sets up must not answer another.
    Program.objects.filter(pk=fresh.program.pk).update(notes=fresh.program.notes)
    fresh.program.revision = Program.objects.values_list("revision", flat=True).get(pk=fresh.program.pk)
    return fresh
