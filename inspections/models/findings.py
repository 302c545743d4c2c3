"""What inspections found, praised, had put right and sanctioned."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cadres.models import Cadre, Need, Team
from inspections.models.rounds import Inspection, Round
from programs.models import Division, Program, Unit
from programs.models.base import exactly_one, term_key
from programs.scoping import ScopedQuerySet
from projects.models import Project


class FindingQuerySet(ScopedQuerySet):
    """Problems and praise."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "team": "team_id",
        "unit": ["unit_id", "team__unit_id"],
        "group": "inspection__group_id",
    }

    def problems(self) -> Self:
        """What is to be put right."""
        return self.filter(kind=Finding.Kind.PROBLEM)

    def praise(self) -> Self:
        """What was found good."""
        return self.filter(kind=Finding.Kind.PRAISE)

    def open(self) -> Self:
        """Problems not yet closed."""
        return self.problems().filter(closed_on__isnull=True)


@pghistory.track()
class Finding(models.Model):
    """督查发现: a problem or a praise about a team, a unit or a place; a problem is rectified, re-checked, closed.

    ``category`` is the program's word for it; a problem's group (重视不够, 行动缓慢 …) is the category's parent.
    """

    class Kind(models.TextChoices):
        """Problem or praise."""

        PROBLEM = "problem", "问题"
        PRAISE = "praise", "表扬"

    class Gravity(models.TextChoices):
        """How grave a problem is."""

        MINOR = "minor", "一般"
        MAJOR = "major", "较重"
        GRAVE = "grave", "严重"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="findings")
    inspection = models.ForeignKey(
        Inspection, verbose_name="督查", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    round = models.ForeignKey(
        Round, verbose_name="督查轮次", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    kind = models.CharField("性质", max_length=20, choices=Kind.choices, default=Kind.PROBLEM)
    category = models.ForeignKey(
        "programs.Term",
        verbose_name="类别",
        on_delete=models.PROTECT,
        related_name="findings",
        limit_choices_to={"vocabulary__in": ["finding_category", "praise_category"]},
    )
    gravity = models.CharField("程度", max_length=20, choices=Gravity.choices, default=Gravity.MINOR)
    division = models.ForeignKey(Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="findings")
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    project = models.ForeignKey(
        Project, verbose_name="项目", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    need = models.ForeignKey(
        Need, verbose_name="诉求", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    text = models.TextField("情况")
    found_on = models.DateField("发现日期")
    due_on = models.DateField("整改期限", null=True, blank=True)
    responsible = models.CharField("整改责任人", max_length=100, blank=True)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查发现"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("found_on")),
                name="finding_due",
                violation_error_message="整改期限不能早于发现日期。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("found_on")),
                name="finding_closed",
                violation_error_message="销号日期不能早于发现日期。",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(unit__isnull=False),
                name="finding_about_somebody",
                violation_error_message="须填工作队或单位。",
            ),
        ]
        indexes = [models.Index(fields=["program", "kind", "found_on"], name="finding_program_kind")]

    def __str__(self) -> str:
        return self.text[:20]


class OfFindingQuerySet(ScopedQuerySet):
    """Rows that belong to a finding."""

    reach_paths = {
        "program": "finding__program_id",
        "division": "finding__division_id",
        "team": "finding__team_id",
        "unit": ["finding__unit_id", "finding__team__unit_id"],
        "group": "finding__inspection__group_id",
    }

    def waiting(self) -> Self:
        """Those that nobody has re-checked yet, in the order they were made."""
        return self.filter(verdict="").order_by("on", "pk")


@pghistory.track()
class Rectification(models.Model):
    """整改: what was done about a problem, and its re-check by somebody other than the one who fixed it."""

    class Verdict(models.TextChoices):
        """What the re-check said."""

        ACCEPTED = "accepted", "整改到位"
        RETURNED = "returned", "退回整改"

    finding = models.ForeignKey(Finding, verbose_name="问题", on_delete=models.CASCADE, related_name="rectifications")
    on = models.DateField("整改日期")
    text = models.TextField("整改情况")
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="整改登记人", on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField("复查日期", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="复查人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verdict = models.CharField("复查结论", max_length=20, choices=Verdict.choices, blank=True)
    comment = models.CharField("复查意见", max_length=200, blank=True)

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("fixed_by")),
                name="rectification_four_eyes",
                violation_error_message="复查人不能是整改登记人。",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | (Q(checked_by__isnull=False) & Q(checked_on__isnull=False)),
                name="rectification_checked",
                violation_error_message="复查结论须有复查人和复查日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:20]


class SanctionQuerySet(ScopedQuerySet):
    """Sanctions."""

    reach_paths = {"program": "program_id", "unit": "unit_id", "cadre": "cadre_id"}


@pghistory.track()
class Sanction(models.Model):
    """处理: 通报批评, 扣发驻村补贴, 取消评优资格 … on a unit or a person, for a finding, decided by whom and when."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="sanctions")
    kind = term_key("处理方式", "sanction")
    finding = models.ForeignKey(
        Finding, verbose_name="督查发现", null=True, blank=True, on_delete=models.PROTECT, related_name="sanctions"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="sanctions"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="sanctions"
    )
    decided_by = models.CharField("决定机关", max_length=100)
    decided_on = models.DateField("决定日期")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "处理"
        constraints = [exactly_one("unit", "cadre", name="sanction_one_subject", message="单位和干部须且只能填一个。")]

    def __str__(self) -> str:
        return str(self.kind)
