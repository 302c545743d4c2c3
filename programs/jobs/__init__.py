"""Long work in the background: kinds are registered at start-up, jobs are asked for, run by a worker, and looked after.

A kind's function gets a ``Work`` and does the work step by step, saying how far it is::

    def export_visits(work: Work) -> None:
        for number, chunk in enumerate(chunks, start=1):
            ...
            work.report(number, len(chunks), "写入走访")
        work.add_file("走访.xlsx", content, row_count=total)

    register_job("export_visits", "导出走访", export_visits)
    start_job("export_visits", title="导出走访", program=program, by=user, params={"query": "…"})
"""

from programs.jobs.asking import cancel_job, retry_job, start_job
from programs.jobs.registry import JobKind, job_kind, register_job
from programs.jobs.running import Work

__all__ = ["JobKind", "Work", "cancel_job", "job_kind", "register_job", "retry_job", "start_job"]
