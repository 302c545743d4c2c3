"""Factories of rounds, findings and assessments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from factory.declarations import SelfAttribute, Sequence, SubFactory, Trait

from inspections import models as inspections
from tests.factories.base import DjangoModelFactory, term
from tests.factories.cadres import CadreFactory, TeamFactory
from tests.factories.programs import ProgramFactory, UnitFactory, UserFactory
from tests.factories.villages import HouseholdFactory


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Round

    program = SubFactory(ProgramFactory)
    name = Sequence(lambda n: f"第{n}轮督查")
    starts_on = dt.date(2015, 6, 15)
    ends_on = dt.date(2015, 6, 26)


class InspectionGroupFactory(DjangoModelFactory):
    class Meta:
        model = inspections.InspectionGroup

    round = SubFactory(RoundFactory)
    name = Sequence(lambda n: f"督查{n}组")


class InspectionGroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = inspections.InspectionGroupMember

    group = SubFactory(InspectionGroupFactory)
    cadre = SubFactory(CadreFactory)

    class Params:
        with_account = Trait(cadre=SubFactory(CadreFactory, with_account=True))


class ChecklistItemFactory(DjangoModelFactory):
    class Meta:
        model = inspections.ChecklistItem

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"item-{n}")
    text = "驻村工作日记是否按日记录？"


class InspectionFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Inspection

    round = SubFactory(RoundFactory)
    group = SubFactory(InspectionGroupFactory, round=SelfAttribute("..round"))
    team = SubFactory(TeamFactory, program=SelfAttribute("..round.program"))

    class Params:
        carried_out = Trait(visited_on=dt.date(2015, 6, 16), notes="已到村。")


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Answer

    inspection = SubFactory(InspectionFactory)
    item = SubFactory(ChecklistItemFactory, program=SelfAttribute("..inspection.round.program"))
    value = "是"


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Finding

    program = SubFactory(ProgramFactory)
    category = term("finding_category")
    team = SubFactory(TeamFactory, program=SelfAttribute("..program"))
    division = SelfAttribute("team.village.division")
    text = "驻村工作日记信息记录不详。"
    found_on = dt.date(2015, 6, 16)
    due_on = dt.date(2015, 7, 10)
    recorded_by = SubFactory(UserFactory)

    class Params:
        praise = Trait(
            kind=inspections.Finding.Kind.PRAISE, category=term("praise_category"), due_on=None, text="行动迅速。"
        )
        closed = Trait(closed_on=dt.date(2015, 6, 30))


class RectificationFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Rectification

    finding = SubFactory(FindingFactory)
    on = dt.date(2015, 6, 25)
    text = "已补记。"
    fixed_by = SubFactory(UserFactory)

    class Params:
        accepted = Trait(
            verdict=inspections.Rectification.Verdict.ACCEPTED,
            checked_on=dt.date(2015, 6, 28),
            checked_by=SubFactory(UserFactory),
        )


class SanctionFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Sanction

    program = SubFactory(ProgramFactory)
    kind = term("sanction")
    unit = SubFactory(UnitFactory)
    decided_by = "示例办公室"
    decided_on = dt.date(2015, 7, 1)


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Rating

    program = SubFactory(ProgramFactory)
    title = "星级户评议"
    household = SubFactory(HouseholdFactory)
    scale = 10
    value = Decimal("8.00")
    by = "村民代表会议"
    on = dt.date(2015, 6, 30)


class AssessmentItemFactory(DjangoModelFactory):
    class Meta:
        model = inspections.AssessmentItem

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"item-{n}")
    title = "主要领导到村走访"
    weight = Decimal("10.00")
    source = inspections.AssessmentItem.Source.PEOPLE


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = inspections.Assessment

    program = SubFactory(ProgramFactory)
    year = 2015
    unit = SubFactory(UnitFactory)


class AssessmentPointFactory(DjangoModelFactory):
    class Meta:
        model = inspections.AssessmentPoint

    assessment = SubFactory(AssessmentFactory)
    item = SubFactory(AssessmentItemFactory, program=SelfAttribute("..assessment.program"))
    self_score = Decimal("9.00")
    score = Decimal("8.00")
