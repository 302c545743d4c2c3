"""A worker of its own process that knows two kinds of work which tests can watch and kill."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

STEPS = 30


def main() -> None:
    """Run the worker until nothing waits, or until it is killed."""
    there = settings.DATABASES["default"]
    there["NAME"] = os.environ["JOB_DATABASE"]
    there["OPTIONS"] = {"options": os.environ["JOB_OPTIONS"]}
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    django.setup()

    from programs.jobs import Work, register_job
    from programs.models import Suggestion

    folder = Path(os.environ["JOB_FOLDER"])

    def careful(work: Work) -> None:
        """Write a row a step, each together with its checkpoint, slowly enough to be killed in between."""
        from django.db import transaction

        for step in range(work.job.checkpoint.get("step", 0), STEPS):
            with transaction.atomic():
                Suggestion.objects.create(program=work.job.program, user=work.job.owner, text=f"第 {step} 步")
                work.keep(step=step + 1)
            (folder / "reached").write_text(str(step))
            work.report(step + 1, STEPS, "一步一步")
            time.sleep(0.05)
        work.add_file("步骤.txt", "".join(f"{step}\n" for step in range(STEPS)).encode(), row_count=STEPS)

    def deaf(work: Work) -> None:
        """Hold one transaction open, and report from inside of it."""
        from django.db import transaction

        with transaction.atomic():
            Suggestion.objects.create(program=work.job.program, user=work.job.owner, text="未提交")
            for step in range(10_000):
                work.report(step, 10_000, "一次写入")
                (folder / "reached").write_text(str(step))
                time.sleep(0.01)

    register_job("careful", "一步一步", careful)
    register_job("deaf", "一次写入", deaf)
    call_command("worker", interval=0.1, until_empty="--until-empty" in sys.argv)


if __name__ == "__main__":
    main()
