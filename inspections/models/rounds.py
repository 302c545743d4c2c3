"""Inspection rounds: groups, sample, checklist, and what each inspection answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from cadres.models import Cadre, Team
from programs.models import Program, Requirement, Role, Term
from programs.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: Those who know of an inspection before it happens, even of one that is not announced.
INSIDERS = frozenset({Role.COUNTY, Role.INSPECTOR, Role.LEADER, Role.ADMINISTRATOR})


class RoundQuerySet(ScopedQuerySet):
    """Inspection rounds: those who inspect in one see it, and towns see those that come to their teams."""

    reach_paths = {
        "program": "program_id",
        "division": "inspections__team__village_id",
        "group": "groups__pk",
    }

    def disclosed_to(self, user: AnyUser) -> Self:
        """The rounds a user may know of: an unannounced one stays unknown to a town until somebody came."""
        known = Inspection.objects.disclosed_to(user).order_by().values("round_id")
        inside = self.visible_to(user, INSIDERS).order_by().values("pk")
        return self.visible_to(user).filter(Q(pk__in=inside) | Q(pk__in=known))


@pghistory.track()
class Round(models.Model):
    """督查轮次: one inspection of all or some teams, by groups, with methods from the program's vocabulary.

    A drawn sample records its seed, so that the draw can be repeated and checked.
    """

    class Sample(models.TextChoices):
        """Which teams are inspected."""

        ALL = "all", "全部工作队"
        DRAWN = "drawn", "按镇街随机抽取"
        HAND = "hand", "手工选定"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField("名称", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    is_announced = models.BooleanField("事先通知", default=False)
    methods = models.ManyToManyField(
        Term,
        verbose_name="督查方式",
        related_name="rounds",
        limit_choices_to={"vocabulary": "method"},
        blank=True,
    )
    sample = models.CharField("督查范围", max_length=20, choices=Sample.choices, default=Sample.ALL)
    sample_per_town = models.PositiveSmallIntegerField("每个镇街抽几个", null=True, blank=True)
    sample_seed = models.PositiveBigIntegerField("随机种子", null=True, blank=True)
    sample_note = models.CharField("范围说明", max_length=200, blank=True, help_text="如“只查新派的工作队”。")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查轮次"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="round_dates",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=["program", "name"],
                name="round_unique_name",
                violation_error_message="该活动已有同名的督查。",
            ),
            models.CheckConstraint(
                condition=~Q(sample="drawn") | (Q(sample_seed__isnull=False) & Q(sample_per_town__gte=1)),
                name="round_drawn_sample",
                violation_error_message="随机抽取须填每个镇街抽几个和随机种子。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InspectionGroupQuerySet(ScopedQuerySet):
    """Groups of a round."""

    reach_paths = {"program": "round__program_id", "division": "inspections__team__village_id", "group": "pk"}


@pghistory.track()
class InspectionGroup(models.Model):
    """督查组: a group of a round; its members inspect the teams assigned to it."""

    round = models.ForeignKey(Round, verbose_name="督查轮次", on_delete=models.CASCADE, related_name="groups")
    name = models.CharField("名称", max_length=50)
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = InspectionGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查组"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="inspection_group_unique_name",
                violation_error_message="这一轮督查已有同名的组。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class InspectionGroupMemberQuerySet(ScopedQuerySet):
    """Members of groups."""

    reach_paths = {
        "program": "group__round__program_id",
        "division": "group__inspections__team__village_id",
        "group": "group_id",
        "cadre": "cadre_id",
    }


@pghistory.track()
class InspectionGroupMember(models.Model):
    """督查组成员."""

    group = models.ForeignKey(InspectionGroup, verbose_name="督查组", on_delete=models.CASCADE, related_name="members")
    cadre = models.ForeignKey(Cadre, verbose_name="干部", on_delete=models.PROTECT, related_name="inspection_seats")
    is_head = models.BooleanField("组长", default=False)

    objects = InspectionGroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查组成员"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "cadre"],
                name="inspection_group_member_once",
                violation_error_message="该干部已在本组。",
            )
        ]

    def __str__(self) -> str:
        return str(self.cadre)


class ChecklistItemQuerySet(ScopedQuerySet):
    """Checklist of a program."""

    reach_paths = {"program": "program_id", "member": "program_id"}


@pghistory.track()
class ChecklistItem(models.Model):
    """督查清单: a question asked of every inspected team. It may apply only if another was answered so."""

    class Kind(models.TextChoices):
        """How it is answered."""

        YES_NO = "yes_no", "是或否"
        CHOICE = "choice", "选一项"
        NUMBER = "number", "数字"
        TEXT = "text", "文字"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="checklist")
    code = models.SlugField("代号", max_length=50)
    text = models.CharField("问题", max_length=200)
    kind = models.CharField("答法", max_length=20, choices=Kind.choices, default=Kind.YES_NO)
    choices = ArrayField(models.CharField(max_length=50), verbose_name="选项", default=list, blank=True)
    only_if = models.ForeignKey(
        "self", verbose_name="仅当", null=True, blank=True, on_delete=models.PROTECT, related_name="dependents"
    )
    only_if_answer = models.CharField("答为", max_length=50, blank=True)
    requirement = models.ForeignKey(
        Requirement,
        verbose_name="记录依据",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="checklist",
        help_text="选了以后，登记督查时先按平台里这项要求的记录填好，督查组核实后再改。",
    )
    position = models.PositiveSmallIntegerField("次序", default=0)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查清单"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="checklist_item_unique_code",
                violation_error_message="清单已有这个代号。",
            ),
            models.CheckConstraint(
                condition=Q(only_if__isnull=True) | ~Q(only_if_answer=""),
                name="checklist_item_condition",
                violation_error_message="填了“仅当”，须写明答案。",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def condition(self) -> tuple[int, str] | None:
        """The question it hangs on and the answer that one needs; None if it is always asked."""
        return (self.only_if_id, self.only_if_answer) if self.only_if_id is not None else None


class InspectionQuerySet(ScopedQuerySet):
    """Inspections."""

    reach_paths = {
        "program": "round__program_id",
        "division": "team__village_id",
        "team": "team_id",
        "unit": "team__unit_id",
        "group": "group_id",
    }

    def disclosed_to(self, user: AnyUser) -> Self:
        """The inspections a user may know of: those inspected learn of an unannounced one when it has happened."""
        inside = self.visible_to(user, INSIDERS).order_by().values("pk")
        told = Q(round__is_announced=True) | Q(visited_on__isnull=False)
        return self.visible_to(user).filter(told | Q(pk__in=inside))

    def done(self) -> Self:
        """Those that have happened."""
        return self.filter(visited_on__isnull=False)

    def to_do(self) -> Self:
        """Those assigned and not yet carried out."""
        return self.filter(visited_on__isnull=True)

    def awaiting_follow_up(self) -> Self:
        """Those to be looked at again: the team has not been inspected since, and not all its problems are closed.

        An inspection that found no problem waits only for the next inspection of the team.
        """
        again = Inspection.objects.filter(team=OuterRef("team"), visited_on__gte=OuterRef("follow_up_on"))
        problems = models.Q(findings__kind="problem")
        rows = self.filter(follow_up_on__isnull=False, visited_on__isnull=False).exclude(Exists(again))
        rows = rows.annotate(
            _problems=Count("findings", filter=problems),
            _open=Count("findings", filter=problems & Q(findings__closed_on__isnull=True)),
        )
        return rows.filter(Q(_problems=0) | Q(_open__gt=0))


@pghistory.track()
class Inspection(models.Model):
    """督查: one team inspected in a round by a group. Assigned first; ``visited_on`` says when it happened."""

    round = models.ForeignKey(Round, verbose_name="督查轮次", on_delete=models.CASCADE, related_name="inspections")
    group = models.ForeignKey(
        InspectionGroup, verbose_name="督查组", on_delete=models.PROTECT, related_name="inspections"
    )
    team = models.ForeignKey(Team, verbose_name="工作队", on_delete=models.PROTECT, related_name="inspections")
    visited_on = models.DateField("督查日期", null=True, blank=True)
    methods = models.ManyToManyField(
        Term, verbose_name="督查方式", related_name="+", limit_choices_to={"vocabulary": "method"}, blank=True
    )
    notes = models.TextField("督查情况", blank=True)
    follow_up_on = models.DateField("回访日期", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "team"],
                name="inspection_once_a_round",
                violation_error_message="该工作队本轮已分配督查组。",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True)
                | Q(visited_on__isnull=True)
                | Q(follow_up_on__gte=F("visited_on")),
                name="inspection_follow_up",
                violation_error_message="回访日期不能早于督查日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.team}"


class AnswerQuerySet(ScopedQuerySet):
    """Answers of inspections."""

    reach_paths = {
        "program": "inspection__round__program_id",
        "division": "inspection__team__village_id",
        "team": "inspection__team_id",
        "unit": "inspection__team__unit_id",
        "group": "inspection__group_id",
    }


@pghistory.track()
class Answer(models.Model):
    """答案: what was found for one item of the checklist."""

    inspection = models.ForeignKey(Inspection, verbose_name="督查", on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, verbose_name="清单项", on_delete=models.PROTECT, related_name="answers")
    value = models.CharField("答案", max_length=200)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查答案"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "item"], name="answer_once", violation_error_message="这一项已作答。"
            )
        ]

    def __str__(self) -> str:
        return self.value
