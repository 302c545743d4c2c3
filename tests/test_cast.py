"""The cast and the factories themselves: every model of ours has a row that the model's own checks accept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Cast
from tests.conventions import our_models
from tests.rows import ROWS


def test_every_model_of_ours_has_a_row() -> None:
    """Whoever adds a model adds how a row of it comes about."""
    assert set(our_models()) - set(ROWS) == set()


@pytest.mark.parametrize("model", sorted(ROWS, key=lambda model: str(model)), ids=lambda model: model.__name__)
def test_rows_satisfy_their_models_checks(cast: Cast, model: Any) -> None:
    """Rows of the tests are rows that people could have entered."""
    row = model.objects.get(pk=ROWS[model](cast.near).pk)
    row.full_clean(validate_unique=True)
