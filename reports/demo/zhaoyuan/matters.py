"""What the document tells of eight villages' projects; where it is silent, what is added says 示例."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from projects.models import Fund


def day(month: int, number: int) -> dt.date:
    """A day of 2015."""
    return dt.date(2015, month, number)


@dataclass(frozen=True)
class Amount:
    """A physical amount: the word's code, planned, done."""

    item: str
    planned: int | None = None
    done: int | None = None
    done_on: dt.date | None = None
    about: bool = False


@dataclass(frozen=True)
class Money:
    """A fund: yuan from ``low`` to ``high``, its source, and the states it went through."""

    low: int
    source: str
    purpose: str
    states: tuple[tuple[str, dt.date], ...]
    high: int | None = None
    kind: str = Fund.Kind.MONEY

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Both ends of the amount."""
        return Decimal(self.low), Decimal(self.low if self.high is None else self.high)


@dataclass(frozen=True)
class Matter:
    """A project: its stages by code with the day each was entered, amounts, money, and how it goes."""

    name: str
    category: str
    stages: tuple[tuple[str, dt.date], ...]
    summary: str = ""
    due_on: dt.date | None = None
    due_text: str = ""
    amounts: tuple[Amount, ...] = ()
    money: tuple[Money, ...] = ()
    progress: tuple[tuple[dt.date, str], ...] = ()
    promised: bool = True
    submitted_on: dt.date = field(default=dt.date(2015, 5, 15))


_TO_BUILD = (("planning", day(4, 20)), ("survey", day(5, 6)), ("construction", day(5, 25)))
_DONE_BEFORE_HARVEST = (
    ("planning", day(4, 14)),
    ("survey", day(4, 28)),
    ("construction", day(5, 11)),
    ("completed", day(6, 5)),
)


def _added(name: str, category: str, *stages: tuple[str, dt.date]) -> Matter:
    """A matter that the document does not tell of, so that the team has its three."""
    return Matter(f"{name}（示例）", category, stages, summary="示例事项，用于演示。")


NARRATED: dict[str, tuple[Matter, ...]] = {
    "市住建局": (
        Matter(
            "高档苗木种植",
            "industry",
            _TO_BUILD,
            summary="发展苗木产业，壮大集体经济。",
            amounts=(Amount("nursery", planned=100, done=83, done_on=day(6, 20)),),
            progress=((day(6, 20), "已栽植83亩，成活情况良好，其余地块雨季前栽完。"),),
        ),
        Matter(
            "街道和上山道路整治绿化",
            "environment",
            (*_TO_BUILD, ("completed", day(6, 26))),
            summary="整治绿化村内街道和上山道路。",
            amounts=(
                Amount("street", planned=2, done=2, done_on=day(6, 26)),
                Amount("hill_road", planned=8, done=8, done_on=day(6, 26)),
                Amount("greening", planned=4260, done=4260, done_on=day(6, 26)),
            ),
            progress=((day(6, 26), "2条街道、8条上山道路整治绿化完成，进入管护。"),),
        ),
        Matter(
            "村文化大院翻建",
            "culture",
            _TO_BUILD,
            summary="翻建文化大院28间。",
            due_on=day(8, 31),
            due_text="8月份",
            amounts=(Amount("courtyard", planned=28),),
            progress=((day(6, 24), "翻建已全面开工，主体正在砌筑。"),),
        ),
        Matter(
            "假山和观赏鱼池",
            "environment",
            (("planning", day(5, 4)), ("survey", day(5, 18)), ("construction", day(6, 8))),
            due_on=day(7, 10),
            due_text="7月上旬",
            amounts=(Amount("pond", planned=1),),
            progress=((day(6, 29), "假山堆叠过半，鱼池开始做防水。"),),
            promised=False,
        ),
    ),
    "市地税局": (
        Matter(
            "钢化项目招商引资",
            "industry",
            (("planning", day(4, 10)), ("survey", day(4, 27)), ("approval", day(5, 18))),
            summary="为村引进钢化项目。",
            money=(
                Money(
                    50_000_000,
                    "social",
                    "钢化项目总投资",
                    (("seeking", day(4, 27)), ("secured", day(6, 16))),
                    high=100_000_000,
                    kind=Fund.Kind.INVESTMENT,
                ),
            ),
            progress=((day(6, 16), "土地审批手续办完，双方达成投资协议。"),),
        ),
        _added("村务公开栏改造", "organization", ("planning", day(4, 20)), ("construction", day(5, 20))),
        _added("党员活动室整修", "organization", ("planning", day(4, 20)), ("construction", day(6, 1))),
    ),
    "市供电公司": (
        Matter(
            "村内线路改造",
            "infrastructure",
            (("planning", day(4, 13)), ("survey", day(5, 5))),
            amounts=(Amount("power_line", planned=1),),
            progress=((day(6, 12), "设计勘察结束，等待排入施工计划。"),),
        ),
        Matter(
            "休闲广场建设",
            "culture",
            (("planning", day(4, 20)), ("survey", day(5, 20))),
            amounts=(Amount("square", planned=1),),
            progress=((day(6, 15), "选址和设计完成。"),),
        ),
        Matter(
            "打井解决缺水",
            "infrastructure",
            (("planning", day(4, 20)), ("survey", day(5, 12)), ("construction", day(6, 10))),
            amounts=(Amount("well", planned=1),),
            progress=((day(6, 28), "水井正在施工。"),),
        ),
    ),
    "市信访局": (
        Matter(
            "排查化解不稳定因素",
            "stability",
            (("planning", day(4, 7)), ("construction", day(4, 20))),
            summary="把抓稳定当作当前的重要任务。",
            progress=((day(5, 28), "逐户排查，分类制定调处措施，加大防控。"),),
        ),
        Matter(
            "村委换届",
            "organization",
            (("planning", day(4, 7)), ("construction", day(5, 4)), ("completed", day(5, 28))),
            progress=((day(5, 28), "换届选举顺利完成。"),),
        ),
        _added("村内路灯安装", "infrastructure", ("planning", day(4, 28)), ("survey", day(6, 3))),
    ),
    "市经信局": (
        Matter(
            "引进电子仪器加工企业",
            "industry",
            (("planning", day(5, 11)),),
            summary="引进加工制造企业，让部分村民就近就业，改变村集体没有收入的状况。",
            progress=((day(6, 18), "与有关电子仪器企业接洽，企业准备来村看场地。"),),
        ),
        _added("进村道路修补", "infrastructure", ("planning", day(4, 22)), ("construction", day(6, 2))),
        _added("村民技能培训", "publicity", ("planning", day(4, 22)), ("construction", day(5, 25))),
    ),
    "市委老干部局": (
        Matter(
            "村内路面铺设",
            "infrastructure",
            _DONE_BEFORE_HARVEST,
            due_on=day(6, 10),
            due_text="麦收之前",
            amounts=(Amount("pavement", planned=2000, done=2000, done_on=day(6, 5), about=True),),
            progress=((day(6, 5), "协调专项资金，赶在麦收前铺完，村民晒粮有了地方。"),),
        ),
        Matter(
            "排水渠浆砌",
            "infrastructure",
            _DONE_BEFORE_HARVEST,
            due_on=day(6, 10),
            due_text="麦收之前",
            progress=((day(6, 5), "排水渠浆砌完成，汛期排水有了保证。"),),
        ),
        _added("环境卫生整治", "environment", ("planning", day(4, 22)), ("construction", day(5, 18))),
    ),
    "市残联": (
        Matter(
            "扬水站建设",
            "infrastructure",
            _DONE_BEFORE_HARVEST,
            summary="解决天旱浇地难。",
            amounts=(Amount("pump_station", planned=1, done=1, done_on=day(6, 5)),),
            money=(
                Money(
                    350_000,
                    "coordinated",
                    "扬水站和配电室建设",
                    (("seeking", day(4, 14)), ("secured", day(4, 30)), ("arrived", day(5, 11)), ("spent", day(6, 12))),
                ),
            ),
            progress=((day(6, 5), "扬水站建成通水，旱地浇上了水。"),),
        ),
        Matter(
            "新上配电室",
            "infrastructure",
            _DONE_BEFORE_HARVEST,
            amounts=(Amount("switch_room", planned=1, done=1, done_on=day(6, 5)),),
        ),
        _added("助残服务点整修", "culture", ("planning", day(4, 28)), ("survey", day(6, 8))),
    ),
    "市委办": (
        Matter(
            "沼气建设",
            "environment",
            (("planning", day(4, 13)), ("survey", day(4, 27)), ("construction", day(5, 13))),
            progress=((day(5, 20), "沼气建设正在施工，现场查看后加快了进度。"),),
        ),
        _added("村文化活动室整修", "culture", ("planning", day(4, 24)), ("construction", day(6, 4))),
        _added("果树管理培训", "publicity", ("planning", day(4, 24)), ("completed", day(6, 12))),
    ),
}


@dataclass(frozen=True)
class Kind:
    """A kind of matter for teams that the document tells nothing of: its amount and its cost, within bounds."""

    name: str
    category: str
    item: str = ""
    least: int = 0
    most: int = 0
    step: int = 1
    cost: tuple[int, int] | None = None


KINDS = (
    Kind("村内道路硬化", "infrastructure", "pavement", 600, 2400, 100, (60_000, 220_000)),
    Kind("打灌溉机井", "infrastructure", "well", 1, 3, 1, (40_000, 120_000)),
    Kind("安装路灯", "infrastructure", "lamp", 20, 60, 5, (30_000, 90_000)),
    Kind("排水渠浆砌", "infrastructure", "drain", 200, 900, 50, (30_000, 110_000)),
    Kind("休闲广场建设", "culture", "square", 1, 1, 1, (50_000, 160_000)),
    Kind("文化大院整修", "culture", "courtyard", 4, 12, 1, (40_000, 130_000)),
    Kind("户用沼气池", "environment", "biogas", 5, 30, 5, (20_000, 80_000)),
    Kind("街道整治", "environment", "street", 1, 4, 1, (20_000, 70_000)),
    Kind("苗木种植", "industry", "nursery", 10, 60, 5, (50_000, 150_000)),
    Kind("果品合作社扶持", "industry", cost=(30_000, 100_000)),
    Kind("果树管理培训", "publicity"),
    Kind("党员活动室整修", "organization", cost=(10_000, 40_000)),
    Kind("村务公开规范", "organization"),
    Kind("矛盾纠纷排查", "stability"),
)
HOLLOW = (
    Matter("宣讲本部门优惠政策", "publicity", (("planning", day(5, 8)), ("construction", day(5, 20)))),
    Matter("宣讲金融知识", "publicity", (("planning", day(5, 8)), ("construction", day(5, 22)))),
)
STALLED_NAMES = ("村东荒坡综合开发", "农产品交易市场", "旅游观光园")
STALLED_SINCE = day(4, 9)
STALLED_PROGRESS = "仍在规划，资金和用地没有着落，落地时间难以确定。"
PATHS = (
    ("planning",),
    ("planning", "survey"),
    ("planning", "survey"),
    ("planning", "survey", "approval"),
    ("planning", "survey", "construction"),
    ("planning", "survey", "construction"),
    ("planning", "construction"),
    ("planning", "survey", "construction", "completed"),
    ("planning", "construction", "completed"),
)
STATES = ("seeking", "secured", "arrived", "spent")
SOURCES = ("own", "own", "fiscal_county", "fiscal_county", "fiscal_upper", "donation", "coordinated", "social")
PROGRESS = {
    "planning": "正在与村两委商量方案。",
    "survey": "技术人员已到现场，图纸正在修改。",
    "approval": "材料已报，等待批复。",
    "construction": "已经开工，按计划推进。",
    "completed": "已经完工，村民开始使用。",
}
