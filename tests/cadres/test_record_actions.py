"""Changes to needs, papers, meetings, diaries, duty, leave, and what offices tick."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cadres.actions.duty import AlreadyApproved, approve_leave, record_duties, record_duty, request_leave
from cadres.actions.marks import (
    AlreadyWithdrawn,
    TakesNoMarks,
    WrongSubject,
    excuse_requirement,
    mark_requirement,
    mark_requirements,
    period_start_of,
    withdraw_mark,
)
from cadres.actions.needs import (
    DueBeforeRaised,
    NeedClosed,
    NeedOpen,
    NoEvidence,
    add_need_step,
    assign_need,
    close_need,
    comment_need,
    raise_need,
    reopen_need,
)
from cadres.actions.records import (
    NotInTeam,
    PartsMissing,
    UnknownPart,
    hold_meeting,
    receive_document,
    write_diaries,
    write_diary,
)
from cadres.models import Diary, Document, Duty, MeetingItem, Need, NeedStep, RequirementMark
from programs.models import Requirement
from programs.refusals import BadField, BadWord, BrokenRule, InFuture, OutOfPlace
from tests import factories as make
from tests.cast import Cast

RAISED = dt.date(2015, 5, 12)
ON = dt.date(2015, 6, 1)
TOMORROW = dt.date(2015, 7, 4)


def need(cast: Cast, **changes: Any) -> Need:
    """A need of the near household."""
    values = {
        "division": cast.near.place,
        "category": cast.near.word("need_category"),
        "text": "路不好走",
        "raised_on": RAISED,
        "responsible_team": cast.near.team,
    }
    return raise_need(by=cast.team, program=cast.program, **(values | changes))


def test_a_need_goes_its_way_and_may_come_back(cast: Cast) -> None:
    row = need(cast, due_on=ON)
    add_need_step(by=cast.team, need=row, on=RAISED, text="已联系")
    comment_need(by=cast.leader, need=row, on=ON, text="抓紧")
    close_need(by=cast.town, need=row, on=ON, reason="已修好", evidence="本人满意")

    row.refresh_from_db()
    assert (row.closed_on, row.solved, row.close_evidence) == (ON, True, "本人满意")
    comment_need(by=cast.leader, need=row, on=ON, text="很好")
    reopen_need(by=cast.town, need=row, on=dt.date(2015, 6, 8), reason="又坏了", due_on=dt.date(2015, 7, 1))

    row.refresh_from_db()
    assert (row.closed_on, row.solved, row.close_reason, row.due_on) == (None, False, "", dt.date(2015, 7, 1))
    kinds = row.steps.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["action", "comment", "closed", "comment", "reopened"]
    assert row.steps.get(kind=NeedStep.Kind.CLOSED).text == "已修好"


def test_a_need_is_closed_with_a_reason_and_then_rests(cast: Cast) -> None:
    row = need(cast)
    with pytest.raises(BadField, match="请填写销号理由"):
        close_need(by=cast.town, need=row, on=ON, reason=" ")
    with pytest.raises(DueBeforeRaised):
        close_need(by=cast.town, need=row, on=RAISED - dt.timedelta(days=1), reason="办了")
    with pytest.raises(InFuture):
        close_need(by=cast.town, need=row, on=TOMORROW, reason="办了")
    with pytest.raises(NeedOpen):
        reopen_need(by=cast.town, need=row, on=ON, reason="再办")
    assert not row.steps.exists()

    close_need(by=cast.town, need=row, on=ON, reason="办不了", solved=False)
    for again in (
        lambda: close_need(by=cast.town, need=row, on=ON, reason="办了"),
        lambda: add_need_step(by=cast.team, need=row, on=ON, text="还在办"),
        lambda: assign_need(by=cast.town, need=row, on=ON, to=cast.near.unit),
    ):
        with pytest.raises(NeedClosed, match="请先重新办理"):
            again()


def test_where_the_program_says_so_closing_needs_the_households_word(cast: Cast) -> None:
    cast.program.settings = {"need_close_needs_evidence": True}
    cast.program.save()
    row = need(cast)

    with pytest.raises(NoEvidence) as refused:
        close_need(by=cast.town, need=row, on=ON, reason="办了")
    assert refused.value.field == "close_evidence"
    close_need(by=cast.town, need=row, on=ON, reason="办了", evidence="村民签字")


def test_a_need_is_given_to_one_who_answers_for_it(cast: Cast) -> None:
    row = need(cast)
    assign_need(by=cast.town, need=row, on=ON, to=cast.near.unit, due_on=TOMORROW)

    row.refresh_from_db()
    assert (row.responsible_team, row.responsible_unit, row.due_on) == (None, cast.near.unit, TOMORROW)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"text": ""}, BadField, "text"),
        ({"raised_on": TOMORROW}, InFuture, "raised_on"),
        ({"due_on": dt.date(2015, 5, 1)}, DueBeforeRaised, "due_on"),
    ],
)
def test_a_need_that_makes_no_sense_is_refused(cast: Cast, changes: dict[str, Any], refusal: type, field: str) -> None:
    with pytest.raises(refusal) as refused:
        need(cast, **changes)
    assert refused.value.field == field


def receive(cast: Cast, **changes: Any) -> Document:
    """The near team's plan."""
    values = {
        "kind": cast.near.word("document_kind"),
        "title": "年度计划",
        "division": cast.near.place,
        "received_on": ON,
        "team": cast.near.team,
    }
    return receive_document(by=cast.team, program=cast.program, **(values | changes))


def test_a_document_has_all_parts_that_its_kind_demands(cast: Cast) -> None:
    kind = cast.near.word("document_kind")
    kind.parts = ["目标任务", "主要措施"]
    kind.save()

    with pytest.raises(PartsMissing, match="须写明主要措施") as refused:
        receive(cast, parts={"目标任务": "修路", "主要措施": " "})
    assert refused.value.field == "parts"
    with pytest.raises(UnknownPart, match="没有“附注”"):
        receive(cast, parts={"目标任务": "修路", "主要措施": "筹资", "附注": "无"})
    found = receive(cast, parts={"目标任务": "修路", "主要措施": "筹资"})
    assert set(found.parts.values_list("name", flat=True)) == {"目标任务", "主要措施"}


def test_a_document_is_of_this_place_and_not_of_tomorrow(cast: Cast) -> None:
    with pytest.raises(OutOfPlace):
        receive(cast, division=cast.abroad.place)
    with pytest.raises(InFuture):
        receive(cast, received_on=TOMORROW)
    with pytest.raises(BrokenRule, match="所属期止不能早于所属期起"):
        receive(cast, period_start=ON, period_end=RAISED)
    with pytest.raises(BadWord):
        receive(cast, kind=cast.near.word("meeting_kind"))


def test_a_meeting_holds_both_sides_points(cast: Cast) -> None:
    meeting = hold_meeting(
        by=cast.town,
        program=cast.program,
        kind=cast.near.word("meeting_kind"),
        on=ON,
        division=cast.near.town,
        title="例会",
        items=[(MeetingItem.Side.HELPER, "汇报"), (MeetingItem.Side.DECISION, "限期")],
    )
    assert meeting.items.count() == 2
    with pytest.raises(BadField):
        hold_meeting(
            by=cast.town,
            program=cast.program,
            kind=cast.near.word("meeting_kind"),
            on=ON,
            division=cast.near.town,
            title="例会",
            items=[("nobody", "说")],
        )


def test_a_diary_has_one_page_a_day(cast: Cast) -> None:
    write_diary(by=cast.team, team=cast.near.team, cadre=cast.near.secretary, on=ON, text="初稿")
    write_diary(by=cast.team, team=cast.near.team, cadre=cast.near.secretary, on=ON, text="定稿")

    assert Diary.objects.get().text == "定稿"
    page = Diary(team=cast.near.team, cadre=cast.near.secretary, on=ON)
    with pytest.raises(BrokenRule, match="这一天的日记已登记"):
        write_diaries(by=cast.team, program=cast.program, diaries=[page])
    with pytest.raises(InFuture):
        write_diary(by=cast.team, team=cast.near.team, cadre=cast.near.secretary, on=TOMORROW, text="明天")


def test_only_members_of_the_team_write_serve_and_take_leave(cast: Cast) -> None:
    team, stranger = cast.near.team, cast.far.secretary
    with pytest.raises(NotInTeam):
        write_diary(by=cast.team, team=team, cadre=stranger, on=ON, text="我")
    with pytest.raises(NotInTeam):
        record_duty(by=cast.town, team=team, cadre=stranger, on=ON)
    with pytest.raises(NotInTeam):
        request_leave(by=cast.team, team=team, cadre=stranger, since=ON, until=ON, reason="事假")


def test_a_day_of_duty_is_changed_not_doubled(cast: Cast) -> None:
    team, cadre = cast.near.team, cast.near.secretary
    record_duty(by=cast.town, team=team, cadre=cadre, on=ON)
    record_duty(by=cast.town, team=team, cadre=cadre, on=ON, state=Duty.State.REPORTED, note="跑项目")

    assert Duty.objects.get().state == Duty.State.REPORTED
    with pytest.raises(BrokenRule, match="这一天已登记"):
        record_duties(by=cast.town, program=cast.program, duties=[Duty(team=team, cadre=cadre, on=ON)])


def test_leave_is_asked_for_once_and_approved_once(cast: Cast) -> None:
    def ask(**changes: Any) -> Any:
        values = {"since": ON, "until": ON + dt.timedelta(days=2), "reason": "事假"}
        return request_leave(by=cast.team, team=cast.near.team, cadre=cast.near.secretary, **(values | changes))

    leave = ask()
    with pytest.raises(BrokenRule, match="这段时间已请假"):
        ask(since=ON + dt.timedelta(days=1))
    with pytest.raises(BrokenRule, match="结束日期不能早于开始日期"):
        ask(since=dt.date(2015, 6, 20), until=dt.date(2015, 6, 19))
    approve_leave(by=cast.town, leave=leave, approver="示例镇党委")
    assert leave.approved_on == cast.program.pinned_on
    with pytest.raises(AlreadyApproved):
        approve_leave(by=cast.town, leave=leave, approver="示例镇党委")


@pytest.fixture
def monthly(cast: Cast) -> Requirement:
    """A report that each team owes each month."""
    found: Requirement = make.RequirementFactory(
        program=cast.program, cadence=Requirement.Cadence.MONTH, due_on=None, due_day=28, starts_on=dt.date(2015, 4, 10)
    )
    return found


def test_a_tick_counts_for_the_period_it_names(cast: Cast, monthly: Requirement) -> None:
    mark = mark_requirement(
        by=cast.town,
        requirement=monthly,
        subject=cast.near.team,
        on=dt.date(2015, 6, 2),
        period=dt.date(2015, 5, 20),
        source=RequirementMark.Source.PHONE,
        note="电话问过",
    )
    assert (mark.period_start, mark.recorded_by, mark.reason) == (dt.date(2015, 5, 1), cast.town, "电话问过")


def test_what_is_owed_once_has_one_period(cast: Cast) -> None:
    once = make.RequirementFactory(program=cast.program)
    assert period_start_of(once, ON) == cast.program.starts_on
    once.starts_on = RAISED
    assert period_start_of(once, ON) == RAISED


def test_each_subject_of_many_is_ticked_once_a_period(cast: Cast, monthly: Requirement) -> None:
    teams = [side.team for side in cast.sides]
    mark_requirements(by=cast.county, requirement=monthly, subjects=teams, on=ON, source="paper")
    assert RequirementMark.objects.standing().count() == 4

    with pytest.raises(BrokenRule, match="这一期已登记"):
        mark_requirement(by=cast.county, requirement=monthly, subject=teams[0], on=ON, source="paper")


def test_a_tick_has_a_source_and_the_right_subject(cast: Cast, monthly: Requirement) -> None:
    def tick(subject: Any, source: str = "phone", on: dt.date = ON) -> None:
        mark_requirement(by=cast.county, requirement=monthly, subject=subject, on=on, source=source)

    with pytest.raises(BrokenRule, match="须选核实方式") as refused:
        tick(cast.near.team, source="")
    assert refused.value.field == "source"
    with pytest.raises(WrongSubject, match="工作队"):
        tick(cast.near.unit)
    with pytest.raises(InFuture):
        tick(cast.near.team, on=TOMORROW)
    monthly.takes_marks = False
    with pytest.raises(TakesNoMarks):
        tick(cast.near.team)


def test_villages_and_units_are_ticked_as_what_they_are(cast: Cast) -> None:
    village = make.RequirementFactory(program=cast.program, subject=Requirement.Subject.VILLAGE, evidence="meeting")
    leader = make.RequirementFactory(program=cast.program, subject=Requirement.Subject.UNIT_LEADER, evidence="visit")

    for requirement, subject, field, value in (
        (village, cast.near.village, "division", cast.near.place),
        (leader, cast.near.unit, "unit", cast.near.unit),
    ):
        mark = mark_requirement(by=cast.county, requirement=requirement, subject=subject, on=ON, source="site")
        assert getattr(mark, field) == value


def test_an_excuse_has_a_reason_and_an_approver(cast: Cast, monthly: Requirement) -> None:
    def excuse(**changes: Any) -> RequirementMark:
        values = {"reason": "防汛", "approver": "示例镇党委"}
        return excuse_requirement(by=cast.town, requirement=monthly, subject=cast.near.team, **(values | changes))

    for missing in ("reason", "approver"):
        with pytest.raises(BadField) as refused:
            excuse(**{missing: " "})
        assert refused.value.field == missing
    assert excuse().period_start == dt.date(2015, 7, 1)


def test_a_mark_taken_back_makes_room_for_another(cast: Cast, monthly: Requirement) -> None:
    def tick() -> RequirementMark:
        return mark_requirement(by=cast.town, requirement=monthly, subject=cast.near.team, on=ON, source="phone")

    first = tick()
    withdraw_mark(by=cast.county, mark=first)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_mark(by=cast.county, mark=first)
    second = tick()
    assert list(RequirementMark.objects.standing()) == [second]
    assert RequirementMark.objects.count() == 2
