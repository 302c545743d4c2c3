"""宝山's figures equal what its document prints, and they move with the rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cadres.actions.records import PartsMissing, receive_document
from cadres.models import DocumentPart, GroupSeat, Meeting, MeetingItem
from programs.models import Program, User
from projects.actions import record_quantity
from projects.models import Fund, Project, Quantity
from reports.demo.baoshan import names
from tests.printed import boards_of, differences, figures

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.demonstration_of("baoshan")]

#: Figure → label → what must be in its part. ``between`` bounds a value of which only the wording is fixed.
EXPECTED: dict[str, dict[str, dict[str, Any]]] = {
    "BS-1": {
        "整治河道": {"value": 5, "text": "5条段"},
        "总长": {"value": 2750, "text": "2750米"},
        "疏浚土方": {"value": 24_300, "text": "24300立方米"},
        "清除垃圾": {"between": (5_001, 5_999), "text": "5000余吨"},
        "植被护坡": {"value": 5_700, "text": "5700平方米"},
        "岸上绿化": {"value": 1_660, "text": "1660平方米"},
    },
    "BS-2": {
        "投入资金": {"between": (300_001, 399_999), "text": "30余万元"},
        "财政补贴": {"between": (120_001, 129_999), "text": "12万余元"},
    },
    "BS-3": {
        "疏浚土方": {"value": 8_159, "text": "8159立方米"},
        "清除垃圾": {"between": (2_101, 2_199), "text": "2100余吨"},
        "种植绿化": {"value": 1_270, "text": "1270平方米"},
        "自有资金": {"value": 150_000, "text": "15万元"},
    },
    "BS-4": {"综合整治按期完成": {"value": 5}, "汛期前完成重点条段": {"value": 1}},
    "BS-5": {"双向沟通": {"value": 4, "text": "4次", "of": 4}},
    "BS-6": {"按月召开例会": {"value": 9, "of": 10, "excused": 1, "not_done_names": ["2008年2月"]}},
    "BS-7": {
        "帮扶计划": {"value": 1},
        "四个明确": {"value": 4, "names": ["目标任务", "主要内容", "主要措施", "具体要求"]},
    },
    "BS-8": {"考核科室": {"value": 4}},
    "BS-9": {
        "签约": {"value": 1, "text": "1份"},
        "水系规划方案": {"value": 1},
        "领导小组": {"value": 1, "names": ["帮扶工作领导小组"]},
    },
}


@pytest.fixture
def program(demonstration: None) -> Program:
    """宝山's program."""
    return Program.objects.get(code="baoshan")


@pytest.fixture
def office(program: Program) -> User:
    """The office that runs it."""
    return User.objects.get(username="bs-ban")


def test_every_figure_is_as_the_document_prints_it() -> None:
    assert not differences(EXPECTED, figures("baoshan"))


def test_the_two_works_do_not_run_into_each_other(program: Program, office: User) -> None:
    rows = Quantity.objects.select_related("project__program", "item")
    earth = rows.get(project__program=program, project__name__contains="二房宅沟", item__code="earth")
    record_quantity(by=office, quantity=earth, done=Decimal(9_000), on=dt.date(2008, 6, 6))

    found = figures("baoshan")
    assert found["BS-3"]["疏浚土方"]["value"] == 9_000
    assert found["BS-1"]["疏浚土方"]["value"] == 24_300


def test_money_moves_with_its_source(program: Program) -> None:
    fund = Fund.objects.filter(program=program, source__code="fiscal").latest("low")
    fund.source = program.terms.get(vocabulary="fund_source", code="own")
    fund.save()

    found = figures("baoshan")["BS-2"]
    assert found["财政补贴"]["text"] == "9万元"
    assert found["投入资金"]["value"] == 303_000


def test_a_talk_at_which_the_village_says_nothing_is_none(program: Program) -> None:
    talk = Meeting.objects.filter(program=program, kind__code="two_way").earliest("on")
    MeetingItem.objects.filter(meeting=talk, side=MeetingItem.Side.HELPED).delete()

    part = figures("baoshan")["BS-5"]["双向沟通"]
    assert (part["value"], part["of"], part["not_done_names"]) == (3, 4, ["2008年第一季度"])


def test_a_work_finished_after_its_day_is_late(program: Program) -> None:
    project = Project.objects.get(program=program, name__contains="二房宅沟")
    project.finished_on = dt.date(2008, 6, 20)
    project.save()

    found = figures("baoshan")["BS-4"]
    assert (found["汛期前完成重点条段"]["value"], found["逾期项目"]["value"]) == (0, 2)
    assert "二房宅沟全面整治" in found["逾期项目"]["names"]


def test_a_plan_without_one_of_its_four_parts_is_not_received(program: Program, office: User) -> None:
    with pytest.raises(PartsMissing, match="具体要求"):
        receive_document(
            by=office,
            program=program,
            kind=program.terms.get(vocabulary="document_kind", code="plan"),
            title="补充计划",
            division=program.pairings.select_related("place").earliest("pk").place,
            received_on=dt.date(2008, 3, 1),
            parts={"目标任务": "一", "主要内容": "二", "主要措施": "三"},
        )
    DocumentPart.objects.filter(document__program=program, name="具体要求").delete()
    assert figures("baoshan")["BS-7"]["四个明确"]["value"] == 3


def test_the_leading_group_is_headed_by_the_principal_leader(program: Program) -> None:
    head = GroupSeat.objects.select_related("cadre").get(group__program=program, duty="组长")
    assert head.cadre is not None
    assert head.cadre.posts.filter(leadership="principal", unit__short_name="区水务局").exists()
    assert GroupSeat.objects.filter(group__program=program).count() == 6


def test_the_boards_open_for_every_account_that_is_shown() -> None:
    own = [username for username in names.ACCOUNTS if username != "admin"]
    refused = [answer for answer in boards_of("baoshan", own) if answer[2] != 200]
    assert not refused
