"""宝兴's figures, asked for as an office asks, equal what its document prints; and they move with the rows."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cadres.actions.needs import reopen_need
from cadres.actions.pairings import end_pairing
from cadres.actions.visits import void_visit
from cadres.models import Cadre, Need, Pairing, Visit
from programs.models import Division, Program, Unit, User
from projects.models import Donation, ProjectPlace
from reports.demo.reset import remove_program
from villages.models import Household, Member, Village

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.demonstration_of("baoxing")]

HEPING = "511827201601"

#: Figure → label → what must be in its part. ``between`` bounds a value of which only the wording is fixed.
EXPECTED: dict[str, dict[str, dict[str, Any]]] = {
    "BX-1": {
        "县级领导": {"value": 26, "text": "26名"},
        "联系乡镇": {"value": 26, "of": 26},
        "联系村（社区）": {"value": 26, "of": 26},
        "联系农村困难党员或贫困户": {"value": 26, "of": 26},
        "联系城市困难群众或下岗职工": {"value": 25, "of": 26, "not_done_names": ["示例县级领导18"]},
    },
    "BX-2": {
        "正科级干部": {"value": 64, "text": "64名"},
        "帮扶户": {"value": 128, "text": "128户"},
        "正科级干部帮扶困难党员": {"value": 64, "of": 64},
        "正科级干部帮扶贫困户": {"value": 64, "of": 64},
        "单位负责人": {"value": 37},
        "负责人帮扶农村困难党员": {"value": 37, "of": 37},
        "负责人帮扶困难群众": {"value": 37, "of": 37},
    },
    "BX-3": {"联系帮扶": {"between": (231, 239), "text": "230余次"}},
    "BX-4": {"看望慰问": {"between": (201, 299), "text": "200余户"}},
    "BX-5": {"慰问金": {"between": (70_001, 79_999), "text": "7万余元"}},
    "BX-6": {"致富计划": {"between": (111, 119), "text": "110余个"}},
    "BX-7": {"解决实际问题": {"between": (101, 199), "text": "100余件(次)", "unit": "件(次)"}},
    "BX-8": {"和平村基础设施": {"value": 100_000, "text": "10万元"}, "连组路项目": {"value": 1}},
    "BX-9": {
        "中蜂项目资金": {"value": 200_000, "text": "20万元"},
        "联系户": {"value": 3, "text": "3户"},
        "慰问金": {"value": 3000, "text": "3000元"},
        "下派技术人员": {"value": 1, "text": "1名"},
        "三年帮扶规划": {"value": 1},
    },
    "BX-10": {
        "帮扶户": {"value": 5, "text": "5户"},
        "慰问金": {"value": 300, "text": "300元"},
        "项目资金": {"value": 30_000, "text": "3万元"},
    },
    "BX-11": {
        "慰问金": {"value": 1000, "text": "1000元"},
        "签订协议": {"value": 2, "text": "2户"},
        "捐款人数": {"value": 22, "text": "22名"},
        "捐款": {"value": 1083.4, "text": "1083.40元"},
        "水泥砂石": {"between": (1900, 1999), "text": "近2000元"},
    },
    "BX-12": {"一帮一": {"value": 24}, "几帮一": {"value": 8}, "支部帮": {"value": 10}, "几帮一结对": {"value": 24}},
    "BX-13": {
        "省直部门": {"value": 1, "names": ["省冶金地质勘查局"]},
        "市直部门": {"value": 1, "names": ["蜂桶寨保护区管理局"]},
        "县级部门": {"value": 30},
        "驻县单位": {"value": 5},
        "企业": {"value": 3},
        "包村部门": {"value": 40},
    },
    "BX-14": {
        "新修便桥": {"value": 1, "text": "1座"},
        "严重受灾户": {"value": 4, "text": "4户"},
        "市领导挂点村": {"value": 6},
    },
}


def figures() -> dict[str, dict[str, dict[str, Any]]]:
    """Figure → label → part, as the command prints them."""
    out = StringIO()
    call_command("figures", "baoxing", "--json", stdout=out)
    return {figure["id"]: {part["label"]: part for part in figure["parts"]} for figure in json.loads(out.getvalue())}


@pytest.fixture
def program(demonstration: None) -> Program:
    """宝兴's program."""
    return Program.objects.get(code="baoxing")


@pytest.fixture
def office(demonstration: None) -> User:
    """The county's office."""
    return User.objects.get(username="baoxing-xianban")


def test_every_figure_is_as_the_document_prints_it() -> None:
    found = figures()
    wrong = []
    for code, parts in EXPECTED.items():
        for label, expected in parts.items():
            part = found[code][label]
            for name, value in expected.items():
                if name == "between":
                    if not value[0] <= part["value"] <= value[1]:
                        wrong.append((code, label, part["value"], value))
                elif part.get(name) != value:
                    wrong.append((code, label, name, part.get(name), value))
    assert not wrong


def test_nothing_that_province_or_city_did_is_in_the_countys_own_figures(program: Program, office: User) -> None:
    before = figures()
    bureau = Visit.objects.counted().filter(program=program, participants__unit__level="provincial").distinct()
    reserve = Visit.objects.counted().filter(program=program, participants__unit__level="city").distinct()
    assert bureau
    assert reserve
    for visit in [*bureau, *reserve]:
        void_visit(by=office, visit=visit, reason="核实")

    after = figures()
    for code in ("BX-3", "BX-4", "BX-5", "BX-7"):
        assert after[code] == before[code]
    assert after["BX-9"]["慰问金"]["value"] in (0, None)


def test_a_leader_who_lets_a_household_go_is_named(program: Program, office: User) -> None:
    pairing = Pairing.objects.get(
        program=program, cadre__name="示例县级领导04", household__isnull=False, household__tags__tag__code="poor"
    )

    end_pairing(by=office, pairing=pairing, on=dt.date(2010, 9, 1), reason="工作调整")

    part = figures()["BX-1"]["联系农村困难党员或贫困户"]
    assert (part["value"], part["of"], part["not_done_names"]) == (25, 26, ["示例县级领导04"])


def test_what_22_gave_is_summed_to_the_cent(program: Program) -> None:
    one = Donation.objects.filter(fund__program=program).order_by("pk").first()
    assert one is not None
    one.amount += Decimal("0.07")
    one.save()

    parts = figures()["BX-11"]
    assert (parts["捐款"]["text"], parts["捐款人数"]["value"]) == ("1083.47元", 22)


def test_a_problem_taken_up_again_is_no_longer_solved(program: Program, office: User) -> None:
    before = figures()["BX-7"]["解决实际问题"]["value"]
    need = Need.objects.filter(program=program, solved=True).select_related("program").order_by("pk").first()
    assert need is not None

    reopen_need(by=office, need=need, on=dt.date(2010, 9, 30), reason="农户反映没有修好")

    assert figures()["BX-7"]["解决实际问题"]["value"] == before - 1


def test_the_road_lies_in_two_groups_of_one_village(program: Program) -> None:
    places = ProjectPlace.objects.filter(project__program=program, project__name="和平村16组至17组连组路")
    assert set(places.values_list("division_id", flat=True)) == {f"{HEPING}016", f"{HEPING}017"}


def test_places_gone_since_keep_their_names_and_their_work(program: Program) -> None:
    gone = Division.objects.within("511827").filter(level=5, retired_on__isnull=False)
    named = set(gone.exclude(name__startswith="示例").values_list("short_name", flat=True))
    assert named == {"和平村", "青坪村", "安坪村", "崇兴村", "永和村", "勒乐村"}
    assert not gone.filter(merged_into__isnull=False).exists()
    assert Division.objects.get(short_name="永富乡").fate.startswith("已撤并")
    assert Visit.objects.filter(program=program, division=HEPING).exists()
    assert HEPING in Division.objects.standing_on(program.pinned_on).values_list("code", flat=True)  # type: ignore[arg-type]
    assert HEPING not in Division.objects.current().values_list("code", flat=True)


def test_it_can_go_again_without_a_trace_of_rows(program: Program) -> None:
    remove_program(program)

    for model in (Program, Unit, Cadre, Pairing, Visit, Village, Household, Member):
        assert not model._default_manager.exists(), model
    assert not Division.objects.within("511827").filter(retired_on__isnull=False).exists()
    assert Division.objects.filter(code="511827100200").exists()
