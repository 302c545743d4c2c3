"""绿园's figures, asked for as an office asks, equal what its document prints; and they move with the rows."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cadres.actions.visits import void_visit
from cadres.models import Cadre, Pairing, Visit, VisitQuantity
from programs.figures.context import Context
from programs.figures.requirements import evaluate_requirement
from programs.models import Program, Requirement, User
from villages.models import Household

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.demonstration_of("lvyuan")]

#: Figure → label → what must be in its part. ``between`` bounds a value of which only the wording is fixed.
EXPECTED: dict[str, dict[str, dict[str, Any]]] = {
    "LY-1": {"四级干部": {"value": 1455, "text": "1455名"}, "包保农户": {"value": 17079, "text": "17079户"}},
    "LY-2": {"每周入户": {"of": 1452, "between": (1300, 1451)}},
    "LY-3": {"区直部门": {"value": 43, "text": "43个"}, "机关干部": {"between": (1401, 1499), "text": "1400余名"}},
    "LY-4": {
        "线": {"value": 1, "text": "1线"},
        "村": {"value": 4, "text": "4村"},
        "屯": {"value": 10, "text": "10屯"},
        "节点": {"value": 12, "text": "12处"},
    },
    "LY-5": {"精品村": {"value": 4, "text": "4个", "names": ["裴家村", "哈达村", "于家村", "永跃村"]}},
    "LY-6": {"最美家庭": {"value": 40, "text": "40户"}},
    "LY-7": {
        "清理庭院垃圾": {"between": (31, 39), "text": "30余吨"},
        "栽种绿篱": {"value": 2180, "text": "2180平方米"},
        "花草树木": {"between": (7001, 7999), "text": "7000余颗"},
        "花籽": {"value": 80, "text": "80公斤"},
        "巡逻车": {"value": 4, "text": "4辆"},
    },
    "LY-8": {"专题会议": {"value": 9, "text": "9次"}},
    "LY-9": {"双周调度": {"of": 22 * 13}},
    "LY-10": {"督查专报": {"value": 6, "of": 6}, "本轮督查工作组": {"value": 15}},
    "LY-11": {"联系卡": {"value": 17079}, "包户任务": {"value": 4}},
    "LY-12": {"工作手册": {"value": 1455}},
    "LY-15": {
        "三方联包的村": {"value": 4, "names": ["哈达村", "裴家村", "永跃村", "于家村"]},
        "区级领导联包": {"value": 4},
        "部门联包": {"value": 43},
        "属地联包": {"value": 4},
    },
    "LY-16": {"督导成员单位": {"value": 5}, "交流会": {"value": 1}, "交流发言部门": {"value": 4}},
}


def figures() -> dict[str, dict[str, dict[str, Any]]]:
    """Figure → label → part, as the command prints them."""
    out = StringIO()
    call_command("figures", "lvyuan", "--json", stdout=out)
    return {figure["id"]: {part["label"]: part for part in figure["parts"]} for figure in json.loads(out.getvalue())}


@pytest.fixture
def program(demonstration: None) -> Program:
    """绿园's program."""
    return Program.objects.select_related("jurisdiction").get(code="lvyuan")


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


def test_every_household_has_one_responsible_cadre(program: Program) -> None:
    pairs = Pairing.objects.filter(program=program, mode=Pairing.Mode.CADRE_HOUSEHOLD)
    assert pairs.count() == Household.objects.count() == pairs.values("household").distinct().count() == 17079


def test_those_who_stay_away_are_made_up_and_some_weeks_are_better(program: Program) -> None:
    weekly = Requirement.objects.select_related("program").get(program=program, code="weekly_visit")
    result = evaluate_requirement(weekly, Context(program))
    missing = result.names("not_done")
    assert missing
    assert all(name.startswith("示例") for name in missing)
    counts = [bar["value"] for bar in figures()["LY-2"].values() if bar["label"] == "各周累计入户"]
    assert 1452 * 26 * 0.9 < counts[0] < 1455 * 26


def test_a_voided_visit_names_the_cadre_among_the_absentees(program: Program) -> None:
    before = figures()["LY-2"]["每周入户"]
    week = Visit.objects.counted().filter(
        happened_at__gte="2020-10-19T00:00+08:00", happened_at__lt="2020-10-26T00:00+08:00"
    )
    visit = week.filter(participants__cadre__name="合心镇干部01").get()

    void_visit(by=User.objects.get(username="lvyuan-quban"), visit=visit, reason="核实未到户")

    after = figures()["LY-2"]["每周入户"]
    assert (after["value"], after["not_done"]) == (before["value"] - 1, before["not_done"] + 1)
    assert "合心镇干部01" in after["not_done_names"]


def test_what_was_cleared_away_changes_figure_and_words() -> None:
    row = VisitQuantity.objects.filter(item__code="hedge").first()
    assert row is not None
    row.amount += 20
    row.save()
    assert figures()["LY-7"]["栽种绿篱"]["text"] == "2200平方米"


def test_a_town_counts_its_own_cadres_and_households_only(program: Program) -> None:
    town = User.objects.get(username="lvyuan-zhen")
    context = Context(program, town)
    weekly = Requirement.objects.select_related("program").get(program=program, code="weekly_visit")
    owed = evaluate_requirement(weekly, context).counts["owed"]
    assert 0 < owed < 1452
    assert Household.objects.visible_to(town).filter(division__gte="220106101").count() == 0
    assert Cadre.objects.visible_to(town).count() < Cadre.objects.count()
