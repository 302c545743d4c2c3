"""Changes to projects and funds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from programs.models import Term
from programs.refusals import BadField, BadWord, BrokenRule, InFuture, OutOfPlace
from projects.actions import (
    FundDraft,
    MoreThanTheFund,
    NoFinalStage,
    NoPlace,
    ProjectDraft,
    ProjectOver,
    StageGoesBack,
    StateGoesBack,
    add_donation,
    add_fund,
    add_funds,
    add_progress,
    add_quantity,
    enter_stage,
    finish,
    give_up,
    move_fund,
    record_quantity,
    set_due,
    start_project,
    start_projects,
)
from projects.models import Fund, Project, Quantity
from tests.cast import Cast

SUBMITTED = dt.date(2015, 5, 15)
ON = dt.date(2015, 6, 1)
TOMORROW = dt.date(2015, 7, 4)


def start(cast: Cast, **changes: Any) -> Project:
    """A matter promised by the near team, in planning since May."""
    values = {
        "name": "路面硬化",
        "places": [cast.near.place],
        "submitted_on": SUBMITTED,
        "team": cast.near.team,
        "is_promised": True,
        "stages": [(cast.near.word("project_stage", "plan"), SUBMITTED, "")],
    }
    return start_project(by=cast.team, program=cast.program, **(values | changes))


def stage(cast: Cast, code: str) -> Term:
    """A stage of the program."""
    return cast.near.word("project_stage", code)


def test_a_project_stands_in_the_last_of_its_stages(cast: Cast) -> None:
    project = start(
        cast,
        places=[cast.near.place, cast.sibling.place],
        stages=[(stage(cast, "plan"), SUBMITTED, ""), (stage(cast, "build"), ON, "开工")],
        quantities=[Quantity(item=cast.near.word("quantity"), planned=Decimal(2000))],
        progress=[(ON, "已开工")],
        due_on=dt.date(2015, 7, 10),
        due_text="7月上旬",
    )

    project.refresh_from_db()
    assert (project.stage, project.stage_since, project.finished_on) == (stage(cast, "build"), ON, None)
    assert (project.unit, project.due_text) == (cast.near.unit, "7月上旬")
    assert (project.places.count(), project.stages.count()) == (2, 2)
    assert project.quantities.get().planned == 2000
    assert project.progress.get().recorded_by == cast.team


def test_stages_go_forward_and_the_final_one_finishes(cast: Cast) -> None:
    project = start(cast)
    enter_stage(by=cast.team, project=project, stage=stage(cast, "build"), on=ON)
    with pytest.raises(StageGoesBack, match="早于进入“施工”的日期") as refused:
        enter_stage(by=cast.team, project=project, stage=stage(cast, "done"), on=ON - dt.timedelta(days=1))
    assert refused.value.field == "entered_on"

    finish(by=cast.team, project=project, on=dt.date(2015, 6, 20))

    project.refresh_from_db()
    assert (project.stage, project.finished_on) == (stage(cast, "done"), dt.date(2015, 6, 20))
    assert not Project.objects.unfinished().exists()
    with pytest.raises(ProjectOver, match="完成"):
        enter_stage(by=cast.team, project=project, stage=stage(cast, "build"), on=dt.date(2015, 6, 21))


def test_a_program_without_a_final_stage_cannot_finish_anything(cast: Cast) -> None:
    Term.objects.filter(program=cast.program, vocabulary="project_stage").update(is_final=False)
    with pytest.raises(NoFinalStage):
        finish(by=cast.team, project=start(cast), on=ON)


def test_a_project_given_up_says_why_and_rests(cast: Cast) -> None:
    project = start(cast)
    with pytest.raises(BadField, match="请填写终止原因"):
        give_up(by=cast.town, project=project, on=ON, reason="")
    give_up(by=cast.town, project=project, on=ON, reason="用地未批")

    assert project.progress.get().text == "用地未批"
    with pytest.raises(ProjectOver, match="终止"):
        set_due(by=cast.town, project=project, due_on=None)


def test_a_due_day_keeps_its_words(cast: Cast) -> None:
    project = set_due(by=cast.team, project=start(cast), due_on=dt.date(2015, 6, 10), due_text=" 麦收之前 ")
    project.refresh_from_db()
    assert (project.due_on, project.due_text) == (dt.date(2015, 6, 10), "麦收之前")


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"name": " "}, BadField, "name"),
        ({"places": []}, NoPlace, "places"),
        ({"submitted_on": TOMORROW}, InFuture, "submitted_on"),
    ],
)
def test_a_project_that_makes_no_sense_is_refused(
    cast: Cast, changes: dict[str, Any], refusal: type, field: str
) -> None:
    with pytest.raises(refusal) as refused:
        start(cast, **changes)
    assert refused.value.field == field


def test_a_projects_places_and_words_are_the_programs(cast: Cast) -> None:
    with pytest.raises(OutOfPlace):
        start(cast, places=[cast.near.place, cast.abroad.place])
    with pytest.raises(BadWord):
        start(cast, category=cast.abroad.word("project_category"))
    with pytest.raises(BadWord):
        start(cast, stages=[(cast.near.word("fund_state"), SUBMITTED, "")])
    with pytest.raises(BrokenRule, match="该地点已登记"):
        start(cast, places=[cast.near.place, cast.near.place])


def test_many_projects_come_in_together_or_not_at_all(cast: Cast) -> None:
    good = ProjectDraft("一", [cast.near.place], SUBMITTED)
    bad = ProjectDraft("二", [], SUBMITTED)
    with pytest.raises(NoPlace):
        start_projects(by=cast.county, program=cast.program, projects=[good, bad])
    assert not Project.objects.exists()


def test_quantities_are_planned_and_then_done(cast: Cast) -> None:
    project, item = start(cast), cast.near.word("quantity")
    quantity = add_quantity(by=cast.team, project=project, item=item, planned=Decimal(2000))
    record_quantity(by=cast.team, quantity=quantity, done=Decimal(1960), on=ON, is_approximate=True)

    quantity.refresh_from_db()
    assert (quantity.done, quantity.done_on, quantity.is_approximate) == (1960, ON, True)
    with pytest.raises(BrokenRule, match="至少填一个"):
        add_quantity(by=cast.team, project=project, item=item)
    with pytest.raises(BrokenRule, match="须大于 0"):
        add_quantity(by=cast.team, project=project, item=item, planned=Decimal(0))
    with pytest.raises(InFuture):
        record_quantity(by=cast.team, quantity=quantity, done=Decimal(2000), on=TOMORROW)


def test_progress_is_noted_and_not_of_tomorrow(cast: Cast) -> None:
    project = start(cast)
    add_progress(by=cast.team, project=project, on=ON, text="已放线")
    with pytest.raises(InFuture):
        add_progress(by=cast.team, project=project, on=TOMORROW, text="将放线")
    with pytest.raises(BadField):
        add_progress(by=cast.team, project=project, on=ON, text="")


def fund(cast: Cast, **changes: Any) -> Fund:
    """350,000 yuan for the near village, sought since May."""
    values = {
        "division": cast.near.place,
        "source": cast.near.word("fund_source"),
        "purpose": "扬水站",
        "low": Decimal(350_000),
        "recorded_on": ON,
        "states": [(cast.near.word("fund_state", "sought"), SUBMITTED, "")],
    }
    return add_fund(by=cast.team, program=cast.program, **(values | changes))


def test_a_fund_goes_through_its_states(cast: Cast) -> None:
    row = fund(cast)
    move_fund(by=cast.team, fund=row, state=cast.near.word("fund_state", "arrived"), on=ON, low=Decimal(200_000))

    row.refresh_from_db()
    assert (row.low, row.high, row.state.code, row.state_since) == (350_000, 350_000, "arrived", ON)
    assert [(one.low, one.high) for one in row.movements.order_by("on")] == [(350_000, 350_000), (200_000, 200_000)]
    with pytest.raises(StateGoesBack, match="早于“到位”的日期"):
        move_fund(by=cast.team, fund=row, state=cast.near.word("fund_state", "spent"), on=SUBMITTED)
    with pytest.raises(MoreThanTheFund):
        move_fund(by=cast.team, fund=row, state=cast.near.word("fund_state", "spent"), on=ON, low=Decimal(350_001))


def test_a_fund_may_be_a_range(cast: Cast) -> None:
    row = fund(cast, low=Decimal(50_000_000), high=Decimal(100_000_000), kind=Fund.Kind.INVESTMENT)
    movement = move_fund(by=cast.team, fund=row, state=cast.near.word("fund_state", "secured"), on=ON)
    assert (movement.low, movement.high) == (50_000_000, 100_000_000)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"purpose": ""}, BadField, "purpose"),
        ({"low": Decimal(0)}, BrokenRule, "low"),
        ({"high": Decimal(1)}, BrokenRule, "high"),
        ({"low": Decimal("1.234")}, BadField, "low"),
        ({"recorded_on": TOMORROW}, InFuture, "recorded_on"),
    ],
)
def test_a_fund_that_makes_no_sense_is_refused(cast: Cast, changes: dict[str, Any], refusal: type, field: str) -> None:
    with pytest.raises(refusal) as refused:
        fund(cast, **changes)
    assert refused.value.field == field


def test_a_funds_project_is_of_the_same_program(cast: Cast) -> None:
    abroad = start_project(
        by=cast.neighbour,
        program=cast.abroad.program,
        name="邻县项目",
        places=[cast.abroad.place],
        submitted_on=SUBMITTED,
    )
    with pytest.raises(BadField, match="不属于本活动"):
        fund(cast, project=abroad)
    assert fund(cast, project=start(cast)).project is not None


def test_many_funds_come_in_together_or_not_at_all(cast: Cast) -> None:
    good = FundDraft(cast.near.place, cast.near.word("fund_source"), "一", Decimal(1), ON)
    bad = FundDraft(cast.near.place, cast.near.word("fund_source"), "", Decimal(1), ON)
    with pytest.raises(BadField):
        add_funds(by=cast.county, program=cast.program, funds=[good, bad])
    assert not Fund.objects.exists()


def test_donors_are_kept_to_the_cent(cast: Cast) -> None:
    row = fund(cast, low=Decimal("1083.40"), source=cast.near.word("fund_source", "donation"))
    donation = add_donation(by=cast.team, fund=row, amount=Decimal("1083.40"), on=ON, donor="干部职工", donors=22)

    donation.refresh_from_db()
    assert donation.amount == Decimal("1083.40")
    with pytest.raises(InFuture):
        add_donation(by=cast.team, fund=row, amount=Decimal(1), on=TOMORROW)
    with pytest.raises(BrokenRule, match="金额须大于 0"):
        add_donation(by=cast.team, fund=row, amount=Decimal(-1), on=ON)
