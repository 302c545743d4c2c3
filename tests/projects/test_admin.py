"""The back office of projects and funds: stage and state follow from what was entered last."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from projects.models import Fund, Project
from tests import factories as make
from tests.back_office import lines, save
from tests.cast import Cast
from tests.rows import fund, project


def project_form(row: Project, **parts: Any) -> dict[str, Any]:
    """The form of a project with the lines given."""
    typed = {
        "program": row.program_id,
        "name": row.name,
        "category": row.category_id,
        "unit": row.unit_id,
        "team": row.team_id,
        "submitted_on": row.submitted_on.isoformat(),
    }
    for prefix in ("stages", "quantities", "funds", "progress"):
        typed |= lines(prefix, *parts.get(prefix, ()))
    place = row.places.get()
    return typed | lines("places", {"id": place.pk, "project": row.pk, "division": place.division_id}, known=1)


def test_a_project_stands_in_its_last_stage(cast: Cast, desk: Client) -> None:
    """In whatever order the stages were typed; notes on progress are signed."""
    row, side = project(cast.near), cast.near
    stages = [
        {"project": row.pk, "stage": side.word("project_stage", "build").pk, "entered_on": "2015-06-20"},
        {"project": row.pk, "stage": side.word("project_stage", "plan").pk, "entered_on": "2015-05-20"},
    ]
    notes = [{"project": row.pk, "on": "2015-06-25", "text": "路基已完成。"}]
    page = reverse("admin:projects_project_change", args=[row.pk])
    answer = save(desk, page, project_form(row, stages=stages, progress=notes))
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert (row.stage, row.stage_since) == (side.word("project_stage", "build"), dt.date(2015, 6, 20))
    assert row.progress.get().recorded_by == cast.administrator


def test_a_fund_is_in_the_state_it_reached_last(cast: Cast, desk: Client) -> None:
    """And an amount that is more than a range allows is refused in words."""
    row, side = fund(cast.near), cast.near
    typed = {
        "program": row.program_id,
        "kind": row.kind,
        "source": row.source_id,
        "purpose": row.purpose,
        "low": "350000",
        "high": "350000",
        "recorded_on": row.recorded_on.isoformat(),
        "division": row.division_id,
        "unit": row.unit_id,
        "team": row.team_id,
    } | lines("donations")
    movement = {"fund": row.pk, "state": side.word("fund_state", "arrived").pk, "on": "2015-06-20", "low": "350000"}
    page = reverse("admin:projects_fund_change", args=[row.pk])
    refused = save(desk, page, typed | lines("movements", movement | {"high": "1"}))
    assert "金额须大于 0，上限不能小于下限。" in refused.content.decode()
    answer = save(desk, page, typed | lines("movements", movement | {"high": "350000"}))
    assert answer.status_code == 302, answer.content.decode()
    after = Fund.objects.get()
    assert (after.state, after.state_since) == (side.word("fund_state", "arrived"), dt.date(2015, 6, 20))


def test_a_team_of_another_program_is_refused(cast: Cast, desk: Client) -> None:
    """A project belongs to one program with all that hangs on it."""
    row = project(cast.near)
    other = make.TeamFactory(program=cast.abroad.program, village=cast.near.village)
    page = reverse("admin:projects_project_change", args=[row.pk])
    answer = save(desk, page, project_form(row) | {"team": other.pk})
    assert "属于别的活动，请选择本活动的工作队。" in answer.content.decode()
