"""What 招远's teams and leaders did in the villages: docking, visits and the needs they heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from cadres.actions.marks import mark_requirements
from cadres.actions.needs import add_need_step, close_need, comment_need, reopen_need
from cadres.actions.teams import reach_milestones
from cadres.actions.visits import GivenGift, HeardNeed, Participant, VisitDraft, log_visits
from cadres.models import Cadre, Gift, Leadership, Milestone, Need, RequirementMark
from programs.models import User
from reports.demo.zhaoyuan import names, phrases
from reports.demo.zhaoyuan.names import NOW
from reports.demo.zhaoyuan.world import Side, World, at, dice, number, working_days
from villages.models import Household

_WEEK = dt.timedelta(days=7)
_FIRST_MONDAY = dt.date(2015, 4, 6)
_LEADERS_FROM, _LEADERS_TO = dt.date(2015, 4, 13), dt.date(2015, 6, 12)
_NEED_ODDS = 0.09


def dock(world: World) -> None:
    """114 teams dock with town and village; their first secretaries' membership moves, by paper of the town."""
    docked, moved = [], []
    kinds = {code: world.word("milestone", code) for code in ("docked", "membership")}
    for side in world.docked:
        chance = dice("dock", side.key)
        day = names.SENT + dt.timedelta(days=chance.randrange(1, 20))
        docked.append(Milestone(team=side.team, kind=kinds["docked"], reached_on=day))
        paper = f"{side.town}{'党工委' if side.town.name.endswith('街道') else '党委'}红头文件"
        moved.append(
            Milestone(
                team=side.team,
                member=side.seat,
                kind=kinds["membership"],
                reached_on=day + dt.timedelta(days=chance.randrange(7, 30)),
                paper=paper,
            )
        )
    reach_milestones(by=world.office, program=world.program, milestones=docked)
    reach_milestones(by=world.office, program=world.program, milestones=moved)


def visit(world: World) -> None:
    """Every docked team's visits, logged by its first secretary, and the leaders' visits with them."""
    for side in world.docked:
        drafts = [*_leader_visits(world, side), *_surveys(world, side), *_weekly(world, side)]
        drafts.sort(key=lambda draft: draft.happened_at)
        numbered = [replace(draft, uuid=number("visit", side.key, n)) for n, draft in enumerate(drafts)]
        log_visits(by=side.user, program=world.program, visits=numbered)
    known = [side.unit for side in world.sides if side.number in names.LEADER_VISIT_BY_MARK]
    mark_requirements(
        by=world.office,
        requirement=world.program.requirements.get(code="leader_visit"),
        subjects=known,
        on=dt.date(2015, 6, 25),
        source=RequirementMark.Source.PHONE,
        note="向镇党建办核实",
    )


def _leader_visits(world: World, side: Side) -> Iterator[VisitDraft]:
    if not side.leader_came or side.number in names.LEADER_VISIT_BY_MARK:
        return
    chance = dice("leader", side.key)
    said, did = chance.choice(phrases.LEADER_SAID), chance.choice(phrases.LEADER_DID)
    match side.unit_name:
        case "市住建局":
            days, said, did = [dt.date(2015, 5, 12)], phrases.XIGOUZI_SAID, phrases.XIGOUZI_DID
        case "市委办":
            days, said, did = [dt.date(2015, 5, 20)], phrases.QIANCANG_SAID, phrases.QIANCANG_DID
        case name:
            times = chance.choice((3, 4, 4, 5)) if name in names.OFTEN_VISITING else chance.choice((1, 1, 1, 2))
            days = sorted(chance.sample(working_days(_LEADERS_FROM, _LEADERS_TO), times))
    for day in days:
        leader = Participant(side.leader, leadership=Leadership.PRINCIPAL)
        yield _draft(world, side, "research", day, 9, said, did, [leader, side.secretary])


def _surveys(world: World, side: Side) -> Iterator[VisitDraft]:
    if not side.has_surveyed:
        return
    chance = dice("survey", side.key)
    times = 1 if side.number in names.SHALLOW_VISITS else chance.choice((2, 3, 3, 4))
    for day in sorted(chance.sample(working_days(_FIRST_MONDAY + _WEEK, dt.date(2015, 5, 9)), times)):
        yield _told(world, side, "survey", day, chance)


def _weekly(world: World, side: Side) -> Iterator[VisitDraft]:
    chance = dice("weekly", side.key)
    shallow = side.number in names.SHALLOW_VISITS or not side.has_surveyed
    kinds: tuple[str, ...] = ("entry", "entry", "entry", "publicity", "research")
    if side.number in names.NO_MATTERS:
        kinds = ("entry", "comfort", "comfort")
    monday = _FIRST_MONDAY
    while monday < NOW:
        for _ in range(chance.choice((0, 0, 1) if shallow else (0, 1, 1, 1, 2))):
            day = monday + dt.timedelta(days=chance.randrange(6))
            kind = "comfort" if dt.date(2015, 6, 15) <= day <= dt.date(2015, 6, 20) else chance.choice(kinds)
            if day < NOW:
                yield _told(world, side, kind, day, chance)
        monday += _WEEK


def _told(world: World, side: Side, kind: str, day: dt.date, chance: Random) -> VisitDraft:
    """A visit of the team in words taken by chance, perhaps with a gift or a need heard."""
    hour = chance.randrange(8, 18)
    said, did = chance.choice(phrases.SAID[kind]), chance.choice(phrases.DID[kind])
    people = [side.secretary, *(member for member in side.members if chance.random() < 0.4)]
    households = chance.sample(side.households, min(len(side.households), chance.choice((1, 1, 2))))
    household = households[0] if households else None
    draft = _draft(world, side, kind, day, hour, said, did, people)
    if kind == "comfort":
        draft = replace(draft, gifts=[_gift(world, side, chance, household)])
    if chance.random() < _NEED_ODDS:
        draft = replace(draft, needs=[_need(world, side, day, chance, household)])
    return replace(draft, households=households)


def _draft(
    world: World,
    side: Side,
    kind: str,
    day: dt.date,
    hour: int,
    said: str,
    did: str,
    people: Sequence[Participant | Cadre],
) -> VisitDraft:
    minute = dice("minute", side.key, day, hour, kind).randrange(0, 60, 5)
    return VisitDraft(
        division=side.place,
        kind=world.word("visit_kind", kind),
        happened_at=at(day, hour, minute),
        received_at=at(day, 20, minute),
        participants=people,
        said=said,
        did=did,
    )


def _gift(world: World, side: Side, chance: Random, household: Household | None) -> GivenGift:
    own = world.word("fund_source", "own")
    if household is not None and chance.random() < 0.5:
        amount = Decimal(chance.choice((200, 300, 500)))
        return GivenGift(amount=amount, household=household, source=own, unit=side.unit)
    quantity = chance.randrange(1, 4)
    return GivenGift(
        kind=Gift.Kind.GOODS,
        goods="面粉",
        quantity=Decimal(quantity),
        unit_name="袋",
        amount=Decimal(80 * quantity),
        household=household,
        source=own,
        unit=side.unit,
    )


def _need(world: World, side: Side, day: dt.date, chance: Random, household: Household | None) -> HeardNeed:
    category = chance.choice(sorted(phrases.NEEDS))
    return HeardNeed(
        category=world.word("need_category", category),
        text=chance.choice(phrases.NEEDS[category]),
        household=household,
        due_on=day + dt.timedelta(days=chance.choice((15, 20, 30, 45))),
        persons=chance.choice((1, 1, 1, 3, 8)),
        responsible=side.team,
    )


def answer_needs(world: World) -> None:
    """Most needs are worked on and closed, some stay open past their day; leaders comment on some of those."""
    users = {side.team.pk: (side.user, world.town_users[side.town.code]) for side in world.sides}
    needs = Need.objects.filter(program=world.program).select_related("program").order_by("raised_on", "division", "pk")
    for position, need in enumerate(needs):
        assert need.responsible_team_id is not None
        team, town = users[need.responsible_team_id]
        _answer(need, team, town, dice("need", position))
    overdue = Need.objects.filter(program=world.program, closed_on=None, due_on__lt=NOW).select_related("program")
    for position, need in enumerate(overdue.order_by("due_on", "division", "pk")[:6]):
        text = phrases.COMMENTS[position % len(phrases.COMMENTS)]
        comment_need(by=world.leader, need=need, on=NOW - dt.timedelta(days=2), text=text)


def _answer(need: Need, team: User, town: User, chance: Random) -> None:
    worked_on = need.raised_on + dt.timedelta(days=chance.randrange(2, 9))
    ends_on = worked_on + dt.timedelta(days=chance.randrange(3, 25))
    fate = chance.random()
    if fate > 0.12 and worked_on < NOW:
        add_need_step(by=team, need=need, on=worked_on, text=chance.choice(phrases.STEPS))
    if fate < 0.2 or ends_on >= NOW:
        return
    if fate < 0.26:
        close_need(by=town, need=need, on=ends_on, reason=phrases.UNSOLVED, solved=False)
        return
    reason, evidence = chance.choice(phrases.CLOSINGS), chance.choice(phrases.CONFIRMED)
    close_need(by=town, need=need, on=ends_on, reason=reason, evidence=evidence)
    again_on = ends_on + dt.timedelta(days=7)
    if fate > 0.97 and again_on < NOW:
        reopen_need(by=town, need=need, on=again_on, reason=phrases.REOPENED, due_on=again_on + dt.timedelta(days=20))
