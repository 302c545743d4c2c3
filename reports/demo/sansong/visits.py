"""What 三送's team did in the village: the great round of visits, comfort at New Year, disputes, problems and help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cadres.actions.needs import add_need_step, close_need, comment_need
from cadres.actions.visits import GivenGift, HeardNeed, Participant, VisitDraft, log_visits
from cadres.models import Cadre, Leadership, Need
from reports.demo.sansong import phrases
from reports.demo.sansong.names import NOW
from reports.demo.sansong.phrases import Asked
from reports.demo.sansong.world import World, at, days_between, dice, number
from villages.models import Household

_SURVEY = (dt.date(2011, 1, 10), dt.date(2011, 4, 22))
_FESTIVAL = (dt.date(2011, 1, 31), dt.date(2011, 2, 12))
_COMFORT = dt.date(2011, 1, 25)
_GIFT = Decimal(200)
_TRIP = 4


def visit(world: World) -> None:
    """All visits of the year, logged by the team's head as they happened."""
    drafts = [*_surveys(world), *_comfort(world), *_monthly(world), *_field(world), *_disputes(world), *_heard(world)]
    drafts.sort(key=lambda draft: draft.happened_at)
    numbered = [replace(draft, uuid=number("visit", n)) for n, draft in enumerate(drafts)]
    log_visits(by=world.head_user, program=world.program, visits=numbered)


def _draft(
    world: World,
    kind: str,
    day: dt.date,
    said: str,
    did: str,
    people: Sequence[Participant | Cadre],
    households: Sequence[Household] = (),
) -> VisitDraft:
    chance = dice("hour", kind, day, said)
    moment = at(day, chance.randrange(8, 17), chance.randrange(0, 60, 5))
    return VisitDraft(
        division=world.place,
        kind=world.word("visit_kind", kind),
        happened_at=moment,
        received_at=at(day, 20),
        participants=people,
        households=households,
        said=said,
        did=did,
    )


def _surveys(world: World) -> Iterator[VisitDraft]:
    """Every member calls at each of the twenty households, a few on each trip."""
    days = [day for day in days_between(*_SURVEY) if not _FESTIVAL[0] <= day <= _FESTIVAL[1]]
    for position, cadre in enumerate(world.members):
        chance = dice("survey", position)
        own = world.households_of(position)
        trips = [own[n : n + _TRIP] for n in range(0, len(own), _TRIP)]
        for day, households in zip(sorted(chance.sample(days, len(trips))), trips, strict=True):
            yield _draft(
                world,
                "survey",
                day,
                chance.choice(phrases.SURVEY_SAID),
                chance.choice(phrases.SURVEY_DID),
                [cadre],
                households,
            )


def _comfort(world: World) -> Iterator[VisitDraft]:
    """Before New Year each member brings money to four households in hardship; the units' leaders come along."""
    leaders = {0: world.bureau_leader, 3: world.court_leader}
    own = world.word("fund_source", "own")
    for position, cadre in enumerate(world.members):
        mine = world.households_of(position)
        households = [household for household in world.in_hardship if household in mine]
        people: list[Participant | Cadre] = [cadre]
        if position in leaders:
            people.append(Participant(leaders[position], leadership=Leadership.PRINCIPAL))
        draft = _draft(
            world,
            "comfort",
            _COMFORT + dt.timedelta(days=position % 4),
            phrases.COMFORT_SAID,
            phrases.COMFORT_DID,
            people,
            households,
        )
        unit = world.court if position >= 3 else world.bureau
        gifts = [GivenGift(amount=_GIFT, household=one, source=own, unit=unit) for one in households]
        yield replace(draft, gifts=gifts)


def _monthly(world: World) -> Iterator[VisitDraft]:
    """After the great round each member goes on calling at a few households every month."""
    for month in range(5, 13):
        days = days_between(dt.date(2011, month, 2), dt.date(2011, month, 26))
        for position, cadre in enumerate(world.members):
            chance = dice("monthly", month, position)
            for day in sorted(chance.sample(days, 2)):
                households = chance.sample(world.households_of(position), 2)
                said, did = chance.choice(phrases.ENTRY_SAID), chance.choice(phrases.ENTRY_DID)
                yield _draft(world, "entry", day, said, did, [cadre], households)


def _field(world: World) -> Iterator[VisitDraft]:
    """Walks along the broken road and the river, and talks on law from house to house."""
    for n, (day, kind, said, did) in enumerate(phrases.FIELD):
        people: list[Participant | Cadre] = [world.head, world.members[1 + n % 4]]
        if kind == "research" and n % 2 == 0:
            people.append(Participant(world.bureau_leader, leadership=Leadership.PRINCIPAL))
        yield _draft(world, kind, day, said, did, people)


def _disputes(world: World) -> Iterator[VisitDraft]:
    """Disputes are heard where they arise; in February, over the festival, nobody called for it."""
    chance = dice("disputes")
    days = [
        day
        for month in (1, *range(3, 13))
        for day in days_between(dt.date(2011, month, 5), dt.date(2011, month, 18), weekdays=5)
    ]
    kinds = [kind for kind, count in phrases.DISPUTES.items() for _ in range(count)]
    chance.shuffle(kinds)
    # Spread evenly, so that every month has some.
    chosen = [days[n * len(days) // len(kinds)] for n in range(len(kinds))]
    for n, (day, kind) in enumerate(zip(chosen, kinds, strict=True)):
        household = world.households[(n * 7) % len(world.households)]
        asked = HeardNeed(
            category=world.word("need_category", kind),
            text=phrases.DISPUTE_TEXTS[kind][n % len(phrases.DISPUTE_TEXTS[kind])],
            household=household,
            due_on=day + dt.timedelta(days=20),
            persons=2,
            responsible=world.team,
        )
        people = [world.head, world.members[3 + n % 2]]
        draft = _draft(
            world, "mediation", day, "双方当事人到场，分别陈述经过。", phrases.MEDIATED[n % 3], people, [household]
        )
        yield replace(draft, needs=[asked])


def _heard(world: World) -> Iterator[VisitDraft]:
    """What the village's groups and households asked for, law among it."""
    for n, asked in enumerate(phrases.ASKED):
        household = world.households[(n * 11 + 3) % len(world.households)] if asked.by_household else None
        if asked.category == "study":
            household = world.households[phrases.STUDENT_AT]
        need = HeardNeed(
            category=world.word("need_category", asked.category),
            text=asked.text,
            household=household,
            due_on=asked.day + dt.timedelta(days=asked.days),
            persons=asked.persons,
            responsible=world.team,
        )
        member = world.members[3 + n % 2] if asked.category == "legal" else world.members[n % 3]
        households = [household] if household else []
        draft = _draft(world, "entry", asked.day, asked.said, "记入台账，与村两委商量办法。", [member], households)
        yield replace(draft, needs=[need])


def answer(world: World) -> None:
    """Disputes are settled, problems closed with the household's word; some stay open, and leaders comment."""
    by_text = {asked.text: asked for asked in phrases.ASKED}
    needs = Need.objects.filter(program=world.program).select_related("program", "category")
    settled: dict[str, int] = {}
    for position, need in enumerate(needs.order_by("raised_on", "pk")):
        kind = need.category.code
        if kind in phrases.SETTLED:
            settled[kind] = settled.get(kind, 0) + 1
            _settle(world, need, position, last=settled[kind] > phrases.SETTLED[kind])
        else:
            _close(world, need, by_text[need.text])


def _settle(world: World, need: Need, position: int, *, last: bool) -> None:
    worked_on = need.raised_on + dt.timedelta(days=1 + position % 3)
    add_need_step(by=world.head_user, need=need, on=worked_on, text="现场踏勘，请组长和老人作证，背靠背做工作。")
    done_on = min(worked_on + dt.timedelta(days=2 + position % 7), NOW)
    if last:
        reason = "双方意见差距较大，已引导到法庭立案，由司法程序解决。"
        close_need(by=world.head_user, need=need, on=done_on, reason=reason, solved=False)
        return
    close_need(
        by=world.head_user,
        need=need,
        on=done_on,
        reason="经乡、村、组三级联动调解，双方签订调解协议。",
        evidence="双方当事人签字",
    )


def _close(world: World, need: Need, asked: Asked) -> None:
    for day, text in asked.steps:
        add_need_step(by=world.head_user, need=need, on=day, text=text)
    if asked.comment:
        on = need.raised_on + dt.timedelta(days=6)
        comment_need(by=world.leader, need=need, on=min(on, NOW), text=asked.comment)
    if asked.closed_on is not None:
        close_need(
            by=world.head_user, need=need, on=asked.closed_on, reason=asked.closed, evidence="农户或村民小组确认"
        )
