"""Jobs as pages show them: whose one may see, how far they are in words, what may be done about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from programs.jobs.keeping import FILES_STAY
from programs.jobs.registry import job_kind
from programs.models import Job, JobFile, Program, Role, User
from programs.rules.wording import table_number
from programs.scoping import roles_in

#: Who answers for what runs in the program.
OFFICE = frozenset({Role.COUNTY, Role.ADMINISTRATOR})
TONES = {
    Job.State.WAITING: "quiet",
    Job.State.RUNNING: "soon",
    Job.State.DONE: "done",
    Job.State.FAILED: "late",
    Job.State.CANCELLED: "quiet",
}


def may_see_all(user: User, program: Program) -> bool:
    """Whether somebody sees what others of the program started."""
    return bool(roles_in(user, program.pk) & OFFICE)


def jobs_of(user: User, program: Program, *, everybody: bool = False) -> QuerySet[Job]:
    """Somebody's own jobs, those outside of any program included; or all of the program. Newest first."""
    rows = Job.objects.visible_to(user)
    mine = Q(owner=user) & (Q(program=program) | Q(program__isnull=True))
    rows = rows.filter(mine | Q(program=program) if everybody else mine)
    files = Prefetch("files", JobFile.objects.order_by("pk"), to_attr="made")
    found: QuerySet[Job] = rows.select_related("owner", "program").prefetch_related(files)
    return found.order_by("-created_at", "-pk")


def unseen_jobs(user: User, program: Program) -> list[Job]:
    """What the frame tells somebody about: own work that runs, and that has ended without being looked at."""
    rows = Job.objects.filter(owner=user, is_seen=False).filter(Q(program=program) | Q(program__isnull=True))
    return list(rows.order_by("-created_at", "-pk")[:20])


def mark_seen(jobs: Iterable[Job], user: User) -> None:
    """Its owner has seen how these ended."""
    ended = [job.pk for job in jobs if job.owner_id == user.pk and not job.is_seen and not job.is_active]
    if ended:
        Job.objects.filter(pk__in=ended).update(is_seen=True)


@dataclass(frozen=True)
class ShownJob:
    """A job with its words."""

    job: Job
    is_mine: bool

    @property
    def state(self) -> str:
        """How far it is."""
        if self.job.is_active and self.job.cancel_asked:
            return "正在取消"
        return self.job.get_state_display()

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[Job.State(self.job.state)]

    @property
    def kind(self) -> str:
        """What kind of work it is."""
        kind = job_kind(self.job.kind)
        return kind.label if kind else "其他"

    @property
    def progress(self) -> str:
        """1,500 / 17,079 户."""
        kind = job_kind(self.job.kind)
        unit = kind.unit if kind else "项"
        if not self.job.total:
            return ""
        return f"{table_number(self.job.progress)} / {table_number(self.job.total)} {unit}"

    @property
    def files(self) -> list[JobFile]:
        """What it made; an archive of all of it first."""
        found: Any = getattr(self.job, "made", [])
        return sorted(found, key=lambda file: not file.name.endswith(".zip"))

    @property
    def days_kept(self) -> int:
        """How long files stay."""
        return FILES_STAY.days


def shown_job(job: Job, user: User) -> ShownJob:
    """A job as somebody sees it."""
    return ShownJob(job, job.owner_id == user.pk)
