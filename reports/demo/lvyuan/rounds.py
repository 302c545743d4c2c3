"""The joint inspection group: five units, a round each month, what it found at departments' work groups."""

from __future__ import annotations

import datetime as dt

from cadres.actions.people import add_cadres, appoint_all, form_group, give_account
from cadres.models import Cadre, GroupSeat, Post
from inspections.actions import (
    NO,
    YES,
    InspectionDraft,
    add_findings,
    add_group,
    assign_teams,
    close_finding,
    create_round,
    recheck,
    record_inspections,
    rectify,
)
from inspections.models import ChecklistItem, Finding, Inspection, Rectification, Round
from reports.demo.base import dice
from reports.demo.lvyuan import names, phrases
from reports.demo.lvyuan.names import BEGAN, IN_POST, NOW
from reports.demo.lvyuan.records import MONTHS
from reports.demo.lvyuan.world import Department, World

_GROUP = "联合督导组"
_TEAMS_A_ROUND = 15
_TIME_TO_MEND = dt.timedelta(days=15)


def inspect(world: World) -> None:
    """The group with its five units, and six rounds that each look at about a third of the work groups."""
    members = _form_group(world)
    methods = [world.word("method", code) for code in ("handbook", "household", "site")]
    checklist = {item.code: item for item in ChecklistItem.objects.filter(program=world.program)}
    teams = world.model_departments
    for n, month in enumerate(MONTHS):
        starts_on, ends_on = dt.date(2020, month, 18), dt.date(2020, month, 26)
        inspection_round = create_round(
            by=world.office,
            program=world.program,
            name=f"2020年{month}月联合督导",
            starts_on=starts_on,
            ends_on=ends_on,
            methods=methods,
            sample=Round.Sample.HAND,
            sample_note="每月约三分之一的包保工作组，两个多月轮一遍",
        )
        group = add_group(by=world.office, in_round=inspection_round, name=_GROUP, members=members, head=members[0])
        chosen = [teams[(n * _TEAMS_A_ROUND + m) % len(teams)] for m in range(_TEAMS_A_ROUND)]
        assigned = assign_teams(by=world.office, group=group, teams=[one.team for one in chosen if one.team])
        drafts = []
        for m, (one, inspection) in enumerate(zip(chosen, assigned, strict=True)):
            day = starts_on + dt.timedelta(days=m // 2)
            failing = not one.is_named and dice("inspection", month, one.name).randrange(4) == 0
            drafts.append(_draft(one, inspection, day, checklist, failing=failing))
        record_inspections(by=world.inspector, program=world.program, inspections=drafts)
        _find(world, [(one, draft) for one, draft in zip(chosen, drafts, strict=True)])


def _form_group(world: World) -> list[Cadre]:
    units = [world.department(name).unit for name in (names.LEAD, names.CONTROL, names.COMMITTEE, names.FARMING)]
    units.append(world.discipline)
    members = [Cadre(name=f"{_GROUP}{unit.short_name}成员") for unit in units]
    add_cadres(by=world.office, cadres=members)
    appoint_all(
        by=world.office,
        posts=[
            Post(cadre=cadre, unit=unit, title="联合督导组成员", rank=names.RANK_DEPARTMENT, since=IN_POST)
            for cadre, unit in zip(members, units, strict=True)
        ],
    )
    leader = next(helper for helper in world.helpers if helper.rank == names.RANK_DISTRICT)
    seats = [GroupSeat(cadre=leader.cadre, duty="组长（分管区级领导）", since=BEGAN)]
    seats += [GroupSeat(unit=unit, duty="成员单位", since=BEGAN) for unit in units]
    form_group(by=world.office, program=world.program, name=_GROUP, formed_on=BEGAN, seats=seats)
    world.inspector = world.account("lvyuan-ducha")
    give_account(by=world.admin, cadre=members[1], user=world.inspector)
    return [members[1], members[0], *members[2:]]


def _draft(
    one: Department, inspection: Inspection, day: dt.date, checklist: dict[str, ChecklistItem], *, failing: bool
) -> InspectionDraft:
    chance = dice("answers", day, one.name)
    answers = {
        "came": NO if failing else YES,
        "weeks": "2" if failing else "4",
        "theme_day": YES,
        "handbook": "记录不全" if failing else "完整",
        "card": YES,
        "yards": chance.choice(("杂物较多", "基本整洁")) if failing else chance.choice(("整洁", "整洁", "基本整洁")),
        "villagers": chance.choice(phrases.VILLAGERS[not failing]),
    }
    return InspectionDraft(
        inspection=inspection,
        visited_on=day,
        answers={checklist[code]: answer for code, answer in answers.items()},
        notes="有问题需要整改，已当面反馈。" if failing else "包户干部每周到户，记录与农户反映一致。",
        follow_up_on=day + _TIME_TO_MEND if failing else None,
    )


def _find(world: World, seen: list[tuple[Department, InspectionDraft]]) -> None:
    findings = []
    for one, draft in seen:
        chance = dice("finding", draft.visited_on, one.name)
        if draft.follow_up_on is not None:
            code = chance.choice(sorted(phrases.PROBLEMS))
            findings.append(
                Finding(
                    inspection=draft.inspection,
                    category=world.word("finding_category", code),
                    gravity=Finding.Gravity.MINOR,
                    text=phrases.PROBLEMS[code],
                    found_on=draft.visited_on,
                    due_on=draft.follow_up_on,
                    responsible=f"{one.name}主要负责人",
                )
            )
        elif not one.is_named and chance.randrange(5) == 0:
            code = chance.choice(sorted(phrases.PRAISE))
            findings.append(
                Finding(
                    inspection=draft.inspection,
                    category=world.word("praise_category", code),
                    text=phrases.PRAISE[code],
                    found_on=draft.visited_on,
                )
            )
    add_findings(by=world.inspector, program=world.program, findings=findings)


def put_right(world: World) -> None:
    """Problems of earlier months have been put right and closed; some were sent back, the last ones are open."""
    users = {one.team.pk: one.user for one in world.model_departments if one.team is not None}
    problems = Finding.objects.problems().filter(program=world.program).select_related("program")
    for position, row in enumerate(problems.order_by("found_on", "pk")):
        assert row.team_id is not None
        on = row.found_on + dt.timedelta(days=9)
        checked = on + dt.timedelta(days=4)
        if checked > NOW:
            continue
        rectify(by=users[row.team_id], finding=row, on=on, text=phrases.MENDED)
        accepted = position % 7 != 6
        recheck(
            by=world.inspector,
            finding=row,
            on=checked,
            verdict=Rectification.Verdict.ACCEPTED if accepted else Rectification.Verdict.RETURNED,
            comment=phrases.CHECKED if accepted else phrases.RETURNED,
        )
        if accepted:
            close_finding(by=world.office, finding=row, on=checked)
