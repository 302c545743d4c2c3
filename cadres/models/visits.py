"""Visits with all that happens on them, and the needs that are heard."""

from __future__ import annotations

import uuid
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models.people import Cadre, Leadership, Team
from programs.models import Division, Program, Unit
from programs.models.base import term_key
from programs.scoping import ScopedQuerySet
from villages.models import Household, Member


class VisitQuerySet(ScopedQuerySet):
    """Visits; only current versions count."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "unit": "participants__unit_id",
        "team": "participants__team_id",
        "cadre": "participants__cadre_id",
        "user": "recorded_by_id",
    }

    def counted(self) -> Self:
        """Visits that stand: neither replaced by a later version nor voided."""
        return self.filter(is_current=True, is_void=False)


@pghistory.track()
class Visit(models.Model):
    """走访: one trip to a village or to some of its households. Append-only: a correction is a new version that names
    the one it replaces, and a void version takes the visit back.

    ``happened_at`` is when it took place, ``received_at`` when the server heard of it. ``recorded_by`` may be
    somebody else than those who went.
    """

    class Outcome(models.TextChoices):
        """Whether those visited were met."""

        MET = "met", "见面"
        ABSENT = "absent", "不在家"
        PHONE = "phone", "电话"

    uuid = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="visits")
    division = models.ForeignKey(Division, verbose_name="所到村", on_delete=models.PROTECT, related_name="visits")
    kind = term_key("种类", "visit_kind")
    happened_at = models.DateTimeField("走访时间")
    received_at = models.DateTimeField("收到时间", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="recorded_visits"
    )
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices, default=Outcome.MET)
    said = models.TextField("了解到的情况", blank=True)
    did = models.TextField("做了什么", blank=True)
    replaces = models.OneToOneField(
        "self", verbose_name="更正", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    correction_reason = models.CharField("更正原因", max_length=200, blank=True)
    is_current = models.BooleanField("现行", default=True, editable=False)
    is_void = models.BooleanField("作废", default=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_void=False) | Q(replaces__isnull=False),
                name="visit_void_replaces",
                violation_error_message="作废须指明所作废的走访。",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="visit_not_own_version",
                violation_error_message="走访不能更正自己。",
            ),
        ]
        indexes = [
            models.Index(fields=["program", "division", "happened_at"], name="visit_program_place"),
            models.Index(
                fields=["program", "happened_at"],
                condition=Q(is_current=True, is_void=False),
                name="visit_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.happened_at):%Y-%m-%d}走访"


class OfVisitQuerySet(ScopedQuerySet):
    """Rows that belong to a visit."""

    reach_paths = {
        "program": "visit__program_id",
        "division": "visit__division_id",
        "unit": "visit__participants__unit_id",
        "team": "visit__participants__team_id",
        "cadre": "visit__participants__cadre_id",
    }


class VisitParticipant(models.Model):
    """走访人: who went, for which unit and team and in what position at that time."""

    visit = models.ForeignKey(Visit, verbose_name="走访", on_delete=models.CASCADE, related_name="participants")
    cadre = models.ForeignKey(Cadre, verbose_name="干部", on_delete=models.PROTECT, related_name="participations")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    leadership = models.CharField("岗位", max_length=20, choices=Leadership.choices, default=Leadership.STAFF)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访人"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "cadre"],
                name="visit_participant_once",
                violation_error_message="该干部已在这次走访中。",
            )
        ]
        indexes = [models.Index(fields=["unit", "leadership"], name="participant_unit")]

    def __str__(self) -> str:
        return str(self.cadre)


class VisitHousehold(models.Model):
    """走访户: a household on the trip, with a word of its own where it differs."""

    visit = models.ForeignKey(Visit, verbose_name="走访", on_delete=models.CASCADE, related_name="households")
    household = models.ForeignKey(Household, verbose_name="农户", on_delete=models.PROTECT, related_name="visits")
    outcome = models.CharField("结果", max_length=20, choices=Visit.Outcome.choices, default=Visit.Outcome.MET)
    note = models.CharField("该户情况", max_length=500, blank=True)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访户"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "household"],
                name="visit_household_once",
                violation_error_message="该户已在这次走访中。",
            )
        ]

    def __str__(self) -> str:
        return str(self.household)


class GiftQuerySet(ScopedQuerySet):
    """Gifts handed over."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "unit": ["unit_id", "visit__participants__unit_id"],
        "team": "visit__participants__team_id",
        "cadre": "visit__participants__cadre_id",
    }


@pghistory.track()
class Gift(models.Model):
    """慰问: money (yuan, to the 分) or goods with quantity and value, handed to a household, a person or a village."""

    class Kind(models.TextChoices):
        """Money or goods."""

        MONEY = "money", "慰问金"
        GOODS = "goods", "慰问品"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="gifts")
    division = models.ForeignKey(Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="gifts")
    visit = models.ForeignKey(
        Visit, verbose_name="走访", null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="出资单位", null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    member = models.ForeignKey(
        Member, verbose_name="人员", null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, default=Kind.MONEY)
    source = term_key("来源", "fund_source", null=True, blank=True)
    given_on = models.DateField("日期")
    amount = models.DecimalField("金额或价值（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    goods = models.CharField("物品", max_length=100, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit_name = models.CharField("单位", max_length=20, blank=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "慰问"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="gift_amount_positive",
                violation_error_message="金额须大于 0。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="money") | Q(amount__isnull=False),
                name="gift_money_has_amount",
                violation_error_message="慰问金须填金额。",
            ),
        ]

    def __str__(self) -> str:
        return self.goods or f"{self.amount}元"


@pghistory.track()
class VisitQuantity(models.Model):
    """走访中完成的实物量: an afternoon's clean-up: 3 吨."""

    visit = models.ForeignKey(Visit, verbose_name="走访", on_delete=models.CASCADE, related_name="quantities")
    item = term_key("项目", "quantity")
    amount = models.DecimalField("数量", max_digits=14, decimal_places=2)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访实物量"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="visit_quantity_positive", violation_error_message="数量须大于 0。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}{self.amount}"


class NeedQuerySet(ScopedQuerySet):
    """Needs; open ones stay in sight."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "unit": ["responsible_unit_id", "visit__participants__unit_id"],
        "team": ["responsible_team_id", "visit__participants__team_id"],
        "cadre": ["responsible_cadre_id", "visit__participants__cadre_id"],
        "user": "recorded_by_id",
    }

    def open(self) -> Self:
        """Needs not yet closed."""
        return self.filter(closed_on__isnull=True)


@pghistory.track()
class Need(models.Model):
    """诉求: something asked for, from a visit, an inspection or an entry, until it is closed (销号) with a reason."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="needs")
    division = models.ForeignKey(Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="needs")
    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    visit = models.ForeignKey(
        Visit, verbose_name="来自走访", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    category = term_key("类别", "need_category")
    text = models.TextField("内容")
    persons = models.PositiveIntegerField("人次", default=1)
    raised_on = models.DateField("提出日期")
    due_on = models.DateField("办理期限", null=True, blank=True)
    responsible_unit = models.ForeignKey(
        Unit, verbose_name="责任单位", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    responsible_team = models.ForeignKey(
        Team, verbose_name="责任工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    responsible_cadre = models.ForeignKey(
        Cadre, verbose_name="责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="recorded_needs"
    )
    closed_on = models.DateField("销号日期", null=True, blank=True)
    close_reason = models.CharField("销号理由", max_length=300, blank=True)
    close_evidence = models.CharField("群众确认或佐证", max_length=300, blank=True)
    solved = models.BooleanField("已解决", default=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "诉求"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""),
                name="need_closed_with_reason",
                violation_error_message="销号须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("raised_on")),
                name="need_closed_after_raised",
                violation_error_message="销号日期不能早于提出日期。",
            ),
        ]
        indexes = [models.Index(fields=["program", "division", "raised_on"], name="need_program_place")]

    def __str__(self) -> str:
        return self.text[:20]


class NeedStepQuerySet(ScopedQuerySet):
    """Steps of needs."""

    reach_paths = {
        "program": "need__program_id",
        "division": "need__division_id",
        "unit": "need__responsible_unit_id",
        "team": "need__responsible_team_id",
        "cadre": "need__responsible_cadre_id",
    }


@pghistory.track()
class NeedStep(models.Model):
    """办理经过: what was done about a need, a leader's comment, its closing or reopening."""

    class Kind(models.TextChoices):
        """What kind of step."""

        ACTION = "action", "办理"
        COMMENT = "comment", "领导点评"
        CLOSED = "closed", "销号"
        REOPENED = "reopened", "重新办理"

    need = models.ForeignKey(Need, verbose_name="诉求", on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, default=Kind.ACTION)
    on = models.DateField("日期")
    text = models.TextField("经过")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = NeedStepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理经过"

    def __str__(self) -> str:
        return self.text[:20]
