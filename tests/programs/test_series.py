"""A requirement over all of its periods: what fell due, in how many it was done, and the rows of each."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programs.figures.context import Context
from programs.figures.parts import evaluate_block, evaluate_part
from programs.figures.series import evaluate_series
from programs.models import FigurePart, Requirement
from programs.rules.periods import Period
from tests import factories as make
from tests.cast import Cast, Side

DAY = dt.date(2015, 7, 3)


@pytest.fixture
def reports(cast: Cast) -> Requirement:
    """The four teams report each month by the 28th."""
    return make.RequirementFactory(
        program=cast.program,
        code="monthly",
        subject="team",
        evidence="document",
        evidence_params={"kinds": ["monthly_report"]},
        cadence="month",
        due_day=28,
        starts_on=dt.date(2015, 4, 1),
    )


@pytest.fixture
def part(cast: Cast, reports: Requirement) -> FigurePart:
    return make.FigurePartFactory(
        program=cast.program, requirement=reports, measure="", key="按月报告", over=True, unit="次"
    )


def reported(side: Side, cast: Cast, month: int, day: int = 20) -> None:
    """The side's team reports on a month."""
    make.DocumentFactory(
        program=cast.program,
        kind=side.word("document_kind", "monthly_report"),
        division=side.place,
        team=side.team,
        period_start=dt.date(2015, month, 1),
        period_end=dt.date(2015, month, 28),
        received_on=dt.date(2015, month, day),
        recorded_by=cast.county,
    )


def test_a_period_is_owed_when_it_has_fallen_due(cast: Cast, reports: Requirement) -> None:
    labels = [period.label for period in evaluate_series(reports, Context(cast.program, as_of=DAY)).periods]
    assert labels == ["2015年4月", "2015年5月", "2015年6月"]
    due = Context(cast.program, as_of=dt.date(2015, 4, 28))
    assert evaluate_series(reports, due).counts["owed"] == 4
    assert evaluate_series(reports, due.at(as_of=dt.date(2015, 4, 27))).counts["owed"] == 0
    asked = due.at(as_of=DAY, period=Period(dt.date(2015, 5, 1), dt.date(2015, 5, 31)))
    assert [period.label for period in evaluate_series(reports, asked).periods] == ["2015年5月"]


def test_the_last_period_is_due_when_the_program_ends(cast: Cast, reports: Requirement) -> None:
    cast.program.ends_on = dt.date(2015, 7, 2)
    cast.program.save()
    reports.program.ends_on = cast.program.ends_on
    assert evaluate_series(reports, Context(cast.program, as_of=DAY)).periods[-1].label == "2015年7月"


def test_a_part_counts_each_who_and_when(cast: Cast, reports: Requirement, part: FigurePart) -> None:
    for month in (4, 5, 6):
        reported(cast.near, cast, month)
    reported(cast.far, cast, 6, day=29)
    reported(cast.far, cast, 5)
    found = evaluate_part(part, Context(cast.program, as_of=DAY))
    assert (found.value, found.of, found.text, found.rate) == (4, 12, "4次", "33.3%")
    assert found.names() == ["2015年4月（1）", "2015年5月（2）", "2015年6月（1）"]
    alone = evaluate_part(part, Context(cast.program, user=cast.team, as_of=DAY))
    assert (alone.value, alone.of, alone.names("not_done")) == (3, 3, [])
    assert alone.names() == ["2015年4月", "2015年5月", "2015年6月"]


def test_only_a_requirement_has_periods(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="只有来自要求的数据项才能累计各期"):
        make.FigurePartFactory.build(
            program=cast.program, figure=make.FigureFactory(program=cast.program), over=True
        ).full_clean()


def test_a_block_shows_the_latest_periods_and_opens_each(cast: Cast, reports: Requirement) -> None:
    reported(cast.near, cast, 6)
    block = make.BlockFactory(
        program=cast.program, requirement=reports, measure="", group_by="period", limit=2, unit="个"
    )
    result = evaluate_block(block, Context(cast.program, as_of=DAY))
    assert [(bar.label, bar.value, bar.of) for bar in result.bars] == [("2015年5月", 0, 4), ("2015年6月", 1, 4)]
    june = result.bars[1]
    assert list(result.rows(june.key)) == [cast.near.team]
    assert result.rows(june.key, "not_done").count() == 3


def test_counting_all_periods_costs_one_query(
    cast: Cast, reports: Requirement, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    context = Context(cast.program, as_of=DAY)
    assert context.configuration
    with django_assert_num_queries(1):
        assert evaluate_series(reports, context).counts["not_done"] == 12


def test_its_page_lists_the_periods_and_each_opens_its_grid(cast: Cast, part: FigurePart, client: Client) -> None:
    reported(cast.near, cast, 6)
    client.force_login(cast.county)
    page = client.get(reverse("reports:figure-rows", args=[cast.program.code, part.key]))
    html = page.content.decode()
    grid = reverse("reports:requirement-grid", args=[cast.program.code, "monthly"])
    assert f'{grid}?period=2015-06-01&amp;aspect=done">1</a>' in html
    assert f'{grid}?period=2015-04-01&amp;aspect=not_done">4</a>' in html
    opened = client.get(f"{grid}?period=2015-04-01&aspect=not_done").content.decode()
    assert opened.count('name="subject"') == 4
