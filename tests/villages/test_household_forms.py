"""Households, people, honours, routes and sites through their pages: reach, words, and what stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import ROLES, Cast, Side
from tests.pages import errors, filled, send
from tests.reached import NEAR, check_reach
from villages.models import Honour, Household, HouseholdTag, Member, Route, Site

ALLOWED = {"county", "town", "team", "administrator"}
GOOD = "370685197001010019"


def household_tag(side: Side) -> HouseholdTag:
    row: HouseholdTag = make.HouseholdTagFactory(household=side.household, tag=side.word("household_tag"))
    return row


FORMS: dict[str, Any] = {
    "household-change": lambda side: side.household,
    "household-tag-create": lambda side: side.household,
    "household-tag-end": household_tag,
    "hardship-create": lambda side: side.household,
    "hardship-end": lambda side: make.HardshipFactory(household=side.household, cause=side.word("hardship")),
    "household-move-out": lambda side: side.household,
    "household-merge": lambda side: side.household,
    "honour-change": lambda side: honour(side),
    "member-change": lambda side: side.member,
    "member-tag-create": lambda side: side.member,
    "member-tag-end": lambda side: make.MemberTagFactory(member=side.member, tag=side.word("person_tag")),
}


def honour(side: Side) -> Honour:
    row: Honour = make.HonourFactory(program=side.program, household=side.household, kind=side.word("honour"))
    return row


def site(side: Side) -> Site:
    row: Site = make.SiteFactory(program=side.program, division=side.place, name=f"{side.village}节点")
    return row


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"villages:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_for_those_who_may_and_whose_household_it_is(cast: Cast, client: Client, name: str) -> None:
    """Offices and the team of the village; for others 403, out of reach 404."""
    near, far = FORMS[name](cast.near), FORMS[name](cast.far)
    for role in ROLES:
        client.force_login(cast.user(role))
        assert (client.get(address(cast, name, near)).status_code == 200) == (role in ALLOWED), role
        answer = client.get(address(cast, name, far)).status_code
        assert answer == 200 if role in ("county", "administrator") else answer in (403, 404), role


@pytest.mark.parametrize(
    ("noun", "find", "others"),
    [
        ("member", lambda works: works.side.member, {"cadre": NEAR, "inspector": None}),
        ("honour", lambda works: honour(works.side), {"cadre": NEAR, "inspector": None}),
        ("site", lambda works: site(works.side), {}),
        ("route", lambda works: site(works.side).route, {}),
    ],
)
def test_reach(client: Client, cast: Cast, noun: str, find: Any, others: Any) -> None:
    check_reach(client, cast, f"villages:{noun}", find, **others)


def test_a_household_is_entered_checked_and_its_numbers_are_never_shown(cast: Cast, client: Client) -> None:
    """What is wrong is said by the field and stays typed; what is stored is hinted at, kept when left empty."""
    client.force_login(cast.team)
    where = address(cast, "household-create")
    response = send(client, where, head="示例 户主", phone="139x", identity_number="370685197001010011")
    assert "校验码不符" in errors(response)["identity_number"]
    assert "电话只能写数字" in errors(response)["phone"]
    assert filled(response)["identity_number"] == ["370685197001010011"]
    send(client, where, division=cast.near.place.pk, head="示例 户主", phone="13900001234", identity_number=GOOD)
    row = Household.objects.get(head="示例户主")
    assert (row.phone, row.identity_number, row.initials) == ("13900001234", GOOD, "slhz")
    page = client.get(address(cast, "household-change", row)).content.decode()
    assert GOOD not in page
    assert "13900001234" not in page
    assert "370***********0019" in page
    change = address(cast, "household-change", row)
    client.post(change, filled(client.get(change)) | {"address": "示例路1号", "phone": "-"})
    row.refresh_from_db()
    assert (row.address, row.phone, row.identity_number) == ("示例路1号", "", GOOD)
    response = send(client, where, division=cast.near.place.pk, head="另一户", number=cast.near.household.number)
    assert "已有这个户编号" in " ".join(errors(response).values())


def test_what_a_household_is_begins_and_ends(cast: Cast, client: Client) -> None:
    """A category ends and stays on the page with its days; the list finds those that bear it now."""
    side = cast.near
    client.force_login(cast.town)
    tag = side.word("household_tag")
    send(client, address(cast, "household-tag-create", side.household), tag=tag.pk, since="2015-04-01")
    response = send(client, address(cast, "household-tag-create", side.household), tag=tag.pk, since="2015-05-01")
    assert "该户已在这一类别中" in " ".join(errors(response).values())
    listed = client.get(address(cast, "household-list", tag=tag.code)).context["selection"]
    assert [row.object for row in listed.shown] == [side.household]
    given = HouseholdTag.objects.get()
    send(client, address(cast, "household-tag-end", given), on="2015-06-30")
    assert (
        "2015年4月1日至2015年6月30日" in client.get(address(cast, "household-detail", side.household)).content.decode()
    )
    assert client.get(address(cast, "household-list", tag=tag.code)).context["selection"].total == 0
    cause = side.word("hardship")
    send(client, address(cast, "hardship-create", side.household), cause=cause.pk, since="2015-04-01")
    again = send(client, address(cast, "hardship-create", side.household), cause=cause.pk)
    assert "已登记致困原因" in errors(again)["cause"]


def test_a_family_is_entered_one_after_the_other(cast: Cast, client: Client) -> None:
    """From the household back to it; who is on no register has a place instead, and nobody has both or neither."""
    client.force_login(cast.team)
    where = address(cast, "member-create", household=cast.near.household.pk)
    response = send(client, where, name="示例长女", relation="长女", division=None)
    assert response.url == address(cast, "household-detail", cast.near.household)
    free = address(cast, "member-create")
    assert "请选择所属农户" in errors(send(client, free, name="示例学生", household="", division=""))["household"]
    both = send(client, free, name="示例学生", household=cast.near.household.pk, division=cast.near.place.pk)
    assert "请不要再填" in errors(both)["division"]
    send(client, free, name="示例学生", household="", division=cast.near.place.pk)
    alone = Member.objects.get(name="示例学生")
    assert (alone.household, alone.division) == (None, cast.near.place)
    tag = cast.near.word("person_tag")
    send(client, address(cast, "member-tag-create", alone), tag=tag.pk)
    found = client.get(address(cast, "member-list", register="out", tag=tag.code, q="slxs")).context["selection"]
    assert [row.object for row in found.shown] == [alone]


def test_who_moved_out_or_was_merged_is_no_longer_asked_for(cast: Cast, client: Client) -> None:
    """The record stays and says so."""
    client.force_login(cast.town)
    other = make.HouseholdFactory(division=cast.near.place)
    response = send(client, address(cast, "household-merge", cast.near.household), into=cast.near.household.pk)
    assert "不能并入自己" in errors(response)["into"]
    send(client, address(cast, "household-merge", cast.near.household), into=other.pk, on="2015-06-01")
    assert cast.near.member.__class__.objects.get(pk=cast.near.member.pk).household == other
    response = send(client, address(cast, "household-move-out", other), on="2015-07-04")
    assert "不能晚于今天" in errors(response)["on"]
    send(client, address(cast, "household-move-out", other), on="2015-07-01")
    page = client.get(address(cast, "household-detail", other)).content.decode()
    assert "已迁出" in page
    assert address(cast, "household-move-out", other) not in page


def test_an_honour_of_another_programs_words_is_not_offered(cast: Cast, client: Client) -> None:
    client.force_login(cast.town)
    foreign = cast.abroad.word("honour")
    where = address(cast, "honour-create", household=cast.near.household.pk)
    assert "重新选择" in errors(send(client, where, kind=foreign.pk))["kind"]
    send(client, where, given_by="示例镇党委")
    row = Honour.objects.get()
    assert (row.household, row.kind) == (cast.near.household, cast.near.word("honour"))
    assert "最美家庭" in client.get(address(cast, "village-detail", cast.near.village)).content.decode()


def test_sites_take_their_places_on_a_route(cast: Cast, client: Client) -> None:
    """Only the county names routes; a town adds its own sites, which come last unless it says otherwise."""
    client.force_login(cast.town)
    assert client.get(address(cast, "route-create")).status_code == 403
    client.force_login(cast.county)
    send(client, address(cast, "route-create"), name="示例示范线")
    assert "同名线路" in " ".join(errors(send(client, address(cast, "route-create"), name="示例示范线")).values())
    route = Route.objects.get()
    client.force_login(cast.town)
    for name in ("村史馆", "采摘园"):
        send(client, address(cast, "site-create", route=route.pk), name=name, division=cast.near.place.pk)
    assert list(route.sites.order_by("position").values_list("name", "position")) == [("村史馆", 1), ("采摘园", 2)]
    far = make.SiteFactory(program=cast.program, division=cast.far.place, route=route)
    assert client.get(address(cast, "site-change", far)).status_code == 404


def test_villages_and_groups_are_offered_by_what_is_chosen(cast: Cast, client: Client) -> None:
    """A village of another town, or a group of another village, is no longer meant."""
    group = make.GroupPlaceFactory(parent=cast.near.place)
    inside = make.HouseholdFactory(division=group)
    client.force_login(cast.county)
    near = cast.near.village.pk
    page = client.get(address(cast, "household-list", village=near, group=group.pk)).context["selection"]
    assert [row.object for row in page.shown] == [inside]
    assert {offer.filter.key for offer in page.dependent_offers if offer.is_offered} == {"village", "group"}
    page = client.get(address(cast, "household-list", village=cast.far.village.pk, group=group.pk))
    assert [row.object for row in page.context["selection"].shown] == [cast.far.household]
    page = client.get(address(cast, "household-list", place=cast.far.town.pk, village=near)).context["selection"]
    assert {row.object for row in page.shown} == {cast.far.household, cast.farther.household}


def test_households_not_visited_this_month_and_those_without_a_helper(cast: Cast, client: Client) -> None:
    visit = make.VisitFactory(
        program=cast.program,
        division=cast.near.place,
        kind=cast.near.word("visit_kind"),
        happened_at=make.at(dt.date(2015, 7, 2)),
    )
    make.VisitHouseholdFactory(visit=visit, household=cast.near.household)
    alone = make.HouseholdFactory(division=cast.near.place)
    client.force_login(cast.town)

    def listed(**query: str) -> set[Household]:
        shown = client.get(address(cast, "household-list", **query)).context["selection"].shown
        return {row.object for row in shown}

    assert listed(visited="month") == {cast.near.household}
    assert listed(visited="not_month") == {alone, cast.sibling.household}
    assert listed(helped="no") == {alone}
    assert listed(q=cast.near.helper.initials) >= {cast.near.household}
