"""The back office of pairings and of what was done: nonsense is refused in words, evidence is looked at only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cadres.models import Need, Pairing, RequirementMark, TeamMember, Visit
from tests import factories as make
from tests.back_office import save
from tests.cast import Cast
from tests.rows import need, visit


def pairing(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The form of a pairing: another cadre for the household."""
    return {
        "program": cast.program.pk,
        "mode": "cadre_household",
        "rank": "2",
        "cadre": cast.near.leader.pk,
        "household": cast.near.household.pk,
        "since": "2015-05-01",
    } | changes


def test_a_pairing_knows_where_it_is(cast: Cast, desk: Client) -> None:
    """The place follows from whoever is helped."""
    answer = desk.post(reverse("admin:cadres_pairing_add"), pairing(cast))
    assert answer.status_code == 302, answer.content.decode()
    assert Pairing.objects.get(cadre=cast.near.leader).place == cast.near.place


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": "2015-04-01"}, "结束日期不能早于开始日期。"),
        ({"until": "2015-04-01", "cadre": "helper"}, "结束日期不能早于开始日期。"),
        ({"cadre": ""}, "帮扶方须且只能填一个。"),
        ({"unit": "unit"}, "帮扶方须且只能填一个。"),
        ({"cadre": "helper"}, "双方在这段时间已经结对。"),
        ({"rank": "5"}, "责任次序为 1 至 3。"),
    ],
)
def test_nonsense_is_refused_in_words(cast: Cast, desk: Client, changes: dict[str, str], said: str) -> None:
    """Whatever the database would refuse, the page says first, and keeps what was typed."""
    typed = {
        name: getattr(cast.near, value).pk if value in ("unit", "helper") else value for name, value in changes.items()
    }
    answer = desk.post(reverse("admin:cadres_pairing_add"), pairing(cast, **typed))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "2015" in answer.content.decode()
    assert not Pairing.objects.filter(cadre=cast.near.leader).exists()


def seats(cast: Cast, **added: Any) -> dict[str, Any]:
    """The form of the near team with one more seat."""
    team, seat = cast.near.team, cast.near.seat
    return {
        "program": team.program_id,
        "village": team.village_id,
        "unit": team.unit_id,
        "name": team.name,
        "since": team.since.isoformat(),
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "1",
        "members-0-id": seat.pk,
        "members-0-team": team.pk,
        "members-0-cadre": seat.cadre_id,
        "members-0-role": seat.role,
        "members-0-unit": seat.unit_id,
        "members-0-since": seat.since.isoformat(),
        "members-1-team": team.pk,
        "members-1-cadre": cast.near.helper.pk,
        "members-1-role": "member",
        "members-1-unit": cast.near.unit.pk,
        "members-1-since": "2015-05-01",
        "milestones-TOTAL_FORMS": "0",
        "milestones-INITIAL_FORMS": "0",
    } | added


def test_members_are_added_in_the_team(cast: Cast, desk: Client) -> None:
    """Where people look for them."""
    page = reverse("admin:cadres_team_change", args=[cast.near.team.pk])
    answer = save(desk, page, seats(cast))
    assert answer.status_code == 302, answer.content.decode()
    assert cast.near.team.members.count() == 2


def test_a_second_first_secretary_is_refused_in_words(cast: Cast, desk: Client) -> None:
    """On the line where he was entered."""
    page = reverse("admin:cadres_team_change", args=[cast.near.team.pk])
    answer = save(desk, page, seats(cast, **{"members-1-role": "first_secretary"}))
    assert answer.status_code == 200
    assert "该工作队在这段时间已有第一书记。请先填写前任的结束日期。" in answer.content.decode()
    assert TeamMember.objects.filter(team=cast.near.team).count() == 1


def test_visits_are_looked_at_only(cast: Cast, desk: Client) -> None:
    """Append-only: a correction is a new version, made where visits are logged."""
    row = visit(cast.near)
    page = reverse("admin:cadres_visit_change", args=[row.pk])
    text = desk.get(page).content.decode()
    assert str(cast.near.helper) in text
    assert 'type="submit"' not in text.split('id="content-main"')[1]
    assert save(desk, page, {"said": "改了"}).status_code == 403
    assert desk.post(reverse("admin:cadres_visit_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    listed = desk.post(
        reverse("admin:cadres_visit_changelist"), {"action": "delete_selected", "_selected_action": row.pk}
    )
    assert listed.status_code in (200, 302)
    assert Visit.objects.get(pk=row.pk).said == row.said


def test_who_wrote_a_step_is_the_account(cast: Cast, desk: Client) -> None:
    """Nobody chooses under whose name something stands."""
    row = need(cast.near)
    page = reverse("admin:cadres_need_change", args=[row.pk])
    typed = {
        "program": row.program_id,
        "division": row.division_id,
        "household": row.household_id,
        "category": row.category_id,
        "text": row.text,
        "persons": "1",
        "raised_on": row.raised_on.isoformat(),
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-need": row.pk,
        "steps-0-on": "2015-06-01",
        "steps-0-kind": "action",
        "steps-0-text": "已报镇政府。",
        "steps-0-by": cast.county.pk,
        "recorded_by": cast.county.pk,
    }
    answer = save(desk, page, typed)
    assert answer.status_code == 302, answer.content.decode()
    after = Need.objects.get(pk=row.pk)
    assert after.steps.get().by == cast.administrator
    assert after.recorded_by == row.recorded_by


def test_a_mark_is_taken_back_and_not_deleted(cast: Cast, desk: Client) -> None:
    """What an office once said it knew stays to be seen."""
    mark = make.RequirementMarkFactory(requirement__program=cast.program, team=cast.near.team)
    page = reverse("admin:cadres_requirementmark_delete", args=[mark.pk])
    assert save(desk, page, {"post": "yes"}).status_code == 403
    assert RequirementMark.objects.exists()
