"""The back office of inspections: answers with their inspection, and four eyes on what was put right."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from inspections.models import Answer
from tests import factories as make
from tests.back_office import save
from tests.cast import Cast
from tests.rows import finding


def test_answers_stand_with_their_inspection(cast: Cast, desk: Client) -> None:
    """One page for who went, when, and what was found."""
    row = cast.near.inspection
    item = make.ChecklistItemFactory(program=cast.program)
    page = reverse("admin:inspections_inspection_change", args=[row.pk])
    typed: dict[str, Any] = {"round": row.round_id, "group": row.group_id, "team": row.team_id}
    typed |= {"visited_on": "2015-06-16", "answers-TOTAL_FORMS": "1", "answers-INITIAL_FORMS": "0"}
    typed |= {"answers-0-inspection": row.pk, "answers-0-item": item.pk, "answers-0-value": "否"}
    typed |= {"findings-TOTAL_FORMS": "0", "findings-INITIAL_FORMS": "0"}
    answer = save(desk, page, typed)
    assert answer.status_code == 302, answer.content.decode()
    assert Answer.objects.get().value == "否"


def test_nobody_checks_their_own_work(cast: Cast, desk: Client) -> None:
    """Whoever registered that it was put right does not close it."""
    row = finding(cast.near)
    fixed = make.RectificationFactory(finding=row, fixed_by=cast.county)
    page = reverse("admin:inspections_finding_change", args=[row.pk])
    typed: dict[str, Any] = {
        "program": row.program_id,
        "kind": row.kind,
        "category": row.category_id,
        "gravity": row.gravity,
        "text": row.text,
        "found_on": row.found_on.isoformat(),
        "division": row.division_id,
        "team": row.team_id,
        "unit": row.unit_id,
        "rectifications-TOTAL_FORMS": "1",
        "rectifications-INITIAL_FORMS": "1",
        "rectifications-0-id": fixed.pk,
        "rectifications-0-finding": row.pk,
        "rectifications-0-on": fixed.on.isoformat(),
        "rectifications-0-text": fixed.text,
        "rectifications-0-checked_on": "2015-06-28",
        "rectifications-0-checked_by": cast.county.pk,
        "rectifications-0-verdict": "accepted",
    }
    answer = save(desk, page, typed)
    assert answer.status_code == 200
    assert "复查人不能是整改登记人。" in answer.content.decode()
