"""招远's figures, asked for as an office asks, equal what its document prints; and they move with the rows."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cadres.actions.visits import correct_visit, void_visit
from cadres.models import Leadership, Visit, VisitParticipant
from programs.models import Program, User

pytestmark = pytest.mark.usefixtures("demonstration")

#: Figure → label → what must be in its part. ``between`` bounds a value of which only the wording is fixed.
EXPECTED: dict[str, dict[str, dict[str, Any]]] = {
    "ZY-1": {
        "后进村": {"value": 116, "text": "116个"},
        "帮扶部门": {"value": 116, "text": "116个"},
        "工作队": {"value": 116, "text": "116个"},
    },
    "ZY-2": {"督查组": {"value": 5, "text": "5个"}, "督查工作队": {"value": 116, "text": "116个"}},
    "ZY-3": {
        "督查方式": {"value": 3, "text": "3种", "names": ["入村询问村干部和群众", "查看有关材料", "实地察看"]},
    },
    "ZY-4": {"主要领导到村走访": {"value": 96, "text": "96个", "of": 116, "not_done": 20}},
    "ZY-5": {
        "对接到位": {
            "value": 114,
            "text": "114个",
            "of": 116,
            "not_done": 2,
            "not_done_names": ["平安财险", "平安人寿"],
        },
    },
    "ZY-6": {"组织关系转移到村": {"value": 114, "text": "114名", "of": 114, "not_done": 0}},
    "ZY-7": {"提交三项重大帮扶事项": {"value": 108, "text": "108个", "of": 116, "not_done": 8}},
    "ZY-8": {
        "制定全年工作计划": {"value": 112, "of": 116, "not_done": 4},
        "制定三年规划": {"value": 109, "of": 116, "not_done": 7},
        "开展走访调查": {"value": 111, "of": 116, "not_done": 5},
    },
    "ZY-9": {"日记缺记或不详": {"value": 5, "text": "5个"}},
    "ZY-10": {"按期报告进展": {"value": 4, "of": 6, "not_done": 2}},
    "ZY-11": {
        "高档苗木": {"between": (81, 89), "text": "80余亩"},
        "整治街道": {"value": 2, "text": "2条"},
        "上山道路": {"value": 8, "text": "8条"},
        "道路绿化长度": {"between": (4001, 4999), "text": "4000余米"},
        "文化大院": {"value": 28, "text": "28间", "basis": "planned"},
    },
    "ZY-12": {"钢化项目总投资": {"min": 50_000_000, "max": 100_000_000, "text": "5000万到1亿元"}},
    "ZY-13": {
        "休闲广场": {"value": 1, "text": "1处", "basis": "planned"},
        "水井": {"value": 1, "text": "1口", "basis": "planned"},
    },
    "ZY-14": {"路面铺设": {"value": 2000, "text": "约2000平方米"}},
    "ZY-15": {"筹集资金": {"value": 350_000, "text": "35万元"}, "配电室": {"value": 1, "text": "1处"}},
    "ZY-16": {
        "没有实际意义的事项": {"value": 4},
        "长期处于规划阶段": {"value": 6},
        "只有慰问和走访": {"value": 4},
    },
    "ZY-17": {"处理方式": {"value": 3, "names": ["通报批评", "扣发驻村补贴", "取消单位及本人年度评优资格"]}},
    "ZY-22": {"主要领导走访率": {"text": "82.8%"}},
}


def figures() -> dict[str, dict[str, dict[str, Any]]]:
    """Figure → label → part, as the command prints them."""
    out = StringIO()
    call_command("figures", "zhaoyuan", "--json", stdout=out)
    return {figure["id"]: {part["label"]: part for part in figure["parts"]} for figure in json.loads(out.getvalue())}


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


def test_the_names_beside_a_count_are_as_many_as_it_says() -> None:
    for code, parts in figures().items():
        for label, part in parts.items():
            if "not_done_names" in part:
                assert len(part["not_done_names"]) == part["not_done"] == part["of"] - part["value"], (code, label)


def test_who_fails_is_made_up_or_named_by_the_document() -> None:
    found = figures()
    for code in ("ZY-4", "ZY-5", "ZY-7", "ZY-8"):
        for part in found[code].values():
            named = {name for name in part["not_done_names"] if not name.startswith("示例单位")}
            assert named <= {"平安财险", "平安人寿"}
    praised = {name for part in found["ZY-20"].values() for name in part["names"]}
    failing = {name for part in found["ZY-16"].values() for name in part["names"]}
    assert {"平安财险", "平安人寿"} <= failing
    assert not praised & failing


def _visit_of_leader(unit: str) -> Visit:
    one = VisitParticipant.objects.get(unit__short_name=unit, leadership=Leadership.PRINCIPAL, visit__is_current=True)
    return one.visit


def test_voiding_one_leaders_visit_turns_96_into_95_and_names_the_unit() -> None:
    office = User.objects.get(username="xianban")
    visit = _visit_of_leader("市住建局")

    void_visit(by=office, visit=visit, reason="核实未到村")

    part = figures()["ZY-4"]["主要领导到村走访"]
    assert (part["value"], part["text"], part["not_done"]) == (95, "95个", 21)
    assert "市住建局" in part["not_done_names"]


def test_correcting_who_went_moves_the_figure_as_well() -> None:
    office = User.objects.get(username="xianban")
    visit = _visit_of_leader("市委办")
    others = [one.cadre for one in visit.participants.exclude(leadership=Leadership.PRINCIPAL)]

    correct_visit(by=office, visit=visit, reason="主要领导未到", participants=others)

    assert "市委办" in figures()["ZY-4"]["主要领导到村走访"]["not_done_names"]


def test_a_changed_amount_changes_figure_and_words() -> None:
    program = Program.objects.get(code="zhaoyuan")
    fund = program.funds.get(division="370685101233", kind="money")
    fund.low = fund.high = Decimal(420_000)
    fund.save()

    part = figures()["ZY-15"]["筹集资金"]
    assert (part["value"], part["text"]) == (420_000, "42万元")
