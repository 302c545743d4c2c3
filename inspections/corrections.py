"""What was corrected in the answers of an inspection: who changed which from what into what."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from inspections.models import Answer, Inspection
from programs.history import SYSTEM, Change, FieldChange
from programs.models import User
from programs.rules.wording import EMPTY


def answers_of(inspection: Inspection) -> list[Answer]:
    """The answers in the order of the checklist."""
    return list(inspection.answers.select_related("item").order_by("item__position", "item_id"))


def answer_changes(inspection: Inspection) -> list[Change]:
    """Corrections of answers, newest first; what was entered at first is none."""
    model = apps.get_model("inspections", "AnswerEvent")
    rows = model._default_manager.filter(inspection_id=inspection.pk).select_related("pgh_context", "item")
    events: list[Any] = list(rows.order_by("pgh_id"))
    first = events[0].pgh_context_id if events else None
    people = _people(events)
    found: list[Change] = []
    before: dict[int, str] = {}
    for event in events:
        said = _said(event) if event.pgh_label != "delete" else EMPTY
        was = before.get(event.item_id, EMPTY)
        before[event.item_id] = said
        if said != was and event.pgh_context_id != first:
            who = people.get(_user_of(event), SYSTEM)
            found.append(Change(event.pgh_created_at, who, "更正", [FieldChange(str(event.item), was, said)]))
    return found[::-1]


def _said(event: Any) -> str:
    return f"{event.value}（{event.note}）" if event.note else event.value


def _user_of(event: Any) -> int:
    return int((event.pgh_context.metadata.get("user") if event.pgh_context else None) or 0)


def _people(events: list[Any]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in={_user_of(event) for event in events})}
