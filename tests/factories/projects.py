"""Factories of projects and funds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from factory.declarations import RelatedFactory, SelfAttribute, SubFactory, Trait

from projects import models as projects
from tests.factories.base import DjangoModelFactory, term
from tests.factories.programs import PlaceFactory, ProgramFactory, UnitFactory, UserFactory


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
