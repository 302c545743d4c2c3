"""Projects and funds of 宝兴: those the document tells of, and made-up ones in made-up villages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from projects.actions import FundDraft, ProjectDraft, add_donation, add_funds, start_projects
from projects.models import Fund, Project, Quantity
from reports.demo.baoxing import names
from reports.demo.baoxing.world import World, dice

if TYPE_CHECKING:
    from programs.models import Unit

_STAGES = ("planning", "preparation", "construction", "completed")
#: Name, category, quantity, least and most of it, and what it costs a unit of it.
_KINDS = (
    ("中蜂养殖", "industry", "bees", 20, 80, 300),
    ("茶叶种植", "industry", "tea", 15, 60, 400),
    ("排水沟修复", "disaster", "ditch", 100, 600, 60),
    ("党员活动室", "position", "room", 1, 3, 12000),
)
_DONORS = [Decimal("50.00")] * 20 + [Decimal("41.70")] * 2
_DONATED_ON = dt.date(2010, 6, 28)


def start(world: World) -> None:
    """The document's projects and money first, then the made-up ones."""
    _road(world)
    _bees(world)
    _anping(world)
    _xinbao(world)
    _made_up(world)


def _project(
    world: World,
    name: str,
    category: str,
    places: list[str],
    stages: list[tuple[str, dt.date]],
    *,
    unit: Unit | None = None,
    quantities: list[Quantity] | None = None,
    summary: str = "",
    progress: list[tuple[dt.date, str]] | None = None,
) -> Project:
    draft = ProjectDraft(
        name=name,
        places=[world.places[code] for code in places],
        submitted_on=stages[0][1],
        category=world.word("project_category", category),
        unit=unit,
        summary=summary,
        stages=[(world.word("project_stage", stage), day, "") for stage, day in stages],
        quantities=quantities or [],
        progress=progress or [],
    )
    return start_projects(by=world.office, program=world.program, projects=[draft])[0]


def _fund(
    world: World,
    purpose: str,
    amount: str,
    source: str,
    states: list[tuple[str, dt.date]],
    place: str,
    **more: object,
) -> Fund:
    draft = FundDraft(
        division=world.places[place],
        source=world.word("fund_source", source),
        purpose=purpose,
        low=Decimal(amount),
        recorded_on=states[-1][1],
        states=[(world.word("fund_state", state), day, "") for state, day in states],
        **more,  # type: ignore[arg-type]
    )
    return add_funds(by=world.office, program=world.program, funds=[draft])[0]


def _road(world: World) -> None:
    """和平村: a road from its 16th group to its 17th, with money that a leader of the city arranged."""
    unit = world.organs["市政府"]
    project = _project(
        world,
        "和平村16组至17组连组路",
        "infrastructure",
        list(names.GROUPS),
        [("planning", dt.date(2010, 6, 10)), ("preparation", dt.date(2010, 8, 30))],
        unit=unit,
        quantities=[Quantity(item=world.word("quantity", "group_road"), planned=Decimal(1))],
        summary="连通16组和17组，改善群众出行条件。",
        progress=[(dt.date(2010, 9, 20), "资金已落实，正在做开工准备。")],
    )
    states = [("seeking", dt.date(2010, 5, 18)), ("secured", dt.date(2010, 8, 30))]
    _fund(world, "和平村连组路建设", "100000", "coordinated", states, names.HEPING, project=project, unit=unit)


def _bees(world: World) -> None:
    """永和村 and 和平村 both keep bees: the one's money is still being sought, the other's is secured."""
    bureau, reserve = world.side(names.BUREAU), world.side(names.RESERVE)
    begun = [("planning", dt.date(2010, 4, 6))]
    project = _project(world, "永和村中蜂养殖", "industry", [names.YONGHE], begun, unit=bureau.unit)
    states = [("seeking", dt.date(2010, 7, 13))]
    _fund(world, "永和村中蜂养殖", "200000", "upper", states, names.YONGHE, project=project, unit=bureau.unit)
    begun = [("planning", dt.date(2010, 4, 13)), ("construction", dt.date(2010, 7, 20))]
    project = _project(
        world,
        "和平村养蜂产业",
        "industry",
        [names.HEPING],
        begun,
        unit=reserve.unit,
        summary="协助养殖专业合作社规范管理、办理绿色食品论证、拓宽销路。",
    )
    states = [("seeking", dt.date(2010, 5, 25)), ("secured", dt.date(2010, 7, 20))]
    _fund(world, "和平村养蜂产业", "30000", "partners", states, names.HEPING, project=project, unit=reserve.unit)


def _anping(world: World) -> None:
    """安坪村: tea with training, a footbridge, bamboo for party members in hardship, rooms for party and league."""

    def amount(item: str, number: int, day: dt.date) -> Quantity:
        return Quantity(item=world.word("quantity", item), planned=Decimal(number), done=Decimal(number), done_on=day)

    done = dt.date(2010, 7, 9)
    stages = [("planning", dt.date(2010, 4, 20)), ("construction", dt.date(2010, 5, 10)), ("completed", done)]
    _project(
        world,
        "安坪村便桥",
        "infrastructure",
        [names.ANPING],
        stages,
        quantities=[amount("footbridge", 1, done)],
        progress=[(done, "便桥建成通行。")],
    )
    running = stages[:2]
    day = dt.date(2010, 6, 18)
    tea = [amount("tea", 30, day), amount("trained", 60, day)]
    summary = "购置茶种，开展技术培训。面积和人次为示例。"
    _project(world, "安坪村茶叶种植和技术培训", "industry", [names.ANPING], running, quantities=tea, summary=summary)
    _project(
        world,
        "安坪村困难党员栽竹",
        "industry",
        [names.ANPING],
        running,
        quantities=[amount("bamboo", 12, day)],
        summary="帮助贫困党员栽竹。面积为示例。",
    )
    _project(world, "安坪村党团阵地", "position", [names.ANPING], running)


def _xinbao(world: World) -> None:
    """新宝村: the washed-out road with cement and gravel in kind, and what 22 of the procuratorate gave."""
    side, contact = world.side(names.PROCURATORATE), world.contact
    mended = dt.date(2010, 8, 3)
    stages = [("preparation", dt.date(2010, 7, 27)), ("completed", mended)]
    progress = [(mended, "水泥、砂石运到，受损处恢复。")]
    name, places = "新宝村冷木沟公路修复", [names.XINBAO]
    project = _project(world, name, "disaster", places, stages, unit=side.unit, progress=progress)
    states = [("arrived", dt.date(2010, 7, 30)), ("spent", mended)]
    goods: dict[str, object] = {"kind": Fund.Kind.IN_KIND, "project": project, "unit": side.unit}
    _fund(world, "冷木沟公路水泥、砂石", "1960", "own", states, names.XINBAO, **goods)
    states = [("arrived", _DONATED_ON), ("spent", dt.date(2010, 6, 29))]
    given = sum(_DONORS, Decimal(0))
    fund = _fund(world, "向新宝村贫困党员捐款", str(given), "donation", states, names.XINBAO, unit=side.unit)
    for n, amount in enumerate(_DONORS, start=1):
        add_donation(by=contact, fund=fund, amount=amount, on=_DONATED_ON, donor=f"县检察院示例干警{n:02d}")


def _made_up(world: World) -> None:
    for position, side in enumerate(one for one in world.sides if one.number and one.number % 3 == 1):
        chance = dice("project", side.name)
        name, category, item, least, most, cost = _KINDS[position % len(_KINDS)]
        reached = _STAGES[: chance.randrange(1, 5)]
        days = sorted(dt.date(2010, 4, 1) + dt.timedelta(days=chance.randrange(170)) for _ in reached)
        planned = Decimal(chance.randrange(least, most + 1))
        finished = reached[-1] == "completed"
        quantity = Quantity(item=world.word("quantity", item), planned=planned)
        if finished:
            quantity.done, quantity.done_on = planned, days[-1]
        project = _project(
            world,
            f"{side.place}{name}",
            category,
            [side.place.code],
            list(zip(reached, days, strict=True)),
            unit=side.unit,
            quantities=[quantity],
        )
        source = chance.choice(("own", "upper", "partners"))
        count = 4 if finished else chance.randrange(1, 4)
        states = list(zip(("seeking", "secured", "arrived", "spent")[:count], _days(days[0], count), strict=True))
        amount = str(max(1000, int(planned) * cost // 1000 * 1000))
        _fund(world, project.name, amount, source, states, side.place.code, project=project, unit=side.unit)


def _days(first: dt.date, wanted: int) -> list[dt.date]:
    """Days a week apart from the first on, none after now."""
    return [min(names.NOW, first + dt.timedelta(weeks=n)) for n in range(wanted)]
