"""Nonsense in the models of the projects app is refused, whoever writes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from projects.models import Donation, Fund, FundMovement, Project, ProjectPlace, Quantity, StageEntry
from tests.cast import Cast
from tests.constraints import Case, assert_refused, declared

EARLY = dt.date(2000, 1, 1)
CASES = [
    Case(Project, "project_finished_after_submitted", {"finished_on": EARLY}),
    Case(
        Project,
        "project_finished_after_started",
        {"started_on": dt.date(2015, 6, 1), "finished_on": dt.date(2015, 5, 31)},
    ),
    Case(ProjectPlace, "project_place_once", {}),
    Case(StageEntry, "stage_entry_once", {}),
    Case(Quantity, "quantity_something", {"planned": None, "done": None}),
    Case(Quantity, "quantity_positive", {"planned": Decimal(0)}),
    Case(Quantity, "quantity_positive", {"done": Decimal(-1)}),
    Case(Fund, "fund_positive", {"low": Decimal(0)}),
    Case(Fund, "fund_range", {"high": Decimal(1)}),
    Case(FundMovement, "fund_movement_amount", {"low": Decimal(0)}),
    Case(FundMovement, "fund_movement_amount", {"high": Decimal(1)}),
    Case(Donation, "donation_positive", {"amount": Decimal(0)}),
]


def test_no_constraint_is_left_out() -> None:
    """Whoever adds a constraint says here what it refuses."""
    assert {case.constraint for case in CASES} == declared("projects")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_refused_in_words_and_by_the_database(cast: Cast, case: Case) -> None:
    """Forms, imports and raw inserts alike."""
    assert_refused(cast, case)
