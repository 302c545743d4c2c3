"""One factory for each model: the least rows that make sense together, with traits for what tests vary."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from factory.declarations import (
    LazyAttribute,
    LazyAttributeSequence,
    RelatedFactory,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
)
from factory.django import Password

from cadres import models as cadres
from inspections import models as inspections
from programs import models as programs
from programs.models import DivisionLevel, Role, Term
from projects import models as projects
from reports import models as reports
from villages import models as villages

if TYPE_CHECKING:
    # A call of a factory gives a row of its model, which the package's own types do not say.
    DjangoModelFactory: Any
else:
    from factory.django import DjangoModelFactory

#: The day that "now" is in the programs of tests, and the day their work began.
TODAY = dt.date(2015, 7, 3)
SINCE = dt.date(2015, 4, 1)
#: The password of every account of the tests.
PASSWORD = "test-2015-Zhaoyuan"


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment of a day in China."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def term(vocabulary: str, **options: Any) -> Any:
    """A word of the row's own program; ``program`` may name another way to it."""
    options.setdefault("program", SelfAttribute("..program"))
    return SubFactory(TermFactory, vocabulary=vocabulary, **options)


# programs


class DivisionFactory(DjangoModelFactory):
    """A county by default; ``code`` decides what lies within what."""

    class Meta:
        model = programs.Division
        django_get_or_create = ("code",)

    code: Any = "370685"
    name: Any = "招远市"
    short_name: Any = SelfAttribute("name")
    level = DivisionLevel.COUNTY

    class Params:
        retired = Trait(retired_on=dt.date(2014, 12, 31))


class TownFactory(DivisionFactory):
    parent = SubFactory(DivisionFactory)
    code = LazyAttributeSequence(lambda o, n: f"{o.parent.code}{100 + n % 900}")
    name = LazyAttribute(lambda o: f"示例{int(o.code[6:])}镇")
    level = DivisionLevel.TOWN


class PlaceFactory(DivisionFactory):
    """A division at village level, without a profile."""

    parent = SubFactory(TownFactory)
    code = LazyAttributeSequence(lambda o, n: f"{o.parent.code}{200 + n % 800}")
    name = LazyAttribute(lambda o: f"示例{int(o.code[9:])}村村民委员会")
    short_name = LazyAttribute(lambda o: o.name.removesuffix("村民委员会"))
    level = DivisionLevel.VILLAGE


class GroupPlaceFactory(DivisionFactory):
    """A group (村民小组) below a village."""

    parent = SubFactory(PlaceFactory)
    code = LazyAttributeSequence(lambda o, n: f"{o.parent.code}{1 + n % 99:03}")
    name = LazyAttribute(lambda o: f"第{int(o.code[12:])}组")
    level = DivisionLevel.GROUP


class DivisionNameFactory(DjangoModelFactory):
    class Meta:
        model = programs.DivisionName

    division = SubFactory(PlaceFactory)
    name = "示例老村村民委员会"
    short_name = "示例老村"
    until = dt.date(2014, 12, 31)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = programs.Unit

    name: Any = Sequence(lambda n: f"示例县第{n}局")
    short_name = LazyAttribute(lambda o: o.name.removeprefix("示例县"))
    division: Any = SubFactory(DivisionFactory)
    level = programs.UnitLevel.COUNTY
    is_fictional = True

    class Params:
        stationed = Trait(level=programs.UnitLevel.STATIONED)
        town_government = Trait(level=programs.UnitLevel.TOWN, division=SubFactory(TownFactory))
        retired = Trait(retired_on=dt.date(2015, 5, 31))


class SectionFactory(UnitFactory):
    """A section (科室) of a unit."""

    parent = SubFactory(UnitFactory)
    division = SelfAttribute("parent.division")
    name = "办公室"


class UnitNameFactory(DjangoModelFactory):
    class Meta:
        model = programs.UnitName

    unit = SubFactory(UnitFactory)
    name = "示例老局"
    since = dt.date(2000, 1, 1)
    until = dt.date(2014, 12, 31)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = programs.User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"user{n}")
    display_name = Sequence(lambda n: f"示例账号{n}")
    password = Password(PASSWORD)

    class Params:
        administrator = Trait(is_staff=True, is_superuser=True)


class ProgramFactory(DjangoModelFactory):
    """A program pinned to the day of the 招远 bulletin."""

    class Meta:
        model = programs.Program

    code = Sequence(lambda n: f"program-{n}")
    name = "第一书记暨后进村帮扶"
    short_name = Sequence(lambda n: f"后进村帮扶{n}")
    jurisdiction = SubFactory(DivisionFactory)
    office = "示例市后进村帮扶工作领导小组办公室"
    starts_on = dt.date(2015, 3, 1)
    ends_on = dt.date(2018, 3, 1)
    pinned_on = TODAY

    class Params:
        live = Trait(pinned_on=None)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = programs.RoleGrant

    user = SubFactory(UserFactory)
    program = SubFactory(ProgramFactory)
    role = Role.COUNTY
    since = SINCE

    class Params:
        of_town = Trait(role=Role.TOWN, division=SubFactory(TownFactory))
        of_unit = Trait(role=Role.UNIT, unit=SubFactory(UnitFactory))
        ended = Trait(until=dt.date(2015, 6, 30))


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term
        django_get_or_create = ("program", "vocabulary", "code")

    program = SubFactory(ProgramFactory)
    vocabulary = Term.Vocabulary.VISIT_KIND
    code = "first"
    label = LazyAttribute(lambda o: f"{Term.Vocabulary(o.vocabulary).label}（{o.code}）")


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = programs.Requirement

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"requirement-{n}")
    name = "提交全年工作计划"
    subject = programs.Requirement.Subject.TEAM
    evidence = "document"
    due_on = dt.date(2015, 6, 30)


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = programs.Figure

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"SL-{n}")
    title = "结对村数"


class FigurePartFactory(DjangoModelFactory):
    class Meta:
        model = programs.FigurePart

    program = SubFactory(ProgramFactory)
    figure = SubFactory(FigureFactory, program=SelfAttribute("..program"))
    key = Sequence(lambda n: f"part-{n}")
    label = "后进村"
    measure = "villages"
    unit = "个"

    class Params:
        of_requirement = Trait(
            measure="", requirement=SubFactory(RequirementFactory, program=SelfAttribute("..program"))
        )


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = programs.Block

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"block-{n}")
    title = "各镇街走访次数"
    measure = "visits"
    group_by = "town"
    unit = "次"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = programs.Job

    kind = "example"
    title = "示例任务"
    params = {"rows": 2}
    checkpoint = {"row": 0}
    owner = SubFactory(UserFactory)
    program = SubFactory(ProgramFactory)


class ExportFactory(DjangoModelFactory):
    class Meta:
        model = programs.Export

    user = SubFactory(UserFactory)
    program = SubFactory(ProgramFactory)
    what = "村"
    row_count = 2


class SuggestionFactory(DjangoModelFactory):
    class Meta:
        model = programs.Suggestion

    program = SubFactory(ProgramFactory)
    user = SubFactory(UserFactory)
    text = "列表的字可以大一些。"


# villages


class VillageFactory(DjangoModelFactory):
    class Meta:
        model = villages.Village

    division = SubFactory(PlaceFactory)
    name = SelfAttribute("division.short_name")
    is_fictional = True


class VillageYearFactory(DjangoModelFactory):
    class Meta:
        model = villages.VillageYear

    village = SubFactory(VillageFactory)
    year = 2015
    households = 210
    population = 640


class VillageTagFactory(DjangoModelFactory):
    class Meta:
        model = villages.VillageTag

    class Params:
        program = SubFactory(ProgramFactory)

    village = SubFactory(VillageFactory)
    tag = term("village_tag")
    since = SINCE


class VillagePersonFactory(DjangoModelFactory):
    class Meta:
        model = villages.VillagePerson

    village = SubFactory(VillageFactory)
    kind = villages.VillagePerson.Kind.COMMITTEE
    name = "示例村支部书记"
    since = SINCE


class VillageRiskFactory(DjangoModelFactory):
    class Meta:
        model = villages.VillageRisk

    village = SubFactory(VillageFactory)
    text = "示例山林边界争议"
    since = SINCE


class RouteFactory(DjangoModelFactory):
    class Meta:
        model = villages.Route

    program = SubFactory(ProgramFactory)
    name = "示例线"


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = villages.Site

    program = SubFactory(ProgramFactory)
    route = SubFactory(RouteFactory, program=SelfAttribute("..program"))
    division = SubFactory(PlaceFactory)
    name = "示例节点"


class HouseholdFactory(DjangoModelFactory):
    class Meta:
        model = villages.Household

    division = SubFactory(PlaceFactory)
    number = Sequence(lambda n: f"{n:04}")
    head = Sequence(lambda n: f"示例户主{n}")
    is_fictional = True

    class Params:
        personal = Trait(phone="13800000000", identity_number="370685197001010011", address="示例村1号")
        moved_out = Trait(moved_out_on=dt.date(2015, 5, 31))


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = villages.Member

    household = SubFactory(HouseholdFactory)
    name = Sequence(lambda n: f"示例成员{n}")
    relation = "配偶"

    class Params:
        alone = Trait(household=None, division=SubFactory(PlaceFactory), relation="")


class HouseholdTagFactory(DjangoModelFactory):
    class Meta:
        model = villages.HouseholdTag

    class Params:
        program = SubFactory(ProgramFactory)

    household = SubFactory(HouseholdFactory)
    tag = term("household_tag")
    since = SINCE


class MemberTagFactory(DjangoModelFactory):
    class Meta:
        model = villages.MemberTag

    class Params:
        program = SubFactory(ProgramFactory)

    member = SubFactory(MemberFactory)
    tag = term("person_tag")
    since = SINCE


class HardshipFactory(DjangoModelFactory):
    class Meta:
        model = villages.Hardship

    class Params:
        program = SubFactory(ProgramFactory)

    household = SubFactory(HouseholdFactory)
    cause = term("hardship")
    since = SINCE


class HonourFactory(DjangoModelFactory):
    class Meta:
        model = villages.Honour

    program = SubFactory(ProgramFactory)
    household = SubFactory(HouseholdFactory)
    kind = term("honour")
    given_on = dt.date(2015, 5, 8)


# cadres


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


# projects


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = projects.Project
        skip_postgeneration_save = True

    program = SubFactory(ProgramFactory)
    name = "示例道路硬化"
    unit = SubFactory(UnitFactory)
    submitted_on = dt.date(2015, 5, 20)

    class Params:
        promised = Trait(is_promised=True)
        placed = Trait(place=RelatedFactory("tests.factories.ProjectPlaceFactory", factory_related_name="project"))


class ProjectPlaceFactory(DjangoModelFactory):
    class Meta:
        model = projects.ProjectPlace

    project = SubFactory(ProjectFactory)
    division = SubFactory(PlaceFactory)


class StageEntryFactory(DjangoModelFactory):
    class Meta:
        model = projects.StageEntry

    project = SubFactory(ProjectFactory)
    stage = term("project_stage", program=SelfAttribute("..project.program"))
    entered_on = dt.date(2015, 5, 20)


class QuantityFactory(DjangoModelFactory):
    class Meta:
        model = projects.Quantity

    project = SubFactory(ProjectFactory)
    item = term("quantity", program=SelfAttribute("..project.program"), unit="平方米")
    planned = Decimal("2000.00")
    done = Decimal("1200.00")


class ProgressFactory(DjangoModelFactory):
    class Meta:
        model = projects.Progress

    project = SubFactory(ProjectFactory)
    on = dt.date(2015, 6, 10)
    text = "路基已完成。"
    recorded_by = SubFactory(UserFactory)


class FundFactory(DjangoModelFactory):
    class Meta:
        model = projects.Fund

    program = SubFactory(ProgramFactory)
    division = SubFactory(PlaceFactory)
    source = term("fund_source")
    purpose = "道路硬化"
    low = Decimal("350000.00")
    high = SelfAttribute("low")
    recorded_on = dt.date(2015, 6, 1)

    class Params:
        ranged = Trait(kind=projects.Fund.Kind.INVESTMENT, low=Decimal("50000000.00"), high=Decimal("100000000.00"))


class FundMovementFactory(DjangoModelFactory):
    class Meta:
        model = projects.FundMovement

    fund = SubFactory(FundFactory)
    state = term("fund_state", program=SelfAttribute("..fund.program"))
    on = dt.date(2015, 6, 5)
    low = SelfAttribute("fund.low")
    high = SelfAttribute("fund.high")


class DonationFactory(DjangoModelFactory):
    class Meta:
        model = projects.Donation

    fund = SubFactory(FundFactory)
    donors = 22
    amount = Decimal("1083.40")
    on = dt.date(2015, 6, 5)


# inspections


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


# reports


class BulletinTemplateFactory(DjangoModelFactory):
    class Meta:
        model = reports.BulletinTemplate

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"template-{n}")
    name = "督查通报"
    masthead = "帮扶工作简报"
    office = "示例市帮扶工作办公室"
    title = "帮扶工作督查情况通报"
    body = "一、督查基本情况\n全市后进村帮扶工作开局良好。"


class BulletinFactory(DjangoModelFactory):
    class Meta:
        model = reports.Bulletin

    program = SubFactory(ProgramFactory)
    year = 2015
    number = Sequence(lambda n: 1 + n)
    date = TODAY
    as_of = TODAY
    masthead = "帮扶工作简报"
    office = "示例市帮扶工作办公室"
    title = "帮扶工作督查情况通报"
    body = "一、督查基本情况\n全市后进村帮扶工作开局良好。"
    copies = 160
    drafted_by = SubFactory(UserFactory)

    class Params:
        issued = Trait(
            state=reports.Bulletin.State.ISSUED,
            issued_at=at(TODAY, 16),
            issued_program_id=SelfAttribute("program.pk"),
            frozen_text=SelfAttribute("body"),
            digest="0" * 64,
        )


def issue(bulletin: reports.Bulletin) -> reports.Bulletin:
    """Freeze a bulletin as its last step does; what belongs to it has to be there before."""
    bulletin.state = reports.Bulletin.State.ISSUED
    bulletin.issued_at = at(TODAY, 16)
    bulletin.issued_program_id = bulletin.program_id
    bulletin.frozen_text = bulletin.body
    bulletin.digest = "0" * 64
    bulletin.save()
    return bulletin


class BulletinStepFactory(DjangoModelFactory):
    class Meta:
        model = reports.BulletinStep

    bulletin = SubFactory(BulletinFactory)
    kind = reports.BulletinStep.Kind.SUBMITTED
    by = SelfAttribute("bulletin.drafted_by")
    at = at(TODAY, 10)


class FrozenFigureFactory(DjangoModelFactory):
    class Meta:
        model = reports.FrozenFigure

    bulletin = SubFactory(BulletinFactory)
    key = Sequence(lambda n: f"part-{n}")
    label = "主要领导到村走访的单位"
    value = Decimal(96)
    of = Decimal(116)
    unit = "个"
    text = "96个"
    as_of = TODAY
    aspects = {"done": 96}


class FrozenRowFactory(DjangoModelFactory):
    class Meta:
        model = reports.FrozenRow

    figure = SubFactory(FrozenFigureFactory)
    aspect = "done"
    position = Sequence(lambda n: n)
    model = "programs.unit"
    object_id = "1"
    name = "示例局"
    cells = ["示例局", "县直"]
