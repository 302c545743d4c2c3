"""Nonsense in the models of the villages app is refused, whoever writes it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from tests.constraints import Case, assert_refused, declared
from villages.models import (
    Hardship,
    Honour,
    Household,
    HouseholdTag,
    Member,
    MemberTag,
    Route,
    VillagePerson,
    VillageRisk,
    VillageTag,
    VillageYear,
)

EARLY = dt.date(2000, 1, 1)
CASES = [
    Case(VillageYear, "village_year_unique", {}),
    Case(VillageTag, "village_tag_dates", {"until": EARLY}),
    Case(VillageTag, "village_tag_once", {}),
    Case(VillagePerson, "village_person_dates", {"until": EARLY}),
    Case(VillageRisk, "village_risk_dates", {"until": EARLY}),
    Case(Household, "household_unique_number", {}),
    Case(Route, "route_unique_name", {}),
    Case(Member, "member_has_place", {"household": None}),
    Case(HouseholdTag, "household_tag_dates", {"until": EARLY}),
    Case(HouseholdTag, "household_tag_once", {}),
    Case(MemberTag, "member_tag_dates", {"until": EARLY}),
    Case(Hardship, "hardship_dates", {"until": EARLY}),
    Case(Honour, "honour_unique", {}),
]


def test_no_constraint_is_left_out() -> None:
    """Whoever adds a constraint says here what it refuses."""
    assert {case.constraint for case in CASES} == declared("villages")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_refused_in_words_and_by_the_database(cast: Cast, case: Case) -> None:
    """Forms, imports and raw inserts alike."""
    assert_refused(cast, case)


def test_a_category_that_ended_may_come_again(cast: Cast) -> None:
    """Who was what when is kept: the same category twice, one after the other, is history and not nonsense."""
    word = cast.near.word("household_tag")
    HouseholdTag.objects.create(
        household=cast.near.household, tag=word, since=EARLY, until=dt.date(2014, 12, 31)
    ).full_clean()
    HouseholdTag.objects.create(household=cast.near.household, tag=word, since=dt.date(2015, 1, 1)).full_clean()
    assert cast.near.household.tags.active_on(dt.date(2015, 7, 3)).count() == 1
