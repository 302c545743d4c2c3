"""The cast and the factories themselves: every model of ours has a row that the model's own checks accept."""

from __future__ import annotations

from django.db import transaction

from tests.cast import Cast
from tests.conventions import our_models
from tests.rows import ROWS


def test_every_model_of_ours_has_a_row() -> None:
    """Whoever adds a model adds how a row of it comes about."""
    assert set(our_models()) - set(ROWS) == set()


def test_rows_satisfy_their_models_checks(cast: Cast) -> None:
    """Rows of the tests are rows that people could have entered."""
    for model, build in ROWS.items():
        point = transaction.savepoint()
        row = model._default_manager.get(pk=build(cast.near).pk)
        row.full_clean()
        transaction.savepoint_rollback(point)
