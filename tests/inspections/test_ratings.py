"""Ratings: of households, cadres and villages, within their scale and not of days to come."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from inspections.actions import rate, rate_all
from inspections.models import Rating
from programs.figures.context import Context
from programs.figures.parts import measured
from programs.figures.registry import measures
from programs.refusals import BadField, InFuture, OutOfPlace
from tests.cast import Cast

ON = dt.date(2015, 6, 1)


def _rating(cast: Cast, **changes: object) -> Rating:
    values = {"title": "星级户互评", "household": cast.near.household, "value": Decimal(4), "scale": 5, "by": "互评组"}
    return Rating(**(values | {"on": ON} | changes))


def test_who_was_rated_is_counted_by_kind(cast: Cast) -> None:
    for rated in (cast.near.household, cast.near.helper, cast.near.place):
        rate(
            by=cast.county,
            program=cast.program,
            title="互评",
            rated=rated,
            value=Decimal(5),
            scale=5,
            rated_by="互评组",
            on=ON,
        )
    for kind in ("households", "cadres", "villages"):
        assert measured(measures["ratings"], Context(cast.program), {"of": kind}) == (1, 1)
    assert measured(measures["ratings"], Context(cast.program), {}) == (3, 3)


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"value": Decimal(6)}, BadField, "得分须在0与满分5之间"),
        ({"by": " "}, BadField, "请填写评议人"),
        ({"on": dt.date(2015, 7, 20)}, InFuture, "评议日期"),
    ],
)
def test_one_wrong_rating_refuses_all(
    cast: Cast, changes: dict[str, object], refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        rate_all(by=cast.county, program=cast.program, ratings=[_rating(cast), _rating(cast, **changes)])
    assert not Rating.objects.filter(title="星级户互评").exists()


def test_a_household_of_another_county_is_not_rated(cast: Cast) -> None:
    with pytest.raises(OutOfPlace):
        rate_all(by=cast.county, program=cast.program, ratings=[_rating(cast, household=cast.abroad.household)])
