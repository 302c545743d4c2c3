"""What 宝兴's helpers did in the villages: comfort, research, training, and the needs they heard and answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count, cycle, islice
from typing import TYPE_CHECKING

from cadres.actions.needs import Closing, add_need_steps, close_needs, comment_need
from cadres.actions.visits import GivenGift, HeardNeed, VisitDraft, log_visits
from cadres.models import Gift, Need
from reports.demo.baoxing import names, phrases
from reports.demo.baoxing.names import NOW
from reports.demo.baoxing.world import Home, World, at, days_between, dice, number

if TYPE_CHECKING:
    from cadres.models import Cadre
    from programs.models import Division, Unit, User

Told = tuple[str, str]
#: A visit with whoever logs it.
Logged = tuple["User", VisitDraft]

_SPRING = days_between(dt.date(2010, 2, 26), dt.date(2010, 6, 25), weekdays=5)
_YEAR = days_between(dt.date(2010, 3, 8), dt.date(2010, 9, 24), weekdays=5)
_FLOOD = (dt.date(2010, 8, 19), dt.date(2010, 8, 20), dt.date(2010, 8, 23), dt.date(2010, 8, 24))
_KINDS = ("research", "entry", "entry", "publicity", "entry", "training")
_LEADERS_GIVE, _SECTION_GIVES, _HEADS_GIVE, _OTHERS_GIVE = 700, 200, 450, 300
_HEADS_WHO_GIVE = 26
#: Of the needs that are closed, every so many cannot be met.
_UNSOLVED_EVERY = 20


def visit(world: World) -> None:
    """All visits; those of the county's helpers are as many as the document's figure asks for."""
    own = [*_told_of_the_county(world), *_comfort(world)]
    own += islice(_by_units(world), names.VISITS - len(own))
    visits = sorted([*own, *_from_above(world)], key=lambda one: (one[1].happened_at, one[1].division.code))
    serial = count(1)
    numbered = [(user, replace(draft, uuid=number("visit", next(serial)))) for user, draft in visits]
    heard = _with_needs(world, numbered)
    for user in dict.fromkeys(user for user, _ in heard):
        log_visits(by=user, program=world.program, visits=[draft for one, draft in heard if one == user])


def _draft(
    world: World,
    place: Division,
    kind: str,
    day: dt.date,
    people: Sequence[Cadre],
    told: Told | None = None,
    homes: Sequence[Home] = (),
    gifts: Sequence[GivenGift] = (),
) -> VisitDraft:
    chance = dice("visit", place.code, day, kind, people[0].name)
    said, did = told or (chance.choice(phrases.SAID[kind]), chance.choice(phrases.DID[kind]))
    hour = chance.randrange(9, 17)
    return VisitDraft(
        division=place,
        kind=world.word("visit_kind", kind),
        happened_at=at(day, hour, chance.randrange(0, 60, 10)),
        received_at=at(day, 19, chance.randrange(0, 60, 10)),
        participants=people,
        households=[home.household for home in homes],
        said=said,
        did=did,
        gifts=gifts,
    )


def _money(world: World, home: Home, amount: int, unit: Unit, source: str = "personal") -> GivenGift:
    return GivenGift(
        amount=Decimal(amount), household=home.household, source=world.word("fund_source", source), unit=unit
    )


def _told_of_the_county(world: World) -> Iterator[Logged]:
    """What the document tells of the county's own leaders and units."""
    secretary, magistrate, united_front = world.leaders[:3]
    office, procurators = world.office, world.side(names.PROCURATORATE)
    anping, chongxing, lele, xinbao = (
        world.places[code] for code in (names.ANPING, names.CHONGXING, names.LELE, names.XINBAO)
    )
    yield office, _draft(world, anping, "research", dt.date(2010, 4, 20), [secretary.cadre], phrases.ANPING)
    yield (
        world.leader_user,
        _draft(world, chongxing, "disaster", dt.date(2010, 8, 19), [magistrate.cadre], phrases.CHONGXING),
    )
    yield office, _draft(world, lele, "disaster", dt.date(2010, 8, 23), [united_front.cadre], phrases.LELE)
    gifts = [_money(world, home, 500, procurators.unit, "own") for home in procurators.homes]
    people, day = procurators.goers, dt.date(2010, 2, 26)
    yield world.contact, _draft(world, xinbao, "comfort", day, people, phrases.XINBAO, procurators.homes, gifts)
    yield world.contact, _draft(world, xinbao, "entry", dt.date(2010, 7, 27), people, phrases.XINBAO_ROAD)
    rural = world.side(names.RURAL_OFFICE)
    assert rural.head is not None
    for day in (dt.date(2010, 4, 8), dt.date(2010, 6, 10), dt.date(2010, 9, 9)):
        yield office, _draft(world, rural.place, "entry", day, [rural.head.cadre], phrases.RURAL, rural.head.homes)
    culture = world.side(names.CULTURE)
    gifts = [_money(world, home, 500, culture.unit, "own") for home in culture.homes]
    gifts += [_quilts(world, home, culture.unit) for home in culture.homes]
    day = _FLOOD[1]
    yield office, _draft(world, culture.place, "comfort", day, culture.goers, phrases.CULTURE, culture.homes, gifts)


def _quilts(world: World, home: Home, unit: Unit) -> GivenGift:
    return GivenGift(
        kind=Gift.Kind.GOODS,
        goods="棉被",
        quantity=Decimal(2),
        unit_name="床",
        amount=Decimal(240),
        household=home.household,
        source=world.word("fund_source", "own"),
        unit=unit,
    )


def _comfort(world: World) -> Iterator[Logged]:
    """Leaders, cadres of section rank, some heads and the branches go and see those they help."""
    days = cycle(_SPRING)
    for leader in world.leaders:
        home = leader.homes[0]
        gifts = [_money(world, home, _LEADERS_GIVE, leader.unit)]
        draft = _draft(world, home.place, "comfort", next(days), [leader.cadre], homes=[home], gifts=gifts)
        yield world.town_user_of(home.place), draft
    for n, person in enumerate(world.section):
        gifts = [_money(world, home, _SECTION_GIVES, person.unit) for home in person.homes]
        place = person.homes[0].place
        draft = _draft(world, place, "comfort", next(days), [person.cadre], homes=person.homes, gifts=gifts)
        yield (world.cadre_user if n == 0 else world.town_user_of(place)), draft
    # 检察院's head gives nothing of his own in 新宝村: what the document counts there is the unit's.
    heads = [head for head in world.heads if head.homes[0].place.code != names.XINBAO]
    for head in heads[:_HEADS_WHO_GIVE]:
        gifts = [_money(world, home, _HEADS_GIVE, head.unit) for home in head.homes]
        draft = _draft(world, head.homes[0].place, "comfort", next(days), [head.cadre], homes=head.homes, gifts=gifts)
        yield world.office, draft
    for side in world.sides:
        if side.branch is not None:
            home, _ = side.branch
            gifts = [_money(world, home, _OTHERS_GIVE, side.unit, "own")]
            draft = _draft(world, side.place, "comfort", next(days), side.staff[:1], homes=[home], gifts=gifts)
            yield world.office, draft


def _by_units(world: World) -> Iterator[Logged]:
    """The county's units in their villages, in turn, again and again."""
    above = (names.BUREAU, names.RESERVE)
    sides = [side for side in world.sides if side.name not in above and side.number not in names.NEVER_CAME]
    for turn in count():
        for n, side in enumerate(sides):
            day = _YEAR[(turn * 47 + n * 13) % len(_YEAR)]
            kind = _KINDS[(turn + n) % len(_KINDS)]
            homes = side.head.homes[:1] if side.head in world.heads and side.head and kind == "entry" else []
            homes += [home for home, _ in side.alone] if kind == "entry" else []
            user = world.contact if side.name == names.PROCURATORATE else world.office
            yield user, _draft(world, side.place, kind, day, side.goers[:2], homes=homes)


def _from_above(world: World) -> Iterator[Logged]:
    """Leaders of the city, the provincial bureau and the reserve: outside of the county's own figures."""
    executive, vice, adviser = (person.cadre for person in world.city_leaders)
    told = (
        (executive, names.HEPING, dt.date(2010, 5, 18), phrases.HEPING_CITY),
        (vice, names.QINGPING, dt.date(2010, 6, 3), phrases.QINGPING),
        (vice, names.COMMUNITY, dt.date(2010, 6, 3), phrases.COMMUNITY),
        (adviser, names.DONGSHENG, dt.date(2010, 6, 22), phrases.DONGSHENG),
        (adviser, names.ZHANDOU, dt.date(2010, 6, 22), phrases.DONGSHENG),
    )
    for cadre, code, day, words in told:
        yield world.office, _draft(world, world.places[code], "research", day, [cadre], words)
    bureau, reserve = world.side(names.BUREAU), world.side(names.RESERVE)
    for day, words in zip((dt.date(2010, 3, 16), dt.date(2010, 7, 13)), phrases.BUREAU, strict=True):
        yield world.office, _draft(world, bureau.place, "research", day, bureau.staff, words)
    gifts = [_money(world, home, 1000, bureau.unit, "own") for home in bureau.homes]
    day = dt.date(2010, 9, 14)
    draft = _draft(world, bureau.place, "comfort", day, bureau.staff[:1], homes=bureau.homes, gifts=gifts)
    yield world.office, draft
    town = world.town_user_of(reserve.place)
    for day, words in zip((dt.date(2010, 3, 23), dt.date(2010, 5, 25)), phrases.RESERVE, strict=True):
        yield town, _draft(world, reserve.place, "entry", day, reserve.staff, words, reserve.homes)
    member = reserve.homes[0]
    gifts = [_money(world, member, 300, reserve.unit, "own")]
    day = dt.date(2010, 6, 29)
    yield town, _draft(world, reserve.place, "comfort", day, reserve.staff[:1], homes=[member], gifts=gifts)


def _with_needs(world: World, visits: list[Logged]) -> list[Logged]:
    """Needs heard on the county's visits, one on a visit, as many as are to be answered."""
    able = [n for n, (_, draft) in enumerate(visits) if _unit_of(world, draft) is not None]
    road = next(n for n, (_, draft) in enumerate(visits) if draft.said == phrases.XINBAO_ROAD[0])
    wanted = sum(names.NEEDS.values()) - 1
    chosen = {road, *(able[n * len(able) // wanted] for n in range(wanted))}
    spare = (n for n in able if n not in chosen)
    while len(chosen) <= wanted:
        chosen.add(next(spare))
    found = []
    for position, (user, draft) in enumerate(visits):
        unit = _unit_of(world, draft)
        if position in chosen and unit is not None:
            draft = replace(draft, needs=[_need(world, draft, unit, position)])
        found.append((user, draft))
    return found


def _unit_of(world: World, draft: VisitDraft) -> Unit | None:
    """The county's unit that answers for what is heard: the one that helps the village; none for those from above."""
    side = next((one for one in world.sides if one.place == draft.division), None)
    if side is None or side.name in (names.BUREAU, names.RESERVE):
        return None
    return side.unit


def _need(world: World, draft: VisitDraft, unit: Unit, position: int) -> HeardNeed:
    chance = dice("need", position)
    category = chance.choice(sorted(phrases.NEEDS))
    text = chance.choice(phrases.NEEDS[category])
    if draft.said == phrases.XINBAO_ROAD[0]:
        category, text = "road", phrases.ROAD_NEED
    household = draft.households[0] if draft.households else None
    return HeardNeed(
        category=world.word("need_category", category),
        text=text,
        household=household,  # type: ignore[arg-type]
        due_on=draft.day + dt.timedelta(days=chance.choice((30, 45, 60))),
        persons=chance.choice((1, 1, 2, 5)),
        responsible=unit,
    )


def answer_needs(world: World) -> None:
    """Most needs are solved, some open, a few past their day; leaders comment on those."""
    needs = list(
        Need.objects.filter(program=world.program).select_related("program").order_by("raised_on", "visit__uuid")
    )
    # The last to be heard are those still open, with a few early ones that wait for longer than they should.
    late = set(range(11, 11 + 15 * 6, 15))
    waiting = late | set(range(len(needs) - names.NEEDS["open"] + len(late), len(needs)))
    steps, closings = [], []
    answered = count()
    for position, need in enumerate(needs):
        chance = dice("answer", position)
        worked_on = min(NOW, need.raised_on + dt.timedelta(days=chance.randrange(2, 8)))
        steps.append((need, worked_on, chance.choice(phrases.STEPS)))
        if position in waiting:
            continue
        closed_on = min(NOW, worked_on + dt.timedelta(days=chance.randrange(3, 25)))
        if next(answered) % _UNSOLVED_EVERY:
            confirmed = chance.choice(phrases.CONFIRMED)
            closings.append(Closing(need, closed_on, chance.choice(phrases.CLOSINGS), confirmed))
        else:
            closings.append(Closing(need, closed_on, phrases.UNSOLVED, solved=False))
    add_need_steps(by=world.office, steps=steps)
    close_needs(by=world.office, closings=closings)
    for position in sorted(late)[:3]:
        comment_need(by=world.reader, need=needs[position], on=NOW, text="请责任单位拿出办结时间，10月内回复农户。")
