"""The days of team members: diaries, the duty register, leave."""

from __future__ import annotations

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from cadres.models.people import Cadre, Team
from programs.models.base import Dated, DatedQuerySet, day_range, id_range, until_not_before_since
from programs.rules.wording import days_text
from programs.scoping import ScopedQuerySet


class OfTeamQuerySet(ScopedQuerySet):
    """Rows that a team keeps."""

    reach_paths = {
        "program": "team__program_id",
        "division": "team__village_id",
        "team": "team_id",
        "unit": "team__unit_id",
        "cadre": "cadre_id",
    }


@pghistory.track()
class Diary(models.Model):
    """驻村日记: one day of a team member. The day's visits are already logged; only the rest is typed."""

    team = models.ForeignKey(Team, verbose_name="工作队", on_delete=models.PROTECT, related_name="diaries")
    cadre = models.ForeignKey(Cadre, verbose_name="队员", on_delete=models.PROTECT, related_name="diaries")
    on = models.DateField("日期")
    text = models.TextField("内容", blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻村日记"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "cadre", "on"],
                name="diary_one_a_day",
                violation_error_message="这一天的日记已登记，请直接修改。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}日记"


@pghistory.track()
class Duty(models.Model):
    """在岗: one day of a team member in the register kept by the town. A reported trip for the village counts.

    A day under a granted leave says what the leave says; it is not entered a second time.
    """

    class State(models.TextChoices):
        """Where the member was."""

        PRESENT = "present", "在岗"
        REPORTED = "reported", "因村务外出（已报备）"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "不在岗"
        REST = "rest", "休息"

    team = models.ForeignKey(Team, verbose_name="工作队", on_delete=models.PROTECT, related_name="duties")
    cadre = models.ForeignKey(Cadre, verbose_name="队员", on_delete=models.PROTECT, related_name="duties")
    on = models.DateField("日期")
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.PRESENT)
    note = models.CharField("说明", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "在岗"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "cadre", "on"], name="duty_one_a_day", violation_error_message="这一天已登记。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}{self.get_state_display()}"


class LeaveQuerySet(DatedQuerySet):
    """Leave of team members."""

    reach_paths = OfTeamQuerySet.reach_paths

    def waiting(self) -> Self:
        """Asked for, and nobody has answered yet."""
        return self.filter(approved_on__isnull=True, declined_on__isnull=True, withdrawn_on__isnull=True)

    def granted(self) -> Self:
        """Approved and not taken back."""
        return self.filter(approved_on__isnull=False, withdrawn_on__isnull=True)

    def of_at_most(self, days: int) -> Self:
        """Trips for the village, and leave of so many days or fewer: what the lower tier answers."""
        return self.filter(Q(kind=Leave.Kind.TRIP) | Q(until__lt=F("since") + dt.timedelta(days=days)))


@pghistory.track()
class Leave(Dated):
    """请假、报备: days away of a team member, approved by the tier that their number asks for.

    A trip for the village is reported in the same way; its days count as duty.
    """

    class Kind(models.TextChoices):
        """Why somebody is away."""

        LEAVE = "leave", "请假"
        TRIP = "trip", "因村务外出报备"

    team = models.ForeignKey(Team, verbose_name="工作队", on_delete=models.PROTECT, related_name="leaves")
    cadre = models.ForeignKey(Cadre, verbose_name="队员", on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, default=Kind.LEAVE)
    reason = models.CharField("事由", max_length=200)
    approved_by = models.CharField("批准", max_length=100, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    declined_by = models.CharField("不予批准的人", max_length=100, blank=True)
    declined_on = models.DateField("不予批准日期", null=True, blank=True)
    decline_reason = models.CharField("不予批准的理由", max_length=200, blank=True)
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "请假"
        constraints = [
            until_not_before_since("leave_dates"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(declined_on__isnull=True),
                name="leave_one_answer",
                violation_error_message="同一次请假不能既批准又不批准。",
            ),
            ExclusionConstraint(
                name="leave_once_at_a_time",
                expressions=[(id_range("team"), "&&"), (id_range("cadre"), "&&"), (day_range(), "&&")],
                condition=Q(declined_on__isnull=True, withdrawn_on__isnull=True),
                violation_error_message="这段时间已请假。",
            ),
        ]

    def __str__(self) -> str:
        return f"{days_text(self.since, self.until or self.since)}{self.get_kind_display()}"

    @property
    def days(self) -> int:
        """How many days it asks for, the first and the last included."""
        return ((self.until or self.since) - self.since).days + 1

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.approved_on is None and self.declined_on is None and self.withdrawn_on is None

    @property
    def stands_for(self) -> str:
        """What the duty register says of its days."""
        return Duty.State.REPORTED if self.kind == self.Kind.TRIP else Duty.State.LEAVE

    @property
    def is_granted(self) -> bool:
        """Whether it was approved and not taken back."""
        return self.approved_on is not None and self.withdrawn_on is None
