"""Meetings, documents, and what an office knows of a requirement from telephone or papers."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cadres.models.pairings import Pairing
from cadres.models.people import Cadre, Team, TeamMember
from programs.models import Division, Program, Requirement, Unit
from programs.models.base import (
    exactly_one,
    term_key,
)
from programs.scoping import ScopedQuerySet
from villages.models import Household


class MeetingQuerySet(ScopedQuerySet):
    """Meetings."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "unit": "unit_id",
        "team": "team_id",
    }


@pghistory.track()
class Meeting(models.Model):
    """会议: 例会, 座谈, 调度, 双向沟通. Items hold each side's points, decisions and follow-up."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="meetings")
    kind = term_key("种类", "meeting_kind")
    on = models.DateField("日期")
    division = models.ForeignKey(Division, verbose_name="地点", on_delete=models.PROTECT, related_name="meetings")
    unit = models.ForeignKey(
        Unit, verbose_name="召集单位", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    title = models.CharField("议题", max_length=200)
    attendees = models.CharField("参加人员", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        indexes = [models.Index(fields=["program", "on"], name="meeting_program_on")]

    def __str__(self) -> str:
        return self.title


class MeetingItemQuerySet(ScopedQuerySet):
    """Items of meetings."""

    reach_paths = {
        "program": "meeting__program_id",
        "division": "meeting__division_id",
        "unit": "meeting__unit_id",
        "team": "meeting__team_id",
    }


@pghistory.track()
class MeetingItem(models.Model):
    """会议事项: a point of one side, a decision, or what follows from it."""

    class Side(models.TextChoices):
        """Whose point it is."""

        HELPER = "helper", "帮扶方"
        HELPED = "helped", "被帮扶方"
        DECISION = "decision", "议定事项"
        FOLLOW_UP = "follow_up", "后续落实"

    meeting = models.ForeignKey(Meeting, verbose_name="会议", on_delete=models.CASCADE, related_name="items")
    side = models.CharField("哪一方", max_length=20, choices=Side.choices)
    text = models.TextField("内容")

    objects = MeetingItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议事项"

    def __str__(self) -> str:
        return self.text[:20]


class DocumentQuerySet(ScopedQuerySet):
    """Documents received."""

    reach_paths = {
        "program": "program_id",
        "division": "division_id",
        "unit": ["unit_id", "team__unit_id"],
        "team": "team_id",
        "cadre": "cadre_id",
    }


@pghistory.track()
class Document(models.Model):
    """材料: 年度计划, 三年规划, 调研报告, 协议书, 月报 … received for a period, with the parts its kind demands."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="documents")
    kind = term_key("种类", "document_kind")
    title = models.CharField("标题", max_length=200)
    division = models.ForeignKey(Division, verbose_name="所涉地", on_delete=models.PROTECT, related_name="documents")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    period_start = models.DateField("所属期起", null=True, blank=True)
    period_end = models.DateField("所属期止", null=True, blank=True)
    received_on = models.DateField("收到日期")
    text = models.TextField("正文", blank=True)
    file = models.FileField("文件", upload_to="documents/%Y/%m", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "材料"
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__isnull=True) | Q(period_end__gte=F("period_start")),
                name="document_period",
                violation_error_message="所属期止不能早于所属期起。",
            )
        ]
        indexes = [models.Index(fields=["program", "kind", "received_on"], name="document_program_kind")]

    def __str__(self) -> str:
        return self.title


class DocumentPartQuerySet(ScopedQuerySet):
    """Parts of documents."""

    reach_paths = {
        "program": "document__program_id",
        "division": "document__division_id",
        "unit": ["document__unit_id", "document__team__unit_id"],
        "team": "document__team_id",
        "cadre": "document__cadre_id",
    }


class DocumentPart(models.Model):
    """材料必备部分: one of the parts that a kind of document demands (四个明确), and its text."""

    document = models.ForeignKey(Document, verbose_name="材料", on_delete=models.CASCADE, related_name="parts")
    name = models.CharField("部分", max_length=50)
    text = models.TextField("内容")

    objects = DocumentPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "材料部分"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name"],
                name="document_part_once",
                violation_error_message="这一部分已填写。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RequirementMarkQuerySet(ScopedQuerySet):
    """What offices ticked or excused."""

    reach_paths = {
        "program": "requirement__program_id",
        "division": ["team__village_id", "division_id", "pairing__place_id"],
        "unit": ["unit_id", "team__unit_id", "pairing__unit_id"],
        "team": ["team_id", "member__team_id"],
        "cadre": ["cadre_id", "member__cadre_id", "pairing__cadre_id"],
    }

    def standing(self) -> Self:
        """Marks that have not been taken back."""
        return self.filter(withdrawn_at__isnull=True)


@pghistory.track()
class RequirementMark(models.Model):
    """核实登记: that a subject did what a requirement asks in a period, or is excused, as an office knows it.

    A record like any other, with a date and a source, and shown as such. Exactly one subject is filled.
    """

    class Verdict(models.TextChoices):
        """Done or excused."""

        DONE = "done", "已完成"
        EXCUSED = "excused", "免除"

    class Source(models.TextChoices):
        """How the office knows."""

        PHONE = "phone", "电话核实"
        PAPER = "paper", "材料"
        SITE = "site", "现场"

    requirement = models.ForeignKey(Requirement, verbose_name="要求", on_delete=models.PROTECT, related_name="marks")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="marks"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="marks"
    )
    member = models.ForeignKey(
        TeamMember, verbose_name="队员", null=True, blank=True, on_delete=models.PROTECT, related_name="marks"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="marks"
    )
    division = models.ForeignKey(
        Division, verbose_name="镇村", null=True, blank=True, on_delete=models.PROTECT, related_name="marks"
    )
    pairing = models.ForeignKey(
        Pairing, verbose_name="结对", null=True, blank=True, on_delete=models.PROTECT, related_name="marks"
    )
    period_start = models.DateField("所属期起")
    verdict = models.CharField("结论", max_length=20, choices=Verdict.choices)
    on = models.DateField("日期", help_text="完成或批准的日期。")
    source = models.CharField("核实方式", max_length=20, choices=Source.choices, blank=True)
    reason = models.CharField("说明或免除原因", max_length=200, blank=True)
    approver = models.CharField("批准人", max_length=50, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = RequirementMarkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "核实登记"
        constraints = [
            exactly_one(
                "unit",
                "team",
                "member",
                "cadre",
                "division",
                "pairing",
                name="requirement_mark_one_subject",
                message="须且只能填一个对象。",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="done") | ~Q(source=""),
                name="requirement_mark_source",
                violation_error_message="登记完成须选核实方式。",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="excused") | (~Q(reason="") & ~Q(approver="")),
                name="requirement_mark_excused",
                violation_error_message="免除须写明原因和批准人。",
            ),
            models.UniqueConstraint(
                fields=["requirement", "period_start", "unit", "team", "member", "cadre", "division", "pairing"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="requirement_mark_once",
                violation_error_message="这一期已登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}：{self.get_verdict_display()}"
