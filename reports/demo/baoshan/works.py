"""Projects of 宝山's sections: the five reaches, 二房宅沟, the plan of the waterways, and two made-up ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from projects.actions import FundDraft, ProjectDraft, add_funds, start_projects
from projects.models import Quantity
from reports.demo.baoshan.names import BUILDING, INSTITUTE, PLANNING, RIVERS
from reports.demo.baoshan.world import World

if TYPE_CHECKING:
    from programs.models import Term

_STAGES = ("planning", "survey", "construction", "completed")
_YEARS_END = dt.date(2008, 11, 30)


def _on(month: int, day: int) -> dt.date:
    return dt.date(2008, month, day)


@dataclass(frozen=True)
class Work:
    """A project of a section: when it entered each stage, its amounts by item, its money by source."""

    name: str
    section: str
    category: str
    days: tuple[dt.date, ...]
    due_on: dt.date
    due_text: str
    summary: str
    amounts: tuple[tuple[str, int], ...] = ()
    money: tuple[tuple[str, int], ...] = ()
    progress: tuple[tuple[dt.date, str], ...] = ()


def _reach(
    name: str, section: str, days: tuple[dt.date, ...], amounts: tuple[int, int, int, int, int], fiscal: int, own: int
) -> Work:
    """One of the five reaches: length, earth, refuse, planted slope and greening; subsidy and own money."""
    items = zip(("length", "earth", "refuse", "slope", "greening"), amounts, strict=True)
    return Work(
        f"{name}综合整治",
        section,
        "comprehensive",
        days,
        _YEARS_END,
        "年度整治任务",
        f"疏浚{name}，清除垃圾，植被护坡，岸上绿化。",
        (("reach", 1), *items),
        (("fiscal", fiscal), ("own", own)),
        (
            (days[2] + dt.timedelta(days=20), "疏浚过半，垃圾随清随运。"),
            (days[3], "护坡和绿化完成，验收合格，提前完成年度任务。"),
        ),
    )


WORKS: tuple[Work, ...] = (
    Work(
        "牌楼村水系规划编制",
        PLANNING,
        "planning",
        (_on(1, 10), _on(1, 25), _on(2, 20), _on(3, 20)),
        _on(3, 31),
        "一季度",
        "按照新农村建设要求编制水系规划方案。",
        progress=((_on(2, 20), "完成河道测量和现状调查。"), (_on(3, 20), "方案经村里和镇里讨论通过。")),
    ),
    _reach(
        "三房宅沟",
        RIVERS,
        (_on(3, 1), _on(3, 28), _on(4, 20), _on(8, 28)),
        (620, 5_600, 1_180, 1_300, 380),
        27_000,
        42_000,
    ),
    _reach(
        "牌楼宅沟",
        RIVERS,
        (_on(3, 1), _on(4, 2), _on(5, 6), _on(9, 16)),
        (540, 4_700, 960, 1_100, 320),
        24_000,
        36_000,
    ),
    _reach(
        "兵行塘",
        RIVERS,
        (_on(3, 1), _on(4, 8), _on(6, 2), _on(10, 20)),
        (760, 6_900, 1_420, 1_650, 460),
        34_600,
        50_400,
    ),
    _reach(
        "示例河段一",
        BUILDING,
        (_on(3, 5), _on(4, 15), _on(7, 8), _on(10, 30)),
        (430, 3_700, 790, 850, 260),
        20_000,
        26_000,
    ),
    _reach(
        "示例河段二",
        BUILDING,
        (_on(3, 5), _on(4, 20), _on(7, 22), _on(11, 14)),
        (400, 3_400, 682, 800, 240),
        19_000,
        24_000,
    ),
    Work(
        "二房宅沟全面整治",
        INSTITUTE,
        "key_reach",
        (_on(2, 18), _on(3, 3), _on(3, 24), _on(6, 6)),
        _on(6, 15),
        "主汛期前",
        "对水环境较差、影响较大的二房宅沟全面整治，确保工程质量、施工安全和按时完成。",
        (("earth", 8_159), ("refuse", 2_136), ("greening", 1_270)),
        (("own", 150_000),),
        ((_on(4, 22), "局领导到现场检查，疏浚过半。"), (_on(6, 6), "主汛期前竣工，通水顺畅。")),
    ),
    Work(
        "村级泵闸检修（示例）",
        BUILDING,
        "upkeep",
        (_on(4, 1), _on(4, 28), _on(9, 10), _on(11, 12)),
        _on(10, 31),
        "10月底前",
        "示例事项，用于演示：检修村内两处泵闸。",
        progress=((_on(9, 10), "配件到货晚，开工推迟。"), (_on(11, 12), "检修完成，试运行正常。")),
    ),
    Work(
        "河道长效管护办法（示例）",
        RIVERS,
        "upkeep",
        (_on(9, 1), _on(10, 27)),
        dt.date(2008, 12, 31),
        "年底前",
        "示例事项，用于演示：与村里商定日常保洁和巡查办法。",
        progress=((_on(10, 27), "初稿征求村里意见。"),),
    ),
)


def start(world: World) -> None:
    """Every project by its section, with its stages, amounts and money."""
    projects = start_projects(by=world.office, program=world.program, projects=[_draft(world, work) for work in WORKS])
    world.projects = {work.name: project for work, project in zip(WORKS, projects, strict=True)}
    add_funds(by=world.office, program=world.program, funds=[fund for work in WORKS for fund in _money(world, work)])


def _draft(world: World, work: Work) -> ProjectDraft:
    finished = work.days[3] if len(work.days) == len(_STAGES) else None
    return ProjectDraft(
        name=work.name,
        places=[world.place],
        submitted_on=work.days[0],
        category=world.word("project_category", work.category),
        unit=world.bureau,
        section=world.sections[work.section],
        summary=work.summary,
        started_on=work.days[2] if len(work.days) > 2 else None,
        due_on=work.due_on,
        due_text=work.due_text,
        stages=_stages(world, work),
        quantities=[
            Quantity(item=world.word("quantity", item), planned=Decimal(amount), done=Decimal(amount), done_on=finished)
            for item, amount in work.amounts
        ],
        progress=work.progress,
    )


def _stages(world: World, work: Work) -> list[tuple[Term, dt.date, str]]:
    return [(world.word("project_stage", code), day, "") for code, day in zip(_STAGES, work.days, strict=False)]


def _money(world: World, work: Work) -> Iterator[FundDraft]:
    for source, amount in work.money:
        started, finished = work.days[2], work.days[3]
        states = [("secured", started), ("arrived", started + dt.timedelta(days=25)), ("spent", finished)]
        if source == "fiscal":
            states.insert(0, ("seeking", work.days[1]))
        yield FundDraft(
            division=world.place,
            source=world.word("fund_source", source),
            purpose=f"{work.name}{'财政补贴' if source == 'fiscal' else '自有资金'}",
            low=Decimal(amount),
            recorded_on=finished,
            project=world.projects[work.name],
            unit=world.sections[work.section] if work.category == "key_reach" else world.bureau,
            states=[(world.word("fund_state", state), day, "") for state, day in states],
        )
