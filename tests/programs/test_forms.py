"""Forms of units, and choosing from long lists by typing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from programs.forms.files import hold
from programs.models import Unit
from tests import factories as make
from tests.cast import ROLES, Cast
from tests.pages import errors, filled, send


def address(cast: Cast, route: str, /, *args: Any, **query: Any) -> str:
    return reverse(f"programs:{route}", args=[cast.program.code, *args], query=query or None)


@pytest.mark.parametrize("name", ["unit-create", "unit-change", "unit-rename"])
def test_only_the_county_changes_units(cast: Cast, client: Client, name: str) -> None:
    """Everybody else is told that they may not."""
    args = [] if name == "unit-create" else [cast.near.unit.pk]
    for role in ROLES:
        client.force_login(cast.user(role))
        answer = client.get(address(cast, name, *args)).status_code
        assert answer == (200 if role in ("county", "administrator") else 403), role


def test_a_unit_is_entered_once_renamed_and_corrected(cast: Cast, client: Client) -> None:
    """The short name follows from the full one, the old name stays among the former ones."""
    client.force_login(cast.county)
    where = address(cast, "unit-create")
    response = send(client, where, name="示例市 林业局", office_phone="8211111")
    unit = Unit.objects.get(name="示例市林业局")
    assert response.url == address(cast, "unit-detail", unit.pk)
    assert (unit.short_name, unit.division) == ("示例市林业局", cast.program.jurisdiction)
    response = send(client, where, name="示例市林业局", contact_name="示例联络员")
    assert "该地已有同名单位" in " ".join(errors(response).values())
    assert filled(response)["contact_name"] == ["示例联络员"]
    send(client, address(cast, "unit-rename", unit.pk), name="示例市林草局", short_name="林草局", on="2015-06-01")
    unit.refresh_from_db()
    assert (unit.name, unit.short_name) == ("示例市林草局", "林草局")
    assert unit.names.get().name == "示例市林业局"
    response = send(client, address(cast, "unit-change", unit.pk), parent=unit.pk)
    assert "不能是自己的上级" in errors(response)["parent"]
    send(client, address(cast, "unit-change", unit.pk), contact_name="示例新联络员")
    unit.refresh_from_db()
    assert unit.contact_name == "示例新联络员"
    section = address(cast, "unit-create", unit=unit.pk)
    send(client, section, name="造林科")
    assert Unit.objects.get(name="造林科").parent == unit


# Choosing by typing


def test_a_list_is_searched_by_name_pinyin_and_initials(cast: Cast, client: Client) -> None:
    """What is typed finds the row however it is typed; the closest stands first."""
    make.UnitFactory(name="西沟子水利站", short_name="西沟子水利站", division=cast.near.place)
    client.force_login(cast.county)
    for typed in ("水利站", "xigouzi", "xgz", "ＸＧＺ", "西 沟子"):
        page = client.get(address(cast, "choice-list", "unit", **{"name": "unit", "unit-q": typed})).content.decode()
        assert "西沟子水利站" in page, typed
        assert cast.near.unit.short_name not in page
    page = client.get(address(cast, "choice-list", "unit", **{"name": "unit", "unit-q": "没有"})).content.decode()
    assert "没有找到“没有”" in page


@pytest.mark.parametrize("source", ["unit", "village", "place", "cadre", "team", "household", "member", "project"])
def test_a_search_gives_only_what_somebody_reaches(cast: Cast, client: Client, source: str) -> None:
    """Each list passes through reach; people of another program or without a right get nothing."""
    where = address(cast, "choice-list", source, name="x")
    far_names = [cast.far.village.name, cast.far.unit.name, cast.far.household.head, cast.far.helper.name]
    for role in ("town", "unit", "team", "cadre"):
        client.force_login(cast.user(role))
        page = client.get(where).content.decode()
        assert not [name for name in far_names if name in page], role
    client.force_login(cast.neighbour)
    assert client.get(where).status_code == 404
    client.force_login(cast.county)
    assert cast.abroad.village.name not in client.get(where).content.decode()


def test_a_search_is_narrowed_by_the_place_beside_it(cast: Cast, client: Client) -> None:
    """Households of the village that was chosen, and no others."""
    client.force_login(cast.county)
    query = {"name": "households", "by": "division", "division": cast.near.place.pk}
    page = client.get(address(cast, "choice-list", "household", **query)).content.decode()
    assert cast.near.household.head in page
    assert cast.far.household.head not in page


def test_households_are_no_inspectors_business_and_unknown_lists_do_not_exist(cast: Cast, client: Client) -> None:
    """Without the right to see them they are not offered either."""
    client.force_login(cast.inspector)
    assert client.get(address(cast, "choice-list", "household", name="x")).status_code == 403
    assert client.get(address(cast, "choice-list", "nothing", name="x")).status_code == 404


def test_more_rows_than_fit_say_so(cast: Cast, client: Client) -> None:
    """Twenty are listed, and how to find the others."""
    for number in range(25):
        make.UnitFactory(name=f"示例{number}站", division=cast.program.jurisdiction)
    client.force_login(cast.county)
    page = client.get(address(cast, "choice-list", "unit", **{"name": "unit", "unit-q": "站"})).content.decode()
    assert page.count('type="radio"') == 20
    assert "再输入几个字" in page


# Kept files


def test_a_kept_file_goes_after_a_day(time_machine: Any) -> None:
    """Nothing that nobody came back for stays."""
    time_machine.move_to(dt.datetime(2015, 7, 3, 9, tzinfo=dt.UTC))
    hold(SimpleUploadedFile("a.pdf", b"%PDF-"), 1)
    time_machine.move_to(dt.datetime(2015, 7, 5, 9, tzinfo=dt.UTC))
    hold(SimpleUploadedFile("b.pdf", b"%PDF-"), 1)
    assert len(default_storage.listdir("held")[1]) == 1
