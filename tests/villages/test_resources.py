"""The rosters of villages and of households with their members."""

from __future__ import annotations

import re
from decimal import Decimal

from django.test import Client

from programs.models import DivisionLevel, Export
from tests import factories as make
from tests.cast import Cast
from tests.rosters import Roster, problems
from villages.models import Household, Village, VillageYear

VILLAGE_HEAD = ["镇街", "村", "概况", "年份", "户数", "人口", "村集体收入（元）", "耕地（亩）"]
HEAD = [
    "镇街",
    "村",
    "组",
    "户编号",
    "户主",
    "地址",
    "电话",
    "户主身份证号",
    "成员姓名",
    "与户主关系",
    "成员电话",
    "成员身份证号",
]


def test_villages_come_in_with_the_figures_of_a_year(cast: Cast, desk: Client) -> None:
    """A place that has no profile yet gets one; a known one gets its year."""
    make.PlaceFactory(parent=cast.near.town, code="370685104250", name="示例新村村民委员会")
    Roster(desk, "villages_village").bring_in(
        VILLAGE_HEAD,
        ["示例东镇", "示例新村", "地处丘陵", 2015, 210, "640", "3.5万", 1200.5],
        ["示例东镇", cast.near.place.short_name, None, "2015", 180, None, None, None],
    )
    village = Village.objects.get(division_id="370685104250")
    assert (village.name, village.overview, village.initials) == ("示例新村", "地处丘陵", "slxc")
    year = VillageYear.objects.get(village=village)
    assert (year.households, year.population, year.collective_income, year.land_mu) == (
        210,
        640,
        Decimal("35000"),
        Decimal("1200.50"),
    )
    assert VillageYear.objects.get(village=cast.near.village).households == 180


def test_what_is_wrong_with_a_village_is_said(cast: Cast, desk: Client) -> None:
    """The town narrows the village; figures need their year; amounts are not words."""
    found = problems(
        Roster(desk, "villages_village").check(
            VILLAGE_HEAD,
            ["示例西街道", cast.near.place.short_name, None, None, None, None, None, None],
            ["示例东镇", cast.near.place.short_name, None, None, 210, None, None, None],
            ["示例东镇", cast.near.place.short_name, None, 2015, "二百", None, "很多", None],
        )
    )
    assert found[0].startswith(f"第 2 行：村：示例西街道没有“{cast.near.place.short_name}”")
    assert found[1] == "第 3 行：年份：填了户数、人口等，须写明是哪一年的。"
    assert "户数：" in found[2]
    assert "村集体收入（元）：" in found[2]
    assert not VillageYear.objects.exists()


def test_villages_go_out_with_their_last_year(cast: Cast, desk: Client) -> None:
    """And come in again as they were."""
    for year, households in ((2014, 200), (2015, 210)):
        make.VillageYearFactory(village=cast.near.village, year=year, households=households)
    roster = Roster(desk, "villages_village")
    lines = roster.take_out()
    first = dict(zip(lines[0], lines[1], strict=True)) if cast.near.place.code < cast.far.place.code else {}
    by_name = {line[1]: dict(zip(lines[0], line, strict=True)) for line in lines[1:5]}
    near = by_name[cast.near.place.short_name]
    assert (near["镇街"], near["年份"], near["户数"]) == ("示例东镇", 2015, 210)
    assert first == {} or first["村"]
    before = list(VillageYear.objects.order_by("pk").values())
    roster.bring_in(lines[0], *lines[1:])
    assert list(VillageYear.objects.order_by("pk").values()) == before


def test_households_come_in_with_their_members(cast: Cast, desk: Client) -> None:
    """One line a member, the household's columns repeated; groups are places of their own."""
    group = make.GroupPlaceFactory(parent=cast.near.place, code=f"{cast.near.place.code}001", name="第一组")
    assert group.level == DivisionLevel.GROUP
    place = cast.near.place.short_name
    phone, number = 13812345678, "37068519700101006x"
    Roster(desk, "villages_household").bring_in(
        HEAD,
        ["示例东镇", place, "第一组", "0101", "示例户主甲", "1号", phone, number, "示例成员乙", "配偶", None, None],
        [
            "示例东镇",
            place,
            "第一组",
            "0101",
            "示例户主甲",
            "1号",
            phone,
            number,
            "示例成员丙",
            "长子",
            "13900000000",
            None,
        ],
        ["示例东镇", place, None, "0102", "示例户主丁", None, None, None, None, None, None, None],
    )
    household = Household.objects.get(number="0101")
    assert (household.division, household.phone, household.identity_number) == (group, str(phone), number.upper())
    assert list(household.members.order_by("pk").values_list("name", "relation", "phone")) == [
        ("示例成员乙", "配偶", ""),
        ("示例成员丙", "长子", "13900000000"),
    ]
    assert Household.objects.get(number="0102").division == cast.near.place


def test_what_is_wrong_with_a_household_is_said(cast: Cast, desk: Client) -> None:
    """Numbers out of shape, a masked number of somebody new, a member without a name."""
    place = cast.near.place.short_name
    before = Household.objects.count()
    found = problems(
        Roster(desk, "villages_household").check(
            HEAD,
            ["示例东镇", place, None, "0101", "示例户主甲", None, None, "3706", None, None, None, None],
            ["示例东镇", place, None, "0102", "示例户主乙", None, "138****5678", None, None, None, None, None],
            ["示例东镇", place, None, "0103", "示例户主丙", None, None, None, None, "长子", None, None],
            ["示例东镇", "没有的村", None, "0104", "示例户主丁", None, None, None, None, None, None, None],
        )
    )
    assert found == [
        "第 2 行：户主身份证号：身份证号应为 18 位，前 17 位是数字，末位是数字或 X。",
        "第 3 行：电话：号码“138****5678”被遮盖了，请填完整，或留空不改。",
        "第 4 行：成员姓名：填了与户主关系等，须写明成员姓名。",
        "第 5 行：村：示例东镇没有“没有的村”，请核对名称，或改填区划代码。",
    ]
    assert Household.objects.count() == before


def test_the_preview_shows_what_a_line_would_become(cast: Cast, desk: Client) -> None:
    """Before and after in the roster's own words: places by name, members, numbers masked."""
    place, household = cast.near.place.short_name, cast.near.household
    page = Roster(desk, "villages_household").check(
        HEAD,
        ["示例东镇", place, None, "0101", "示例户主甲", None, "13812345678", None, "示例成员乙", "配偶", None, None],
        [
            "示例东镇",
            place,
            None,
            household.number,
            household.head,
            "新地址",
            None,
            None,
            cast.near.member.name,
            "长子",
            None,
            None,
        ],
    )
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r'<tr class="\w+">(.*?)</tr>', page, re.DOTALL)]
    assert rows[0] == ["新增", "示例东镇", place, "0101", "示例户主甲", "138****5678", "否", "示例成员乙", "配偶"]
    assert rows[1][:4] == ["更新", "示例东镇", place, household.number]
    assert "138****0000" in rows[1]
    assert not Household.objects.filter(number="0101").exists()


def test_households_go_out_masked_and_come_back_whole(cast: Cast, desk: Client) -> None:
    """Nobody reads a number in the sheet, and reading the sheet back does not put masks over the numbers."""
    make.MemberFactory(household=cast.near.household, name="示例次子", phone="13911112222")
    roster = Roster(desk, "villages_household")
    lines = roster.take_out("?town=370685104")
    cells = " ".join(str(cell) for line in lines for cell in line)
    assert "13800000000" not in cells
    assert "370685197001010011" not in cells
    assert "13911112222" not in cells
    assert "138****0000" in cells
    record = Export.objects.get()
    assert (record.what, record.row_count, record.query) == ("农户名册", 3, "town=370685104")
    before = list(Household.objects.order_by("pk").values())
    members = list(cast.near.household.members.order_by("pk").values())
    roster.bring_in(lines[0], *lines[1:])
    assert list(Household.objects.order_by("pk").values()) == before
    assert list(cast.near.household.members.order_by("pk").values()) == members
