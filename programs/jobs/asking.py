"""What people ask of long work: start it, cancel it, try again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from programs.jobs.registry import job_kind
from programs.jobs.running import drop_file, run_job
from programs.models import Job, JobFile, Program, User
from programs.refusals import Refusal


class NotNow(Refusal):
    """The job is not in a state in which this can be done."""


def start_job(
    kind: str, *, title: str, program: Program | None, by: User | None, params: dict[str, Any] | None = None
) -> Job:
    """Put long work into the queue, together with whatever else the caller's transaction writes.

    The same work that somebody already waits for is not started twice: that job is returned.
    """
    assert job_kind(kind) is not None, kind
    params = params or {}
    with transaction.atomic():
        same = Job.objects.active().filter(kind=kind, program=program, owner=by, params=params, cancel_asked=False)
        if (running := same.order_by("pk").first()) is not None:
            return running
        job = Job.objects.create(kind=kind, title=title[:200], program=program, owner=by, params=params)
        run_job.enqueue(job.pk)
    return job


def cancel_job(*, job: Job) -> Job:
    """Stop a job: one that waits at once, one that runs at its next report."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if not row.is_active:
            raise NotNow(f"任务{row.get_state_display()}，不能取消。")
        row.cancel_asked = True
        row.save(update_fields=["cancel_asked"])
        if row.state == Job.State.WAITING:
            Job.objects.filter(pk=row.pk).update(state=Job.State.CANCELLED, finished_at=Now())
    row.refresh_from_db()
    return row


def retry_job(*, job: Job) -> Job:
    """Let a job that failed or was cancelled run again, from its checkpoint if it kept one."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if not row.may_be_retried:
            raise NotNow(f"任务{row.get_state_display()}，不需要重试。")
        if row.state == Job.State.CANCELLED or not row.checkpoint:
            row.checkpoint = {}
            for file in JobFile.objects.filter(job=row):
                drop_file(file)
        row.state, row.cancel_asked, row.is_seen, row.message = Job.State.WAITING, False, False, ""
        row.files_dropped = False
        row.deaths = row.progress = 0
        row.started_at = row.finished_at = row.lease_until = None
        row.save()
        run_job.enqueue(row.pk)
    row.refresh_from_db()
    return row
