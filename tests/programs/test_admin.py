"""The back office of accounts and configuration: who gets in, what is checked, what cannot be changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.models import Export, Requirement, Suggestion, Term, User
from tests import factories as make
from tests.cast import Cast


def grants(**changes: str) -> dict[str, str]:
    """The part of an account's form that gives one role."""
    given = {
        "grants-TOTAL_FORMS": "1",
        "grants-INITIAL_FORMS": "0",
        "grants-0-role": "county",
        "grants-0-program": "",
        "grants-0-division": "",
        "grants-0-unit": "",
        "grants-0-since": "2015-04-01",
        "grants-0-until": "",
    }
    return given | {f"grants-0-{name}": value for name, value in changes.items()}


def test_an_account_is_made_with_its_role(cast: Cast, desk: Client) -> None:
    """In one go; what it reaches follows at once."""
    account = {"username": "newtown", "display_name": "新镇街办公室", "usable_password": "true"}
    account |= {"password1": make.PASSWORD, "password2": make.PASSWORD}
    answer = desk.post(
        reverse("admin:programs_user_add"),
        account | grants(role="town", program=str(cast.program.pk), division=cast.near.town.code),
    )
    assert answer.status_code == 302
    user = User.objects.get(username="newtown")
    assert user.check_password(make.PASSWORD)
    assert type(cast.near.team).objects.visible_to(user).count() == 2


def test_a_role_without_its_place_is_refused_in_words(cast: Cast, desk: Client) -> None:
    """The rule of the database, by the field's own form, and nothing typed is lost."""
    account = {"username": "newtown", "display_name": "新镇街办公室", "usable_password": "true"}
    account |= {"password1": make.PASSWORD, "password2": make.PASSWORD}
    answer = desk.post(reverse("admin:programs_user_add"), account | grants(role="town", program=str(cast.program.pk)))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "镇街办公室的授权须指定地区。" in page
    assert 'value="新镇街办公室"' in page
    assert not User.objects.filter(username="newtown").exists()


def test_an_account_is_closed_and_never_deleted(cast: Cast, desk: Client) -> None:
    """What it signed stays signed."""
    assert desk.get(reverse("admin:programs_user_delete", args=[cast.county.pk])).status_code == 403


def test_what_left_is_looked_at_only(cast: Cast, desk: Client) -> None:
    """The record of exports is evidence."""
    row = make.ExportFactory(program=cast.program)
    page = reverse("admin:programs_export_change", args=[row.pk])
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"what": "别的"}).status_code == 403
    assert desk.get(reverse("admin:programs_export_add")).status_code == 403
    assert desk.post(reverse("admin:programs_export_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert Export.objects.get().what == row.what


def requirement(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The form of a requirement."""
    return {
        "program": cast.program.pk,
        "code": "half-year-plan",
        "name": "提交年度计划",
        "subject": "team",
        "who": "{}",
        "evidence": "document",
        "evidence_params": '{"kinds": ["year_plan"]}',
        "at_least": "1",
        "cadence": "once",
        "position": "0",
    } | changes


def test_a_requirement_is_set_up_without_code(cast: Cast, desk: Client) -> None:
    """What may be owed and what counts is offered in Chinese and checked."""
    page = reverse("admin:programs_requirement_add")
    assert "材料" in desk.get(page).content.decode()
    answer = desk.post(page, requirement(cast))
    assert answer.status_code == 302, answer.content.decode()
    assert Requirement.objects.get().evidence_params == {"kinds": ["year_plan"]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"evidence_params": '{"kinds": ["no_such_kind"]}'}, "词表 document_kind 没有“no_such_kind”。"),
        ({"evidence_params": '{"colour": "red"}'}, "条件“colour”不适用"),
        ({"evidence_params": "[1]"}, "应写成"),
        ({"due_day": "40"}, "截止日须在 1 到 31 之间。"),
        ({"evidence": "no_such_evidence"}, "no_such_evidence"),
    ],
)
def test_a_requirement_that_cannot_be_evaluated_is_refused(
    cast: Cast, desk: Client, changes: dict[str, str], said: str
) -> None:
    """Before it stands on everybody's home page."""
    answer = desk.post(reverse("admin:programs_requirement_add"), requirement(cast, **changes))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Requirement.objects.exists()


def test_words_of_another_program_are_refused(cast: Cast, desk: Client) -> None:
    """With several programs each word names its own, and a wrong one is refused by the field."""
    word = Term.objects.get(program=cast.abroad.program, vocabulary="problem_group", code="pace")
    page = desk.get(reverse("admin:programs_requirement_add")).content.decode()
    assert f"行动缓慢（{cast.abroad.program.short_name}）" in page
    answer = desk.post(reverse("admin:programs_requirement_add"), requirement(cast, problem_group=word.pk))
    assert "词条“行动缓慢”属于别的活动，请选择本活动的词条。" in answer.content.decode()


def test_a_suggestion_is_answered(cast: Cast, desk: Client) -> None:
    """The time of the answer is kept; what was suggested cannot be changed."""
    row = make.SuggestionFactory(program=cast.program, text="字太小")
    desk.post(reverse("admin:programs_suggestion_change", args=[row.pk]), {"reply": "已调大。", "text": "别的"})
    after = Suggestion.objects.get()
    assert (after.reply, after.text) == ("已调大。", "字太小")
    assert after.replied_at is not None
    assert timezone.now() - after.replied_at < dt.timedelta(minutes=5)


def test_history_shows_every_change(cast: Cast, desk: Client) -> None:
    """Also one that was made past the forms."""
    unit = cast.near.unit
    type(unit).objects.filter(pk=unit.pk).update(contact_name="新联络员")
    page = desk.get(reverse("admin:programs_unit_history", args=[unit.pk])).content.decode()
    assert "联络员：— → 新联络员" in page
