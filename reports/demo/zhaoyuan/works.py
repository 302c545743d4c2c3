"""Projects and funds of 招远's teams: those the document tells of, and made-up ones for the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from projects.actions import FundDraft, ProjectDraft, add_donation, add_funds, start_projects
from projects.models import Fund, Quantity
from reports.demo.zhaoyuan import names
from reports.demo.zhaoyuan.matters import (
    HOLLOW,
    KINDS,
    NARRATED,
    PATHS,
    PROGRESS,
    SOURCES,
    STALLED_NAMES,
    STALLED_PROGRESS,
    STALLED_SINCE,
    STATES,
    Amount,
    Kind,
    Matter,
    Money,
)
from reports.demo.zhaoyuan.names import NOW
from reports.demo.zhaoyuan.world import Side, World, dice

_FIRST_SUBMITTED, _LAST_SUBMITTED = dt.date(2015, 5, 4), dt.date(2015, 5, 29)


def start(world: World) -> None:
    """Each team's 重大帮扶事项 and other projects, with stages, quantities, funds and notes."""
    for side in world.docked:
        matters = list(NARRATED.get(side.unit_name) or _made_up(side))
        drafts = [_draft(world, side, matter) for matter in matters]
        side.projects = start_projects(by=side.user, program=world.program, projects=drafts)
        funds = [_fund(world, side, n, money) for n, matter in enumerate(matters) for money in matter.money]
        for fund in add_funds(by=side.user, program=world.program, funds=funds):
            _donate(side, fund)


def _made_up(side: Side) -> Iterator[Matter]:
    chance = dice("matters", side.key)
    kinds = chance.sample(KINDS, 3)
    extra = chance.random() < 0.15 and side.matters == 3
    for n, kind in enumerate(kinds[: side.matters]):
        if n == 0 and side.number in names.HOLLOW_MATTERS:
            yield HOLLOW[chance.randrange(len(HOLLOW))]
        elif n == 0 and side.number in names.STALLED_MATTERS:
            yield Matter(
                chance.choice(STALLED_NAMES),
                "industry",
                (("planning", STALLED_SINCE + dt.timedelta(days=chance.randrange(6))),),
                progress=((dt.date(2015, 6, 22), STALLED_PROGRESS),),
            )
        else:
            yield _of_kind(kind, chance, promised=True)
    if extra:
        spare = [kind for kind in KINDS if kind not in kinds]
        yield _of_kind(chance.choice(spare), chance, promised=False)


def _of_kind(kind: Kind, chance: Random, *, promised: bool) -> Matter:
    path = chance.choice(PATHS)
    stages = tuple(zip(path, _stage_days(len(path), chance), strict=True))
    last, since = stages[-1]
    submitted = _FIRST_SUBMITTED + dt.timedelta(days=chance.randrange((_LAST_SUBMITTED - _FIRST_SUBMITTED).days))
    money: tuple[Money, ...] = ()
    if kind.cost is not None:
        amount = chance.randrange(*kind.cost, 5_000)
        reached = {"planning": 1, "survey": 2, "approval": 2, "construction": 3, "completed": 4}[last]
        source = chance.choice(SOURCES)
        days = _stage_days(reached, chance)
        money = (Money(amount, source, f"{kind.name}资金", tuple(zip(STATES, days, strict=False))),)
    due = dt.date(2015, 7, 15) + dt.timedelta(days=chance.randrange(10, 150)) if last != "completed" else None
    return Matter(
        kind.name,
        kind.category,
        stages,
        due_on=due,
        amounts=_amounts(kind, last, since, chance),
        money=money,
        progress=((max(since, dt.date(2015, 6, 1)), PROGRESS[last]),),
        promised=promised,
        submitted_on=submitted,
    )


def _stage_days(count: int, chance: Random) -> list[dt.date]:
    """Days in order, the first in spring and the last before now."""
    room = (NOW - dt.timedelta(days=4) - dt.date(2015, 4, 20)).days
    return [dt.date(2015, 4, 20) + dt.timedelta(days=n) for n in sorted(chance.sample(range(room), count))]


def _amounts(kind: Kind, last: str, since: dt.date, chance: Random) -> tuple[Amount, ...]:
    if not kind.item:
        return ()
    planned = chance.randrange(kind.least, kind.most + 1, kind.step)
    match last:
        case "completed":
            return (Amount(kind.item, planned=planned, done=planned, done_on=since),)
        case "construction" if planned > 1:
            return (Amount(kind.item, planned=planned, done=planned // 2, done_on=max(since, dt.date(2015, 6, 26))),)
    return (Amount(kind.item, planned=planned),)


def _draft(world: World, side: Side, matter: Matter) -> ProjectDraft:
    started = next((day for stage, day in matter.stages if stage == "construction"), None)
    return ProjectDraft(
        name=f"{side.place}{matter.name}",
        places=[side.place],
        submitted_on=matter.submitted_on,
        category=world.word("project_category", matter.category),
        unit=side.unit,
        team=side.team,
        is_promised=matter.promised,
        summary=matter.summary,
        started_on=started,
        due_on=matter.due_on,
        due_text=matter.due_text,
        stages=[(world.word("project_stage", stage), day, "") for stage, day in matter.stages],
        quantities=[
            Quantity(
                item=world.word("quantity", amount.item),
                planned=None if amount.planned is None else Decimal(amount.planned),
                done=None if amount.done is None else Decimal(amount.done),
                done_on=amount.done_on,
                is_approximate=amount.about,
            )
            for amount in matter.amounts
        ],
        progress=matter.progress,
    )


def _fund(world: World, side: Side, position: int, money: Money) -> FundDraft:
    low, high = money.bounds
    return FundDraft(
        division=side.place,
        source=world.word("fund_source", money.source),
        purpose=money.purpose,
        low=low,
        high=high,
        kind=money.kind,
        recorded_on=money.states[-1][1],
        project=side.projects[position],
        unit=side.unit,
        team=side.team,
        states=[(world.word("fund_state", state), day, "") for state, day in money.states],
    )


def _donate(side: Side, fund: Fund) -> None:
    """A fund from donations says who gave: the unit's staff together."""
    if fund.source.code == "donation" and fund.state is not None and fund.state.code in ("arrived", "spent"):
        assert fund.state_since is not None
        add_donation(
            by=side.user, fund=fund, amount=fund.low, on=fund.state_since, donor=f"{side.unit}干部职工", donors=30
        )
