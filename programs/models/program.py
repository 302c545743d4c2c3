"""A program: who helps whom, by whose rules, from when to when, in which words."""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from programs.models.places import Division
from programs.rules import words
from programs.scoping import ScopedQuerySet, reach_condition

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: Those who set a program up: a draft is theirs alone.
KEEPERS = frozenset({"county", "administrator"})


class ProgramQuerySet(ScopedQuerySet):
    """Programs; whoever holds a role in one sees it, a draft only those who set it up."""

    reach_paths = {"program": "pk", "member": "pk"}

    def visible_to(self, user: AnyUser, roles: Container[str] | None = None) -> Self:
        """The programs this user reaches; what is being prepared is not shown around."""
        found = super().visible_to(user, roles)
        keepers = reach_condition(self.model, user, KEEPERS)
        if keepers is None:
            return found.exclude(state=Program.State.DRAFT)
        return found.filter(~Q(state=Program.State.DRAFT) | keepers) if keepers else found


@pghistory.track(exclude=["revision"])
class Program(models.Model):
    """帮扶活动: who helps whom, by whose rules, from when to when. Everything it says is configuration."""

    class State(models.TextChoices):
        """筹备 → 进行 → 结束. Field work is logged only in a running one."""

        DRAFT = "draft", "筹备中"
        RUNNING = "running", "进行中"
        ENDED = "ended", "已结束"

    code = models.SlugField("代号", unique=True, help_text="网址用，小写字母，如 zhaoyuan。")
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=30)
    jurisdiction = models.ForeignKey(Division, verbose_name="辖区", on_delete=models.PROTECT, related_name="programs")
    office = models.CharField("主管办公室", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    pinned_on = models.DateField(
        "定格日期", null=True, blank=True, help_text="演示或已结束的活动停在这一天；平时留空。"
    )
    is_demonstration = models.BooleanField("演示活动", default=False)
    asks_position = models.BooleanField("可附位置", default=False)
    asks_photos = models.BooleanField("可附照片", default=False)
    notes = models.TextField("说明", blank=True)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.RUNNING)
    names = models.JSONField("用语", default=dict, blank=True, help_text="本活动对角色、队伍和结对方式的叫法。")
    settings = models.JSONField("其他设置", default=dict, blank=True)
    revision = models.UUIDField("配置版本", default=uuid.uuid4, editable=False)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "帮扶活动"
        triggers = [
            pgtrigger.Trigger(
                name="revise",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="NEW.revision = gen_random_uuid(); RETURN NEW;",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="program_dates",
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_draft(self) -> bool:
        """Whether it is still being prepared."""
        return self.state == self.State.DRAFT

    @property
    def is_running(self) -> bool:
        """Whether field work may be logged."""
        return self.state == self.State.RUNNING

    @property
    def has_ended(self) -> bool:
        """Whether it is over."""
        return self.state == self.State.ENDED

    def word(self, key: str, name: str = "") -> str:
        """What the program calls something: ``word("team")``, ``word("ranks", "1")``; empty if it does without."""
        return words.word(self.names, key, name)

    def say(self, text: str) -> str:
        """A sentence written in the default words, in the program's own."""
        return words.say(self.names, text)

    def call(self, label: str) -> str:
        """A label in the program's own words; empty if it names what the program does without."""
        return words.call(self.names, label)

    def choices(self, offered: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """Choices in the program's own words, without those it does without."""
        return words.choices(self.names, offered)

    def lacks(self, text: str) -> bool:
        """Whether a text speaks of something that the program does without, such as a 第一书记."""
        return words.lacks(self.names, text)
