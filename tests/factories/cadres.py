"""Factories of cadres, teams, pairings and what they did."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from factory.declarations import LazyAttribute, RelatedFactory, SelfAttribute, Sequence, SubFactory, Trait

from cadres import models as cadres
from tests.factories.base import SINCE, DjangoModelFactory, at, term
from tests.factories.programs import PlaceFactory, ProgramFactory, RequirementFactory, UnitFactory, UserFactory
from tests.factories.villages import HouseholdFactory, VillageFactory


class CadreFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Cadre

    name = Sequence(lambda n: f"示例干部{n}")

    class Params:
        with_account = Trait(user=SubFactory(UserFactory, display_name=SelfAttribute("..name")))


class PostFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Post

    cadre = SubFactory(CadreFactory)
    unit = SubFactory(UnitFactory)
    title = "科员"
    since = SINCE

    class Params:
        principal = Trait(title="局长", leadership=cadres.Leadership.PRINCIPAL)
        secondment = Trait(title="技术员", is_secondment=True, division=SubFactory(PlaceFactory))


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Team
        skip_postgeneration_save = True

    program = SubFactory(ProgramFactory)
    village = SubFactory(VillageFactory)
    unit = SubFactory(UnitFactory)
    name = Sequence(lambda n: f"示例驻村工作队{n}")
    since = SINCE

    class Params:
        with_first_secretary = Trait(
            first_secretary=RelatedFactory(
                "tests.factories.TeamMemberFactory", factory_related_name="team", role="first_secretary"
            )
        )


class TeamMemberFactory(DjangoModelFactory):
    class Meta:
        model = cadres.TeamMember

    team = SubFactory(TeamFactory)
    cadre = SubFactory(CadreFactory)
    unit = LazyAttribute(lambda o: o.team.unit)
    since = SINCE

    class Params:
        first_secretary = Trait(role=cadres.TeamMember.Role.FIRST_SECRETARY)
        with_account = Trait(cadre=SubFactory(CadreFactory, with_account=True))


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Milestone

    team = SubFactory(TeamFactory)
    kind = term("milestone", program=SelfAttribute("..team.program"))
    reached_on = dt.date(2015, 4, 10)


class CadreGroupFactory(DjangoModelFactory):
    class Meta:
        model = cadres.CadreGroup

    program = SubFactory(ProgramFactory)
    name = "示例领导小组"


class GroupSeatFactory(DjangoModelFactory):
    class Meta:
        model = cadres.GroupSeat

    group = SubFactory(CadreGroupFactory)
    cadre = SubFactory(CadreFactory)
    since = SINCE


class PairingFactory(DjangoModelFactory):
    """A unit that helps a village, unless a trait says otherwise."""

    class Meta:
        model = cadres.Pairing

    program = SubFactory(ProgramFactory)
    mode = cadres.Pairing.Mode.UNIT_VILLAGE
    unit = SubFactory(UnitFactory)
    division = SubFactory(PlaceFactory)
    place = SelfAttribute("division")
    since = SINCE

    class Params:
        cadre_household = Trait(
            mode=cadres.Pairing.Mode.CADRE_HOUSEHOLD,
            unit=None,
            division=None,
            cadre=SubFactory(CadreFactory),
            household=SubFactory(HouseholdFactory),
            place=SelfAttribute("household.division"),
        )
        ended = Trait(until=dt.date(2015, 5, 31), end_reason="轮换")


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Visit

    program = SubFactory(ProgramFactory)
    division = SubFactory(PlaceFactory)
    kind = term("visit_kind")
    happened_at = at(dt.date(2015, 5, 12))
    recorded_by = SubFactory(UserFactory)
    said = "了解了示例村的基本情况。"

    class Params:
        voiding = Trait(
            replaces=SubFactory(
                "tests.factories.VisitFactory",
                is_current=False,
                program=SelfAttribute("..program"),
                division=SelfAttribute("..division"),
                kind=SelfAttribute("..kind"),
            ),
            is_void=True,
            correction_reason="登记有误",
        )


class VisitParticipantFactory(DjangoModelFactory):
    class Meta:
        model = cadres.VisitParticipant

    visit = SubFactory(VisitFactory)
    cadre = SubFactory(CadreFactory)

    class Params:
        principal = Trait(leadership=cadres.Leadership.PRINCIPAL)


class VisitHouseholdFactory(DjangoModelFactory):
    class Meta:
        model = cadres.VisitHousehold

    visit = SubFactory(VisitFactory)
    household = SubFactory(HouseholdFactory, division=SelfAttribute("..visit.division"))


class GiftFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Gift

    program = SubFactory(ProgramFactory)
    division = SubFactory(PlaceFactory)
    given_on = dt.date(2015, 5, 12)
    amount = Decimal("200.00")

    class Params:
        in_kind = Trait(
            kind=cadres.Gift.Kind.GOODS, amount=Decimal("80.00"), goods="示例大米", quantity=2, unit_name="袋"
        )


class VisitQuantityFactory(DjangoModelFactory):
    class Meta:
        model = cadres.VisitQuantity

    visit = SubFactory(VisitFactory)
    item = term("quantity", program=SelfAttribute("..visit.program"))
    amount = Decimal("3.00")


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Need

    program = SubFactory(ProgramFactory)
    division = SubFactory(PlaceFactory)
    category = term("need_category")
    text = "村内示例道路没有硬化。"
    raised_on = dt.date(2015, 5, 12)
    due_on = dt.date(2015, 6, 30)
    recorded_by = SubFactory(UserFactory)

    class Params:
        closed = Trait(closed_on=dt.date(2015, 6, 20), close_reason="已硬化", solved=True)


class NeedStepFactory(DjangoModelFactory):
    class Meta:
        model = cadres.NeedStep

    need = SubFactory(NeedFactory)
    on = dt.date(2015, 5, 20)
    text = "已与有关部门联系。"
    by = SubFactory(UserFactory)


class DiaryFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Diary

    team = SubFactory(TeamFactory)
    cadre = SubFactory(CadreFactory)
    on = dt.date(2015, 5, 12)
    text = "与村两委商议全年计划。"


class DutyFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Duty

    team = SubFactory(TeamFactory)
    cadre = SubFactory(CadreFactory)
    on = dt.date(2015, 5, 12)
    recorded_by = SubFactory(UserFactory)


class LeaveFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Leave

    team = SubFactory(TeamFactory)
    cadre = SubFactory(CadreFactory)
    reason = "示例事由"
    since = dt.date(2015, 6, 1)
    until = dt.date(2015, 6, 2)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Meeting

    program = SubFactory(ProgramFactory)
    kind = term("meeting_kind")
    on = dt.date(2015, 5, 28)
    division = SubFactory(PlaceFactory)
    title = "月底例会"
    recorded_by = SubFactory(UserFactory)


class MeetingItemFactory(DjangoModelFactory):
    class Meta:
        model = cadres.MeetingItem

    meeting = SubFactory(MeetingFactory)
    side = cadres.MeetingItem.Side.DECISION
    text = "六月底前完成选址。"


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = cadres.Document

    program = SubFactory(ProgramFactory)
    kind = term("document_kind")
    title = "全年工作计划"
    division = SubFactory(PlaceFactory)
    received_on = dt.date(2015, 5, 20)
    recorded_by = SubFactory(UserFactory)


class DocumentPartFactory(DjangoModelFactory):
    class Meta:
        model = cadres.DocumentPart

    document = SubFactory(DocumentFactory)
    name = "目标"
    text = "年内硬化道路。"


class RequirementMarkFactory(DjangoModelFactory):
    """An office's tick that a team has done it; the traits excuse it instead or tick a unit."""

    class Meta:
        model = cadres.RequirementMark

    requirement = SubFactory(RequirementFactory)
    team = SubFactory(TeamFactory, program=SelfAttribute("..requirement.program"))
    period_start = dt.date(2015, 3, 1)
    verdict = cadres.RequirementMark.Verdict.DONE
    on = dt.date(2015, 6, 1)
    source = cadres.RequirementMark.Source.PHONE
    recorded_by = SubFactory(UserFactory)

    class Params:
        excused = Trait(
            verdict=cadres.RequirementMark.Verdict.EXCUSED, source="", reason="防汛", approver="示例办公室主任"
        )
        withdrawn = Trait(withdrawn_at=at(dt.date(2015, 6, 2)))
