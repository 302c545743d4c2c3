"""The mid-year check of 三送's team: one round, one group, one praise and one problem that has been put right."""

from __future__ import annotations

import datetime as dt

from cadres.actions.people import add_cadres, give_account
from cadres.models import Cadre
from inspections.actions import (
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
from inspections.models import ChecklistItem, Finding, Rectification
from reports.demo.sansong.world import World

_CAME = dt.date(2011, 7, 20)


def inspect(world: World) -> None:
    """The county's office sends a group in July; what it found was put right in August."""
    methods = [world.word("method", code) for code in ("papers", "site", "villagers")]
    july = create_round(
        by=world.office,
        program=world.program,
        name="2011年年中“三送”工作检查",
        starts_on=dt.date(2011, 7, 18),
        ends_on=dt.date(2011, 7, 29),
        methods=methods,
        sample_note="县水保局驻村工作组",
    )
    people = add_cadres(by=world.office, cadres=[Cadre(name="“三送”检查组组长"), Cadre(name="“三送”检查组成员")])
    world.inspector = world.account("ss-jiancha")
    give_account(by=world.admin, cadre=people[0], user=world.inspector)
    group = add_group(by=world.office, in_round=july, name="检查组", members=people, head=people[0], position=1)
    [inspection] = assign_teams(by=world.office, group=group, teams=[world.team])
    answers = {
        "living": YES,
        "plan": YES,
        "survey": YES,
        "board": "齐全",
        "ledger": "不及时",
        "villagers": "群众说路修好了，队员常来，有事找得到人。",
    }
    checklist = {item.code: item for item in ChecklistItem.objects.filter(program=world.program)}
    record_inspections(
        by=world.inspector,
        program=world.program,
        inspections=[
            InspectionDraft(
                inspection=inspection,
                visited_on=_CAME,
                methods=methods,
                answers={checklist[code]: answer for code, answer in answers.items()},
                notes="工作组在村，实事办得扎实；问题台账六月份有三件没有及时更新，已当面反馈。",
            )
        ],
    )

    def finding(kind: str, vocabulary: str, code: str, text: str, due_on: dt.date | None = None) -> Finding:
        return Finding(
            kind=kind,
            category=world.word(vocabulary, code),
            round=july,
            inspection=inspection,
            team=world.team,
            division=world.place,
            text=text,
            found_on=_CAME,
            due_on=due_on,
            responsible="工作组组长" if due_on else "",
        )

    praise, problem = Finding.Kind.PRAISE, Finding.Kind.PROBLEM
    _, _, late = add_findings(
        by=world.inspector,
        program=world.program,
        findings=[
            finding(praise, "praise_category", "road_built", "三个月修通1000米通组公路，群众满意。"),
            finding(praise, "praise_category", "mediation_good", "每起纠纷有记录、有回访，三级联动运转正常。"),
            finding(problem, "finding_category", "ledger", "问题台账有三件办结后没有及时销号。", dt.date(2011, 8, 10)),
        ],
    )
    rectify(
        by=world.head_user, finding=late, on=dt.date(2011, 8, 2), text="逐件核对，补齐销号，今后每周五更新一次台账。"
    )
    recheck(
        by=world.inspector,
        finding=late,
        on=dt.date(2011, 8, 8),
        verdict=Rectification.Verdict.ACCEPTED,
        comment="台账已更新。",
    )
    close_finding(by=world.inspector, finding=late, on=dt.date(2011, 8, 8))
