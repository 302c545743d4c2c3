"""Visits through their pages: what is known is not asked, what is wrong is said by its field, nothing is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cadres.models import Gift, Need, Post, Visit
from tests import factories as make
from tests import rows
from tests.cast import Cast
from tests.pages import errors, filled, send


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


def test_a_team_logs_a_visit_without_saying_what_is_known(cast: Cast, client: Client) -> None:
    """The village, the day, the kind and the first secretary are there already."""
    client.force_login(cast.team)
    page = client.get(address(cast, "visit-create"))
    assert "division" not in filled(page)
    assert cast.near.village.name in page.content.decode()
    response = send(client, address(cast, "visit-create"), households=[cast.near.household.pk], did="帮助联系农技员")
    logged = Visit.objects.get()
    assert response.url == reverse("cadres:visit-detail", args=[cast.program.code, logged.pk])
    assert (logged.division, logged.recorded_by, logged.did) == (cast.near.place, cast.team, "帮助联系农技员")
    assert timezone.localtime(logged.happened_at) == make.at(make.TODAY, 12)
    assert logged.kind == cast.near.word("visit_kind")
    [went] = logged.participants.all()
    assert (went.cadre, went.team, went.unit) == (cast.near.secretary, cast.near.team, cast.near.unit)
    assert [one.household for one in logged.households.all()] == [cast.near.household]


def test_sending_a_visit_twice_logs_it_once(cast: Cast, client: Client) -> None:
    """A second press of the button, or a phone that tries again."""
    client.force_login(cast.team)
    data = filled(client.get(address(cast, "visit-create")))
    first, second = (client.post(address(cast, "visit-create"), data) for _ in range(2))
    assert first.url == second.url
    assert Visit.objects.count() == 1


def test_a_units_contact_records_a_leaders_visit(cast: Cast, client: Client) -> None:
    """Who recorded it shows; who went is the leader."""
    client.force_login(cast.unit)
    send(client, address(cast, "visit-create"), participants=[cast.near.leader.pk])
    [went] = Visit.objects.get().participants.all()
    assert (went.cadre, went.leadership) == (cast.near.leader, "principal")
    assert Visit.objects.get().recorded_by == cast.unit


def test_a_cadre_chooses_among_own_households_only(cast: Cast, client: Client) -> None:
    """The household helped is offered, the neighbour's is refused."""
    client.force_login(cast.cadre)
    response = send(client, address(cast, "visit-create"), households=[cast.sibling.household.pk])
    assert errors(response)["households"].startswith(("选择一个有效的选项", "所选已不在可选范围内"))
    assert not Visit.objects.exists()
    send(client, address(cast, "visit-create"), households=[cast.near.household.pk])
    assert Visit.objects.get().households.get().household == cast.near.household


def test_a_need_due_before_the_trip_is_refused_by_its_own_field(cast: Cast, client: Client) -> None:
    """A year mistyped, in the row where it stands; nothing is saved."""
    client.force_login(cast.team)
    row = {"needs__TOTAL_FORMS": "1", "needs__0__text": "修路", "needs__0__due_on": "2014年1月1日"}
    row["needs__0__category"] = str(cast.near.word("need_category").pk)
    response = send(client, address(cast, "visit-create"), **row)
    [problem] = [one for one in response.context["form"].problems if one.message.startswith("办理期限不能早于走访日期")]
    assert "办理期限" in problem.label
    assert not Visit.objects.exists()
    assert 'value="2014年1月1日"' in response.content.decode()


def test_gifts_quantities_needs_and_a_word_for_one_household_are_logged_together(cast: Cast, client: Client) -> None:
    """All that happened on the trip is said on one page; without scripts each row is asked for with its button."""
    client.force_login(cast.team)
    where = address(cast, "visit-create")
    data: dict[str, Any] = filled(client.get(where)) | {"did": "送去慰问"}
    for part in ("money", "goods", "quantities", "needs", "notes"):
        page = client.post(where, data | {"_more": part})
        assert errors(page) == {}
        data = filled(page)
        assert data["did"] == ["送去慰问"]
        assert f"{part}-0-id" not in data
    data |= {
        "money-0-amount": "1,083.40元",
        "goods-0-goods": "大米",
        "goods-0-quantity": "2",
        "goods-0-unit_name": "袋",
        "quantities-0-item": cast.near.word("quantity", "sapling").pk,
        "quantities-0-amount": "3亩",
        "needs-0-text": "希望修路",
        "notes-0-household": cast.near.household.pk,
        "notes-0-outcome": "absent",
        "notes-0-note": "赶集去了",
    }
    response = client.post(where, data)
    assert errors(response) == {"quantities-0-amount": errors(response)["quantities-0-amount"]}
    client.post(where, data | {"quantities-0-amount": "3"})
    logged = Visit.objects.get()
    money, goods = Gift.objects.order_by("-kind")
    assert (str(money.amount), goods.goods, goods.quantity) == ("1083.40", "大米", 2)
    assert logged.quantities.get().amount == 3
    assert (Need.objects.get().visit, Need.objects.get().responsible_team) == (logged, cast.near.team)
    assert (logged.households.get().outcome, logged.households.get().note) == ("absent", "赶集去了")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"happened_at_day": "2015年13月3日"}, "happened_at", "没有13月"),
        ({"happened_at_day": "2015-02-30"}, "happened_at", "只有28天"),
        ({"happened_at_day": "下周"}, "happened_at", "看不懂日期“下周”"),
        ({"happened_at_day": "2015年7月4日"}, "happened_at", "不能晚于今天（2015年7月3日）"),
        ({"happened_at_time": "25:00"}, "happened_at", "看不懂时间“25:00”"),
        ({"participants": None}, "participants", "请选择"),
    ],
)
def test_bad_input_is_refused_by_its_field_and_what_was_typed_stays(
    cast: Cast, client: Client, changes: dict[str, Any], field: str, words: str
) -> None:
    """Clear words beside the field, a summary that leads there, and nothing lost."""
    client.force_login(cast.team)
    response = send(client, address(cast, "visit-create"), said="老人独自居住", did="帮助收麦", **changes)
    assert words in errors(response)[field]
    html = response.content.decode()
    assert f'href="#field-{field}"' in html
    assert f'id="field-{field}"' in html
    kept = filled(response)
    assert (kept["said"], kept["did"]) == (["老人独自居住"], ["帮助收麦"])
    for name, value in changes.items():
        assert kept.get(name) == ([value] if value else None)
    assert not Visit.objects.exists()


@pytest.mark.parametrize("typed", ["2015.7.2", "2015-07-02", "2015年7月2日", "15/7/2", "二〇一五年七月二日"])
def test_a_day_is_read_as_people_write_it(cast: Cast, client: Client, typed: str) -> None:
    """However it is written, it is the second of July, and the hour too."""
    client.force_login(cast.team)
    send(client, address(cast, "visit-create"), happened_at_day=typed, happened_at_time="下午2点半")
    assert timezone.localtime(Visit.objects.get().happened_at) == make.at(dt.date(2015, 7, 2), 14, 30)


def test_an_amount_with_letters_is_refused_in_its_row(cast: Cast, client: Client) -> None:
    """The summary says in which part and row."""
    client.force_login(cast.team)
    where = address(cast, "visit-create")
    data = filled(client.post(where, filled(client.get(where)) | {"_more": "money"}))
    response = client.post(where, data | {"money-0-amount": "五百abc"})
    assert "金额只能写数字" in errors(response)["money-0-amount"]
    assert "慰问金第1行 金额（元）" in response.content.decode()
    assert filled(response)["money-0-amount"] == ["五百abc"]


def test_a_correction_keeps_what_was_not_touched_and_names_the_version_before(cast: Cast, client: Client) -> None:
    """Only what differs is corrected; the participants' positions of that day stay."""
    before = rows.visit(cast.near, said="原来的话")
    Post.objects.filter(cadre=cast.near.helper).update(leadership="principal")
    client.force_login(cast.county)
    response = send(client, address(cast, "visit-correct", before), did="补记做了什么", reason="漏记")
    after = Visit.objects.get(replaces=before)
    assert response.url.endswith(f"/{after.pk}/")
    assert (after.said, after.did, after.correction_reason) == ("原来的话", "补记做了什么", "漏记")
    [old], [new] = before.participants.all(), after.participants.all()
    assert (new.cadre, new.leadership, new.unit, new.team) == (old.cadre, old.leadership, old.unit, old.team)


def test_a_correction_that_changes_nothing_is_refused(cast: Cast, client: Client) -> None:
    """The page's own rounding and order are no change."""
    before = rows.visit(cast.near)
    client.force_login(cast.county)
    response = send(client, address(cast, "visit-correct", before), reason="手误")
    assert "没有要更正的内容" in errors(response)[""]
    assert Visit.objects.count() == 1


def test_a_correction_of_gifts_and_households_leaves_the_version_before_as_it_was(cast: Cast, client: Client) -> None:
    """A row that was there can be changed or struck out."""
    before = rows.visit(cast.near)
    make.VisitHouseholdFactory(visit=before, household=cast.near.household, note="原话")
    for amount in (500, 200):
        make.GiftFactory(visit=before, program=before.program, division=before.division, amount=amount)
    client.force_login(cast.town)
    where = address(cast, "visit-correct", before)
    assert "没有要更正的内容" in errors(send(client, where, reason="手误"))[""]
    send(client, where, reason="少记了", money__0__amount="600", money__1__DELETE="on", notes__0__note="补充")
    after = Visit.objects.get(replaces=before)
    assert [gift.amount for gift in after.gifts.all()] == [600]
    assert after.households.get().note == "补充"
    assert before.gifts.count() == 2
    assert before.households.get().note == "原话"


def test_whoever_corrects_does_not_lose_participants_they_could_not_choose(cast: Cast, client: Client) -> None:
    """A stranger who went along stays on the visit when the team corrects a word."""
    before = rows.visit(cast.near)
    make.VisitParticipantFactory(visit=before, cadre=cast.far.leader, unit=cast.far.unit)
    client.force_login(cast.team)
    send(client, address(cast, "visit-correct", before), said="改一个字", reason="错字")
    after = Visit.objects.get(replaces=before)
    assert {one.cadre for one in after.participants.all()} == {cast.near.helper, cast.far.leader}


def test_a_voided_visit_no_longer_counts_and_is_not_corrected_again(cast: Cast, client: Client) -> None:
    """Its pages lead to what it is now."""
    before = rows.visit(cast.near)
    client.force_login(cast.county)
    send(client, address(cast, "visit-void", before), reason="记到别村去了")
    assert not Visit.objects.counted().exists()
    assert client.get(address(cast, "visit-correct", before)).status_code == 302
