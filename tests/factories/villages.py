"""Factories of villages, households and people."""

from __future__ import annotations

import datetime as dt

from factory.declarations import SelfAttribute, Sequence, SubFactory, Trait

from tests.factories.base import SINCE, DjangoModelFactory, term
from tests.factories.programs import PlaceFactory, ProgramFactory
from villages import models as villages


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
    name = Sequence(lambda n: f"示例线{n}")


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
