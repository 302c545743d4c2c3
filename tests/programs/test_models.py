"""Nonsense in the models of the programs app is refused, whoever writes it."""

from __future__ import annotations

import datetime as dt

import pytest

from programs.models import (
    Block,
    Division,
    DivisionName,
    Figure,
    FigurePart,
    JobFile,
    Program,
    Requirement,
    RoleGrant,
    Term,
    Unit,
    UnitName,
)
from tests.cast import Cast
from tests.constraints import Case, assert_refused, declared

EARLY = dt.date(2000, 1, 1)
CASES = [
    Case(Division, "division_merged_is_retired", lambda s: {"merged_into": s.town}, rewrite=True),
    Case(DivisionName, "division_name_dates", {"since": dt.date(2015, 1, 1), "until": EARLY}),
    Case(Program, "program_dates", {"ends_on": EARLY, "code": "other"}),
    Case(Term, "term_unique_code", {"label": "别的词"}),
    Case(Term, "term_unique_label", {"code": "other"}),
    Case(Requirement, "requirement_unique_code", {}),
    Case(Requirement, "requirement_at_least_one", {"code": "other", "at_least": 0}),
    Case(Requirement, "requirement_due_day", {"code": "other", "due_day": 32}),
    Case(Figure, "figure_unique_code", {}),
    Case(FigurePart, "figure_part_unique_key", {}),
    Case(FigurePart, "figure_part_one_source", {"key": "other", "measure": ""}),
    Case(FigurePart, "figure_part_one_source", {"key": "other", "operation": "share"}),
    Case(FigurePart, "figure_part_over_requirement", {"key": "other", "over": True}),
    Case(JobFile, "job_file_once", {}),
    Case(Block, "block_unique_code", {}),
    Case(Block, "block_one_source", {"code": "other", "measure": ""}),
    Case(Unit, "unit_unique_name", {}),
    Case(Unit, "unit_not_own_parent", lambda s: {"parent": s.unit}, rewrite=True),
    Case(UnitName, "unit_name_dates", {"until": dt.date(1999, 12, 31)}),
    Case(RoleGrant, "role_grant_dates", {"until": EARLY}),
    Case(RoleGrant, "role_grant_town_has_place", {"role": "town"}),
    Case(RoleGrant, "role_grant_unit_has_unit", {"role": "unit"}),
    Case(RoleGrant, "role_grant_county_has_program", {"program": None}),
    Case(RoleGrant, "role_grant_county_has_program", {"role": "leader", "program": None}),
]


def test_no_constraint_is_left_out() -> None:
    """Whoever adds a constraint says here what it refuses."""
    assert {case.constraint for case in CASES} == declared("programs")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_refused_in_words_and_by_the_database(cast: Cast, case: Case) -> None:
    """Forms, imports and raw inserts alike."""
    assert_refused(cast, case)
