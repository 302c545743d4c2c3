"""Rounds, what inspections record, and the way of a problem to its close."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from inspections.actions import (
    BadAnswer,
    FindingClosed,
    FourEyes,
    InspectionDraft,
    NotAccepted,
    NotAProblem,
    NothingToCheck,
    OutsideRound,
    add_finding,
    add_group,
    assign_teams,
    close_finding,
    create_round,
    draw_sample,
    recheck,
    record_inspection,
    record_inspections,
    rectify,
    sanction,
)
from inspections.models import Answer, ChecklistItem, Finding, Inspection
from programs.refusals import BadField, BadWord, BrokenRule, InFuture
from tests import factories as make
from tests.cast import Cast

FOUND = dt.date(2015, 6, 16)
ON = dt.date(2015, 6, 20)
TOMORROW = dt.date(2015, 7, 4)


def test_a_round_has_methods_groups_and_each_team_once(cast: Cast) -> None:
    methods = [cast.near.word("method", code) for code in ("ask", "site")]
    found = create_round(
        by=cast.county, program=cast.program, name="第二轮", starts_on=FOUND, ends_on=ON, methods=methods
    )
    group = add_group(
        by=cast.county, in_round=found, name="一组", head=cast.far.leader, members=[cast.near.leader], position=1
    )
    assign_teams(by=cast.county, group=group, teams=[cast.near.team, cast.far.team])

    assert set(found.methods.all()) == set(methods)
    assert group.members.get(is_head=True).cadre == cast.far.leader
    assert group.members.count() == 2
    with pytest.raises(BrokenRule, match="本轮已分配督查组") as refused:
        assign_teams(by=cast.county, group=group, teams=[cast.near.team])
    assert refused.value.field == "team"


def test_a_rounds_name_days_methods_and_teams_are_its_own(cast: Cast) -> None:
    def create(**changes: Any) -> None:
        create_round(by=cast.county, program=cast.program, **({"name": "第二轮", "starts_on": FOUND} | changes))

    with pytest.raises(BrokenRule, match="同名的督查"):
        create(name=cast.near.group.round.name)
    with pytest.raises(BrokenRule, match="结束日期不能早于开始日期") as refused:
        create(ends_on=FOUND - dt.timedelta(days=1))
    assert refused.value.field == "ends_on"
    with pytest.raises(BadWord):
        create(methods=[cast.near.word("visit_kind")])
    with pytest.raises(OutsideRound):
        assign_teams(by=cast.county, group=cast.near.group, teams=[cast.abroad.team])


def test_a_draw_can_be_repeated_from_its_seed(cast: Cast) -> None:
    teams = [side.team for side in cast.sides]

    def draw(seed: int) -> list[int]:
        found = draw_sample(by=cast.county, in_round=cast.round, teams=reversed(teams), seed=seed, per_town=1)
        return [team.pk for team in found]

    first = draw(7)
    assert len(first) == 2
    assert first == draw(7)
    assert len({tuple(draw(seed)) for seed in range(12)}) > 1
    cast.round.refresh_from_db()
    assert cast.round.sample_seed == 11
    with pytest.raises(BadField):
        draw_sample(by=cast.county, in_round=cast.round, teams=teams, seed=1, per_town=0)


@pytest.fixture
def checklist(cast: Cast) -> dict[str, ChecklistItem]:
    """Four questions, one of them for a yes only."""
    kinds = ChecklistItem.Kind
    came = make.ChecklistItemFactory(program=cast.program, code="came", kind=kinds.YES_NO, position=1)
    return {
        "came": came,
        "times": make.ChecklistItemFactory(
            program=cast.program, code="times", kind=kinds.NUMBER, only_if=came, only_if_answer="是", position=2
        ),
        "diary": make.ChecklistItemFactory(
            program=cast.program, code="diary", kind=kinds.CHOICE, choices=["完整", "不详"], position=3
        ),
        "said": make.ChecklistItemFactory(program=cast.program, code="said", kind=kinds.TEXT, position=4),
    }


def record(cast: Cast, answers: dict[ChecklistItem, Any], **changes: Any) -> Inspection:
    """The near inspection recorded on a day of its round."""
    values = {"visited_on": cast.round.starts_on, "answers": answers}
    return record_inspection(by=cast.inspector, inspection=cast.near.inspection, **(values | changes))


def test_an_inspection_keeps_its_answers_and_replaces_them_when_recorded_again(
    cast: Cast, checklist: dict[str, ChecklistItem]
) -> None:
    method = cast.near.word("method")
    answers = {checklist["came"]: "是", checklist["times"]: ("2", "查记录"), checklist["said"]: " "}
    row = record(cast, answers, methods=[method], notes=" 在村 ")

    assert (row.recorded_by, row.notes, list(row.methods.all())) == (cast.inspector, "在村", [method])
    assert row.answers.get(item=checklist["times"]).note == "查记录"
    assert row.answers.count() == 2

    record(cast, {checklist["came"]: "否", checklist["times"]: "2", checklist["diary"]: "完整"})
    said = Answer.objects.filter(inspection=row).values_list("item__code", "value")
    assert dict(said) == {"came": "否", "diary": "完整"}
    assert not row.methods.exists()


@pytest.mark.parametrize(("code", "value"), [("came", "也许"), ("diary", "一般"), ("times", "两次")])
def test_an_answer_fits_its_question(cast: Cast, checklist: dict[str, ChecklistItem], code: str, value: str) -> None:
    answers = {checklist["came"]: "是", checklist[code]: value}
    with pytest.raises(BadAnswer) as refused:
        record(cast, answers)
    assert refused.value.field == f"item-{checklist[code].pk}"
    assert not Answer.objects.exists()


def test_an_inspection_happens_within_its_round(cast: Cast) -> None:
    with pytest.raises(OutsideRound, match="不在本轮督查期间"):
        record(cast, {}, visited_on=cast.round.starts_on - dt.timedelta(days=1))
    with pytest.raises(InFuture):
        record(cast, {}, visited_on=TOMORROW)
    with pytest.raises(BrokenRule, match="回访日期不能早于督查日期"):
        record(cast, {}, follow_up_on=cast.round.starts_on - dt.timedelta(days=1))
    with pytest.raises(OutsideRound, match="不属于本活动"):
        record_inspections(
            by=cast.county,
            program=cast.abroad.program,
            inspections=[InspectionDraft(cast.near.inspection, cast.round.starts_on)],
        )


def problem(cast: Cast, **changes: Any) -> Finding:
    """A thin diary, found at the near team."""
    values = {
        "category": cast.near.word("finding_category"),
        "text": "日记不详",
        "found_on": FOUND,
        "inspection": cast.near.inspection,
    }
    return add_finding(by=cast.inspector, program=cast.program, **(values | changes))


def test_a_finding_takes_from_its_inspection_whom_it_is_about(cast: Cast) -> None:
    row = problem(cast)
    assert (row.kind, row.round, row.team, row.unit, row.division) == (
        Finding.Kind.PROBLEM,
        cast.round,
        cast.near.team,
        cast.near.unit,
        cast.near.place,
    )
    praise = problem(
        cast, category=cast.near.word("praise_category"), text="行动快", inspection=None, unit=cast.far.unit
    )
    assert (praise.kind, praise.team, praise.division) == (Finding.Kind.PRAISE, None, cast.program.jurisdiction)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"text": ""}, BadField, "text"),
        ({"found_on": TOMORROW}, InFuture, "found_on"),
        ({"due_on": dt.date(2015, 6, 1)}, BrokenRule, "due_on"),
        ({"inspection": None}, BrokenRule, "unit"),
    ],
)
def test_a_finding_that_makes_no_sense_is_refused(
    cast: Cast, changes: dict[str, Any], refusal: type, field: str
) -> None:
    with pytest.raises(refusal) as refused:
        problem(cast, **changes)
    assert refused.value.field == field


def test_who_fixed_a_problem_neither_checks_nor_closes_it(cast: Cast) -> None:
    row = problem(cast)
    with pytest.raises(NothingToCheck):
        recheck(by=cast.inspector, finding=row, on=ON, verdict="accepted")
    rectify(by=cast.team, finding=row, on=ON, text="已补记")
    with pytest.raises(FourEyes):
        recheck(by=cast.team, finding=row, on=ON, verdict="accepted")
    with pytest.raises(NotAccepted):
        close_finding(by=cast.county, finding=row, on=ON)
    recheck(by=cast.inspector, finding=row, on=ON, verdict="accepted")
    with pytest.raises(FourEyes):
        close_finding(by=cast.team, finding=row, on=ON)

    close_finding(by=cast.inspector, finding=row, on=ON)

    assert not Finding.objects.open().exists()
    with pytest.raises(FindingClosed):
        rectify(by=cast.team, finding=row, on=ON, text="再补")


def test_what_is_sent_back_says_why_and_is_put_right_again(cast: Cast) -> None:
    row = problem(cast)
    rectify(by=cast.team, finding=row, on=ON, text="已补记")
    with pytest.raises(BadField, match="请填写退回的意见"):
        recheck(by=cast.inspector, finding=row, on=ON, verdict="returned")
    recheck(by=cast.inspector, finding=row, on=ON, verdict="returned", comment="太简单")
    with pytest.raises(NotAccepted):
        close_finding(by=cast.county, finding=row, on=ON)

    rectify(by=cast.team, finding=row, on=ON, text="重新补记")
    recheck(by=cast.inspector, finding=row, on=ON, verdict="accepted")
    close_finding(by=cast.county, finding=row, on=ON)
    assert row.rectifications.count() == 2


def test_praise_is_not_put_right_and_nothing_happens_before_it_was_found(cast: Cast) -> None:
    praise = problem(cast, category=cast.near.word("praise_category"))
    with pytest.raises(NotAProblem):
        rectify(by=cast.team, finding=praise, on=ON, text="无")
    with pytest.raises(BadField, match="早于问题发现之日"):
        rectify(by=cast.team, finding=problem(cast), on=FOUND - dt.timedelta(days=1), text="早已改")


def test_a_sanction_falls_on_a_unit_or_a_person(cast: Cast) -> None:
    def decide(**changes: Any) -> Any:
        values = {"kind": cast.near.word("sanction"), "decided_by": "市委组织部"}
        return sanction(by=cast.county, program=cast.program, **(values | changes))

    assert decide(unit=cast.near.unit, finding=problem(cast)).decided_on == cast.program.pinned_on
    assert decide(cadre=cast.near.secretary).cadre == cast.near.secretary
    with pytest.raises(BrokenRule, match="须且只能填一个"):
        decide(unit=cast.near.unit, cadre=cast.near.secretary)
    with pytest.raises(BadField, match="请填写决定机关"):
        decide(unit=cast.near.unit, decided_by="")
    with pytest.raises(InFuture):
        decide(unit=cast.near.unit, decided_on=TOMORROW)
