"""The inspection round of June 2015: five groups, and what they saw at each of the 116 teams."""

from __future__ import annotations

import datetime as dt

from cadres.actions.people import add_cadres, give_account
from cadres.models import Cadre
from inspections.actions import (
    NO,
    YES,
    InspectionDraft,
    add_group,
    assign_teams,
    create_round,
    record_inspections,
)
from inspections.models import ChecklistItem
from programs.models import Term
from reports.demo.zhaoyuan import names
from reports.demo.zhaoyuan.world import Side, World, dice, working_days

_GROUPS = ("一", "二", "三", "四", "五")
#: The towns of each group, so that each has about as many teams and short ways.
_TOWNS = (
    ("370685104", "370685110", "370685001"),
    ("370685101", "370685102", "370685002"),
    ("370685103", "370685105", "370685003", "370685004"),
    ("370685106", "370685005"),
    ("370685108", "370685109"),
)
_VILLAGERS = {
    True: ("群众认识工作队，说常来。", "村干部说帮扶事项都有人管。", "群众对修路打井满意。"),
    False: ("群众说没见过工作队几次。", "村干部说单位领导还没来过。", "群众不清楚帮扶事项。"),
}


def inspect(world: World) -> None:
    """Five groups visit all 116 teams and answer the checklist of each."""
    methods = [world.word("method", code) for code in ("ask", "papers", "site")]
    starts_on, ends_on = names.ROUND
    inspection_round = create_round(
        by=world.office,
        program=world.program,
        name="2015年6月后进村帮扶工作督查",
        starts_on=starts_on,
        ends_on=ends_on,
        methods=methods,
        sample_note="全部工作队",
    )
    checklist = {item.code: item for item in ChecklistItem.objects.filter(program=world.program)}
    for position, (ordinal, towns) in enumerate(zip(_GROUPS, _TOWNS, strict=True), start=1):
        titles = ("组长", "成员甲", "成员乙")
        people = add_cadres(by=world.office, cadres=[Cadre(name=f"督查{ordinal}组{title}") for title in titles])
        user = world.account("ducha" if position == 1 else f"du-{position}", people[0].name)
        give_account(by=world.admin, cadre=people[0], user=user)
        if position == 1:
            world.inspector = user
        group = add_group(
            by=world.office,
            in_round=inspection_round,
            name=f"督查{ordinal}组",
            members=people,
            head=people[0],
            position=position,
        )
        sides = [side for side in world.sides if side.town.code in towns]
        assigned = assign_teams(by=world.office, group=group, teams=[side.team for side in sides])
        days = working_days(starts_on, ends_on - dt.timedelta(days=2))
        drafts = []
        for n, (side, inspection) in enumerate(zip(sides, assigned, strict=True)):
            side.inspection = inspection
            side.inspector = user
            drafts.append(_draft(side, days[n * len(days) // len(sides)], checklist, methods))
        record_inspections(by=user, program=world.program, inspections=drafts)


def is_failing(side: Side) -> bool:
    """Whether something was found at the team that needs another look."""
    return not (side.leader_came and side.has_annual_plan and side.has_surveyed and side.matters >= 3) or (
        side.number in names.DIARY_MISSING | names.DIARY_THIN | names.HOLLOW_MATTERS | names.STALLED_MATTERS
    )


def _draft(side: Side, day: dt.date, checklist: dict[str, ChecklistItem], methods: list[Term]) -> InspectionDraft:
    chance = dice("inspection", side.key)
    failing = is_failing(side)
    times = "0" if not side.leader_came else str(chance.choice((1, 1, 2)))
    if side.unit_name in names.OFTEN_VISITING:
        times = str(chance.choice((3, 4)))
    matters = chance.choice(("进展顺利", "进展顺利", "已完成"))
    if failing:
        matters = "进展缓慢" if side.matters else "未规划"
    diary = "缺记" if side.number in names.DIARY_MISSING or not side.is_docked else "完整"
    if side.number in names.DIARY_THIN:
        diary = "不详"
    answers = {
        "leader_came": YES if side.leader_came else NO,
        "leader_times": times,
        "living": YES if side.is_docked else NO,
        "plan": YES if side.has_annual_plan else NO,
        "three_year": YES if side.has_three_year_plan else NO,
        "matters": matters,
        "diary": diary,
        "villagers": chance.choice(_VILLAGERS[not failing]),
    }
    return InspectionDraft(
        inspection=side.inspection,
        visited_on=day,
        methods=methods,
        answers={checklist[code]: answer for code, answer in answers.items()},
        notes="有需要整改的问题，已当面反馈。" if failing else "工作队在村，材料齐全，与群众反映一致。",
        follow_up_on=day + dt.timedelta(days=21) if failing else None,
    )
