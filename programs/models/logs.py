"""Long work, exports and suggestions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from programs.scoping import ScopedQuerySet


class JobQuerySet(ScopedQuerySet):
    """Jobs; a person sees their own."""

    reach_paths = {"user": "owner_id"}


class Job(models.Model):
    """后台任务: the truth about one piece of long work; the queue carries only its id.

    A running job holds a lease that it renews; when the lease has run out another worker takes the job up again
    from its checkpoint.
    """

    class State(models.TextChoices):
        """How far a job is."""

        WAITING = "waiting", "等待中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("种类", max_length=50)
    title = models.CharField("名称", max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.PROTECT, null=True)
    program = models.ForeignKey("programs.Program", verbose_name="活动", on_delete=models.CASCADE, null=True)
    params = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.WAITING)
    progress = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    checkpoint = models.JSONField("断点", default=dict)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    lease_until = models.DateTimeField("租约到期", null=True, blank=True)
    cancel_asked = models.BooleanField("要求取消", default=False)
    result = models.FileField("结果文件", upload_to="jobs/%Y/%m", blank=True)
    message = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [models.Index(fields=["state", "lease_until"], name="job_state_lease")]

    def __str__(self) -> str:
        return self.title


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


class SuggestionQuerySet(ScopedQuerySet):
    """Suggestions reach the county office of their program, and those who made them."""

    reach_paths = {"program": "program_id", "user": "user_id"}


class Suggestion(models.Model):
    """意见建议: what somebody wants to tell the county office, from whatever page they were on."""

    program = models.ForeignKey(
        "programs.Program", verbose_name="活动", null=True, blank=True, on_delete=models.CASCADE
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", null=True, blank=True, on_delete=models.SET_NULL
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
