"""What was written stays known, raw SQL included, with who did it; numbers that identify people stay out of it."""

from __future__ import annotations

from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import connection, models
from django.db.utils import DatabaseError
from pghistory.models import Event

from tests import factories as make
from tests.cast import Cast
from tests.conventions import our_models

#: Models without history, and why.
WITHOUT_HISTORY = {
    "programs.Division": "the national list, replaced as a whole; changes of name are kept in DivisionName",
    "programs.DivisionName": "is history itself",
    "programs.UnitName": "is history itself",
    "programs.Job": "the state of a machine",
    "programs.JobFile": "what a machine made; that it was taken out is kept in Export",
    "programs.Export": "only ever added to",
    "programs.Suggestion": "people's words, answered and not changed",
    "cadres.VisitParticipant": "a visit is append-only: its parts come and stay with their version",
    "cadres.VisitHousehold": "a visit is append-only: its parts come and stay with their version",
    "cadres.DocumentPart": "comes with its document",
    "projects.ProjectPlace": "comes with its project",
    "reports.ContactCard": "an address; who printed it is kept in Export",
    "reports.NoticeBoard": "an address; who printed it is kept in Export",
    "reports.CardRemark": "comes with its suggestion",
    "reports.FrozenFigure": "written once, when a bulletin is issued",
    "reports.FrozenRow": "written once, when a bulletin is issued",
}


def history_of(row: models.Model) -> list[Any]:
    """The events of a row, oldest first."""
    event = apps.get_model(row._meta.app_label, f"{row._meta.object_name}Event")
    return list(event._default_manager.filter(pgh_obj_id=row.pk).order_by("pgh_id"))


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_model_has_history_or_a_reason() -> None:
    """Whoever adds a model decides whether its past is kept."""
    tracked = {
        model.pgh_tracked_model._meta.label  # type: ignore[attr-defined]
        for model in apps.get_models()
        if issubclass(model, Event) and hasattr(model, "pgh_tracked_model")
    }
    untracked = {model._meta.label for model in our_models()} - tracked
    assert untracked == set(WITHOUT_HISTORY)


def test_raw_sql_is_seen(cast: Cast) -> None:
    """Somebody with a database client leaves the same traces as a form."""
    unit = make.UnitFactory(name="示例水利局")
    execute("UPDATE programs_unit SET name = %s WHERE id = %s", "示例河务局", unit.pk)
    execute("DELETE FROM programs_unit WHERE id = %s", unit.pk)
    events = history_of(unit)
    assert [(event.pgh_label, event.name) for event in events] == [
        ("insert", "示例水利局"),
        ("update", "示例河务局"),
        ("delete", "示例河务局"),
    ]


def test_history_knows_who_and_why(cast: Cast) -> None:
    """The context of a request is kept beside each change made in it."""
    team = cast.near.team
    with pghistory.context(user=cast.county.pk, reason="更名"):
        team.name = "改名后的工作队"
        team.save()
    last = history_of(team)[-1]
    assert last.pgh_context.metadata == {"user": cast.county.pk, "reason": "更名"}


@pytest.mark.parametrize("statement", ["UPDATE programs_unitevent SET name = ''", "DELETE FROM programs_unitevent"])
def test_nobody_rewrites_history(cast: Cast, statement: str) -> None:
    """Neither the role that serves nor, by way of a trigger, the one that owns the tables."""
    with pytest.raises(DatabaseError):
        execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE programs_unitevent SET name = ''", "DELETE FROM programs_unitevent"])
def test_the_owner_is_refused_as_well(cast: Cast, statement: str) -> None:
    """Its triggers stand in the way even of the role that may do everything."""
    execute("RESET ROLE")
    with pytest.raises(DatabaseError, match="[Cc]annot"):
        execute(statement)


def test_history_holds_no_identity_numbers_and_no_phones() -> None:
    """What is kept for ever must not hold what the law wants erased."""
    kept = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if issubclass(model, Event)
        for field in model._meta.get_fields()
        if field.name in {"identity_number", "phone"}
    }
    assert kept == set()
