"""What a side of the cast did: one row of each kind of work, so that lists and pages have something to show or hide."""

from __future__ import annotations

from dataclasses import dataclass

from cadres.models import Diary, Document, Gift, Meeting, Need, Visit
from inspections.models import Finding
from projects.models import Fund, Project
from tests import factories as make
from tests.cast import Side


@dataclass
class Works:
    """The rows of one side."""

    side: Side
    visit: Visit
    need: Need
    gift: Gift
    document: Document
    meeting: Meeting
    diary: Diary
    project: Project
    fund: Fund
    finding: Finding


def works_of(side: Side) -> Works:
    """One row of each kind, made for the side's village by its team."""
    base = {"program": side.program, "division": side.place}
    visit = make.VisitFactory(**base, kind=side.word("visit_kind"), said=f"{side.village}的情况。")
    make.VisitParticipantFactory(visit=visit, cadre=side.secretary, unit=side.unit, team=side.team)
    make.VisitHouseholdFactory(visit=visit, household=side.household)
    need = make.NeedFactory(
        **base,
        category=side.word("need_category"),
        text=f"{side.village}道路没有硬化。",
        household=side.household,
        visit=visit,
        responsible_team=side.team,
    )
    make.NeedStepFactory(need=need)
    project = make.ProjectFactory(
        program=side.program,
        name=f"{side.village}道路硬化",
        unit=side.unit,
        team=side.team,
        category=side.word("project_category"),
        stage=side.word("project_stage"),
        stage_since=make.SINCE,
    )
    make.ProjectPlaceFactory(project=project, division=side.place)
    make.StageEntryFactory(project=project, stage=side.word("project_stage"))
    make.QuantityFactory(project=project, item=side.word("quantity"))
    finding = make.FindingFactory(
        program=side.program,
        team=side.team,
        inspection=side.inspection,
        round=side.inspection.round,
        category=side.word("finding_category"),
        text=f"{side.village}日记不详。",
    )
    make.RectificationFactory(finding=finding)
    return Works(
        side=side,
        visit=visit,
        need=need,
        gift=make.GiftFactory(**base, visit=visit, household=side.household, unit=side.unit),
        document=make.DocumentFactory(
            **base, kind=side.word("document_kind"), title=f"{side.village}年度计划", team=side.team, unit=side.unit
        ),
        meeting=make.MeetingFactory(
            **base, kind=side.word("meeting_kind"), title=f"{side.village}例会", team=side.team, unit=side.unit
        ),
        diary=make.DiaryFactory(team=side.team, cadre=side.secretary),
        project=project,
        fund=make.FundFactory(
            **base,
            source=side.word("fund_source"),
            purpose=f"{side.village}道路资金",
            project=project,
            unit=side.unit,
            team=side.team,
        ),
        finding=finding,
    )
