"""The back office of households: personal numbers are never shown whole and never lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from villages.models import Household

EMPTY = {
    f"{name}-{count}_FORMS": "0"
    for name in ("members", "tags", "hardships", "honours")
    for count in ("TOTAL", "INITIAL")
}


def form(household: Household, **changes: Any) -> dict[str, Any]:
    """The form of a household as the page sends it: numbers empty."""
    return (
        {
            "division": household.division_id,
            "number": household.number,
            "head": household.head,
            "address": household.address,
            "phone": "",
            "identity_number": "",
        }
        | EMPTY
        | changes
    )


def test_numbers_are_masked(cast: Cast, desk: Client) -> None:
    """On the list and on the page."""
    household = cast.near.household
    for page in (
        reverse("admin:villages_household_changelist"),
        reverse("admin:villages_household_change", args=[household.pk]),
    ):
        text = desk.get(page).content.decode()
        assert household.phone not in text
        assert household.identity_number not in text
        assert "138****0000" in text


@pytest.mark.parametrize(("typed", "stored"), [("", "13800000000"), ("13911112222", "13911112222"), ("-", "")])
def test_what_is_typed_replaces_a_number(cast: Cast, desk: Client, typed: str, stored: str) -> None:
    """Nothing typed leaves it as it is, a hyphen takes it away."""
    household = cast.near.household
    page = reverse("admin:villages_household_change", args=[household.pk])
    answer = desk.post(page, form(household, phone=typed, address="示例村2号"))
    assert answer.status_code == 302, answer.content.decode()
    household.refresh_from_db()
    assert (household.phone, household.address) == (stored, "示例村2号")
    assert household.identity_number == "370685197001010011"


def test_a_number_that_was_typed_survives_an_error(cast: Cast, desk: Client) -> None:
    """The page comes back with what was typed and what is wrong."""
    household = cast.near.household
    page = reverse("admin:villages_household_change", args=[household.pk])
    text = desk.post(page, form(household, phone="13911112222", head="")).content.decode()
    assert 'value="13911112222"' in text
    assert "这个字段是必填项。" in text
    household.refresh_from_db()
    assert household.phone == "13800000000"


def test_towns_filter_households(cast: Cast, desk: Client) -> None:
    """Within is the range of the town's code."""
    page = reverse("admin:villages_household_changelist")
    text = desk.get(page, {"town": cast.near.town.code}).content.decode()
    assert cast.near.household.head in text
    assert cast.sibling.household.head in text
    assert cast.far.household.head not in text


def test_people_are_found_by_initials(cast: Cast, desk: Client) -> None:
    """As in every search box."""
    Household.objects.create(division=cast.near.place, head="西沟子示例户", number="9999")
    page = reverse("admin:villages_household_changelist")
    for typed in ("西沟", "xigouzi", "xgz"):
        text = desk.get(page, {"q": typed}).content.decode()
        assert "西沟子示例户" in text
        assert cast.near.household.head not in text
