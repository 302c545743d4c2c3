"""Projects and funds of 三送's team: the road, the plant, what was given for a student and for the village."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from projects.actions import FundDraft, ProjectDraft, add_donation, add_funds, start_projects
from projects.models import Fund, Quantity
from reports.demo.sansong.village import STUDENT_AT
from reports.demo.sansong.world import World
from villages.models import Member

if TYPE_CHECKING:
    from programs.models import Term, Unit
    from projects.models import Project


def _on(month: int, day: int) -> dt.date:
    return dt.date(2011, month, day)


_BOARD_UP = _on(2, 18)
_ROAD_BEGAN, _ROAD_DONE = _on(3, 1), _on(5, 31)


def start(world: World) -> None:
    """The projects with their stages, amounts and progress, and the money by its source."""
    road, plant, _, _ = start_projects(
        by=world.head_user,
        program=world.program,
        projects=[_road(world), _plant(world), _market(world), _board(world)],
    )
    funds = add_funds(
        by=world.head_user, program=world.program, funds=[*_road_money(world, road), *_other_money(world, plant)]
    )
    _donate(world, next(fund for fund in funds if fund.source.code == "donation"))


def _road(world: World) -> ProjectDraft:
    return ProjectDraft(
        name="通组公路硬化",
        places=[world.place, *world.groups[:2]],
        submitted_on=_on(2, 16),
        category=world.word("project_category", "road"),
        unit=world.bureau,
        team=world.team,
        summary="硬化村部到小组的公路，利用原有路基，路宽3.5米。",
        started_on=_ROAD_BEGAN,
        due_on=_on(6, 30),
        due_text="汛期前",
        stages=_stages(
            world,
            ("proposed", _on(1, 18)),
            ("survey", _on(2, 16)),
            ("funding", _on(2, 21)),
            ("construction", _ROAD_BEGAN),
            ("completed", _ROAD_DONE),
        ),
        quantities=[
            _amount(world, "road_length", "1000", "1000", _ROAD_DONE),
            _amount(world, "road_width", "3.5"),
        ],
        progress=[
            (_on(3, 28), "路基整平完成，浇筑400米。"),
            (_on(5, 4), "浇筑800米，理事会公布第二次账目。"),
            (_ROAD_DONE, "全线1000米建成通车，历时三个月。"),
        ],
    )


def _plant(world: World) -> ProjectDraft:
    done = _on(9, 20)
    return ProjectDraft(
        name="稀土废水处理厂",
        places=[world.place, *world.groups[2:5]],
        submitted_on=_on(4, 6),
        category=world.word("project_category", "pollution"),
        unit=world.bureau,
        team=world.team,
        summary="支持村委会引进投资建设废水处理厂，治理流经三个小组的河水。",
        started_on=_on(5, 16),
        due_on=_on(12, 31),
        due_text="年底前",
        stages=_stages(
            world,
            ("proposed", _on(3, 2)),
            ("survey", _on(3, 24)),
            ("funding", _on(4, 6)),
            ("construction", _on(5, 16)),
            ("completed", done),
        ),
        quantities=[_amount(world, "plant", "1", "1", done), _amount(world, "farmland", "680", "680", done)],
        progress=[(_on(7, 8), "厂房主体完工，设备进场。"), (done, "投产，出水经检测符合环保标准，680亩农田恢复灌溉。")],
    )


def _market(world: World) -> ProjectDraft:
    return ProjectDraft(
        name="木材市场培育",
        places=[world.place],
        submitted_on=_on(8, 9),
        category=world.word("project_category", "industry"),
        unit=world.bureau,
        team=world.team,
        summary="引导木材深加工，选址建设木材交易场地。",
        due_on=dt.date(2012, 6, 30),
        due_text="明年上半年",
        stages=_stages(world, ("proposed", _on(8, 2)), ("survey", _on(10, 20))),
        progress=[(_on(10, 20), "与乡政府到两处地块比选，等待用地意见。")],
    )


def _board(world: World) -> ProjectDraft:
    return ProjectDraft(
        name="“三送”活动公示牌",
        places=[world.place],
        submitted_on=_on(2, 10),
        category=world.word("project_category", "organization"),
        unit=world.bureau,
        team=world.team,
        summary="在村委会门口公示队员、包扶对象、服务承诺、问题和销号情况。",
        started_on=_on(2, 12),
        stages=_stages(world, ("proposed", _on(2, 10)), ("construction", _on(2, 12)), ("completed", _BOARD_UP)),
        quantities=[_amount(world, "board", "1", "1", _BOARD_UP)],
        progress=[(_BOARD_UP, "公示牌上墙，问题台账每月更新。")],
    )


def _stages(world: World, *stages: tuple[str, dt.date]) -> list[tuple[Term, dt.date, str]]:
    return [(world.word("project_stage", code), day, "") for code, day in stages]


def _amount(world: World, item: str, planned: str, done: str | None = None, done_on: dt.date | None = None) -> Quantity:
    return Quantity(
        item=world.word("quantity", item),
        planned=Decimal(planned),
        done=None if done is None else Decimal(done),
        done_on=done_on,
    )


@dataclass(frozen=True)
class Money:
    """A fund in yuan with the states it went through; the last day is when it was recorded."""

    amount: int
    source: str
    purpose: str
    states: tuple[tuple[str, dt.date], ...]
    kind: str = Fund.Kind.MONEY


def _road_money(world: World, road: Project) -> list[FundDraft]:
    spent = ("spent", _on(6, 3))
    found = (
        Money(
            138_000,
            "fiscal",
            "通组公路硬化补助",
            (("seeking", _on(2, 18)), ("secured", _on(2, 28)), ("arrived", _on(3, 30)), spent),
        ),
        Money(46_600, "villagers", "通组公路村民筹资", (("secured", _on(2, 21)), ("arrived", _on(3, 5)), spent)),
        Money(30_000, "coordinated", "通组公路协调资金", (("seeking", _on(2, 24)), ("arrived", _on(4, 12)), spent)),
    )
    return [_fund(world, money, road, world.bureau) for money in found]


def _other_money(world: World, plant: Project) -> list[FundDraft]:
    arrived, spent = "arrived", "spent"
    investment = Money(
        600_000,
        "social",
        "废水处理厂建设投资",
        (("seeking", _on(3, 24)), ("secured", _on(4, 6)), (arrived, _on(5, 16)), (spent, _on(9, 20))),
        kind=Fund.Kind.INVESTMENT,
    )
    own = (
        Money(6_000, "own", "村委会办公场所修缮", ((arrived, _on(4, 20)), (spent, _on(5, 10)))),
        Money(3_800, "own", "村民小组活动器材", ((arrived, _on(7, 12)), (spent, _on(7, 28)))),
    )
    kit = Money(
        1_460,
        "own",
        "队员被褥、雨靴、手电等生活用品",
        ((arrived, _on(1, 6)),),
        kind=Fund.Kind.IN_KIND,
    )
    student = Money(11_230, "donation", "资助困难学生上大学", ((arrived, _on(8, 24)), (spent, _on(9, 3))))
    home = world.households[STUDENT_AT]
    draft = _fund(world, student, None, None)
    member = Member.objects.get(household=home, relation="子女")
    return [
        _fund(world, investment, plant, world.bureau),
        *(_fund(world, money, None, world.bureau) for money in own),
        _fund(world, kit, None, world.court),
        FundDraft(**{**draft.__dict__, "member": member}),
    ]


def _fund(world: World, money: Money, project: Project | None, unit: Unit | None) -> FundDraft:
    return FundDraft(
        division=world.place,
        source=world.word("fund_source", money.source),
        purpose=money.purpose,
        low=Decimal(money.amount),
        kind=money.kind,
        recorded_on=money.states[-1][1],
        project=project,
        unit=unit,
        team=world.team,
        states=[(world.word("fund_state", state), day, "") for state, day in money.states],
    )


def _donate(world: World, fund: Fund) -> None:
    """Villagers, owners of private businesses and the team itself; together they are the fund, to the yuan."""
    shares = (("示例村村民", 68, 6_430), ("示例个私业主", 9, 4_200), ("工作组队员", 5, 600))
    assert sum(amount for _, _, amount in shares) == fund.low
    for donor, donors, amount in shares:
        add_donation(by=world.head_user, fund=fund, amount=Decimal(amount), on=_on(8, 22), donor=donor, donors=donors)
