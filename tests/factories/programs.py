"""Factories of places, units, accounts, programs and their configuration."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from factory.declarations import (
    LazyAttribute,
    LazyAttributeSequence,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
)
from factory.django import Password

from programs import models as programs
from programs.models import DivisionLevel, Role, Term
from tests.factories.base import PASSWORD, SINCE, TODAY, DjangoModelFactory


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
    code = LazyAttributeSequence(lambda o, n: f"{o.parent.code}{110 + n % 890}")
    name = LazyAttribute(lambda o: f"示例{int(o.code[6:])}镇")
    level = DivisionLevel.TOWN


class PlaceFactory(DivisionFactory):
    """A division at village level, without a profile; numbers below 300 and towns below 110 are those of the cast."""

    parent = SubFactory(TownFactory)
    code = LazyAttributeSequence(lambda o, n: f"{o.parent.code}{300 + n % 700}")
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


class JobFileFactory(DjangoModelFactory):
    class Meta:
        model = programs.JobFile

    job = SubFactory(JobFactory)
    name = "示例.txt"
    file = LazyFunction(lambda: ContentFile(b"done", "example.txt"))
    size = 4


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
