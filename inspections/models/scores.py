"""Ratings and assessments."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cadres.models import Cadre, Team
from inspections.models.findings import Finding
from programs.models import Division, FigurePart, Program, Term, Unit
from programs.models.base import exactly_one
from programs.scoping import ScopedQuerySet
from villages.models import Household


class RatingQuerySet(ScopedQuerySet):
    """Ratings."""

    reach_paths = {
        "program": "program_id",
        "division": ["household__division_id", "division_id"],
        "cadre": "cadre_id",
    }


@pghistory.track()
class Rating(models.Model):
    """评议: a rating on a scale of a household (星级户), a cadre (by households) or a village (by villages)."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="ratings")
    title = models.CharField("评议名称", max_length=100)
    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    division = models.ForeignKey(
        Division, verbose_name="村", null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    scale = models.PositiveSmallIntegerField("满分")
    value = models.DecimalField("得分", max_digits=6, decimal_places=2)
    by = models.CharField("评议人", max_length=100)
    on = models.DateField("日期")

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评议"
        constraints = [
            exactly_one(
                "household", "cadre", "division", name="rating_one_subject", message="评议对象须且只能填一个。"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & Q(value__lte=F("scale")),
                name="rating_within_scale",
                violation_error_message="得分须在 0 与满分之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssessmentItemQuerySet(ScopedQuerySet):
    """What is assessed: everybody in the program may know."""

    reach_paths = {"program": "program_id", "member": "program_id"}


class AssessmentQuerySet(ScopedQuerySet):
    """Assessments."""

    reach_paths = {
        "program": "program_id",
        "unit": ["unit_id", "unit__parent_id"],
        "team": "team_id",
        "division": "team__village_id",
    }


@pghistory.track()
class AssessmentItem(models.Model):
    """考核指标: a weight, and where its points come from: a figure, findings, or people."""

    class Source(models.TextChoices):
        """What the points come from."""

        FIGURE = "figure", "数据"
        FINDINGS = "findings", "督查发现"
        PEOPLE = "people", "评议"

    class Rule(models.TextChoices):
        """How what is counted becomes points."""

        RATE = "rate", "按完成率得分"
        MISS = "miss", "每缺一项扣分"
        EACH = "each", "每发生一项扣分"
        QUOTA = "quota", "对照定额：每少一项扣分，每多一项加分"
        FLAT = "flat", "只要有缺项或发生，一次扣分"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="assessment_items")
    code = models.SlugField("代号", max_length=50)
    title = models.CharField("指标", max_length=100)
    weight = models.DecimalField("分值", max_digits=6, decimal_places=2)
    source = models.CharField("得分依据", max_length=20, choices=Source.choices)
    part = models.ForeignKey(
        FigurePart, verbose_name="数据项", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField("计分办法", max_length=20, choices=Rule.choices, blank=True)
    categories = models.ManyToManyField(
        Term,
        verbose_name="只看这些类别的发现",
        related_name="assessment_items",
        blank=True,
        limit_choices_to={"vocabulary__in": ["finding_category", "praise_category"]},
    )
    quota = models.DecimalField("定额", max_digits=12, decimal_places=2, null=True, blank=True)
    deduct_each = models.DecimalField("每项扣分", max_digits=6, decimal_places=2, default=0)
    bonus_each = models.DecimalField("每项加分", max_digits=6, decimal_places=2, default=0)
    bonus_cap = models.DecimalField("加分上限", max_digits=6, decimal_places=2, default=0)
    may_be_negative = models.BooleanField("可为负分", default=False)
    position = models.PositiveSmallIntegerField("次序", default=0)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = AssessmentItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核指标"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="assessment_item_unique_code",
                violation_error_message="该活动已有这个代号的指标。",
            ),
            models.CheckConstraint(
                condition=Q(source="people", rule="") | ~Q(source="people") & ~Q(rule=""),
                name="assessment_item_rule",
                violation_error_message="由数据或督查发现计分的要选计分办法，由人评议的不选。",
            ),
            models.CheckConstraint(
                condition=Q(source="figure", part__isnull=False) | ~Q(source="figure") & Q(part__isnull=True),
                name="assessment_item_part",
                violation_error_message="由数据计分的要选数据项，其他的不选。",
            ),
            models.CheckConstraint(
                condition=~Q(rule="quota") | Q(quota__isnull=False, quota__gt=0),
                name="assessment_item_quota",
                violation_error_message="对照定额计分的要填定额。",
            ),
            models.CheckConstraint(
                condition=~Q(source="findings") | Q(rule__in=["each", "flat"]),
                name="assessment_item_findings",
                violation_error_message="由督查发现计分的，按每发生一项或一次扣分。",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, deduct_each__gte=0, bonus_each__gte=0, bonus_cap__gte=0),
                name="assessment_item_points",
                violation_error_message="分值须大于 0，扣分、加分和加分上限不能是负数。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Assessment(models.Model):
    """考核: one unit or team in one year."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField("年度")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    closed_on = models.DateField("定稿日期", null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核"
        constraints = [
            exactly_one("unit", "team", name="assessment_one_subject", message="单位和工作队须且只能填一个。"),
            models.UniqueConstraint(
                fields=["program", "year", "unit", "team"],
                nulls_distinct=False,
                name="assessment_once",
                violation_error_message="该年度已有考核。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度考核"

    @property
    def subject(self) -> Unit | Team:
        """Whoever is assessed. Callers select the related rows."""
        found = self.unit or self.team
        assert found is not None  # the database holds exactly one
        return found


class AssessmentPointQuerySet(ScopedQuerySet):
    """Points of assessments."""

    reach_paths = {
        "program": "assessment__program_id",
        "unit": ["assessment__unit_id", "assessment__unit__parent_id"],
        "team": "assessment__team_id",
        "division": "assessment__team__village_id",
    }


@pghistory.track()
class AssessmentPoint(models.Model):
    """考核得分: of one item the computed, the self- and the checked score, and why they differ.

    ``computed`` is kept when the assessment is closed; until then it is counted anew whenever it is looked at.
    """

    assessment = models.ForeignKey(Assessment, verbose_name="考核", on_delete=models.CASCADE, related_name="points")
    item = models.ForeignKey(AssessmentItem, verbose_name="指标", on_delete=models.PROTECT, related_name="points")
    computed = models.DecimalField("计算得分", max_digits=6, decimal_places=2, null=True, blank=True)
    self_score = models.DecimalField("自评分", max_digits=6, decimal_places=2, null=True, blank=True)
    score = models.DecimalField("核定分", max_digits=6, decimal_places=2, null=True, blank=True)
    self_note = models.CharField("自评说明", max_length=300, blank=True)
    evidence = models.TextField("核定说明", blank=True)
    findings = models.ManyToManyField(Finding, verbose_name="督查发现", related_name="points", blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核定人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AssessmentPointQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考核得分"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "item"], name="assessment_point_once", violation_error_message="这一项已有得分。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}：{self.score}"
