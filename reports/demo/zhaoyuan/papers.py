"""Papers, meetings, diaries and duty of 招远's teams and towns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cadres.actions.duty import approve_leave, record_duties, request_leave
from cadres.actions.marks import excuse_requirement
from cadres.actions.records import (
    DocumentDraft,
    MeetingDraft,
    hold_meetings,
    receive_documents,
    write_diaries,
)
from cadres.models import Diary, Duty
from reports.demo.zhaoyuan import names, phrases
from reports.demo.zhaoyuan.names import NOW
from reports.demo.zhaoyuan.world import Side, World, dice, working_days

_YEAR = (dt.date(2015, 4, 1), dt.date(2015, 12, 31))
_THREE_YEARS = (dt.date(2015, 4, 1), dt.date(2018, 3, 31))

#: 温泉街道's made-up units in order → for April, May, June the day their report came; the 28th is in time.
_WENQUAN_REPORTS: tuple[dict[int, int], ...] = (
    {4: 26, 5: 28, 6: 25},
    {4: 28, 5: 27, 6: 28},
    {4: 30, 6: 29},
    {4: 27, 5: 26},
)
_WENQUAN_EXCUSED = 2


def receive_papers(world: World) -> None:
    """Plans, monthly reports of 温泉街道, and what praised teams wrote of their experience."""
    drafts = [draft for side in world.sides for draft in _plans(world, side)]
    drafts += _monthly_reports(world)
    drafts += [
        DocumentDraft(
            kind=world.word("document_kind", "experience"),
            title=f"{side.team}帮扶工作经验材料",
            division=side.place,
            unit=side.unit,
            team=side.team,
            received_on=dt.date(2015, 6, 10) + dt.timedelta(days=n),
            text=phrases.EXPERIENCE,
        )
        for n, side in enumerate(side for side in world.sides if side.unit_name in names.FIRST_RESULTS)
    ]
    receive_documents(by=world.office, program=world.program, documents=drafts)


def _plans(world: World, side: Side) -> Iterator[DocumentDraft]:
    chance = dice("plans", side.key)

    def plan(
        kind: str, title: str, first: dt.date, days: int, span: tuple[dt.date, dt.date], text: str
    ) -> DocumentDraft:
        return DocumentDraft(
            kind=world.word("document_kind", kind),
            title=f"{side.place}{title}",
            division=side.place,
            unit=side.unit,
            team=side.team,
            received_on=first + dt.timedelta(days=chance.randrange(days)),
            period_start=span[0],
            period_end=span[1],
            text=text,
        )

    if side.has_annual_plan:
        yield plan("annual_plan", "2015年帮扶工作计划", dt.date(2015, 4, 15), 46, _YEAR, phrases.ANNUAL_PLAN)
    if side.has_three_year_plan:
        text = phrases.XIGOUZI_PLAN if side.unit_name == "市住建局" else phrases.THREE_YEAR_PLAN
        yield plan("three_year_plan", "三年帮扶规划", dt.date(2015, 5, 4), 40, _THREE_YEARS, text)


def _monthly_reports(world: World) -> Iterator[DocumentDraft]:
    sides = [side for side in world.sides if side.town.code == names.WENQUAN]
    made_up = iter(_WENQUAN_REPORTS)
    for side in sides:
        days = {4: 24, 5: 25, 6: 26} if side.number is None else next(made_up)
        for month, day in days.items():
            start = dt.date(2015, month, 1)
            yield DocumentDraft(
                kind=world.word("document_kind", "monthly_report"),
                title=f"{side.place}工作队{month}月帮扶进展报告",
                division=side.place,
                unit=side.unit,
                team=side.team,
                received_on=start.replace(day=day),
                period_start=start,
                period_end=(start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1),
                text=phrases.MONTHLY_REPORT,
            )


def excuse_reports(world: World) -> None:
    """One team of 温泉街道 took over in May and is excused from that month's report."""
    made_up = [side for side in world.sides if side.town.code == names.WENQUAN and side.number is not None]
    excuse_requirement(
        by=world.town_users[names.WENQUAN],
        requirement=world.program.requirements.get(code="monthly_report"),
        subject=made_up[_WENQUAN_EXCUSED].team,
        reason="队员调整，中途接手",
        approver="温泉街道党工委",
        on=dt.date(2015, 5, 26),
    )


def hold_meetings_of_towns(world: World) -> None:
    """Special meetings of all towns, 玲珑镇's regular ones in each month's last week, talks of teams and villages."""
    for position, (code, town) in enumerate(world.towns.items()):
        special = MeetingDraft(
            kind=world.word("meeting_kind", "special"),
            on=dt.date(2015, 3, 30) + dt.timedelta(days=position),
            division=town,
            unit=world.town_units[code],
            title="研究部署后进村帮扶工作",
            attendees="领导班子成员、包区干部、各工作队",
            items=phrases.SPECIAL_MEETING,
        )
        meetings = [special]
        if code == names.LINGLONG:
            meetings += [
                MeetingDraft(
                    kind=world.word("meeting_kind", "regular"),
                    on=day,
                    division=town,
                    unit=world.town_units[code],
                    title=f"{day.month}月份帮扶工作例会",
                    attendees="各工作队、联系后进村的班子成员",
                    items=phrases.TOWN_MEETING,
                )
                for day in (dt.date(2015, 4, 28), dt.date(2015, 5, 28), dt.date(2015, 6, 29))
            ]
        hold_meetings(by=world.town_users[code], program=world.program, meetings=meetings)
    _talk(world)


def _talk(world: World) -> None:
    for side in world.docked:
        chance = dice("talk", side.key)
        if chance.random() < 0.6 and side.has_surveyed:
            talk = MeetingDraft(
                kind=world.word("meeting_kind", "discussion"),
                on=dt.date(2015, 4, 20) + dt.timedelta(days=chance.randrange(30)),
                division=side.place,
                unit=side.unit,
                team=side.team,
                title=f"与{side.place}两委座谈",
                attendees="工作队、村两委、党员和村民代表",
                items=phrases.DISCUSSION,
            )
            hold_meetings(by=side.user, program=world.program, meetings=[talk])
    housing = world.side("市住建局")
    own = MeetingDraft(
        kind=world.word("meeting_kind", "special"),
        on=dt.date(2015, 4, 8),
        division=housing.place,
        unit=housing.unit,
        team=housing.team,
        title="市住建局帮扶工作专题会议",
        attendees="主要领导、有关科室、工作队",
        items=phrases.HOUSING_MEETING,
    )
    hold_meetings(by=housing.user, program=world.program, meetings=[own])


def write(world: World) -> None:
    """Diaries of the first secretaries, two or three days a week; five are missing or thin."""
    for side in world.docked:
        chance = dice("diary", side.key)
        words = phrases.THIN_DIARY if side.number in names.DIARY_THIN else phrases.DIARIES
        last = dt.date(2015, 5, 1) if side.number in names.DIARY_MISSING else NOW - dt.timedelta(days=1)
        days = [day for day in working_days(dt.date(2015, 4, 16), last) if chance.random() < 0.42]
        diaries = [Diary(team=side.team, cadre=side.secretary, on=day, text=chance.choice(words)) for day in days]
        write_diaries(by=side.user, program=world.program, diaries=diaries)


def keep_duty(world: World) -> None:
    """毕郭镇's duty register of the last fortnight, with a leave asked for and approved."""
    town = world.town_users[names.BIGUO]
    sides = [side for side in world.sides if side.town.code == names.BIGUO]
    duties = []
    for side in sides:
        for cadre in [side.secretary, *side.members]:
            chance = dice("duty", side.key, cadre.name)
            for day in working_days(dt.date(2015, 6, 15), NOW - dt.timedelta(days=1)):
                away = chance.random() < 0.12
                state, note = (Duty.State.REPORTED, "到市里跑项目手续") if away else (Duty.State.PRESENT, "")
                duties.append(Duty(team=side.team, cadre=cadre, on=day, state=state, note=note))
    record_duties(by=town, program=world.program, duties=duties)
    side = sides[1]
    leave = request_leave(
        by=side.user,
        team=side.team,
        cadre=side.secretary,
        since=dt.date(2015, 6, 8),
        until=dt.date(2015, 6, 10),
        reason="参加单位业务培训",
    )
    approve_leave(by=town, leave=leave, approver="毕郭镇党委", on=dt.date(2015, 6, 5))
