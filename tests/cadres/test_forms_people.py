"""Cadres and teams through their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from cadres.models import Cadre, Milestone, Team, TeamMember
from tests import factories as make
from tests.cast import Cast
from tests.pages import errors, filled, send


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


def test_a_cadre_is_entered_with_a_post_and_found_again_by_the_units_contact(cast: Cast, client: Client) -> None:
    """A contact enters people of the own unit; a telephone number with letters is refused."""
    client.force_login(cast.unit)
    where = address(cast, "cadre-create", unit=cast.near.unit.pk)
    response = send(client, where, name="示例 新干部", title="科员", phone="1390000abcd")
    assert "电话只能写数字" in errors(response)["phone"]
    assert filled(response)["name"] == ["示例 新干部"]
    response = send(client, where, name="示例 新干部", title="科员", phone="13900000000")
    person = Cadre.objects.get(name="示例新干部")
    assert client.get(response.url).status_code == 200
    assert (person.posts.get().unit, person.posts.get().title) == (cast.near.unit, "科员")
    send(client, address(cast, "post-create", person), unit=cast.near.unit.pk, title="副科长", leadership="middle")
    send(client, address(cast, "post-end", person.posts.get(title="科员")), on="2015-07-03")
    assert person.posts.get(title="科员").until == make.TODAY
    send(client, address(cast, "post-change", person.posts.get(title="副科长")), title="副主任")
    assert person.posts.filter(title="副主任").exists()
    send(client, address(cast, "cadre-change", person), is_party_member=None)
    person.refresh_from_db()
    assert not person.is_party_member


def test_a_contact_cannot_appoint_into_another_unit(cast: Cast, client: Client) -> None:
    """The other unit is not among the choices."""
    client.force_login(cast.unit)
    response = send(client, address(cast, "cadre-create"), name="示例甲", title="科员", unit=cast.far.unit.pk)
    assert "所选已不在可选范围内" in errors(response)["unit"]
    assert not Cadre.objects.filter(name="示例甲").exists()


def test_a_team_is_set_up_named_after_its_unit_and_village(cast: Cast, client: Client) -> None:
    """An office need not type what follows from the rest."""
    client.force_login(cast.county)
    send(client, address(cast, "team-create", village=cast.near.village.pk, unit=cast.far.unit.pk))
    team = Team.objects.get(unit=cast.far.unit, village=cast.near.village)
    assert team.name == f"{cast.far.unit}驻{cast.near.village}工作队"
    send(client, address(cast, "team-change", team), name="示例新名工作队", promises="每周走访")
    send(client, address(cast, "team-end", team), on="2015-07-03")
    team.refresh_from_db()
    assert (team.name, team.promises, team.until) == ("示例新名工作队", "每周走访", make.TODAY)


def test_a_second_first_secretary_at_once_is_refused_and_a_change_keeps_both(cast: Cast, client: Client) -> None:
    """The refusal says what to do; the change form does it."""
    client.force_login(cast.county)
    where = address(cast, "member-join", cast.near.team)
    response = send(client, where, cadre=cast.near.leader.pk, role="first_secretary")
    assert "已有第一书记" in " ".join(errors(response).values())
    assert filled(response)["role"] == ["first_secretary"]
    send(client, where, cadre=cast.near.leader.pk, role="member", since="2015-06-01")
    joined = TeamMember.objects.get(team=cast.near.team, cadre=cast.near.leader)
    assert (joined.unit, joined.since) == (cast.near.unit, dt.date(2015, 6, 1))
    send(client, address(cast, "member-leave", joined), on="2015-06-20")
    send(client, address(cast, "first-secretary-change", cast.near.team), to=cast.near.helper.pk, on="2015-07-01")
    cast.near.seat.refresh_from_db()
    assert cast.near.seat.until == dt.date(2015, 6, 30)
    now = TeamMember.objects.active_on(make.TODAY).get(team=cast.near.team, role="first_secretary")
    assert now.cadre == cast.near.helper


def test_a_milestone_is_entered_once_and_not_ahead_of_time(cast: Cast, client: Client) -> None:
    """Tomorrow is refused, twice is refused."""
    client.force_login(cast.town)
    where = address(cast, "milestone-create", cast.near.team)
    assert "不能晚于今天" in errors(send(client, where, reached_on="2015-07-04"))["reached_on"]
    send(client, where, reached_on="2015-07-02", paper="示例发〔2015〕1号")
    assert Milestone.objects.get(team=cast.near.team).paper == "示例发〔2015〕1号"
    assert "该节点已登记" in " ".join(errors(send(client, where)).values())
