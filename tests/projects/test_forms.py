"""Forms of projects and funds through their pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Donation, Fund, FundMovement, Progress, Project, Quantity
from tests import factories as make
from tests import rows
from tests.cast import ROLES, Cast, Side
from tests.pages import errors, filled, send

ALLOWED = {"county", "town", "unit", "team", "administrator"}


def quantity(side: Side) -> Quantity:
    row: Quantity = make.QuantityFactory(project=rows.project(side), item=side.word("quantity"))
    return row


FORMS: dict[str, Any] = {
    "project-create": None,
    "project-change": rows.project,
    "project-stage": rows.project,
    "project-progress": rows.project,
    "project-give-up": rows.project,
    "quantity-create": rows.project,
    "quantity-done": quantity,
    "fund-create": None,
    "fund-move": rows.fund,
    "donation-create": rows.fund,
}


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"projects:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_for_those_who_may_and_whose_row_it_is(cast: Cast, client: Client, name: str) -> None:
    """Without the right 403, a row out of reach 404, another program's row 404."""
    pick = FORMS[name]
    near, far, abroad = (pick(side) for side in (cast.near, cast.far, cast.abroad)) if pick else (None, None, None)
    for role in ROLES:
        client.force_login(cast.user(role))
        assert (client.get(address(cast, name, near)).status_code == 200) == (role in ALLOWED), role
        if pick is not None:
            answer = client.get(address(cast, name, far)).status_code
            assert answer == 200 if role in ("county", "administrator") else answer in (403, 404), role
            assert client.get(address(cast, name, abroad)).status_code in (403, 404), role


def test_a_team_enters_a_project_without_saying_whose_and_where(cast: Cast, client: Client) -> None:
    """Team, unit and village are known; the stage was entered on the day of submission unless said otherwise."""
    client.force_login(cast.team)
    page = client.get(address(cast, "project-create"))
    assert not {"team", "unit", "places"} & filled(page).keys()
    send(client, address(cast, "project-create"), name="村东道路硬化", submitted_on="2015.5.8", is_promised="on")
    project = Project.objects.get()
    assert (project.team, project.unit, project.is_promised) == (cast.near.team, cast.near.unit, True)
    assert [place.division for place in project.places.all()] == [cast.near.place]
    assert (project.stage, project.stage_since) == (cast.near.word("project_stage"), dt.date(2015, 5, 8))


def test_an_office_names_places_by_typing_them(cast: Cast, client: Client) -> None:
    """Long lists are typed: several names in one box, pinyin initials as well as characters."""
    for number in range(21):
        make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}{300 + number}")
    client.force_login(cast.county)
    where = address(cast, "project-create")
    names = f"{cast.near.place.short_name}、{cast.far.place.short_name}"
    send(client, where, name="联合水利", places__q=names)
    assert {place.division for place in Project.objects.get().places.all()} == {cast.near.place, cast.far.place}
    response = send(client, where, name="再一个", places__q="没有这个村")
    assert "没有找到镇村“没有这个村”" in errors(response)["places"]
    assert filled(response)["places-q"] == ["没有这个村"]


def test_an_ambiguous_name_is_answered_with_the_choices_and_one_of_them_is_taken(cast: Cast, client: Client) -> None:
    """Without scripts too: the page comes back with what the name may mean, to be ticked."""
    for number in range(21):
        make.UnitFactory(name=f"示例{number}局", short_name=f"示例{number}局", division=cast.program.jurisdiction)
    client.force_login(cast.county)
    where = address(cast, "project-create", village=cast.near.village.pk)
    response = send(client, where, name="道路", unit__q="示例1")
    assert "与“示例1”相符" in errors(response)["unit"]
    wanted = next(str(unit.pk) for unit in cast.near.unit.__class__.objects.filter(short_name="示例11局"))
    assert f'value="{wanted}"' in response.content.decode()
    client.post(where, filled(response) | {"unit": wanted})
    assert Project.objects.get().unit.short_name == "示例11局"


def test_a_project_moves_through_its_stages_and_never_back(cast: Cast, client: Client) -> None:
    """The next stage is proposed; a day before the last one is refused by the field."""
    project = rows.project(cast.near)
    client.force_login(cast.team)
    send(client, address(cast, "project-stage", project), on="2015-05-10")
    project.refresh_from_db()
    assert project.stage.code == "plan"
    response = send(client, address(cast, "project-stage", project), on="2015-05-01", note="误")
    assert "请核对" in errors(response)["on"]
    assert filled(response)["note"] == ["误"]
    done = cast.near.word("project_stage", "done")
    send(client, address(cast, "project-stage", project), stage=done.pk, on="2015-06-30")
    project.refresh_from_db()
    assert project.finished_on == dt.date(2015, 6, 30)
    response = send(client, address(cast, "project-stage", project), stage=done.pk)
    assert "不能再改动" in errors(response)[""]


def test_a_project_is_corrected_without_losing_its_places(cast: Cast, client: Client) -> None:
    """Places are added and taken away; the rest stays as it is."""
    project = rows.project(cast.near)
    client.force_login(cast.county)
    where = address(cast, "project-change", project)
    send(client, where, name="改过的名称", due_on="2015年7月10日", due_text="7月上旬")
    project.refresh_from_db()
    assert (project.name, project.due_on, project.due_text) == ("改过的名称", dt.date(2015, 7, 10), "7月上旬")
    assert [place.division for place in project.places.all()] == [cast.near.place]
    send(client, where, places=[cast.far.place.pk])
    assert [place.division for place in project.places.all()] == [cast.far.place]
    assert "请选择" in errors(send(client, where, places=None))["places"]


def test_progress_amounts_and_giving_up_are_entered(cast: Cast, client: Client) -> None:
    """Each with its own day and words."""
    project = rows.project(cast.near)
    client.force_login(cast.town)
    send(client, address(cast, "project-progress", project), text="路基已完成", on="2015-06-01")
    assert Progress.objects.get().text == "路基已完成"
    where = address(cast, "quantity-create", project)
    assert "至少填一个" in errors(send(client, where, item=cast.near.word("quantity").pk))["planned"]
    bad = send(client, where, item=cast.near.word("quantity").pk, planned="很多")
    assert "数量只能写数字" in errors(bad)["planned"]
    send(client, where, item=cast.near.word("quantity").pk, planned="1.2万")
    amount = Quantity.objects.get()
    assert amount.planned == 12000
    send(client, address(cast, "quantity-done", amount), done="2,180", on="2015-07-01")
    amount.refresh_from_db()
    assert (amount.done, amount.done_on) == (2180, dt.date(2015, 7, 1))
    send(client, address(cast, "project-give-up", project), reason="规划调整")
    project.refresh_from_db()
    assert project.ended_on == make.TODAY


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("35万", "350000", "350000"),
        ("1,083.40元", "1083.40", "1083.40"),
        ("5000万-1亿", "50000000", "100000000"),
        ("３-5万", "30000", "50000"),
    ],
)
def test_money_is_read_as_offices_write_it(cast: Cast, client: Client, typed: str, low: str, high: str) -> None:
    """An amount, or a range."""
    client.force_login(cast.team)
    response = send(client, address(cast, "fund-create"), purpose="修路", amount=typed)
    fund = Fund.objects.get()
    assert response.url == reverse("projects:fund-detail", args=[cast.program.code, fund.pk])
    assert (fund.low, fund.high) == (Decimal(low), Decimal(high))
    assert (fund.team, fund.unit, fund.division) == (cast.near.team, cast.near.unit, cast.near.place)
    assert fund.state == cast.near.word("fund_state")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("三十五万abc", "金额只能写数字"),
        ("35万左右", "请填准确的金额"),
        ("-500", "不能是负数"),
        ("1亿-5000万", "从小到大"),
        ("1.234", "精确到分"),
        ("0", "须大于 0"),
    ],
)
def test_an_amount_nobody_can_book_is_refused_by_its_field(cast: Cast, client: Client, typed: str, words: str) -> None:
    """What was typed stays, with the reason beside it."""
    client.force_login(cast.team)
    response = send(client, address(cast, "fund-create"), purpose="修路", amount=typed)
    assert words in errors(response)["amount"]
    assert filled(response)["amount"] == [typed]
    assert filled(response)["purpose"] == ["修路"]
    assert not Fund.objects.exists()


def test_a_projects_fund_moves_on_and_takes_donations(cast: Cast, client: Client) -> None:
    """Begun on the project's page it belongs to it; part of it may go ahead, never more than all."""
    project = rows.project(cast.near)
    client.force_login(cast.unit)
    send(client, address(cast, "fund-create", project=project.pk), amount="50万")
    fund = Fund.objects.get()
    assert (fund.project, fund.division, fund.purpose) == (project, cast.near.place, project.name)
    response = send(client, address(cast, "fund-move", fund), amount="60万")
    assert "超过了这笔资金" in errors(response)["amount"]
    send(client, address(cast, "fund-move", fund), amount="20万", note="首批")
    moved = FundMovement.objects.get(note="首批")
    assert (moved.low, moved.state) == (200000, cast.near.word("fund_state", "secured"))
    assert "请填捐款单位或捐款人" in errors(send(client, address(cast, "donation-create", fund), amount="500"))["donor"]
    send(client, address(cast, "donation-create", fund), amount="500", donor="示例捐款人")
    assert Donation.objects.get().amount == 500


def test_a_projects_fund_can_only_be_begun_on_a_project_one_reaches(cast: Cast, client: Client) -> None:
    """Somebody else's project in the address is not taken."""
    strange = rows.project(cast.far)
    client.force_login(cast.unit)
    assert strange.name not in client.get(address(cast, "fund-create", project=strange.pk)).content.decode()
