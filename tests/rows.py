"""For every model, how one row of it comes about on a side of the cast; reach, admin and list tests share it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from cadres import models as cadres
from inspections import models as inspections
from programs import models as programs
from projects import models as projects
from reports import models as reports
from tests import factories as make
from tests.cast import Side
from villages import models as villages


def visit(side: Side, **options: Any) -> cadres.Visit:
    """A visit to the household by its helper, for the unit and with the team."""
    row: cadres.Visit = make.VisitFactory(
        program=side.program, division=side.place, kind=side.word("visit_kind"), **options
    )
    make.VisitParticipantFactory(visit=row, cadre=side.helper, unit=side.unit, team=side.team)
    return row


def need(side: Side) -> cadres.Need:
    """A need for which unit, team and cadre answer."""
    row: cadres.Need = make.NeedFactory(
        program=side.program,
        division=side.place,
        household=side.household,
        category=side.word("need_category"),
        responsible_unit=side.unit,
        responsible_team=side.team,
        responsible_cadre=side.helper,
    )
    return row


def project(side: Side) -> projects.Project:
    """A project of unit and team in the village."""
    row: projects.Project = make.ProjectFactory(
        program=side.program, unit=side.unit, team=side.team, category=side.word("project_category")
    )
    make.ProjectPlaceFactory(project=row, division=side.place)
    return row


def fund(side: Side) -> projects.Fund:
    """Money of the unit for the village."""
    row: projects.Fund = make.FundFactory(
        program=side.program,
        division=side.place,
        unit=side.unit,
        team=side.team,
        source=side.word("fund_source"),
    )
    return row


def meeting(side: Side) -> cadres.Meeting:
    """A meeting of unit and team in the village."""
    row: cadres.Meeting = make.MeetingFactory(
        program=side.program, division=side.place, unit=side.unit, team=side.team, kind=side.word("meeting_kind")
    )
    return row


def document(side: Side) -> cadres.Document:
    """A paper that unit and team handed in."""
    row: cadres.Document = make.DocumentFactory(
        program=side.program,
        division=side.place,
        unit=side.unit,
        team=side.team,
        cadre=side.helper,
        kind=side.word("document_kind"),
    )
    return row


def finding(side: Side) -> inspections.Finding:
    """A problem of the team, found by the group."""
    row: inspections.Finding = make.FindingFactory(
        program=side.program,
        inspection=side.inspection,
        team=side.team,
        unit=side.unit,
        category=side.word("finding_category"),
    )
    return row


def requirement(side: Side) -> programs.Requirement:
    """Something that teams owe."""
    row: programs.Requirement = make.RequirementFactory(program=side.program)
    return row


def figure(side: Side) -> programs.Figure:
    """A figure of the program."""
    row: programs.Figure = make.FigureFactory(program=side.program)
    return row


def assessment(side: Side) -> inspections.Assessment:
    """The unit's assessment of the year."""
    row: inspections.Assessment = make.AssessmentFactory(program=side.program, unit=side.unit)
    return row


def bulletin(side: Side) -> reports.Bulletin:
    """A draft."""
    row: reports.Bulletin = make.BulletinFactory(program=side.program)
    return row


def frozen_figure(side: Side) -> reports.FrozenFigure:
    """A figure of a bulletin that is about to be issued."""
    row: reports.FrozenFigure = make.FrozenFigureFactory(bulletin__program=side.program)
    return row


def inspector_seat(side: Side) -> inspections.InspectionGroupMember:
    """The cadre's seat in the group."""
    row: inspections.InspectionGroupMember = make.InspectionGroupMemberFactory(group=side.group, cadre=side.helper)
    return row


def of_term(factory: Any, field: str, vocabulary: str, **from_side: str) -> Callable[[Side], Any]:
    """A row whose word and owners come from the side."""

    def build(side: Side) -> Any:
        owners = {name: getattr(side, attribute) for name, attribute in from_side.items()}
        return factory(**owners, **{field: side.word(vocabulary)})

    return build


#: Every model of ours with rows of its own.
ROWS: dict[type[models.Model], Callable[[Side], Any]] = {
    programs.Division: lambda s: s.place,
    programs.DivisionName: lambda s: make.DivisionNameFactory(division=s.place),
    programs.Unit: lambda s: s.unit,
    programs.UnitName: lambda s: make.UnitNameFactory(unit=s.unit),
    programs.RoleGrant: lambda s: make.RoleGrantFactory(program=s.program),
    programs.Program: lambda s: s.program,
    programs.Term: lambda s: s.word("visit_kind"),
    programs.Requirement: requirement,
    programs.Figure: figure,
    programs.FigurePart: lambda s: make.FigurePartFactory(program=s.program),
    programs.Block: lambda s: make.BlockFactory(program=s.program),
    programs.Job: lambda s: make.JobFactory(program=s.program),
    programs.JobFile: lambda s: make.JobFileFactory(job__program=s.program),
    programs.Export: lambda s: make.ExportFactory(program=s.program),
    programs.Suggestion: lambda s: make.SuggestionFactory(program=s.program),
    villages.Village: lambda s: s.village,
    villages.VillageYear: lambda s: make.VillageYearFactory(village=s.village),
    villages.VillageTag: of_term(make.VillageTagFactory, "tag", "village_tag", village="village"),
    villages.VillagePerson: lambda s: make.VillagePersonFactory(village=s.village),
    villages.VillageRisk: lambda s: make.VillageRiskFactory(village=s.village),
    villages.Route: lambda s: make.RouteFactory(program=s.program),
    villages.Site: lambda s: make.SiteFactory(program=s.program, division=s.place),
    villages.Household: lambda s: s.household,
    villages.Member: lambda s: s.member,
    villages.HouseholdTag: of_term(make.HouseholdTagFactory, "tag", "household_tag", household="household"),
    villages.MemberTag: of_term(make.MemberTagFactory, "tag", "person_tag", member="member"),
    villages.Hardship: of_term(make.HardshipFactory, "cause", "hardship", household="household"),
    villages.Honour: of_term(make.HonourFactory, "kind", "honour", household="household", program="program"),
    cadres.Cadre: lambda s: s.helper,
    cadres.Post: lambda s: s.helper.posts.get(),
    cadres.Team: lambda s: s.team,
    cadres.TeamMember: lambda s: s.seat,
    cadres.Milestone: of_term(make.MilestoneFactory, "kind", "milestone", team="team"),
    cadres.CadreGroup: lambda s: make.CadreGroupFactory(program=s.program, unit=s.unit),
    cadres.GroupSeat: lambda s: make.GroupSeatFactory(group__program=s.program, cadre=s.helper),
    cadres.Pairing: lambda s: s.household_pairing,
    cadres.Visit: visit,
    cadres.VisitParticipant: lambda s: visit(s).participants.get(),
    cadres.VisitHousehold: lambda s: make.VisitHouseholdFactory(visit=visit(s), household=s.household),
    cadres.Gift: lambda s: make.GiftFactory(program=s.program, division=s.place, unit=s.unit, visit=visit(s)),
    cadres.VisitQuantity: lambda s: make.VisitQuantityFactory(visit=visit(s), item=s.word("quantity")),
    cadres.Need: need,
    cadres.NeedStep: lambda s: make.NeedStepFactory(need=need(s)),
    cadres.Diary: lambda s: make.DiaryFactory(team=s.team, cadre=s.helper),
    cadres.Duty: lambda s: make.DutyFactory(team=s.team, cadre=s.helper),
    cadres.Leave: lambda s: make.LeaveFactory(team=s.team, cadre=s.helper),
    cadres.Meeting: meeting,
    cadres.MeetingItem: lambda s: make.MeetingItemFactory(meeting=meeting(s)),
    cadres.Document: document,
    cadres.DocumentPart: lambda s: make.DocumentPartFactory(document=document(s)),
    cadres.RequirementMark: lambda s: make.RequirementMarkFactory(requirement=requirement(s), team=s.team),
    projects.Project: project,
    projects.ProjectPlace: lambda s: project(s).places.get(),
    projects.StageEntry: lambda s: make.StageEntryFactory(project=project(s), stage=s.word("project_stage")),
    projects.Quantity: lambda s: make.QuantityFactory(project=project(s), item=s.word("quantity")),
    projects.Progress: lambda s: make.ProgressFactory(project=project(s)),
    projects.Fund: fund,
    projects.FundMovement: lambda s: make.FundMovementFactory(fund=fund(s), state=s.word("fund_state")),
    projects.Donation: lambda s: make.DonationFactory(fund=fund(s)),
    inspections.Round: lambda s: s.group.round,
    inspections.InspectionGroup: lambda s: s.group,
    inspections.InspectionGroupMember: inspector_seat,
    inspections.ChecklistItem: lambda s: make.ChecklistItemFactory(program=s.program),
    inspections.Inspection: lambda s: s.inspection,
    inspections.Answer: lambda s: make.AnswerFactory(inspection=s.inspection),
    inspections.Finding: finding,
    inspections.Rectification: lambda s: make.RectificationFactory(finding=finding(s)),
    inspections.Sanction: of_term(make.SanctionFactory, "kind", "sanction", program="program", unit="unit"),
    inspections.Rating: lambda s: make.RatingFactory(program=s.program, household=s.household),
    inspections.AssessmentItem: lambda s: make.AssessmentItemFactory(program=s.program),
    inspections.Assessment: assessment,
    inspections.AssessmentPoint: lambda s: make.AssessmentPointFactory(assessment=assessment(s)),
    reports.BulletinTemplate: lambda s: make.BulletinTemplateFactory(program=s.program),
    reports.CardRemark: lambda s: make.CardRemarkFactory(suggestion__program=s.program, cadre=s.helper),
    reports.ContactCard: lambda s: make.ContactCardFactory(program=s.program, household=s.household),
    reports.NoticeBoard: lambda s: make.NoticeBoardFactory(program=s.program, village=s.village),
    reports.Paper: lambda s: make.PaperFactory(program=s.program),
    reports.Bulletin: bulletin,
    reports.BulletinStep: lambda s: make.BulletinStepFactory(bulletin=bulletin(s)),
    reports.FrozenFigure: frozen_figure,
    reports.FrozenRow: lambda s: make.FrozenRowFactory(figure=frozen_figure(s)),
}
