"""Exports and suggestions."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from programs.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from programs.scoping import AnyUser


class ExportQuerySet(ScopedQuerySet):
    """Records of what left the system."""

    reach_paths = {"program": "program_id", "user": "user_id"}


class Export(models.Model):
    """导出记录: who took which rows out, when, how many, and why. Written by the one response helper."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="导出人", on_delete=models.PROTECT)
    program = models.ForeignKey("programs.Program", verbose_name="活动", on_delete=models.PROTECT, null=True)
    what = models.CharField("内容", max_length=100)
    query = models.TextField("筛选条件", blank=True)
    row_count = models.PositiveIntegerField("行数")
    reason = models.CharField("理由", max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导出记录"

    def __str__(self) -> str:
        return f"{self.what}（{self.row_count} 行）"


_subjects: list[str] = []


def register_subject(lookup: str) -> None:
    """Declare a lookup from a suggestion to the account of somebody it is about; called by apps at start-up."""
    if lookup not in _subjects:
        _subjects.append(lookup)


class SuggestionQuerySet(ScopedQuerySet):
    """Suggestions reach the county office of their program, and those who made them; never those they are about."""

    reach_paths = {"program": "program_id", "user": "user_id"}

    def visible_to(self, user: AnyUser, roles: Container[str] | None = None) -> Self:
        """The rows this user reaches, whatever their role, without those about themselves."""
        found = super().visible_to(user, roles)
        for lookup in _subjects:
            about = self.model._base_manager.filter(**{lookup: user.pk}).values("pk")
            found = found.exclude(pk__in=about)
        return found


class Suggestion(models.Model):
    """意见建议: what somebody wants to tell the county office, from whatever page they were on."""

    program = models.ForeignKey(
        "programs.Program", verbose_name="活动", null=True, blank=True, on_delete=models.CASCADE
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", null=True, blank=True, on_delete=models.SET_NULL
    )
    contact = models.CharField(
        "留名", max_length=100, blank=True, help_text="没有账号的人愿意留下的称呼和联系方式；不留即为匿名。"
    )
    page = models.CharField("所在页面", max_length=300, blank=True)
    text = models.TextField("意见建议")
    at = models.DateTimeField("提出时间", auto_now_add=True)
    reply = models.TextField("答复", blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"

    def __str__(self) -> str:
        return self.text[:20]

    @property
    def said_by(self) -> str:
        """Who said it: an account, what a stranger left of themselves, or nobody."""
        return str(self.user) if self.user_id else self.contact or "匿名"

    @property
    def is_from_page(self) -> bool:
        """Whether it was written on a page of ours that can be opened again."""
        return self.page.startswith("/")
