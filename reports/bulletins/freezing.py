"""What is kept of a bulletin for ever when it is issued: its text, every figure, names and rows, under one digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from programs.figures.parts import PartResult
from programs.figures.requirements import ASPECTS
from programs.listing import Column, Setting, select
from programs.listing.columns import show
from programs.models import Requirement, User
from programs.rules import wording
from reports.bulletins.paper import LivePaper, exhibit_as_json
from reports.bulletins.values import is_named
from reports.listings import listing_of
from reports.models import Bulletin, FrozenFigure, FrozenRow
from reports.typesetting.text import render, tokens

#: Rows of a figure that the text does not use are kept up to so many; its value and names always are.
MOST_ROWS_UNUSED = 500
#: Of a figure that the text uses up to so many: an issue need not keep 17,079 households of its own.
MOST_ROWS_USED = 3000
ALL = "all"
#: The fields of a bulletin that its digest covers: all that is printed, and all that it was made from.
_SEALED = (
    "year", "number", "date", "as_of", "masthead", "office", "title", "body", "report_to", "send_to",
    "distribute_to", "copies", "annex", "names_units", "frozen_text", "frozen_annex", "frozen_charts",
)  # fmt: skip


class FiguresMoving(Exception):
    """Somebody changed records while they were being frozen: a number and its rows would disagree."""


@dataclass(frozen=True)
class Group:
    """One aspect of a figure as it is about to be frozen: how many, their names, and their keys in order."""

    key: str
    label: str
    model: type[models.Model]
    names: list[str]
    count: int
    keys: list[Any]

    @property
    def is_complete(self) -> bool:
        """Whether its rows are kept."""
        return len(self.keys) == self.count


def freeze(paper: LivePaper, *, by: User) -> None:
    """Write down all figures of the program as they stand; the bulletin itself is saved by the caller.

    Raises FiguresMoving where a number and its rows disagree because somebody works at this very moment.
    """
    bulletin = paper.bulletin
    used: dict[str, dict[str, str]] = {}
    for value in paper.values.in_text(bulletin.body):
        used.setdefault(value.part.part.key, {})[value.name.partition("：")[2]] = value.text
    groups = {
        key: [_group(part, aspect, is_used=key in used) for aspect in _aspects(part)]
        for key, part in paper.values.parts.items()
    }
    book = _Book(bulletin, by, [group for found in groups.values() for group in found])
    figures = FrozenFigure.objects.bulk_create(
        _figure(bulletin, part, used.get(key, {}), groups[key], book) for key, part in paper.values.parts.items()
    )
    rows = [
        FrozenRow(figure=figure, aspect=group.key, position=position, **book.row(group.model, pk))
        for figure in figures
        for group in groups[figure.key]
        for position, pk in enumerate(group.keys)
    ]
    FrozenRow.objects.bulk_create(rows, batch_size=2000)
    bulletin.frozen_text = paper.text
    bulletin.frozen_charts = {title: exhibit_as_json(exhibit) for title, exhibit in paper.exhibits.taken.items()}
    bulletin.frozen_annex = exhibit_as_json(paper.annexes[0]) if paper.annexes else None


class _Book:
    """Names and columns of all rows that are frozen, read once for each model as its list shows them.

    Lists of personal data keep names only.
    """

    def __init__(self, bulletin: Bulletin, by: User, groups: list[Group]) -> None:
        self._setting = Setting(bulletin.program, by)
        keys: dict[type[models.Model], set[Any]] = {}
        for group in groups:
            keys.setdefault(group.model, set()).update(group.keys)
        self._rows = {model: self._read(model, wanted) for model, wanted in keys.items()}

    def columns(self, model: type[models.Model]) -> list[Column]:
        """The columns that are kept of a model's rows."""
        listing = listing_of(model)
        return [] if listing.personal else [column for column in listing.columns if not column.only_exported]

    def row(self, model: type[models.Model], pk: Any) -> dict[str, Any]:
        """What is kept of a row."""
        if pk not in self._rows[model]:
            raise FiguresMoving(str(pk))
        return self._rows[model][pk]

    def _read(self, model: type[models.Model], keys: set[Any]) -> dict[Any, dict[str, Any]]:
        listing, columns = listing_of(model), self.columns(model)
        rows = select(listing, model._default_manager.filter(pk__in=keys), self._setting, {}).rows
        return {
            row.pk: {
                "model": model._meta.label_lower,
                "object_id": str(row.pk),
                "name": (listing.name_of or str)(row)[:200],
                "cells": [show(column.plain_value(row, self._setting), column.kind) for column in columns],
            }
            for row in rows
        }


def _figure(
    bulletin: Bulletin, part: PartResult, used: dict[str, str], groups: list[Group], book: _Book
) -> FrozenFigure:
    return FrozenFigure(
        bulletin=bulletin,
        key=part.part.key,
        label=part.part.label,
        definition=part.part.figure.definition,
        value=part.value,
        of=part.of,
        unit=wording.written_unit(part.part.unit),
        text=part.text,
        as_of=bulletin.as_of,
        aspects={
            "used": used,
            "made_of": [side.part.key for side in part.sides if side is not None] if part.part.operation else [],
            "groups": [
                {
                    "key": group.key,
                    "label": group.label,
                    "count": group.count,
                    "text": part.text if group.key == ALL else part.word(group.count, group.count),
                    "names": group.names,
                    "columns": [column.label for column in book.columns(group.model)],
                    "is_complete": group.is_complete,
                }
                for group in groups
            ],
        },
    )


def digest_of(bulletin: Bulletin) -> str:
    """The fingerprint of everything that was frozen: a change of a single character gives another one."""
    found = hashlib.sha256()
    for content in _content(bulletin):
        found.update(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True).encode())
        found.update(b"\n")
    return found.hexdigest()


def is_intact(bulletin: Bulletin) -> bool:
    """Whether an issued bulletin is what was issued: its digest, and its text made again from its figures."""
    used = {figure.key: figure.aspects.get("used", {}) for figure in bulletin.figures.order_by("pk")}
    text = render(bulletin.body, lambda key, aspect: used.get(key, {}).get(aspect)).text
    return text == bulletin.frozen_text and digest_of(bulletin) == bulletin.digest


def _content(bulletin: Bulletin) -> Iterator[Any]:
    assert bulletin.issued_at is not None
    moment = bulletin.issued_at.astimezone(dt.UTC).isoformat()
    yield [bulletin.program.code, moment, {name: getattr(bulletin, name) for name in _SEALED}]
    if bulletin.is_report:
        yield [bulletin.layout, bulletin.place_id]
    figures = bulletin.figures.order_by("key")
    yield from figures.values("key", "label", "definition", "value", "of", "unit", "text", "as_of", "aspects")
    rows = FrozenRow.objects.filter(figure__bulletin=bulletin).order_by("figure__key", "aspect", "position")
    fields = ("figure__key", "aspect", "position", "model", "object_id", "name", "cells")
    yield from rows.values_list(*fields).iterator(chunk_size=2000)


def _aspects(part: PartResult) -> tuple[str, ...]:
    if part.part.operation:
        return ()
    return ("done", "not_done", "excused") if part.judged is not None else (ALL,)


def _group(part: PartResult, aspect: str, *, is_used: bool) -> Group:
    if part.series is not None:  # what it counts are periods: kept by name
        count = part.series.counts[aspect]
        return Group(aspect, ASPECTS[aspect], Requirement, part.names(aspect), count, [])
    rows = part.rows("" if aspect == ALL else aspect)
    order = part.result.kind.order if part.result is not None else part.measure.order if part.measure else ("pk",)
    keys = list(dict.fromkeys(rows.order_by(*order).values_list("pk", flat=True)))
    if part.result is not None:
        expected: Any = part.result.counts[aspect]
    else:
        is_count = part.measure is not None and not part.measure.low and part.measure.total is None
        expected = part.value if is_count else len(keys)
    if len(keys) != expected:
        raise FiguresMoving(part.part.key)
    return Group(
        key=aspect,
        label=ASPECTS.get(aspect, "明细"),
        model=rows.model,
        names=part.names("" if aspect == ALL else aspect) if is_named(part) else [],
        count=len(keys),
        keys=keys if len(keys) <= (MOST_ROWS_USED if is_used else MOST_ROWS_UNUSED) else [],
    )


def used_keys(bulletin: Bulletin) -> set[str]:
    """The figures that the text names."""
    return {token.key for token in tokens(bulletin.body)}
