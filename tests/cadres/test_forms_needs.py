"""Needs and pairings through their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cadres.models import Need, Pairing
from tests import factories as make
from tests import rows
from tests.cast import Cast
from tests.pages import errors, filled, send


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


def test_a_need_goes_its_way_from_a_visit_to_its_closing_and_back(cast: Cast, client: Client) -> None:
    """Raised, handed over, worked on, commented, closed with a reason, reopened."""
    trip = rows.visit(cast.near)
    client.force_login(cast.town)
    send(client, address(cast, "need-create", visit=trip.pk), text="村东桥面破损", due_on="2015年7月31日")
    need = Need.objects.get()
    assert (need.visit, need.division, need.raised_on) == (trip, trip.division, timezone.localdate(trip.happened_at))
    send(client, address(cast, "need-assign", need), unit=cast.near.unit.pk)
    send(client, address(cast, "need-step", need), text="已联系交通局")
    send(client, address(cast, "need-comment", need), text="抓紧办理")
    send(client, address(cast, "need-close", need), reason="桥面已修好", solved="1")
    need.refresh_from_db()
    assert (need.responsible_unit, need.closed_on, need.solved) == (cast.near.unit, make.TODAY, True)
    response = send(client, address(cast, "need-step", need), text="再看看")
    assert "已于2015年7月3日销号" in errors(response)[""]
    send(client, address(cast, "need-reopen", need), reason="雨后又坏")
    need.refresh_from_db()
    assert need.closed_on is None
    assert [step.kind for step in need.steps.order_by("pk")] == ["action", "action", "comment", "closed", "reopened"]


def test_a_need_is_closed_only_with_a_reason_and_not_before_it_was_raised(cast: Cast, client: Client) -> None:
    """Both by their fields."""
    need = rows.need(cast.near)
    client.force_login(cast.team)
    response = send(client, address(cast, "need-close", need), reason="")
    assert errors(response)["reason"]
    early = need.raised_on - dt.timedelta(days=1)
    response = send(client, address(cast, "need-close", need), reason="已办", on=early.isoformat())
    assert "早于诉求提出之日" in errors(response)["on"]
    need.refresh_from_db()
    assert need.closed_on is None


def test_a_program_may_ask_for_evidence_before_a_need_is_closed(cast: Cast, client: Client) -> None:
    """Then the field is no longer optional, and says why."""
    cast.program.settings["need_close_needs_evidence"] = True
    cast.program.save()
    need = rows.need(cast.near)
    client.force_login(cast.team)
    response = send(client, address(cast, "need-close", need), reason="已办")
    assert "须附群众确认或佐证" in errors(response)["evidence"]


def test_a_need_has_one_who_answers_for_it_and_no_due_day_before_it(cast: Cast, client: Client) -> None:
    """Both mistakes are shown at once."""
    client.force_login(cast.county)
    response = send(
        client,
        address(cast, "need-create", village=cast.near.village.pk),
        text="修路",
        responsible_unit=cast.near.unit.pk,
        responsible_team=cast.near.team.pk,
    )
    assert "只能填一个" in errors(response)["responsible_team"]
    response = send(
        client, address(cast, "need-create", village=cast.near.village.pk), text="修路", due_on="2015-01-01"
    )
    assert "早于提出日期" in errors(response)["due_on"]
    need = rows.need(cast.near)
    response = send(client, address(cast, "need-change", need), due_on="2000-01-01")
    assert "不能早于提出日期" in errors(response)["due_on"]


def test_the_county_pairs_hands_over_signs_and_ends(cast: Cast, client: Client) -> None:
    """Nothing is overwritten: the one before ends the day before, with its list of open needs."""
    client.force_login(cast.county)
    send(
        client,
        address(cast, "pairing-create", unit=cast.far.unit.pk, village=cast.near.village.pk),
        since="2015.5.1",
    )
    begun = Pairing.objects.get(unit=cast.far.unit, division=cast.near.place)
    assert begun.since == dt.date(2015, 5, 1)
    send(client, address(cast, "pairing-agree", begun), on="2015年5月4日")
    need = rows.need(cast.near)
    Need.objects.filter(pk=need.pk).update(
        responsible_unit=cast.far.unit, responsible_team=None, responsible_cadre=None
    )
    page = client.get(address(cast, "pairing-hand-over", begun))
    assert "1 件未销号的诉求" in page.content.decode()
    send(client, address(cast, "pairing-hand-over", begun), to=cast.sibling.unit.pk, on="2015-07-01", reason="轮换")
    begun.refresh_from_db()
    after = Pairing.objects.get(replaces=begun)
    assert (begun.until, begun.agreed_on) == (dt.date(2015, 6, 30), dt.date(2015, 5, 4))
    assert (after.unit, after.since) == (cast.sibling.unit, dt.date(2015, 7, 1))
    need.refresh_from_db()
    assert need.responsible_unit == cast.sibling.unit
    response = send(client, address(cast, "pairing-end", after), on="2015-06-01", reason="调整")
    assert "结束日期不能早于开始日期" in errors(response)["on"]
    send(client, address(cast, "pairing-end", after), reason="任务完成")
    after.refresh_from_db()
    assert (after.until, after.end_reason) == (make.TODAY, "任务完成")


def test_a_pairing_that_ends_before_it_begins_or_stands_already_is_refused(cast: Cast, client: Client) -> None:
    """By the field, and what was typed stays."""
    client.force_login(cast.county)
    where = address(cast, "pairing-create", unit=cast.far.unit.pk, village=cast.near.village.pk)
    response = send(client, where, since="2015-07-01", until="2015-06-30")
    assert "结束日期不能早于开始日期" in errors(response)["until"]
    assert filled(response)["until"] == ["2015-06-30"]
    there = address(cast, "pairing-create", unit=cast.near.unit.pk, village=cast.near.village.pk)
    response = send(client, there, since="2015-07-01")
    assert "已经结对" in " ".join(errors(response).values())


def test_a_pairing_has_one_helper_and_one_helped(cast: Cast, client: Client) -> None:
    """None and two are both refused where they are."""
    client.force_login(cast.county)
    response = send(client, address(cast, "pairing-create"))
    assert "请填写帮扶方" in errors(response)["unit"]
    assert "请填写帮扶对象" in errors(response)["division"]
    response = send(
        client,
        address(cast, "pairing-create", unit=cast.near.unit.pk, village=cast.far.village.pk),
        household=cast.far.household.pk,
        cadre=cast.near.helper.pk,
    )
    assert "只能填一个" in errors(response)["cadre"]
    assert "只能填一个" in errors(response)["household"]


def test_a_unit_is_merged_with_its_pairings_and_posts(cast: Cast, client: Client) -> None:
    """Asked to be sure; the other unit goes on with what the first had."""
    client.force_login(cast.county)
    where = address(cast, "unit-retire", cast.near.unit)
    response = send(client, where, into=cast.sibling.unit.pk)
    assert "请核对后打勾" in errors(response)["sure"]
    send(client, where, into=cast.sibling.unit.pk, sure="on")
    cast.near.unit.refresh_from_db()
    assert cast.near.unit.merged_into == cast.sibling.unit
    assert Pairing.objects.filter(unit=cast.sibling.unit, division=cast.near.place, until=None).exists()
