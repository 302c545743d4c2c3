"""Plans, meetings and what an office knows by telephone: 宝兴's papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cadres.actions.marks import mark_requirements
from cadres.actions.records import DocumentDraft, MeetingDraft, hold_meetings, receive_documents
from cadres.models import MeetingItem, RequirementMark
from reports.demo.baoxing import names, phrases
from reports.demo.baoxing.world import Home, Person, World, days_between, dice

if TYPE_CHECKING:
    from programs.models import Unit

_DAYS = days_between(dt.date(2010, 4, 6), dt.date(2010, 8, 27), weekdays=5)


def receive(world: World) -> None:
    """Plans of units for their villages, and the plans by which households are to prosper."""
    documents = [*_of_units(world), *_of_households(world)]
    receive_documents(by=world.office, program=world.program, documents=documents)
    known = [side.unit for side in world.sides if side.number in (5, 17)]
    mark_requirements(
        by=world.office,
        requirement=world.program.requirements.get(code="annual_plan"),
        subjects=known,
        on=dt.date(2010, 3, 30),
        source=RequirementMark.Source.PHONE,
        note="单位来电说明已制定，原件随后补交",
    )


def _of_units(world: World) -> Iterator[DocumentDraft]:
    year, term = (dt.date(2010, 1, 1), dt.date(2010, 12, 31)), (dt.date(2010, 1, 1), dt.date(2012, 12, 31))
    for side in world.sides:
        chance = dice("plans", side.name)
        if side.number not in names.NO_ANNUAL_PLAN and side.number not in (5, 17):
            yield DocumentDraft(
                kind=world.word("document_kind", "annual_plan"),
                title=f"{side.name}帮扶{side.place}2010年度计划",
                division=side.place,
                unit=side.unit,
                period_start=year[0],
                period_end=year[1],
                received_on=dt.date(2010, 3, chance.randrange(1, 31)),
                text=phrases.YEAR,
            )
        if side.number not in names.NO_THREE_YEAR_PLAN:
            yield DocumentDraft(
                kind=world.word("document_kind", "three_year_plan"),
                title=f"{side.name}帮扶{side.place}三年规划",
                division=side.place,
                unit=side.unit,
                period_start=term[0],
                period_end=term[1],
                received_on=dt.date(2010, chance.choice((4, 5, 6)), chance.randrange(1, 29)),
                text=phrases.RULES,
            )


def _of_households(world: World) -> Iterator[DocumentDraft]:
    """One for each poor household of a cadre of section rank or a leader, and for each head's household in need."""
    planned = [(person, home) for person in [*world.leaders, *world.section] for home in person.homes[:2]]
    for person, home in [*(pair for pair in planned if pair[1].tag == "poor"), *_of_heads(world)]:
        yield _plan(world, person, home, person.unit)


def _of_heads(world: World) -> list[tuple[Person, Home]]:
    return [(head, home) for head in world.heads for home in head.homes if home.tag == "hard"]


def _plan(world: World, person: Person, home: Home, unit: Unit) -> DocumentDraft:
    return DocumentDraft(
        kind=world.word("document_kind", "prosperity_plan"),
        title=f"{home.place}{home.household}致富计划",
        division=home.place,
        household=home.household,
        cadre=person.cadre,
        unit=unit,
        received_on=dice("plan", person.cadre.name).choice(_DAYS),
        text=phrases.PLAN,
    )


def meet(world: World) -> None:
    """The launch, a talk with party members in 新宝村, and a meeting of all about how it goes."""
    item = MeetingItem.Side
    xinbao, unit = world.places[names.XINBAO], world.side(names.PROCURATORATE).unit
    hold_meetings(
        by=world.office,
        program=world.program,
        meetings=[
            MeetingDraft(
                kind=world.word("meeting_kind", "launch"),
                on=dt.date(2010, 1, 20),
                division=world.program.jurisdiction,
                title="“挂包帮”活动动员会",
                attendees="县级领导，各乡镇、县级各部门、企事业及驻宝兴单位负责人",
                items=[(item.DECISION, "县级领导、部门和干部2月底前完成结对，6月底前交三年帮扶规划。")],
            ),
            MeetingDraft(
                kind=world.word("meeting_kind", "discussion"),
                on=dt.date(2010, 6, 29),
                division=xinbao,
                unit=unit,
                title="与新宝村党员座谈",
                attendees="县检察院检察长和党员干警，新宝村党员",
                items=[
                    (item.HELPER, "介绍年度帮扶计划，通报向贫困党员捐款的情况。"),
                    (item.HELPED, "提出冷木沟公路易受雨水冲刷，希望帮助维护。"),
                    (item.FOLLOW_UP, "检察院派人查看公路，汛期发现受损及时帮助修复。"),
                ],
            ),
            MeetingDraft(
                kind=world.word("meeting_kind", "dispatch"),
                on=dt.date(2010, 8, 25),
                division=world.program.jurisdiction,
                title="雨后帮扶工作推进会",
                attendees="包村部门联络员，各乡镇党建办",
                items=[(item.DECISION, "各部门9月底前到联系村看望受灾农户，帮助恢复生产。")],
            ),
        ],
    )
