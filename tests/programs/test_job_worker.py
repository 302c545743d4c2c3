"""The real queue and a real worker, killed in the middle: what was begun is finished, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from programs.jobs import cancel_job, register_job, start_job
from programs.models import Job, Suggestion
from tests import factories as make
from tests.programs.job_worker import STEPS

PATIENCE = 60


class Workers:
    """Starts workers on the test's own database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "JOB_DATABASE": str(connection.settings_dict["NAME"]),
            "JOB_OPTIONS": connection.settings_dict["OPTIONS"]["options"],
            "MEDIA_ROOT": str(self.folder / "media"),
            "BANGFU_JOB_LEASE": "2",
            "JOB_FOLDER": str(self.folder),
        }
        command = [sys.executable, "-m", "tests.programs.job_worker", *arguments]
        worker = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
        self.started.append(worker)
        return worker

    def step(self) -> int:
        reached = self.folder / "reached"
        text = reached.read_text() if reached.exists() else ""
        return int(text) if text else -1

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait, as long as the last worker lives."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.started[-1].poll() is None, "the worker ended on its own"
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.fixture
def workers(own_database: None, tmp_path: Path) -> Iterator[Workers]:
    """Workers that end with the test; jobs go to the real queue."""
    register_job("careful", "一步一步", lambda work: None)
    register_job("deaf", "一次写入", lambda work: None)
    found = Workers(tmp_path)
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        yield found
    for worker in found.started:
        worker.kill()
        worker.wait()


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_killed_worker_loses_nothing_and_repeats_nothing(workers: Workers) -> None:
    """Two workers die in the middle; the third finishes from the last checkpoint: each step is there once."""
    program = make.ProgramFactory()
    job = start_job("careful", title="示例", program=program, by=make.UserFactory())
    assert job.state == Job.State.WAITING
    for deaths in (1, 2):
        worker = workers.start()
        workers.wait_until(lambda least=deaths * 8: workers.step() >= least)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert state_of(job) == Job.State.RUNNING
    workers.start()
    workers.wait_until(lambda: state_of(job) == Job.State.DONE)
    texts = list(Suggestion.objects.order_by("pk").values_list("text", flat=True))
    assert texts == [f"第 {step} 步" for step in range(STEPS)]
    assert (job.attempts, job.progress, job.total) == (3, STEPS, STEPS)
    file = job.files.get()
    assert (workers.folder / "media" / file.file.name).read_text().splitlines() == [str(n) for n in range(STEPS)]


def test_progress_is_seen_and_cancelling_heard_from_inside_a_transaction(workers: Workers) -> None:
    """And what was not committed is gone."""
    job = start_job("deaf", title="示例", program=make.ProgramFactory(), by=make.UserFactory())
    workers.start()
    workers.wait_until(lambda: bool(state_of(job) and job.progress))
    assert job.word == "一次写入"
    cancel_job(job=job)
    workers.wait_until(lambda: state_of(job) == Job.State.CANCELLED)
    assert not Suggestion.objects.exists()


def test_a_worker_that_is_asked_to_end_hands_its_job_to_the_next(workers: Workers) -> None:
    """It ends cleanly and at once, not when the job is done."""
    job = start_job("careful", title="示例", program=make.ProgramFactory(), by=make.UserFactory())
    worker = workers.start()
    workers.wait_until(lambda: workers.step() >= 5)
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert state_of(job) == Job.State.WAITING
    assert workers.start("--until-empty").wait(PATIENCE) == 0
    assert state_of(job) == Job.State.DONE
    assert Suggestion.objects.count() == STEPS
