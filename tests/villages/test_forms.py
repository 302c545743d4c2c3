"""Forms of a village's profile through their pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import ROLES, Cast, Side
from tests.pages import errors, filled, send
from villages.models import Village, VillagePerson, VillageRisk, VillageTag, VillageYear

ALLOWED = {"county", "town", "team", "administrator"}


def tag(side: Side) -> VillageTag:
    row: VillageTag = make.VillageTagFactory(village=side.village, tag=side.word("village_tag"))
    return row


FORMS: dict[str, Any] = {
    "village-change": lambda side: side.village,
    "village-year": lambda side: side.village,
    "village-tag-create": lambda side: side.village,
    "village-tag-end": tag,
    "village-person-create": lambda side: side.village,
    "village-person-change": lambda side: make.VillagePersonFactory(village=side.village),
    "village-risk-create": lambda side: side.village,
    "village-risk-resolve": lambda side: make.VillageRiskFactory(village=side.village),
}


def address(cast: Cast, name: str, row: Any = None) -> str:
    return reverse(f"villages:{name}", args=[cast.program.code, *([row.pk] if row else [])])


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_for_those_who_may_and_whose_village_it_is(cast: Cast, client: Client, name: str) -> None:
    """Offices and the team of the village; for others 403, out of reach 404."""
    near, far = FORMS[name](cast.near), FORMS[name](cast.far)
    for role in ROLES:
        client.force_login(cast.user(role))
        assert (client.get(address(cast, name, near)).status_code == 200) == (role in ALLOWED), role
        answer = client.get(address(cast, name, far)).status_code
        assert answer == 200 if role in ("county", "administrator") else answer in (403, 404), role


def test_an_office_opens_the_profile_of_a_village_once(cast: Cast, client: Client) -> None:
    """A town is no village, and a village has one profile."""
    place = make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}777")
    client.force_login(cast.team)
    assert client.get(address(cast, "village-create")).status_code == 403
    client.force_login(cast.town)
    where = address(cast, "village-create")
    assert "不是村级" in errors(send(client, where, division=cast.near.town.pk))["division"]
    assert "已经建档" in errors(send(client, where, division=cast.near.place.pk))["division"]
    send(client, where, division=place.pk, overview="山区村")
    assert Village.objects.get(pk=place.pk).overview == "山区村"


def test_the_profile_its_people_and_tags_are_changed_and_history_stays(cast: Cast, client: Client) -> None:
    """What ends keeps its days."""
    village = cast.near.village
    client.force_login(cast.team)
    send(client, address(cast, "village-change", village), overview="现有三个自然村")
    village.refresh_from_db()
    assert village.overview == "现有三个自然村"
    send(client, address(cast, "village-tag-create", village), tag=cast.near.word("village_tag").pk, since="2015.4.1")
    given = VillageTag.objects.get(village=village)
    response = send(client, address(cast, "village-tag-create", village), tag=given.tag_id)
    assert "该村已有这个标签" in " ".join(errors(response).values())
    response = send(client, address(cast, "village-tag-end", given), on="2015-03-31")
    assert "结束日期不能早于开始日期" in errors(response)["on"]
    send(client, address(cast, "village-tag-end", given), on="2015-06-30")
    given.refresh_from_db()
    assert given.until is not None
    send(client, address(cast, "village-person-create", village), kind="committee", name="示例 支书", post="支书")
    person = VillagePerson.objects.get(village=village)
    assert person.name == "示例支书"
    assert "示例支书" in client.get(address(cast, "village-change", village)).content.decode()
    send(client, address(cast, "village-person-change", person), until="2015-07-03", phone="0535-8211111")
    person.refresh_from_db()
    assert (person.phone, person.until is not None) == ("0535-8211111", True)
    send(client, address(cast, "village-risk-create", village), text="机井承包纠纷")
    risk = VillageRisk.objects.get(village=village)
    assert errors(send(client, address(cast, "village-risk-resolve", risk)))["measures"]
    send(client, address(cast, "village-risk-resolve", risk), measures="重新签订合同")
    risk.refresh_from_db()
    assert (risk.until, risk.measures) == (make.TODAY, "重新签订合同")


def test_a_years_values_are_entered_once_and_then_changed(cast: Cast, client: Client) -> None:
    """A year that is there opens with its values."""
    client.force_login(cast.town)
    where = address(cast, "village-year", cast.near.village)
    VillageYear.objects.filter(village=cast.near.village).delete()
    assert "请至少填一项" in errors(send(client, where))[""]
    assert "年份须在" in errors(send(client, where, year="2016", households="1"))["year"]
    assert "数量只能是整数" in errors(send(client, where, households="12.5"))["households"]
    assert "金额只能写数字" in errors(send(client, where, collective_income="三万x"))["collective_income"]
    send(client, where, households="1,204", collective_income="3.5万")
    year = VillageYear.objects.get(village=cast.near.village)
    assert (year.year, year.households, year.collective_income) == (2015, 1204, Decimal(35000))
    again = reverse("villages:village-year-change", args=[cast.program.code, cast.near.village.pk, 2015])
    assert filled(client.get(again))["collective_income"] == ["35,000"]
    send(client, again, population="3000")
    year.refresh_from_db()
    assert (year.households, year.population) == (1204, 3000)
