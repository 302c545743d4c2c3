"""Nonsense in the models of the inspections app is refused, whoever writes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from inspections.models import (
    Answer,
    Assessment,
    AssessmentItem,
    AssessmentPoint,
    ChecklistItem,
    Finding,
    Inspection,
    InspectionGroup,
    InspectionGroupMember,
    Rating,
    Rectification,
    Round,
    Sanction,
)
from tests import factories as make
from tests.cast import Cast
from tests.constraints import Case, assert_refused, declared

EARLY = dt.date(2000, 1, 1)
CASES = [
    Case(Round, "round_dates", {"name": "别的一轮", "ends_on": EARLY}),
    Case(Round, "round_unique_name", {}),
    Case(Round, "round_drawn_sample", {"name": "别的一轮", "sample": "drawn", "sample_per_town": 3}),
    Case(InspectionGroup, "inspection_group_unique_name", {}),
    Case(InspectionGroupMember, "inspection_group_member_once", {}),
    Case(ChecklistItem, "checklist_item_unique_code", {}),
    Case(
        ChecklistItem, "checklist_item_condition", lambda s: {"only_if": ChecklistItem.objects.get(), "code": "other"}
    ),
    Case(Inspection, "inspection_once_a_round", {}),
    Case(Inspection, "inspection_follow_up", {"visited_on": dt.date(2015, 6, 16), "follow_up_on": EARLY}, rewrite=True),
    Case(Answer, "answer_once", {"value": "否"}),
    Case(Finding, "finding_due", {"due_on": EARLY}),
    Case(Finding, "finding_closed", {"closed_on": EARLY}),
    Case(Finding, "finding_about_somebody", {"team": None, "unit": None}),
    Case(
        Rectification,
        "rectification_four_eyes",
        lambda s: {"checked_by": Rectification.objects.get().fixed_by, "checked_on": dt.date(2015, 6, 30)},
        rewrite=True,
    ),
    Case(Rectification, "rectification_checked", {"verdict": "accepted"}),
    Case(Sanction, "sanction_one_subject", lambda s: {"cadre": s.leader}),
    Case(Sanction, "sanction_one_subject", {"unit": None}),
    Case(Rating, "rating_one_subject", lambda s: {"cadre": s.helper}),
    Case(Rating, "rating_within_scale", {"value": Decimal(11)}),
    Case(Assessment, "assessment_one_subject", lambda s: {"team": s.team}),
    Case(Assessment, "assessment_once", {}),
    Case(AssessmentItem, "assessment_item_unique_code", {}),
    Case(AssessmentItem, "assessment_item_rule", {"code": "other", "rule": "each"}),
    Case(AssessmentItem, "assessment_item_part", {"code": "other", "source": "figure", "rule": "rate"}),
    Case(
        AssessmentItem,
        "assessment_item_quota",
        lambda s: {
            "code": "other",
            "source": "figure",
            "rule": "quota",
            "part": make.FigurePartFactory(program=s.program),
        },
    ),
    Case(AssessmentItem, "assessment_item_findings", {"code": "other", "source": "findings", "rule": "rate"}),
    Case(AssessmentItem, "assessment_item_points", {"code": "other", "weight": Decimal(0)}),
    Case(AssessmentPoint, "assessment_point_once", {}),
]


def test_no_constraint_is_left_out() -> None:
    """Whoever adds a constraint says here what it refuses."""
    assert {case.constraint for case in CASES} == declared("inspections")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_refused_in_words_and_by_the_database(cast: Cast, case: Case) -> None:
    """Forms, imports and raw inserts alike."""
    assert_refused(cast, case)
