"""Requirements evaluated: who owes, who has done it, who is excused, in which period, by which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cadres.actions import marks, visits
from cadres.models import Leadership
from programs.figures.context import Context
from programs.figures.requirements import (
    all_periods,
    current_period,
    due_of,
    evaluate_requirement,
    judged_period,
)
from programs.models import Requirement
from tests import factories as make
from tests.cast import Cast, Side

DAY = dt.date(2015, 7, 3)


@pytest.fixture
def leaders(cast: Cast) -> Requirement:
    """The unit's principal leader is to come to the village."""
    return make.RequirementFactory(
        program=cast.program,
        code="leader_visit",
        subject="unit_leader",
        evidence="visit",
        evidence_params={"leadership": ["principal"]},
        due_on=dt.date(2015, 6, 30),
    )


@pytest.fixture
def reports(cast: Cast) -> Requirement:
    """The teams of one town report by the 28th of each month."""
    return make.RequirementFactory(
        program=cast.program,
        code="monthly",
        subject="team",
        who={"places": [cast.near.town.code]},
        evidence="document",
        evidence_params={"kinds": ["monthly_report"]},
        cadence="month",
        due_day=28,
        starts_on=dt.date(2015, 4, 1),
    )


def came(side: Side, by: Any, *, place: Any = None, leadership: str = Leadership.PRINCIPAL, day: int = 12) -> Any:
    """A visit of the side's leader to its village, or elsewhere."""
    visit = make.VisitFactory(
        program=side.program,
        division=place or side.place,
        kind=side.word("visit_kind"),
        happened_at=dt.datetime(2015, 5, day, 1, tzinfo=dt.UTC),
        recorded_by=by,
    )
    make.VisitParticipantFactory(visit=visit, cadre=side.leader, unit=side.unit, leadership=leadership)
    return visit


def counts(requirement: Requirement, cast: Cast, **asked: Any) -> dict[str, int]:
    return evaluate_requirement(requirement, Context(cast.program, as_of=DAY, **asked)).counts


def test_the_four_sets_are_one_evaluation(cast: Cast, leaders: Requirement) -> None:
    came(cast.near, cast.county)
    make.RequirementMarkFactory(
        requirement=leaders,
        team=None,
        unit=cast.far.unit,
        period_start=cast.program.starts_on,
        excused=True,
        recorded_by=cast.county,
    )
    result = evaluate_requirement(leaders, Context(cast.program, as_of=DAY))
    assert result.counts == {"owed": 3, "done": 1, "excused": 1, "not_done": 2}
    for aspect, number in result.counts.items():
        assert result.rows(aspect).count() == number
        assert len(result.names(aspect)) == number
    assert result.names("done") == ["示例住建局"]
    assert result.names("excused") == ["示例农商银行"]
    assert set(result.names("not_done")) == {"示例水务局", "示例财险"}
    assert result.is_late


def test_only_the_leader_and_only_in_the_paired_village_counts(cast: Cast, leaders: Requirement) -> None:
    came(cast.near, cast.county, leadership=Leadership.STAFF)
    came(cast.sibling, cast.county, place=cast.near.place)
    assert counts(leaders, cast)["done"] == 0


def test_a_voided_visit_no_longer_counts(cast: Cast, leaders: Requirement) -> None:
    visit = came(cast.near, cast.county)
    assert counts(leaders, cast)["done"] == 1
    visits.void_visit(by=cast.county, visit=visit, reason="登记有误")
    assert counts(leaders, cast)["done"] == 0


def test_a_tick_counts_until_it_is_taken_back(cast: Cast, leaders: Requirement) -> None:
    mark = marks.mark_requirement(
        by=cast.county, requirement=leaders, subject=cast.near.unit, on=dt.date(2015, 6, 1), source="phone"
    )
    assert counts(leaders, cast)["done"] == 1
    assert evaluate_requirement(leaders, Context(cast.program, as_of=dt.date(2015, 5, 31))).counts["done"] == 0
    marks.withdraw_mark(by=cast.county, mark=mark)
    assert counts(leaders, cast)["done"] == 0


def test_what_is_owed_once_counts_when_late(cast: Cast, leaders: Requirement) -> None:
    leaders.due_on = dt.date(2015, 5, 1)
    came(cast.near, cast.county)
    assert counts(leaders, cast)["done"] == 1


@pytest.mark.parametrize(("day", "done"), [(27, 1), (28, 1), (29, 0)])
def test_the_28th_counts_and_the_29th_does_not(cast: Cast, reports: Requirement, day: int, done: int) -> None:
    make.DocumentFactory(
        program=cast.program,
        kind=cast.near.word("document_kind", "monthly_report"),
        division=cast.near.place,
        team=cast.near.team,
        period_start=dt.date(2015, 6, 1),
        period_end=dt.date(2015, 6, 30),
        received_on=dt.date(2015, 6, day),
        recorded_by=cast.county,
    )
    assert counts(reports, cast) == {"owed": 2, "done": done, "excused": 0, "not_done": 2 - done}


def test_a_report_counts_for_its_own_month(cast: Cast, reports: Requirement) -> None:
    make.DocumentFactory(
        program=cast.program,
        kind=cast.near.word("document_kind", "monthly_report"),
        division=cast.near.place,
        team=cast.near.team,
        period_start=dt.date(2015, 5, 1),
        period_end=dt.date(2015, 5, 31),
        received_on=dt.date(2015, 6, 2),
        recorded_by=cast.county,
    )
    june, may = (judged_period(reports, day) for day in (DAY, dt.date(2015, 6, 3)))
    context = Context(cast.program, as_of=DAY)
    assert (june.label, may.label) == ("2015年6月", "2015年5月")
    assert evaluate_requirement(reports, context, june).counts["done"] == 0
    assert evaluate_requirement(reports, context, may).counts["done"] == 0, "it came after the 28th of May"


def test_periods_of_a_rhythm(reports: Requirement) -> None:
    assert current_period(reports, DAY).label == "2015年7月"
    assert [period.label for period in all_periods(reports, DAY)] == [
        "2015年4月",
        "2015年5月",
        "2015年6月",
        "2015年7月",
    ]
    assert due_of(reports, current_period(reports, DAY)) == dt.date(2015, 7, 28)
    assert judged_period(reports, dt.date(2015, 4, 10)).label == "2015年4月", "nothing was owed before it began"


def test_who_was_responsible_then_owes(cast: Cast, leaders: Requirement) -> None:
    cast.far.unit_pairing.until = dt.date(2015, 6, 1)
    cast.far.unit_pairing.save()
    assert counts(leaders, cast)["owed"] == 3
    assert evaluate_requirement(leaders, Context(cast.program, as_of=dt.date(2015, 5, 20))).counts["owed"] == 4


def test_subjects_of_another_requirement(cast: Cast) -> None:
    docked = make.RequirementFactory(
        program=cast.program, code="docked", subject="team", evidence="milestone", evidence_params={"kinds": ["docked"]}
    )
    moved = make.RequirementFactory(
        program=cast.program,
        code="membership",
        subject="first_secretary",
        who={"done": "docked"},
        evidence="milestone",
        evidence_params={"kinds": ["membership"]},
    )
    kind = cast.near.word("milestone", "docked")
    for side in (cast.near, cast.far):
        make.MilestoneFactory(team=side.team, kind=kind, reached_on=dt.date(2015, 4, 20))
    moved_kind = cast.near.word("milestone", "membership")
    make.MilestoneFactory(team=cast.near.team, member=cast.near.seat, kind=moved_kind, reached_on=dt.date(2015, 5, 5))
    assert counts(docked, cast) == {"owed": 4, "done": 2, "excused": 0, "not_done": 2}
    assert counts(moved, cast) == {"owed": 2, "done": 1, "excused": 0, "not_done": 1}


def test_at_least_three(cast: Cast) -> None:
    three = make.RequirementFactory(
        program=cast.program, subject="team", evidence="project", evidence_params={"promised": True}, at_least=3
    )
    for side, number in ((cast.near, 3), (cast.far, 2)):
        make.ProjectFactory.create_batch(
            number, program=cast.program, team=side.team, is_promised=True, submitted_on=dt.date(2015, 5, 1)
        )
    make.ProjectFactory(program=cast.program, team=cast.far.team, is_promised=False, submitted_on=dt.date(2015, 5, 1))
    result = evaluate_requirement(three, Context(cast.program, as_of=DAY))
    assert result.names("done") == ["示例住建局"]


def test_reach_and_place_narrow_who_owes(cast: Cast, leaders: Requirement, reports: Requirement) -> None:
    assert counts(leaders, cast, user=cast.county)["owed"] == 4
    assert counts(leaders, cast, user=cast.town)["owed"] == 2
    assert counts(leaders, cast, user=cast.unit)["owed"] == 1
    assert counts(leaders, cast, user=cast.outsider)["owed"] == 0
    assert counts(leaders, cast, place=cast.far.town.code)["owed"] == 2
    assert counts(reports, cast, place=cast.far.town.code)["owed"] == 0


def test_towns_add_up(cast: Cast, leaders: Requirement) -> None:
    came(cast.near, cast.county)
    result = evaluate_requirement(leaders, Context(cast.program, as_of=DAY))
    towns = result.by_town()
    assert [(name, owed, done) for _, name, owed, done in towns] == [("示例西街道", 2, 0), ("示例东镇", 2, 1)]
