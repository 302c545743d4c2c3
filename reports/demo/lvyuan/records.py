"""Needs answered, meetings held or missed, papers received, honours given and households rated."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from cadres.actions.needs import Closing, add_need_steps, close_needs, comment_need
from cadres.actions.records import DocumentDraft, MeetingDraft, hold_meetings, receive_documents
from cadres.models import Need
from inspections.actions import rate_all
from inspections.models import Rating
from reports.demo.base import dice
from reports.demo.lvyuan import names, phrases
from reports.demo.lvyuan.names import BEGAN, NOW
from reports.demo.lvyuan.world import Place, World
from villages.actions import give_honours
from villages.models import Honour

_FORTNIGHT = dt.timedelta(days=14)
_MISSED_IN = 13
_RATED_IN, _STARS = 13, 5
_RATED_ON = (dt.date(2020, 8, 20), dt.date(2020, 10, 15))
_PRAISED = 2
_HONOURED_ON = dt.date(2020, 10, 20)
_SPEAKERS = 4
_COMMENTED = 5
MONTHS = (5, 6, 7, 8, 9, 10)


def answer_needs(world: World) -> None:
    """Most needs are worked on and closed; some are late, and a leader comments on a few of those."""
    needs = Need.objects.filter(program=world.program).select_related("program").order_by("raised_on", "division", "pk")
    steps, closings = [], []
    for position, need in enumerate(needs):
        chance = dice("need", position)
        worked_on = need.raised_on + dt.timedelta(days=chance.randrange(1, 8))
        ends_on = worked_on + dt.timedelta(days=chance.randrange(2, 24))
        fate = chance.random()
        if fate > 0.05 and worked_on <= NOW:
            steps.append((need, worked_on, chance.choice(phrases.STEPS)))
        if fate < 0.09 or ends_on > NOW:
            continue
        if fate < 0.13:
            closings.append(Closing(need, ends_on, phrases.UNSOLVED, solved=False))
        else:
            closings.append(Closing(need, ends_on, chance.choice(phrases.CLOSINGS), chance.choice(phrases.CONFIRMED)))
    add_need_steps(by=world.office, steps=steps)
    close_needs(by=world.office, closings=closings)
    late = Need.objects.open().filter(program=world.program, due_on__lt=NOW).select_related("program")
    for position, need in enumerate(late.order_by("due_on", "division", "pk")[:_COMMENTED]):
        text = phrases.COMMENTS[position % len(phrases.COMMENTS)]
        comment_need(by=world.office, need=need, on=NOW - dt.timedelta(days=2), text=text)


def meet(world: World) -> None:
    """Nine special meetings, the fortnightly dispatch of each village, liaison, exchange and tours."""
    district, lead = world.program.jurisdiction, world.department(names.LEAD).unit
    drafts = [
        _meeting(world, "special", dt.date(2020, 4, 28) + dt.timedelta(days=20 * n), title, phrases.SPECIAL_ITEMS)
        for n, title in enumerate(phrases.SPECIAL_TITLES)
    ]
    drafts += [
        _meeting(world, "liaison", dt.date(2020, month, 11), f"{month}月联席议事", phrases.LIAISON_ITEMS)
        for month in MONTHS
    ]
    speakers = [one for one in world.model_departments if not one.is_named][:_SPEAKERS]
    drafts.append(
        MeetingDraft(
            kind=world.word("meeting_kind", "exchange"),
            on=dt.date(2020, 10, 22),
            division=district,
            unit=lead,
            title="机关干部助力精品村屯治理包保情况工作交流会",
            attendees="区领导，各镇、区直各部门，各包保村",
            items=[("helper", f"{one.name}：{phrases.EXCHANGE}") for one in speakers],
        )
    )
    drafts += [draft for place in world.places for draft in _dispatches(world, place)]
    for n, (code, town) in enumerate(world.towns.items()):
        for day in _RATED_ON:
            drafts.append(
                MeetingDraft(
                    kind=world.word("meeting_kind", "tour"),
                    on=day + dt.timedelta(days=n),
                    division=town,
                    unit=world.town_units[code],
                    title=f"{town}拉练观摩和“星级户”互评",
                    attendees="各村党组织书记、包保部门、村民代表",
                    items=phrases.TOUR_ITEMS,
                )
            )
    hold_meetings(by=world.office, program=world.program, meetings=drafts)


def _meeting(world: World, kind: str, on: dt.date, title: str, items: tuple[tuple[str, str], ...]) -> MeetingDraft:
    return MeetingDraft(
        kind=world.word("meeting_kind", kind),
        on=on,
        division=world.program.jurisdiction,
        unit=world.department(names.LEAD).unit,
        title=title,
        attendees="区领导，区委组织部、区直机关工委、区农业农村局，各镇和有关部门",
        items=items,
    )


def _dispatches(world: World, place: Place) -> list[MeetingDraft]:
    chance = dice("dispatch", place.division.code)
    found = []
    start = BEGAN
    while start <= NOW:
        day = start + dt.timedelta(days=chance.randrange(1, 12))
        missed = place.number is not None and chance.randrange(_MISSED_IN) == 0
        if day <= NOW and not missed:
            found.append(
                MeetingDraft(
                    kind=world.word("meeting_kind", "dispatch"),
                    on=day,
                    division=place.division,
                    unit=world.town_units[place.town.code],
                    title=f"{place.division}双周调度",
                    attendees="区级领导、包保部门、镇村负责人",
                    items=phrases.DISPATCH_ITEMS,
                )
            )
        start += _FORTNIGHT
    return found


def receive(world: World) -> None:
    """The papers that the document names, a report of the party school, and a 督查专报 for each month."""
    district, lead = world.program.jurisdiction, world.department(names.LEAD).unit
    drafts = [
        DocumentDraft(
            kind=world.word("document_kind", kind),
            title=title,
            division=district,
            unit=lead,
            received_on=dt.date(2020, month, day),
        )
        for kind, title, month, day in phrases.PAPERS
    ]
    drafts.append(
        DocumentDraft(
            kind=world.word("document_kind", "research_report"),
            title="农居环境整治专题调研报告",
            division=district,
            unit=world.department(names.SCHOOL).unit,
            received_on=dt.date(2020, 9, 28),
            text=phrases.RESEARCH[1],
        )
    )
    for month in MONTHS:
        start = dt.date(2020, month, 1)
        end = start.replace(day=calendar.monthrange(2020, month)[1])
        drafts.append(
            DocumentDraft(
                kind=world.word("document_kind", "inspection_report"),
                title=f"2020年{month}月督查专报",
                division=district,
                unit=lead,
                received_on=end - dt.timedelta(days=2),
                period_start=start,
                period_end=end,
                text=phrases.REPORT,
            )
        )
    receive_documents(by=world.office, program=world.program, documents=drafts)


def rate(world: World) -> None:
    """Villages rate households, give stars to the best, and praise cadres; forty families get their plate."""
    ratings, honours = [], []
    star, family = world.word("honour", "star"), world.word("honour", "family")
    for place in world.places:
        chance = dice("rate", place.division.code)
        first = world.places.index(place) % 2
        on = _RATED_ON[first] + dt.timedelta(days=list(world.towns).index(place.town.code))
        for household in place.households[first::_RATED_IN]:
            value = chance.choices((3, 4, _STARS), (2, 5, 3))[0]
            ratings.append(
                Rating(
                    title="星级户互评",
                    household=household,
                    scale=_STARS,
                    value=Decimal(value),
                    by=f"{place.division}互评组",
                    on=on,
                )
            )
            if value == _STARS:
                honours.append(
                    Honour(household=household, kind=star, given_on=on, given_by=f"{place.division}村民委员会")
                )
        # Nobody whom the document names is praised for what it does not tell.
        praised = [helper for helper in place.helpers if helper.may_fail and not helper.missing][:_PRAISED]
        ratings += [
            Rating(
                title="包户干部表扬",
                cadre=helper.cadre,
                scale=_STARS,
                value=Decimal(_STARS),
                by=f"{place.division}互评组",
                on=on,
            )
            for helper in praised
        ]
    each = names.BEST_FAMILIES // len(world.model_places)
    for place in world.model_places:
        honours += [
            Honour(household=household, kind=family, given_on=_HONOURED_ON, given_by="绿园区")
            for household in place.households[5 : 5 + 20 * each : 20]
        ]
    rate_all(by=world.office, program=world.program, ratings=ratings)
    give_honours(by=world.office, program=world.program, honours=honours)
