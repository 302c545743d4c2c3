"""Long work: what runs and what it made, with cancel, retry and the files."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from programs import exports
from programs.jobs import asking
from programs.jobs.shown import ShownJob, jobs_of, mark_seen, may_see_all, shown_job
from programs.models import Job, Program, User
from programs.permissions import guard
from programs.refusals import Refusal

PAGE_SIZE = 30


def _job(request: HttpRequest, program: Program, pk: int) -> ShownJob:
    user = cast(User, request.user)
    return shown_job(get_object_or_404(jobs_of(user, program, everybody=may_see_all(user, program)), pk=pk), user)


@guard("job.view")
def job_list(request: HttpRequest, program: Program) -> HttpResponse:
    """One's own long work, newest first; the office may look at everybody's in the program."""
    user = cast(User, request.user)
    may_all = may_see_all(user, program)
    everybody = may_all and request.GET.get("of") == "all"
    page = Paginator(jobs_of(user, program, everybody=everybody), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [shown_job(job, user) for job in page]
    mark_seen([one.job for one in shown], user)
    context = {"program": program, "jobs": shown, "page": page, "may_all": may_all, "everybody": everybody}
    return render(request, "programs/job_list.html", context | {"crumbs": []})


@guard("job.view")
def job_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """One piece of work: the whole page, or the line that the page of all of them swaps in as it goes on."""
    one = _job(request, program, pk)
    mark_seen([one.job], cast(User, request.user))
    context = {"program": program, "one": one}
    if not request.htmx:  # type: ignore[attr-defined]
        crumbs = [("后台任务", reverse("programs:job-list", args=[program.code]))]
        return render(request, "programs/job_detail.html", context | {"crumbs": crumbs})
    if one.job.is_active:
        return render(request, "programs/_job_progress.html", context)
    response = render(request, "programs/_job.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#job-{one.job.pk}", "outerHTML"
    return response


@guard("job.view")
def job_widget(request: HttpRequest, program: Program) -> HttpResponse:
    """The line in the frame; it asks again only while something runs."""
    return render(request, "components/job_widget.html", {"program": program})


@guard("job.view")
@require_POST
def job_cancel(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Stop a job."""
    return _asked(request, program, pk, "已要求取消，正在做的一步做完即停止。", cancel=True)


@guard("job.view")
@require_POST
def job_retry(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Run a job again."""
    return _asked(request, program, pk, "已重新排队。", cancel=False)


def _asked(request: HttpRequest, program: Program, pk: int, done: str, *, cancel: bool) -> HttpResponse:
    one = _job(request, program, pk)
    try:
        if cancel:
            asking.cancel_job(job=one.job)
        else:
            asking.retry_job(job=one.job)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("programs:job-detail", program.code, pk)


@guard("job.view")
def job_file(request: HttpRequest, program: Program, pk: int, file: int) -> HttpResponseBase:
    """Hand out a file that a job made."""
    user = cast(User, request.user)
    job: Job = _job(request, program, pk).job
    row = get_object_or_404(job.files.all(), pk=file)
    reason = str(job.params.get("reason", ""))
    taken = exports.Taken(user=user, program=program, what=row.name, query=job.title, reason=reason)
    return exports.made_file(taken, row.file, row.name, row_count=row.row_count)
