"""Runs one job: takes it, renews its lease, writes down how far it is, and how it ended."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, Any

import pghistory
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models.functions import Coalesce, Now
from django_tasks import task

from programs.jobs.registry import job_kind
from programs.models import Job, JobFile
from programs.refusals import Refusal

logger = logging.getLogger(__name__)
#: How often progress is written at most, in seconds.
WRITE_EVERY = 1.0


class Interrupted(Exception):
    """The work has to stop here; functions let it pass."""


class Cancelled(Interrupted):
    """Somebody asked for the end of the job."""


class HandedBack(Interrupted):
    """This worker is to end; another takes the job up again."""


class Lost(Interrupted):
    """Another worker has the job: this one was silent for too long."""


#: Set when this process was told to end.
ending = threading.Event()


def lease() -> Any:
    """Until when a worker that reports now is taken for alive, by the database's clock."""
    return Now() + timedelta(seconds=settings.JOB_LEASE)


class Work:
    """What a job's function works with: the job, and ways to report, to stop in time and to hand over files.

    ``report`` costs nothing: it keeps the numbers, which another thread writes about once a second on a connection of
    its own, so that they are seen and the lease is renewed while the function is inside a transaction.
    """

    def __init__(self, job: Job, *, has_pulse: bool) -> None:
        self.job = job
        self.done, self.total, self.word = job.progress, job.total, job.word
        self._has_pulse = has_pulse
        self._written_at = time.monotonic()
        self._cancel_asked = self._lost = False
        self._over = False
        self._lock = threading.Lock()

    def report(self, done: int | None = None, total: int | None = None, word: str | None = None) -> None:
        """Say how far the work is, and stop here if somebody wants it to."""
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        self.word = self.word if word is None else word[:100]
        if not self._has_pulse and time.monotonic() - self._written_at >= WRITE_EVERY:
            self.write()
        self.check()

    def check(self) -> None:
        """Stop here if the job was cancelled, was taken up by another worker, or this worker is to end."""
        if self._lost:
            raise Lost
        if self._cancel_asked:
            raise Cancelled
        if ending.is_set():
            raise HandedBack

    def write(self) -> None:
        """Write the numbers down, renew the lease, and hear whether the job was cancelled."""
        with self._lock, transaction.atomic():
            if self._over:
                return
            self._written_at = time.monotonic()
            mine = Job.objects.filter(pk=self.job.pk, attempts=self.job.attempts, state=Job.State.RUNNING)
            # The function itself may hold the row, in a transaction that keeps its checkpoint; then there is no hurry.
            row = mine.select_for_update(skip_locked=True).values("cancel_asked").first()
            if row is None:
                self._lost = not mine.exists()
                return
            self._cancel_asked = row["cancel_asked"]
            mine.update(progress=self.done, total=self.total, word=self.word, lease_until=lease())

    def keep(self, **checkpoint: Any) -> None:
        """Keep a checkpoint, in the transaction that the caller is in: as its last statement, for it locks the job."""
        self.check()
        mine = Job.objects.filter(pk=self.job.pk, attempts=self.job.attempts, state=Job.State.RUNNING)
        if not mine.update(checkpoint=checkpoint, deaths=0, lease_until=lease()):
            raise Lost
        self.job.checkpoint = checkpoint

    def add_file(self, name: str, content: bytes | IO[bytes], *, row_count: int = 0) -> JobFile:
        """Hand over a file; one of the same name from an earlier attempt is replaced."""
        self.check()
        for old in JobFile.objects.filter(job=self.job, name=name):
            drop_file(old)
        stored = ContentFile(content) if isinstance(content, bytes) else File(content)
        row = JobFile(job=self.job, name=name, size=stored.size, row_count=row_count)
        row.file.save(name, stored, save=False)
        row.save()
        return row

    def close(self, **changes: Any) -> bool:
        """Write how it ended, unless another worker has the job by now; nothing is written after that."""
        with self._lock:
            self._over = True
            mine = Job.objects.filter(pk=self.job.pk, attempts=self.job.attempts, state=Job.State.RUNNING)
            numbers = {"progress": self.done, "total": self.total, "word": self.word}
            return bool(mine.update(**numbers | changes))


class Pulse(threading.Thread):
    """Beats once a second in a worker's process and writes for the work that runs there."""

    def __init__(self) -> None:
        super().__init__(name="pulse", daemon=True)
        self.work: Work | None = None

    def run(self) -> None:
        while True:
            time.sleep(WRITE_EVERY)
            if (work := self.work) is None:
                continue
            try:
                work.write()
            except DatabaseError:
                logger.exception("Progress of job %s was not written", work.job.pk)
                connection.close()


_pulse: Pulse | None = None


def start_pulse() -> None:
    """Called once by a worker's process; without it, work writes for itself as it reports."""
    global _pulse
    if _pulse is None:
        _pulse = Pulse()
        _pulse.start()


@task()
def run_job(job_id: int) -> None:
    """Run a job that waits; one that another worker has, or that was cancelled meanwhile, is left alone."""
    job = _take(job_id)
    if job is None:
        return
    work = Work(job, has_pulse=_pulse is not None)
    try:
        with _beating(work), pghistory.context(user=job.owner_id, job=job.pk):
            kind = job_kind(job.kind)
            if kind is None:
                raise Refusal("现在的版本不再支持这种任务。请删除后重新发起。")
            kind.function(work)
    except Cancelled:
        _drop_files(job)
        _end(work, Job.State.CANCELLED)
    except Lost:
        logger.warning("Job %s went to another worker", job.pk)
    except HandedBack:
        _hand_back(work)
    except Refusal as refusal:
        _end(work, Job.State.FAILED, refusal.message)
    except Exception:
        if ending.is_set():
            # What the work leaned on was told to end together with this process.
            _hand_back(work)
            return
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        words = f"运行中出错，没有完成。可以点“重试”；仍然失败，请告诉系统管理员任务编号 {job.pk}。"
        _end(work, Job.State.FAILED, words)
    except BaseException:
        # The process was told to end at once.
        _hand_back(work)
        raise
    else:
        work.done = work.total = work.total or work.done
        _end(work, Job.State.DONE)


def _take(job_id: int) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=Job.State.WAITING).first()
        if job is None:
            return None
        if job.cancel_asked:
            Job.objects.filter(pk=job_id).update(state=Job.State.CANCELLED, finished_at=Now())
            return None
        started = {"started_at": Coalesce("started_at", Now()), "lease_until": lease()}
        Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING, attempts=job.attempts + 1, **started)
    return Job.objects.select_related("program__jurisdiction", "owner").get(pk=job_id)


@contextmanager
def _beating(work: Work) -> Iterator[None]:
    if _pulse is None:
        yield
        return
    _pulse.work = work
    try:
        yield
    finally:
        _pulse.work = None


def _end(work: Work, state: str, message: str = "") -> None:
    if not connection.in_atomic_block:
        # What failed may have been the connection.
        close_old_connections()
    work.close(state=state, message=message, finished_at=Now(), lease_until=None, word="")


def _hand_back(work: Work) -> None:
    with transaction.atomic():
        if work.close(state=Job.State.WAITING, lease_until=None):
            run_job.enqueue(work.job.pk)


def _drop_files(job: Job) -> None:
    for row in JobFile.objects.filter(job=job):
        drop_file(row)


def drop_file(row: JobFile) -> None:
    """Remove a file from the storage and from the job."""
    row.file.delete(save=False)
    row.delete()
