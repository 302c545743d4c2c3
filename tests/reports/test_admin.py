"""The back office of bulletins: a draft may be mended, what is issued can only be looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Bulletin
from tests import factories as make
from tests.cast import Cast


def typed(row: Bulletin, body: str) -> dict[str, object]:
    """The form of a bulletin."""
    return {
        "program": row.program_id,
        "layout": row.layout,
        "year": row.year,
        "number": row.number,
        "date": row.date.isoformat(),
        "as_of": row.as_of.isoformat(),
        "masthead": row.masthead,
        "office": row.office,
        "title": row.title,
        "body": body,
        "copies": row.copies,
        "names_units": "on",
        "steps-TOTAL_FORMS": "0",
        "steps-INITIAL_FORMS": "0",
        "figures-TOTAL_FORMS": "0",
        "figures-INITIAL_FORMS": "0",
    }


def test_a_draft_may_be_mended(cast: Cast, desk: Client) -> None:
    """Its text, not who drafted it nor its state."""
    row = make.BulletinFactory(program=cast.program, drafted_by=cast.county)
    page = reverse("admin:reports_bulletin_change", args=[row.pk])
    answer = desk.post(page, typed(row, "一、改过的正文") | {"state": "issued"})
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert (row.body, row.state, row.drafted_by) == ("一、改过的正文", Bulletin.State.DRAFT, cast.county)


@pytest.mark.parametrize("state", ["review", "issued"])
def test_what_is_on_its_way_or_issued_is_looked_at_only(cast: Cast, desk: Client, state: str) -> None:
    """Figures and rows as they were frozen are there to be read."""
    row: Any = make.FrozenRowFactory(figure__bulletin__program=cast.program)
    figure, bulletin = row.figure, row.figure.bulletin
    if state == "issued":
        make.issue(bulletin)
    else:
        Bulletin.objects.filter(pk=bulletin.pk).update(state=state)
    page = reverse("admin:reports_bulletin_change", args=[bulletin.pk])
    assert figure.text in desk.get(page).content.decode()
    assert desk.post(page, typed(bulletin, "别的")).status_code == 403
    assert desk.post(reverse("admin:reports_bulletin_delete", args=[bulletin.pk]), {"post": "yes"}).status_code == 403
    frozen = reverse("admin:reports_frozenfigure_change", args=[figure.pk])
    assert row.name in desk.get(frozen).content.decode()
    assert desk.post(frozen, {"text": "别的"}).status_code == 403
    assert Bulletin.objects.get(pk=bulletin.pk).body == bulletin.body
