"""The duty register and leave through their pages: clicks, what a leave says by itself, tiers, who sees what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.actions.duty import (
    AlreadyAnswered,
    HigherTier,
    LeaveSaysSo,
    approve_leave,
    decline_leave,
    record_duty,
    request_leave,
    return_from_leave,
    withdraw_leave,
)
from cadres.models import CadreGroup, Duty, GroupSeat, Leave
from tests import factories as make
from tests.cast import ROLES, Cast, Side
from tests.pages import errors, send
from tests.reached import check_reach

OFFICES = {"county", "town", "administrator"}
#: A Monday in the month before the pinned day.
MONDAY = dt.date(2015, 6, 8)


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


def leave_of(side: Side, **changes: Any) -> Leave:
    values: dict[str, Any] = {"since": MONDAY, "until": MONDAY + dt.timedelta(days=2), "reason": "事假"}
    asked = request_leave(by=make.UserFactory(), team=side.team, cadre=side.secretary, **(values | changes))
    found: Leave = asked
    return found


def key(side: Side, day: dt.date) -> str:
    return f"{side.team.pk}-{side.secretary.pk}-{day:%Y%m%d}"


def said(side: Side) -> dict[dt.date, str]:
    return dict(Duty.objects.filter(team=side.team).values_list("on", "state"))


# The register


def test_exceptions_are_clicked_and_the_rest_is_one_button(cast: Cast, client: Client) -> None:
    """June 2015 has 22 working days; the far town's members are not on the page and cannot be written."""
    client.force_login(cast.town)
    where = address(cast, "duty-record", month="2015-06", place=cast.near.town.code)
    answer = client.post(where, {"cell": key(cast.near, MONDAY), "brush": "reported", "note": "跑项目"})
    assert answer.status_code == 302
    assert f"#m-{cast.near.team.pk}-{cast.near.secretary.pk}" in answer.url
    assert "brush=reported" in answer.url
    client.post(where, {"fill": "1"})
    near = said(cast.near)
    assert len(near) == len(said(cast.sibling)) == 22
    assert near.pop(MONDAY) == Duty.State.REPORTED
    assert set(near.values()) == {Duty.State.PRESENT}
    assert all(day.weekday() < 5 for day in near)
    assert client.post(where, {"cell": key(cast.far, MONDAY), "brush": "absent"}).status_code == 404
    assert not Duty.objects.filter(team=cast.far.team).exists()
    client.post(where, {"day": "20150622", "brush": "rest"})
    assert said(cast.near)[dt.date(2015, 6, 22)] == said(cast.sibling)[dt.date(2015, 6, 22)] == Duty.State.REST
    client.post(where, {"cell": key(cast.near, MONDAY), "brush": "clear"})
    assert MONDAY not in said(cast.near)


def test_with_scripts_the_line_comes_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.town)
    where = address(cast, "duty-record", month="2015-06", place=cast.near.town.code)
    asked = {"headers": {"HX-Request": "true"}}
    page = client.post(where, {"cell": key(cast.near, MONDAY), "brush": "absent"}, **asked)
    assert "2015年6月8日：不在岗" in page.content.decode()
    wrong = client.post(where, {"cell": key(cast.near, MONDAY), "brush": "flying"}, **asked)
    assert (wrong.status_code, wrong.content.decode()) == (400, "请先选择要记成什么。")


def test_who_looks_and_who_writes(cast: Cast, client: Client) -> None:
    """All see the register of the teams they reach; only offices write."""
    for role in ROLES:
        client.force_login(cast.user(role))
        page = client.get(address(cast, "duty-grid", month="2015-06"))
        assert page.status_code == 200
        lines = page.context["board"].lines
        assert ("data-duty" in page.content.decode()) == bool(lines)
        assert bool(page.context["board"].cells) == (role in OFFICES), role
        answer = client.post(address(cast, "duty-record"), {"fill": "1"}).status_code
        assert answer == (302 if role in OFFICES else 403), role
    client.force_login(cast.town)
    assert client.get(address(cast, "duty-record")).status_code == 405


def test_days_before_joining_and_days_to_come_take_nothing(cast: Cast, client: Client) -> None:
    cast.near.seat.since = dt.date(2015, 6, 15)
    cast.near.seat.save()
    client.force_login(cast.town)
    for month, day in (("2015-06", MONDAY), ("2015-07", dt.date(2015, 7, 6))):
        where = address(cast, "duty-record", month=month, place=cast.near.town.code)
        assert client.post(where, {"cell": key(cast.near, day), "brush": "absent"}).status_code == 404
    client.post(address(cast, "duty-record", month="2015-06", place=cast.near.town.code), {"fill": "1"})
    assert min(said(cast.near)) == dt.date(2015, 6, 15)


def test_a_month_costs_the_same_for_two_and_for_twenty_members(cast: Cast, client: Client) -> None:
    client.force_login(cast.town)
    where = address(cast, "duty-grid", month="2015-06")

    def cost() -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        return len(queries)

    approve_leave(by=cast.town, leave=leave_of(cast.near), approver="示例镇")
    before = cost()
    for _ in range(18):
        seat = make.TeamMemberFactory(team=cast.near.team)
        make.DutyFactory(team=cast.near.team, cadre=seat.cadre, on=MONDAY)
        make.LeaveFactory(team=cast.near.team, cadre=seat.cadre, since=MONDAY, until=MONDAY)
    assert cost() == before


# What a leave says by itself


def test_a_granted_leave_says_its_days_and_nobody_types_them_twice(cast: Cast, client: Client) -> None:
    """Days gone by are written as it is approved, even over what was there; the cell leads to the leave."""
    side = cast.near
    record_duty(by=cast.town, team=side.team, cadre=side.secretary, on=MONDAY, state=Duty.State.ABSENT)
    leave = leave_of(side)
    approve_leave(by=cast.town, leave=leave, approver="示例镇")
    assert set(said(side).values()) == {Duty.State.LEAVE}
    assert len(said(side)) == 3
    with pytest.raises(LeaveSaysSo):
        record_duty(by=cast.town, team=side.team, cadre=side.secretary, on=MONDAY)
    client.force_login(cast.town)
    where = address(cast, "duty-record", month="2015-06", place=side.town.code)
    assert client.post(where, {"cell": key(side, MONDAY), "brush": "present"}).status_code == 404
    page = client.get(address(cast, "duty-grid", month="2015-06"))
    assert address(cast, "leave-detail", leave) in page.content.decode()
    return_from_leave(by=cast.town, leave=leave, on=MONDAY)
    assert list(said(side)) == [MONDAY]
    client.post(where, {"fill": "1"})
    assert said(side)[MONDAY + dt.timedelta(days=1)] == Duty.State.PRESENT


def test_a_trip_for_the_village_counts_as_duty(cast: Cast, client: Client) -> None:
    """Days to come follow when the register is filled."""
    side = cast.near
    trip = leave_of(side, kind=Leave.Kind.TRIP, since=dt.date(2015, 7, 1), until=dt.date(2015, 7, 6))
    approve_leave(by=cast.town, leave=trip, approver="示例镇")
    assert said(side) == {dt.date(2015, 7, day): Duty.State.REPORTED for day in (1, 2, 3)}
    client.force_login(cast.town)
    board = client.get(address(cast, "duty-grid")).context["board"]
    line = next(line for line in board.lines if line.team == side.team)
    assert [cell.state for cell in line.cells[:6]] == ["reported", "reported", "reported", "", "", "reported"]
    assert line.on_duty == 4
    withdraw_leave(by=cast.team, leave=trip)
    assert said(side) == {}


# Leave


def test_tiers_answer_what_their_number_of_days_asks_for(cast: Cast, client: Client) -> None:
    """Three days are the town's, a fourth the county's, a trip always the town's; the program may say otherwise."""
    long = leave_of(cast.near, until=MONDAY + dt.timedelta(days=3))
    with pytest.raises(HigherTier, match="镇街办公室可批 3 天以内"):
        approve_leave(by=cast.town, leave=long, approver="示例镇")
    client.force_login(cast.town)
    assert address(cast, "leave-decide", long) not in client.get(address(cast, "leave-detail", long)).content.decode()
    assert "请由县级办公室审批" in errors(send(client, address(cast, "leave-decide", long)))[""]
    client.force_login(cast.county)
    send(client, address(cast, "leave-decide", long), approver="示例县级办公室")
    long.refresh_from_db()
    assert (long.approved_by, long.approved_on) == ("示例县级办公室", make.TODAY)
    cast.program.settings = {"leave_town_days": 5}
    cast.program.save()
    other = leave_of(cast.sibling, until=MONDAY + dt.timedelta(days=4))
    approve_leave(by=cast.town, leave=other, approver="示例镇")


def test_a_member_asks_and_sees_on_the_home_page_what_became_of_it(cast: Cast, client: Client) -> None:
    """The town sees what waits for it; a no has a reason, and the same days may be asked for again."""
    home = reverse("reports:home", args=[cast.program.code])
    client.force_login(cast.team)
    where = address(cast, "leave-create")
    response = send(client, where, since="2015-07-10", until="2015-07-09", reason="")
    assert "结束日期不能早于" in errors(response)["until"]
    assert errors(response)["reason"]
    send(client, where, since="2015-07-09", until="2015-07-10", reason="家中有事")
    leave = Leave.objects.get()
    assert (leave.cadre, leave.team) == (cast.near.secretary, cast.near.team)
    assert "待审批" in client.get(home).content.decode()
    assert client.get(address(cast, "leave-decide", leave)).status_code == 403
    client.force_login(cast.town)
    assert address(cast, "leave-detail", leave) in client.get(home).content.decode()
    assert "请写明" in errors(send(client, address(cast, "leave-decide", leave), answer="no"))["reason"]
    send(client, address(cast, "leave-decide", leave), answer="no", reason="防汛期间一律不准假")
    assert address(cast, "leave-detail", leave) not in client.get(home).content.decode()
    client.force_login(cast.team)
    assert "防汛期间一律不准假" in client.get(home).content.decode()
    send(client, where, since="2015-07-09", until="2015-07-10", reason="再请")
    again = Leave.objects.latest("pk")
    send(client, address(cast, "leave-withdraw", again))
    again.refresh_from_db()
    assert again.withdrawn_on == make.TODAY


def test_colleagues_neither_ask_nor_take_back_for_each_other(cast: Cast, client: Client) -> None:
    colleague = make.TeamMemberFactory(team=cast.near.team)
    leave = make.LeaveFactory(team=cast.near.team, cadre=colleague.cadre)
    client.force_login(cast.team)
    assert client.get(address(cast, "leave-detail", leave)).status_code == 200
    assert client.get(address(cast, "leave-withdraw", leave)).status_code == 403
    send(client, address(cast, "leave-create", member=colleague.pk), reason="替人请假")
    assert list(Leave.objects.filter(reason="替人请假").values_list("cadre", flat=True)) == [cast.near.secretary.pk]


def test_what_has_an_answer_gets_no_second_one(cast: Cast) -> None:
    leave = leave_of(cast.near)
    decline_leave(by=cast.town, leave=leave, approver="示例镇", reason="防汛")
    with pytest.raises(AlreadyAnswered):
        approve_leave(by=cast.town, leave=leave, approver="示例镇")
    with pytest.raises(AlreadyAnswered):
        withdraw_leave(by=cast.team, leave=leave)
    assert said(cast.near) == {}


def test_reach_of_leave(client: Client, cast: Cast) -> None:
    def find(works: Any) -> Leave:
        row: Leave = make.LeaveFactory(team=works.side.team, cadre=works.side.secretary)
        return row

    check_reach(client, cast, "cadres:leave", find)


# Groups


def test_the_county_keeps_all_groups_and_a_unit_its_own(cast: Cast, client: Client) -> None:
    """A seat in a group lets one see it, not change it; others find nothing."""
    client.force_login(cast.unit)
    where = address(cast, "group-create")
    assert "请选择" in errors(send(client, where, name="领导小组", unit=""))["unit"]
    send(client, where, name="领导小组", unit=cast.near.unit.pk)
    own = CadreGroup.objects.get()
    assert own.initials == "ldxz"
    seat_form = address(cast, "seat-create", own)
    assert "请选择干部" in errors(send(client, seat_form, cadre="", unit=""))["cadre"]
    send(client, seat_form, cadre=cast.near.helper.pk, unit="", duty="组长")
    assert "已在" in errors(send(client, seat_form, cadre=cast.near.helper.pk, unit=""))["cadre"]
    seat = GroupSeat.objects.get()
    send(client, address(cast, "seat-end", seat), on="2015-07-03")
    seat.refresh_from_db()
    assert seat.until == make.TODAY
    joint = make.CadreGroupFactory(program=cast.program, name="联合督导组")
    make.GroupSeatFactory(group=joint, cadre=None, unit=cast.near.unit)
    assert client.get(address(cast, "group-detail", joint)).status_code == 200
    assert client.get(address(cast, "group-change", joint)).status_code == 403
    client.force_login(cast.cadre)
    assert client.get(address(cast, "group-detail", joint)).status_code == 404
    client.force_login(cast.county)
    send(client, address(cast, "group-change", joint), name="联合督查组")
    joint.refresh_from_db()
    assert joint.name == "联合督查组"


def test_near_is_what_a_team_sees_of_the_register(cast: Cast, client: Client) -> None:
    for side in cast.sides:
        make.DutyFactory(team=side.team, cadre=side.secretary)
    client.force_login(cast.team)
    shown = client.get(address(cast, "duty-list")).context["selection"].shown
    assert {row.object.team for row in shown} == {cast.near.team}
