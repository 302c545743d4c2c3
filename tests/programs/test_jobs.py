"""Long work: what a job says while it runs and when it ends, who sees it, what may be done about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django_tasks_db.models import DBTaskResult

from programs.jobs import Work, cancel_job, keeping, register_job, retry_job, start_job
from programs.jobs.running import HandedBack, ending, run_job
from programs.models import Export, Job, JobFile
from programs.refusals import Refusal
from tests import factories as make
from tests.cast import Cast


def counting(work: Work) -> None:
    for number in range(1, 4):
        work.report(number, 3, f"第 {number} 步")
    work.add_file("结果.txt", b"one two three", row_count=3)


def refusing(work: Work) -> None:
    raise Refusal("第 3 行的日期写错了。改好后重试。")


def failing(work: Work) -> None:
    raise ZeroDivisionError


def cancelled_in_the_middle(work: Work) -> None:
    work.add_file("一半.txt", b"half")
    cancel_job(job=work.job)
    work.write()
    work.report(1, 2)
    raise AssertionError("went on after it was cancelled")


register_job("counting", "计数", counting, unit="步")
register_job("refusing", "拒绝", refusing)
register_job("failing", "出错", failing)
register_job("cancelled", "取消", cancelled_in_the_middle)


def started(cast: Cast, kind: str, **params: Any) -> Job:
    job = start_job(kind, title="示例任务", program=cast.program, by=cast.town, params=params)
    job.refresh_from_db()
    return job


def address(cast: Cast, job: Job, rest: str = "") -> str:
    return f"/p/{cast.program.code}/jobs/{job.pk}/{rest}"


def test_a_job_runs_to_its_end_and_hands_over_its_file(cast: Cast, client: Client) -> None:
    """Its file leaves by the one door, to its owner and to the office, and to nobody else."""
    job = started(cast, "counting", reason="入户发放")
    assert (job.state, job.progress, job.total, job.attempts) == (Job.State.DONE, 3, 3, 1)
    assert job.started_at is not None
    assert job.finished_at is not None
    file = job.files.get()
    url = address(cast, job, f"files/{file.pk}/")
    for user, status in ((cast.town, 200), (cast.county, 200), (cast.leader, 404), (cast.cadre, 404)):
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == status
        if status == 200:
            assert b"".join(response.streaming_content) == b"one two three"
    taken = Export.objects.order_by("pk").first()
    assert taken is not None
    assert (taken.user, taken.what, taken.row_count, taken.reason) == (cast.town, "结果.txt", 3, "入户发放")


def test_a_refusal_says_why_in_its_own_words_and_an_error_in_plain_ones(cast: Cast, desk: Client) -> None:
    """Nobody reads a traceback; both may be tried again."""
    refused, failed = started(cast, "refusing"), started(cast, "failing")
    assert (refused.state, refused.message) == (Job.State.FAILED, "第 3 行的日期写错了。改好后重试。")
    assert failed.state == Job.State.FAILED
    assert f"任务编号 {failed.pk}" in failed.message
    assert "ZeroDivision" not in failed.message
    register_job("failing", "出错", counting)
    try:
        desk.post(address(cast, failed, "retry/"))
    finally:
        register_job("failing", "出错", failing)
    failed.refresh_from_db()
    assert (failed.state, failed.message, failed.attempts) == (Job.State.DONE, "", 2)


def test_a_cancelled_job_stops_at_its_next_report_and_keeps_no_files(cast: Cast) -> None:
    """Half a batch must not be printed by mistake."""
    job = started(cast, "cancelled")
    assert job.state == Job.State.CANCELLED
    assert not job.files.exists()
    assert retry_job(job=job).state == Job.State.CANCELLED


def test_a_job_that_is_over_is_not_cancelled(cast: Cast, desk: Client) -> None:
    """The page says what is so."""
    job = started(cast, "counting")
    response = desk.post(address(cast, job, "cancel/"), follow=True)
    assert "任务已完成，不能取消。" in response.content.decode()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_the_same_work_is_not_started_twice(cast: Cast) -> None:
    """A second click while the first is still at work gets the first."""
    waiting = make.JobFactory(kind="counting", program=cast.program, owner=cast.town, params={"place": "1"})
    again = start_job("counting", title="示例", program=cast.program, by=cast.town, params={"place": "1"})
    other = start_job("counting", title="示例", program=cast.program, by=cast.town, params={"place": "2"})
    assert again == waiting
    assert other != waiting


def test_a_worker_that_is_told_to_end_hands_its_job_back(cast: Cast) -> None:
    """It waits again, with its checkpoint."""
    job = make.JobFactory(kind="handing", program=cast.program, owner=cast.town)
    seen = []

    def handing(work: Work) -> None:
        if work.job.checkpoint.get("half"):
            seen.append("again")
            return
        work.keep(half=True)
        ending.set()
        try:
            work.report(1, 2)
        except HandedBack:
            seen.append("handed back")
            ending.clear()
            raise

    register_job("handing", "交回", handing)
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    assert seen == ["handed back", "again"]
    assert (job.state, job.checkpoint, job.attempts) == (Job.State.DONE, {"half": True}, 2)


def test_what_breaks_while_the_worker_ends_is_no_failure(cast: Cast) -> None:
    """A service manager ends the processes that the work leans on together with the worker."""
    job = make.JobFactory(kind="leaning", program=cast.program, owner=cast.town)
    tries = []

    def leaning(work: Work) -> None:
        tries.append(1)
        if len(tries) == 1:
            ending.set()
            raise BrokenPipeError
        ending.clear()

    register_job("leaning", "倚靠", leaning)
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)


def dead(cast: Cast, **values: Any) -> Job:
    """A job whose worker has been silent for longer than its lease."""
    job = make.JobFactory(kind="counting", program=cast.program, owner=cast.town, state="running", attempts=1, **values)
    Job.objects.filter(pk=job.pk).update(lease_until=Now())
    return job


def test_what_a_dead_worker_left_is_taken_up(cast: Cast) -> None:
    """And ended where somebody asked for it meanwhile, or where too many have died over it."""
    left, unwanted, deadly = dead(cast), dead(cast, cancel_asked=True), dead(cast, deaths=keeping.MOST_DEATHS - 1)
    alive = dead(cast)
    Job.objects.filter(pk=alive.pk).update(lease_until=F("created_at") + keeping.FILES_STAY)
    keeping.take_up()
    for job in (left, unwanted, deadly, alive):
        job.refresh_from_db()
    assert (left.state, left.deaths, left.attempts) == (Job.State.DONE, 1, 2)
    assert unwanted.state == Job.State.CANCELLED
    assert deadly.state == Job.State.FAILED
    assert "意外中断" in deadly.message
    assert (alive.state, alive.attempts) == (Job.State.RUNNING, 1)


def test_a_worker_that_only_slept_writes_nothing_over_its_successor(cast: Cast) -> None:
    """Its job has been taken up by then: it stops, and how the other ended stays."""
    job = dead(cast)
    sleeper = Work(Job.objects.get(pk=job.pk), has_pulse=False)
    keeping.take_up()
    sleeper.write()
    with pytest.raises(Exception, match="^$") as stopped:
        sleeper.check()
    assert type(stopped.value).__name__ == "Lost"
    assert not sleeper.close(state=Job.State.FAILED)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_job_whose_place_in_the_queue_was_lost_is_put_back(cast: Cast) -> None:
    """A worker died after it took the task and before it took the job."""
    job = make.JobFactory(kind="counting", program=cast.program, owner=cast.town)
    assert not DBTaskResult.objects.exists()
    assert keeping.take_up() == 1
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_files_are_dropped_after_thirty_days(cast: Cast, desk: Client) -> None:
    """From the storage too; the job stays and says so."""
    job = started(cast, "counting")
    file = job.files.get()
    path = file.file.name
    assert keeping.drop_expired() == 0
    JobFile.objects.filter(pk=file.pk).update(created_at=F("created_at") - keeping.FILES_STAY)
    assert keeping.drop_expired() == 1
    assert not default_storage.exists(path)
    assert "不再保留" in desk.get(address(cast, job)).content.decode()


def test_the_page_shows_ones_own_and_the_office_everybodys(cast: Cast, client: Client) -> None:
    """A stranger of the program finds nothing, and the page says why it is empty."""
    job = started(cast, "counting")
    page = f"/p/{cast.program.code}/jobs/"
    for user, own, everybody in ((cast.town, True, True), (cast.county, False, True), (cast.cadre, False, False)):
        client.force_login(user)
        assert (f"job-{job.pk}" in client.get(page).content.decode()) is own
        assert (f"job-{job.pk}" in client.get(page, {"of": "all"}).content.decode()) is everybody
    assert "还没有后台任务" in client.get(page).content.decode()
    client.force_login(cast.cadre)
    assert client.post(address(cast, job, "cancel/")).status_code == 404


def test_the_frame_tells_of_running_work_and_asks_again_only_meanwhile(cast: Cast, client: Client) -> None:
    """Nothing while nothing runs; the end is told until its owner has looked."""
    client.force_login(cast.town)
    home = f"/p/{cast.program.code}/me/"
    assert "job-widget" not in client.get(home).content.decode()
    job = make.JobFactory(kind="counting", program=cast.program, owner=cast.town, state="running", total=4, progress=1)
    shown = client.get(home).content.decode()
    assert 'hx-trigger="every 3s"' in shown
    assert "25%" in shown
    Job.objects.filter(pk=job.pk).update(state="done")
    widget = client.get(f"/p/{cast.program.code}/jobs/running/").content.decode()
    assert "已完成" in widget
    assert "hx-trigger" not in widget
    client.get(address(cast, job))
    assert "job-widget" not in client.get(home).content.decode()


def test_a_line_goes_on_asking_until_the_job_ends(cast: Cast, client: Client) -> None:
    """Then the whole line is swapped, with its files."""
    client.force_login(cast.town)
    job = make.JobFactory(kind="counting", program=cast.program, owner=cast.town, state="running", total=4, progress=1)
    going = client.get(address(cast, job), headers={"HX-Request": "true"})
    assert "1 / 4 步" in going.content.decode()
    assert "every 2s" in going.content.decode()
    Job.objects.filter(pk=job.pk).update(state="done")
    make.JobFileFactory(job=job, name="名单.zip")
    ended = client.get(address(cast, job), headers={"HX-Request": "true"})
    assert ended["HX-Retarget"] == f"#job-{job.pk}"
    assert "名单.zip" in ended.content.decode()
    assert "every 2s" not in ended.content.decode()
