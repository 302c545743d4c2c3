"""The worker: runs what waits in the background, and looks after jobs whose worker died."""

from __future__ import annotations

import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from programs.jobs import keeping
from programs.jobs.running import ending, start_pulse

#: How often the worker looks for dead colleagues and for expired files, in seconds.
TAKE_UP_EVERY = 5.0
DROP_EVERY = 3600.0


class Worker(db_worker.Worker):
    """django-tasks-db's worker, which neither takes up what was interrupted nor ends in the middle of a task."""

    def __init__(self, *, interval: float, until_empty: bool) -> None:
        super().__init__(
            queue_names=["default"],
            interval=interval,
            # It comes back whenever nothing waits, so that there is time to look after the rest.
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.until_empty = until_empty

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Let the running job hand itself back at its next report; asked a second time, end at once."""
        ending.set()
        super().shutdown(signum, frame)

    def run(self) -> None:
        taken_up = dropped = -DROP_EVERY
        while self.running:
            now = time.monotonic()
            if now - taken_up >= TAKE_UP_EVERY:
                keeping.take_up()
                taken_up = now
            if now - dropped >= DROP_EVERY:
                keeping.drop_expired()
                dropped = now
            super().run()
            if self.until_empty:
                return
            if self.running:
                time.sleep(self.interval)


class Command(BaseCommand):
    """``manage.py worker``: any number of them may run; one is enough for a county."""

    help = "Run jobs in the background, and take up those whose worker died."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at an empty queue")
        parser.add_argument("--until-empty", action="store_true", help="end when nothing waits any more")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(interval=options["interval"], until_empty=options["until_empty"])
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, worker.shutdown)
        start_pulse()
        worker.run()
