"""Looks after jobs: takes up what dead workers left, and drops files and queue rows that are past their time."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from programs.jobs.running import drop_file, run_job
from programs.models import Job, JobFile

logger = logging.getLogger(__name__)
#: After how many workers have died over a job without getting anywhere it is given up.
MOST_DEATHS = 10
FILES_STAY = timedelta(days=30)
QUEUE_STAYS = timedelta(days=7)


def take_up() -> int:
    """Put jobs back into the queue whose worker is silent or whose place in the queue was lost; how many."""
    found = 0
    with transaction.atomic():
        silent = Job.objects.select_for_update(skip_locked=True).filter(state=Job.State.RUNNING, lease_until__lt=Now())
        for job in silent.order_by("pk"):
            found += _take_up(job)
        waiting = Job.objects.select_for_update(skip_locked=True).filter(state=Job.State.WAITING)
        for job in waiting.order_by("pk"):
            # A worker that died between taking the task and taking the job.
            if not _queued(job):
                run_job.enqueue(job.pk)
                found += 1
    return found


def _take_up(job: Job) -> bool:
    rows = Job.objects.filter(pk=job.pk)
    if job.cancel_asked:
        rows.update(state=Job.State.CANCELLED, finished_at=Now(), lease_until=None)
        return False
    if job.deaths + 1 >= MOST_DEATHS:
        words = f"处理进程 {job.deaths + 1} 次意外中断，已停止自动重试。可以点“重试”；仍然中断，请告诉系统管理员。"
        rows.update(state=Job.State.FAILED, message=words, finished_at=Now(), lease_until=None)
        return False
    logger.warning("Job %s is taken up again: its worker died", job.pk)
    rows.update(state=Job.State.WAITING, deaths=job.deaths + 1, lease_until=None)
    run_job.enqueue(job.pk)
    return True


def _queued(job: Job) -> bool:
    ready = DBTaskResult.objects.ready().filter(task_path=run_job.module_path, args_kwargs__args=[job.pk])
    return bool(ready.exists())


def drop_expired() -> int:
    """Drop files that have been there for 30 days, and what the queue remembers of tasks long over; how many files."""
    expired = JobFile.objects.filter(created_at__lt=Now() - FILES_STAY).order_by("pk")
    found = 0
    for row in expired.iterator():
        drop_file(row)
        Job.objects.filter(pk=row.job_id).update(files_dropped=True)
        found += 1
    DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=Now() - QUEUE_STAYS).delete()
    return found
