"""What happened to a row: who changed what from what into what, and when, as the database itself recorded it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from programs.listing.columns import show
from programs.models import User
from programs.pinyin import PinyinField
from programs.rules.masking import mask_phone
from programs.rules.wording import EMPTY

#: Changes shown on a page; older ones stay in the database.
MOST = 100
VERBS = {"insert": "登记", "update": "修改", "delete": "删除"}
SYSTEM = "系统"


#: What a field says in words that needs the rest of its row to be understood; given the row as it stood.
Tell = Callable[[Any], str]
_tellers: dict[tuple[type[models.Model], str], Tell] = {}


def register_words(model: type[models.Model], name: str, tell: Tell) -> None:
    """Say how a field of a model is put into words in histories."""
    _tellers[model, name] = tell


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of a row."""

    at: dt.datetime
    who: str
    verb: str
    fields: list[FieldChange]


def history_of(row: models.Model) -> list[Change]:
    """The row's last changes, newest first; empty for a model that is not tracked."""
    event_model = _event_model(type(row))
    if event_model is None:
        return []
    newest = event_model._default_manager.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("-pgh_id")
    events: list[Any] = list(newest[: MOST + 1])
    events.reverse()
    _know_program(row, events)
    changed = [
        _changed_fields(type(row), before, after) for before, after in zip([None, *events], events, strict=False)
    ]
    names = _names(field for fields in changed for field in fields)
    people = _people(events)
    # The oldest of a long history is there only to be compared with.
    pairs = list(zip(events, changed, strict=True))[-MOST:]
    changes = [
        _change(event, fields, people, names) for event, fields in pairs if fields or event.pgh_label != "update"
    ]
    return list(reversed(changes))


def _event_model(model: type[models.Model]) -> type[models.Model] | None:
    for relation in model._meta.related_objects:
        if relation.field.name == "pgh_obj":
            found = relation.related_model
            assert isinstance(found, type)
            return found
    return None


_Changed = tuple["models.Field[Any, Any]", Any, Any]


def _changed_fields(model: type[models.Model], before: Any, after: Any) -> list[_Changed]:
    if before is None or after.pgh_label == "delete":
        return []
    kept = {field.name for field in type(after)._meta.fields}
    return [
        (field, *_values(model, field, before, after))
        for field in model._meta.concrete_fields
        if field.name in kept
        and not field.primary_key
        and not isinstance(field, PinyinField)
        and getattr(before, field.attname) != getattr(after, field.attname)
    ]


def _values(model: type[models.Model], field: models.Field[Any, Any], before: Any, after: Any) -> tuple[Any, Any]:
    tell = _tellers.get((model, field.name))
    if tell is not None:
        return tell(before), tell(after)
    return getattr(before, field.attname), getattr(after, field.attname)


def _know_program(row: Any, events: Iterable[Any]) -> None:
    """Hand the row's program on to its history, for what is told in the program's words."""
    if any(model is type(row) for model, _ in _tellers):
        for event in events:
            if event.program_id == row.program_id:
                event.program = row.program


def _names(changed: Iterable[_Changed]) -> dict[tuple[type[models.Model], Any], str]:
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for field, before, after in changed:
        if field.is_relation and isinstance(field.related_model, type):
            keys[field.related_model] |= {before, after} - {None}
    return {
        (model, found.pk): str(found)
        for model, values in keys.items()
        for found in model._base_manager.filter(pk__in=values)
    }


def _people(events: list[Any]) -> dict[int, str]:
    keys = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context} - {None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}


def _change(
    event: Any, fields: list[_Changed], people: dict[int, str], names: dict[tuple[type[models.Model], Any], str]
) -> Change:
    user = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return Change(
        at=event.pgh_created_at,
        who=people.get(user, SYSTEM) if user is not None else SYSTEM,
        verb=VERBS.get(event.pgh_label, event.pgh_label),
        fields=[
            FieldChange(str(field.verbose_name), _words(field, before, names), _words(field, after, names))
            for field, before, after in fields
        ],
    )


def _words(field: models.Field[Any, Any], value: Any, names: dict[tuple[type[models.Model], Any], str]) -> str:
    if value is None or value == "":
        return EMPTY
    if field.is_relation and isinstance(field.related_model, type):
        return names.get((field.related_model, value), EMPTY)
    if field.name == "phone":
        return mask_phone(str(value))
    if isinstance(value, list | dict):
        return _listed(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return show(value)


def _listed(value: list[Any] | dict[str, Any]) -> str:
    """The words inside a list or a mapping, without the codes that hold them together."""
    inside = list(value.values()) if isinstance(value, dict) else value
    words = [_listed(one) if isinstance(one, list | dict) else show(one) for one in inside]
    return "、".join(words) or EMPTY
