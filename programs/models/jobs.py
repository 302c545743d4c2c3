"""Long work that runs in the background, and the files it made."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.scoping import ScopedQuerySet


class JobQuerySet(ScopedQuerySet):
    """Jobs; a person sees their own, whoever answers for a program those of the program."""

    reach_paths = {"program": "program_id", "user": "owner_id"}

    def active(self) -> Self:
        """Jobs that wait or run."""
        return self.filter(state__in=Job.ACTIVE)


class Job(models.Model):
    """后台任务: the truth about one piece of long work; the queue carries only its id.

    A running job holds a lease that its worker renews every few seconds; when the lease has run out the worker is dead,
    and another takes the job up again from its checkpoint. ``attempts`` is counted up at each start, so that a worker
    that only slept cannot write over the one that followed. ``deaths`` counts the workers that died over it since it
    last got anywhere.
    """

    class State(models.TextChoices):
        """How far a job is."""

        WAITING = "waiting", "等待中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        CANCELLED = "cancelled", "已取消"

    ACTIVE = (State.WAITING, State.RUNNING)

    kind = models.CharField("种类", max_length=50)
    title = models.CharField("名称", max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.PROTECT, null=True)
    program = models.ForeignKey("programs.Program", verbose_name="活动", on_delete=models.CASCADE, null=True)
    params = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.WAITING)
    progress = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    word = models.CharField("正在做什么", max_length=100, blank=True)
    checkpoint = models.JSONField("断点", default=dict)
    attempts = models.PositiveIntegerField("次数", default=0)
    deaths = models.PositiveSmallIntegerField("中断次数", default=0)
    lease_until = models.DateTimeField("租约到期", null=True, blank=True)
    cancel_asked = models.BooleanField("要求取消", default=False)
    message = models.TextField("说明", blank=True)
    files_dropped = models.BooleanField("文件已过期", default=False)
    is_seen = models.BooleanField("发起人已知结果", default=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_state_lease"),
            models.Index(fields=["owner"], condition=Q(is_seen=False), name="job_unseen"),
            models.Index(fields=["program", "-created_at"], name="job_program_created"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in self.ACTIVE

    @property
    def may_be_retried(self) -> bool:
        """Whether it ended without a result."""
        return self.state in (self.State.FAILED, self.State.CANCELLED)

    @property
    def percent(self) -> int | None:
        """How far it is, in whole percent; None while nobody knows how much there is to do."""
        return min(100, self.progress * 100 // self.total) if self.total else None


class JobFileQuerySet(ScopedQuerySet):
    """Files of jobs, reached as the job is."""

    reach_paths = {"program": "job__program_id", "user": "job__owner_id"}


def job_path(row: JobFile, filename: str) -> str:
    """A folder of its own for each file, with a name nobody guesses."""
    return f"jobs/{row.job_id}/{secrets.token_hex(8)}/{filename}"


class JobFile(models.Model):
    """任务文件: a file that a job made; it lies outside of every public address and is dropped after a while."""

    job = models.ForeignKey(Job, verbose_name="任务", on_delete=models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to=job_path, max_length=300)
    size = models.PositiveBigIntegerField("大小")
    row_count = models.PositiveIntegerField("内容数量", default=0)
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    objects = JobFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务文件"
        constraints = [
            models.UniqueConstraint(
                fields=["job", "name"], name="job_file_once", violation_error_message="该任务已有同名文件。"
            )
        ]

    def __str__(self) -> str:
        return self.name
