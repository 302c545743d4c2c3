"""Factories of bulletins and what is frozen with them."""

from __future__ import annotations

from decimal import Decimal

from factory.declarations import SelfAttribute, Sequence, SubFactory, Trait

from reports import models as reports
from tests.factories.base import TODAY, DjangoModelFactory, at
from tests.factories.cadres import CadreFactory
from tests.factories.programs import ProgramFactory, SuggestionFactory, UserFactory
from tests.factories.villages import HouseholdFactory, VillageFactory


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


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = reports.Paper
        django_get_or_create = ("program", "kind")

    program = SubFactory(ProgramFactory)
    kind = reports.Paper.Kind.CARD
    title = "包户联系卡"


class ContactCardFactory(DjangoModelFactory):
    class Meta:
        model = reports.ContactCard

    program = SubFactory(ProgramFactory)
    household = SubFactory(HouseholdFactory)


class NoticeBoardFactory(DjangoModelFactory):
    class Meta:
        model = reports.NoticeBoard
        django_get_or_create = ("program", "village")

    program = SubFactory(ProgramFactory)
    village = SubFactory(VillageFactory)


class CardRemarkFactory(DjangoModelFactory):
    class Meta:
        model = reports.CardRemark

    suggestion = SubFactory(SuggestionFactory)
    cadre = SubFactory(CadreFactory)


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
    aspects = {
        "used": {"": "96个"},
        "made_of": [],
        "groups": [
            {
                "key": "done",
                "label": "已完成",
                "count": 96,
                "text": "96个",
                "names": [],
                "columns": ["单位", "级别"],
                "is_complete": True,
            }
        ],
    }


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
