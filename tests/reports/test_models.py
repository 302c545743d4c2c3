"""Nonsense in the models of the reports app is refused, whoever writes it."""

from __future__ import annotations

import pytest

from reports.models import (
    Bulletin,
    BulletinStep,
    BulletinTemplate,
    CardRemark,
    ContactCard,
    FrozenFigure,
    FrozenRow,
    NoticeBoard,
    Paper,
)
from tests.cast import Cast
from tests.constraints import Case, assert_refused, declared

CASES = [
    Case(BulletinTemplate, "bulletin_template_unique_code", {}),
    Case(BulletinTemplate, "bulletin_template_layout", {"code": "other", "masthead": ""}),
    Case(BulletinTemplate, "bulletin_template_layout", {"code": "other", "coverage": "village"}),
    Case(Bulletin, "bulletin_layout", {"number": 999, "masthead": ""}),
    Case(Bulletin, "bulletin_layout", {"number": None}),
    Case(Bulletin, "bulletin_layout", {"layout": "report", "masthead": ""}),
    Case(Paper, "paper_once", {}),
    Case(ContactCard, "contact_card_once", {"token": "another"}),
    Case(CardRemark, "card_remark_once", {}),
    Case(NoticeBoard, "notice_board_once", {"token": "another"}),
    Case(Bulletin, "bulletin_unique_number", {}),
    Case(Bulletin, "bulletin_issued_is_frozen", {"state": "issued", "number": 999}),
    Case(BulletinStep, "bulletin_return_has_comment", {"kind": "returned"}),
    Case(FrozenFigure, "frozen_figure_once", {}),
    Case(FrozenRow, "frozen_row_position", {}),
]


def test_no_constraint_is_left_out() -> None:
    """Whoever adds a constraint says here what it refuses."""
    assert {case.constraint for case in CASES} == declared("reports")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_refused_in_words_and_by_the_database(cast: Cast, case: Case) -> None:
    """Forms, imports and raw inserts alike."""
    assert_refused(cast, case)
