"""检查考核 of 宝山's sections: what checks found, and the year-end score by their projects."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from inspections.actions import (
    Score,
    add_findings,
    check_scores,
    close_assessment,
    close_finding,
    open_assessments,
    recheck,
    rectify,
    score_oneself,
)
from inspections.models import AssessmentItem, Finding, Rectification
from reports.demo.baoshan.names import BUILDING, INSTITUTE, PLANNING, RIVERS
from reports.demo.baoshan.world import World

#: Section → vocabulary, category, words, day.
_FOUND = (
    (INSTITUTE, "praise_category", "ahead", "二房宅沟主汛期前竣工，比期限提前九天。", dt.date(2008, 6, 10)),
    (INSTITUTE, "praise_category", "quality", "通水顺畅，护岸平整，群众称赞。", dt.date(2008, 6, 10)),
    (RIVERS, "praise_category", "ahead", "三房宅沟提前三个月完成年度任务。", dt.date(2008, 8, 29)),
    (BUILDING, "finding_category", "slow", "泵闸检修配件采购晚，进度滞后。", dt.date(2008, 10, 14)),
    (RIVERS, "finding_category", "site_order", "兵行塘施工便道没有围挡。", dt.date(2008, 7, 9)),
)
#: Section → what the village gave, and what the section would give itself for its projects' timeliness.
_VIEWS = {INSTITUTE: 19, PLANNING: 18, RIVERS: 18, BUILDING: 15}


def check(world: World) -> None:
    """What the office found on the sites; the missing fence was put up, the late order is still followed."""
    problem = Finding.Kind.PROBLEM
    rows = [
        Finding(
            category=world.word(vocabulary, code),
            unit=world.sections[section],
            division=world.place,
            text=text,
            found_on=day,
            due_on=day + dt.timedelta(days=30) if vocabulary == "finding_category" else None,
            responsible=f"{section}负责人" if vocabulary == "finding_category" else "",
        )
        for section, vocabulary, code, text, day in _FOUND
    ]
    found = add_findings(by=world.office, program=world.program, findings=rows)
    fence = next(row for row in found if row.kind == problem and row.unit == world.sections[RIVERS])
    rectify(by=world.contact, finding=fence, on=dt.date(2008, 7, 14), text="已设围挡和警示牌，安排专人值守。")
    recheck(
        by=world.office,
        finding=fence,
        on=dt.date(2008, 7, 16),
        verdict=Rectification.Verdict.ACCEPTED,
        comment="现场查看，整改到位。",
    )
    close_finding(by=world.office, finding=fence, on=dt.date(2008, 7, 16))


def assess(world: World) -> None:
    """Each section's sheet: scored by itself, judged by the village, checked and closed; one is still open."""
    sections = [world.sections[name] for name in (INSTITUTE, PLANNING, RIVERS, BUILDING)]
    assessments = open_assessments(by=world.office, program=world.program, year=2008, units=sections)
    view = AssessmentItem.objects.get(program=world.program, code="village_view")
    completion = AssessmentItem.objects.get(program=world.program, code="completion")
    for assessment in assessments:
        name = assessment.unit.short_name if assessment.unit else ""
        if name == INSTITUTE:
            score_oneself(
                by=world.institute_user,
                assessment=assessment,
                scores={
                    completion: Score(Decimal(30), "承担项目全部完成。"),
                    view: Score(Decimal(20), "群众交口称赞。"),
                },
            )
        check_scores(
            by=world.office,
            assessment=assessment,
            scores={view: Score(Decimal(_VIEWS[name]), "牌楼村两委和村民代表评议。")},
        )
        close_assessment(by=world.office, assessment=assessment, on=dt.date(2008, 11, 28))
