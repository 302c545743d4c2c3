"""三送's figures equal what its document prints, and they move with the rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cadres.actions.needs import close_need, reopen_need
from cadres.actions.visits import void_visit
from cadres.models import Need, Visit
from programs.models import Program, Term, User
from projects.actions import add_quantity
from projects.models import Project
from reports.demo.sansong import names
from tests.printed import boards_of, differences, figures

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.demonstration_of("sansong")]

#: Figure → label → what must be in its part. ``between`` bounds a value of which only the wording is fixed.
EXPECTED: dict[str, dict[str, dict[str, Any]]] = {
    "SS-1": {
        "队员": {"value": 5, "text": "5名"},
        "包扶农户": {"value": 100, "text": "100户"},
        "已走访": {"value": 100, "text": "100户", "of": 100},
    },
    "SS-2": {"慰问金": {"value": 4000, "text": "4000元"}, "慰问困难群众": {"value": 20, "text": "20户"}},
    "SS-3": {
        "通组公路长": {"value": 1000, "text": "1000米"},
        "路宽": {"value": 3.5, "text": "3.5米", "basis": "planned"},
        "筹资": {"between": (200_001, 299_999), "text": "20余万元"},
        "历时": {"value": 3, "text": "3个月"},
    },
    "SS-4": {"引进投资": {"value": 600_000, "text": "60万元"}, "受益农田": {"value": 680, "text": "680亩"}},
    "SS-5": {"助学捐款": {"between": (11_001, 11_999), "text": "11000余元"}},
    "SS-6": {
        "调处矛盾纠纷": {"value": 38, "text": "38起(人次)"},
        "山林纠纷": {"value": 17},
        "邻里纠纷": {"value": 13},
        "其他纠纷": {"value": 8},
    },
    "SS-7": {"法律帮助": {"between": (21, 29), "text": "20多人次"}},
    "SS-8": {"入党积极分子": {"value": 3, "text": "3名"}},
    "SS-9": {"单位支持": {"between": (9_000, 9_999), "text": "近万元"}},
    "SS-11": {
        "年度计划": {"value": 1, "text": "1份"},
        "调研报告": {"value": 1, "text": "1份"},
        "年度总结": {"value": 1, "text": "1份"},
    },
}


@pytest.fixture
def program(demonstration: None) -> Program:
    """三送's program."""
    return Program.objects.get(code="sansong")


def test_every_figure_is_as_the_document_prints_it() -> None:
    assert not differences(EXPECTED, figures("sansong"))


def test_a_household_whose_visit_is_void_has_not_been_visited(program: Program) -> None:
    visits = Visit.objects.filter(program=program, kind__code="comfort", is_current=True)
    visit = visits.order_by("happened_at").first()
    assert visit is not None
    households = visit.households.count()

    void_visit(by=User.objects.get(username="ss-xianban"), visit=visit, reason="重复登记")

    found = figures("sansong")["SS-2"]
    assert found["慰问困难群众"]["value"] == 20 - households
    assert found["慰问金"]["value"] == 4000 - 200 * households


def test_a_dispute_that_goes_to_court_is_not_settled(program: Program) -> None:
    need = Need.objects.filter(program=program, category__code="dispute_forest", solved=True).earliest("pk")
    head = User.objects.get(username="ss-zuzhang")
    last_day = dt.date(2011, 12, 31)

    reopen_need(by=head, need=need, on=last_day, reason="一方反悔")
    assert figures("sansong")["SS-6"]["调处矛盾纠纷"]["value"] == 37
    close_need(by=head, need=need, on=last_day, reason="引导到法庭立案", solved=False)
    found = figures("sansong")["SS-6"]
    assert (found["调处矛盾纠纷"]["text"], found["山林纠纷"]["value"]) == ("37起(人次)", 16)


def test_persons_helped_are_added_up_and_widths_are_not(program: Program) -> None:
    need = Need.objects.filter(program=program, category__code="legal").latest("raised_on")
    need.persons += 9
    need.save()
    assert figures("sansong")["SS-7"]["法律帮助"]["text"] == "30多人次"

    other = Project.objects.get(program=program, name__contains="木材市场")
    width = Term.objects.get(program=program, vocabulary="quantity", code="road_width")
    head = User.objects.get(username="ss-zuzhang")
    add_quantity(by=head, project=other, item=width, planned=Decimal("3.5"))
    assert figures("sansong")["SS-3"]["路宽"]["text"] == "3.5米"
    add_quantity(by=head, project=other, item=width, planned=Decimal(5))
    assert figures("sansong")["SS-3"]["路宽"]["text"] == "3.5到5米"


def test_money_of_a_project_is_not_the_units_own_support(program: Program) -> None:
    support = program.funds.filter(source__code="own", project=None, kind="money").latest("low")
    support.project = Project.objects.get(program=program, name__contains="通组公路")
    support.save()

    found = figures("sansong")
    assert found["SS-9"]["单位支持"]["value"] == 9_800 - support.low
    assert found["SS-3"]["筹资"]["value"] == 214_600 + support.low


def test_a_project_that_took_longer_says_so(program: Program) -> None:
    road = Project.objects.get(program=program, name__contains="通组公路")
    road.finished_on = dt.date(2011, 7, 2)
    road.save()

    assert figures("sansong")["SS-3"]["历时"]["text"] == "4个月"


def test_nobody_in_the_team_is_a_first_secretary(program: Program) -> None:
    [team] = program.teams.all()
    assert sorted(team.members.values_list("role", flat=True)) == ["head", *["member"] * 4]
    assert team.members.values("unit").distinct().count() == 2
    assert program.word("first_secretary") == ""
    assert program.word("team") == "工作组"


def test_the_boards_open_for_every_account_that_is_shown() -> None:
    own = [username for username in names.ACCOUNTS if username != "admin"]
    refused = [answer for answer in boards_of("sansong", own) if answer[2] != 200]
    assert not refused
