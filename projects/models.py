"""Projects with their places, stages, quantities and progress, and the funds with their movements."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cadres.models import Team
from programs.models import Division, Program, Unit
from programs.models.base import term_key
from programs.pinyin import PinyinField
from programs.scoping import ScopedQuerySet
from villages.models import Household, Member


class ProjectQuerySet(ScopedQuerySet):
    """Projects."""

    reach_paths = {
        "program": "program_id",
        "division": "places__division_id",
        "unit": ["unit_id", "section_id", "team__unit_id"],
        "team": "team_id",
    }

    def unfinished(self) -> Self:
        """Projects that have not reached a final stage."""
        return self.filter(Q(stage__isnull=True) | Q(stage__is_final=False))


@pghistory.track()
class Project(models.Model):
    """帮扶项目: something built, planted, introduced or arranged. ``stage`` is the last entered of its stages.

    A due date may be as imprecise as 7月上旬: ``due_text`` keeps the words, ``due_on`` the last day they allow.
    """

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="projects")
    name = models.CharField("名称", max_length=100)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=500)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=120)
    category = term_key("类别", "project_category", null=True, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name="帮扶单位", null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    section = models.ForeignKey(
        Unit, verbose_name="承办科室", null=True, blank=True, on_delete=models.PROTECT, related_name="section_projects"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    is_promised = models.BooleanField("重大帮扶事项", default=False)
    submitted_on = models.DateField("提交日期")
    summary = models.TextField("内容", blank=True)
    stage = term_key("阶段", "project_stage", null=True, blank=True, editable=False)
    stage_since = models.DateField("进入阶段日期", null=True, blank=True, editable=False)
    started_on = models.DateField("开工日期", null=True, blank=True)
    finished_on = models.DateField("完成日期", null=True, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    due_text = models.CharField("期限原文", max_length=50, blank=True, help_text="如“7月上旬”“麦收之前”。")
    ended_on = models.DateField("终止日期", null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(finished_on__gte=F("submitted_on"))
                | Q(started_on__isnull=False),
                name="project_finished_after_submitted",
                violation_error_message="完成日期不能早于提交日期。",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(finished_on__gte=F("started_on")),
                name="project_finished_after_started",
                violation_error_message="完成日期不能早于开工日期。",
            ),
        ]
        indexes = [
            models.Index(fields=["program", "stage"], name="project_program_stage"),
            models.Index(fields=["program", "team"], name="project_program_team"),
        ]

    def __str__(self) -> str:
        return self.name


class OfProjectQuerySet(ScopedQuerySet):
    """Rows that belong to a project."""

    reach_paths = {
        "program": "project__program_id",
        "division": "project__places__division_id",
        "unit": ["project__unit_id", "project__section_id"],
        "team": "project__team_id",
    }


class ProjectPlace(models.Model):
    """项目地点: one of the places a project lies in, at any level."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="places")
    division = models.ForeignKey(Division, verbose_name="地点", on_delete=models.PROTECT, related_name="project_places")

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目地点"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "division"],
                name="project_place_once",
                violation_error_message="该地点已登记。",
            )
        ]

    def __str__(self) -> str:
        return str(self.division)


@pghistory.track()
class StageEntry(models.Model):
    """阶段: that a project entered a stage on a day; how long it has stood there is counted from it."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="stages")
    stage = term_key("阶段", "project_stage")
    entered_on = models.DateField("进入日期")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目阶段"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "stage", "entered_on"],
                name="stage_entry_once",
                violation_error_message="该阶段已登记。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}（{self.entered_on}）"


@pghistory.track()
class Quantity(models.Model):
    """实物量: an amount of a physical unit, planned and done. A width or the like stays on its own project."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="quantities")
    item = term_key("项目", "quantity")
    planned = models.DecimalField("计划", max_digits=14, decimal_places=2, null=True, blank=True)
    done = models.DecimalField("完成", max_digits=14, decimal_places=2, null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    is_approximate = models.BooleanField("约数", default=False)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "实物量"
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | Q(done__isnull=False),
                name="quantity_something",
                violation_error_message="计划和完成至少填一个。",
            ),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gt=0)) & (Q(done__isnull=True) | Q(done__gte=0)),
                name="quantity_positive",
                violation_error_message="数量须大于 0。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)


@pghistory.track()
class Progress(models.Model):
    """进展: a note on how a project goes."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.CASCADE, related_name="progress")
    on = models.DateField("日期")
    text = models.TextField("进展情况")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目进展"

    def __str__(self) -> str:
        return self.text[:20]


class FundQuerySet(ScopedQuerySet):
    """Funds, of a project or standing alone."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "unit": ["unit_id", "project__unit_id", "project__section_id"],
        "team": ["team_id", "project__team_id"],
    }


@pghistory.track()
class Fund(models.Model):
    """资金: money, goods, a loan or investment by source. Kinds are never summed together.

    The amount is exact (``low`` = ``high``) or a range, in yuan. Movements carry it through the program's states;
    ``state`` is the last one reached.
    """

    class Kind(models.TextChoices):
        """What kind of help it is."""

        MONEY = "money", "资金"
        IN_KIND = "in_kind", "实物"
        LOAN = "loan", "贷款"
        INVESTMENT = "investment", "引进投资"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="funds")
    division = models.ForeignKey(Division, verbose_name="受益地", on_delete=models.PROTECT, related_name="funds")
    project = models.ForeignKey(
        Project, verbose_name="项目", null=True, blank=True, on_delete=models.PROTECT, related_name="funds"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="出资或争取单位", null=True, blank=True, on_delete=models.PROTECT, related_name="funds"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="funds"
    )
    household = models.ForeignKey(
        Household, verbose_name="受助农户", null=True, blank=True, on_delete=models.PROTECT, related_name="funds"
    )
    member = models.ForeignKey(
        Member, verbose_name="受助人", null=True, blank=True, on_delete=models.PROTECT, related_name="funds"
    )
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, default=Kind.MONEY)
    source = term_key("来源", "fund_source")
    purpose = models.CharField("用途", max_length=200)
    low = models.DecimalField("金额下限（元）", max_digits=16, decimal_places=2)
    high = models.DecimalField("金额上限（元）", max_digits=16, decimal_places=2)
    state = term_key("状态", "fund_state", null=True, blank=True, editable=False)
    state_since = models.DateField("进入状态日期", null=True, blank=True, editable=False)
    recorded_on = models.DateField("登记日期")

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "资金"
        constraints = [
            models.CheckConstraint(
                condition=Q(low__gt=0), name="fund_positive", violation_error_message="金额须大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(high__gte=F("low")),
                name="fund_range",
                violation_error_message="金额上限不能小于下限。",
            ),
        ]
        indexes = [models.Index(fields=["program", "division"], name="fund_program_place")]

    def __str__(self) -> str:
        return self.purpose


class OfFundQuerySet(ScopedQuerySet):
    """Rows that belong to a fund."""

    reach_paths = {
        "program": "fund__program_id",
        "division": "fund__division_id",
        "unit": ["fund__unit_id", "fund__project__unit_id"],
        "team": ["fund__team_id", "fund__project__team_id"],
    }


@pghistory.track()
class FundMovement(models.Model):
    """资金变动: that an amount (yuan) of a fund reached a state (争取, 落实, 到位, 支出) on a day."""

    fund = models.ForeignKey(Fund, verbose_name="资金", on_delete=models.CASCADE, related_name="movements")
    state = term_key("状态", "fund_state")
    on = models.DateField("日期")
    low = models.DecimalField("金额下限（元）", max_digits=16, decimal_places=2)
    high = models.DecimalField("金额上限（元）", max_digits=16, decimal_places=2)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = OfFundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "资金变动"
        constraints = [
            models.CheckConstraint(
                condition=Q(low__gt=0) & Q(high__gte=F("low")),
                name="fund_movement_amount",
                violation_error_message="金额须大于 0，上限不能小于下限。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state}（{self.on}）"


@pghistory.track()
class Donation(models.Model):
    """捐款: one donor's share of a fund (yuan, to the 分): a unit, a named donor, or a number of donors together."""

    fund = models.ForeignKey(Fund, verbose_name="资金", on_delete=models.CASCADE, related_name="donations")
    donor_unit = models.ForeignKey(
        Unit, verbose_name="捐款单位", null=True, blank=True, on_delete=models.PROTECT, related_name="donations"
    )
    donor = models.CharField("捐款人", max_length=50, blank=True)
    donors = models.PositiveIntegerField("人数", default=1)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    on = models.DateField("日期")

    objects = OfFundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "捐款"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="donation_positive", violation_error_message="金额须大于 0。"
            )
        ]

    def __str__(self) -> str:
        return self.donor or f"{self.donors}人捐款"
