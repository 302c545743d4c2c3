"""What can be counted and what can be owed: apps register it here at start-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from programs.figures.context import Context
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet

Params = dict[str, Any]


@dataclass(frozen=True)
class Param:
    """One typed filter of a measure, a subject or an evidence.

    ``kind``: ``terms`` (codes of ``vocabulary``), ``term`` (one), ``choices`` (values of ``options``), ``choice``
    (one), ``places`` (division codes), ``flag``, ``day``, ``requirement`` (its code), ``vocabulary``.
    """

    name: str
    label: str
    kind: str
    vocabulary: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Group:
    """A way to lay a measure out: an expression over its rows, and how a key is called.

    ``labels`` gives names and the natural order for the keys of a program; without it a key is its own name.
    ``lookup`` turns a key back into a filter, so that a bar opens its rows.
    """

    label: str
    key: Callable[[Context], Any]
    labels: Callable[[Context, Iterable[Any]], dict[Any, str]] | None = None


@dataclass(frozen=True)
class Measure:
    """Something an app can count.

    ``rows`` gives the rows behind the value, in reach and in the span. The value is their number, or ``total``
    over them; ``low`` and ``high`` are used instead for amounts known as ranges. ``summed`` False is for what rows do
    not add up to (a width, a duration): then the ends are the smallest ``low`` and the greatest ``high``.
    """

    name: str
    label: str
    model: type[models.Model]
    rows: Callable[[Context, Params], ScopedQuerySet]
    params: tuple[Param, ...] = ()
    total: Callable[[Context, Params], Any] | None = None
    low: str = ""
    high: str = ""
    summed: bool = True
    groups: dict[str, Group] = field(default_factory=dict)
    name_of: Callable[[ScopedQuerySet], Any] | None = None
    order: tuple[str, ...] = ("pk",)
    joins: tuple[str, ...] = ()


@dataclass(frozen=True)
class SubjectKind:
    """Who can owe something: its rows in a program, where they are, and how they are named.

    ``owed`` gives those who owe in a period; ``place`` and ``unit`` are expressions over the rows.
    ``mark`` is the field of a mark that names such a subject; ``counter`` is the classifier in sentences (116个工作队).
    """

    name: str
    label: str
    model: type[models.Model]
    owed: Callable[[Context, Period, Params], ScopedQuerySet]
    mark: str
    names: Any
    params: tuple[Param, ...] = ()
    place: Callable[[Context], Any] | None = None
    unit: str = ""
    order: tuple[str, ...] = ("pk",)
    joins: tuple[str, ...] = ()
    counter: str = "个"


@dataclass(frozen=True)
class Evidence:
    """What counts as done: rows of the work, and the lookup from such a row to each kind of subject.

    ``rows`` takes the context, the period it belongs to, the last day on which it is in time, the params and the
    kind of subject. ``on`` is the lookup of the day or moment it happened. ``verb`` and ``counter`` say it in a
    sentence: 报送 月度进展报告 至少1份.
    """

    name: str
    label: str
    model: type[models.Model]
    rows: Callable[[Context, Period, dt.date, Params, str], ScopedQuerySet]
    subjects: dict[str, str]
    on: str
    params: tuple[Param, ...] = ()
    verb: str = "完成"
    counter: str = "次"


MarkRows = Callable[[Any, Period, str], ScopedQuerySet]

#: How a block lays a requirement out.
REQUIREMENT_GROUPS = {"town": "镇街", "period": "各期"}

measures: dict[str, Measure] = {}
subject_kinds: dict[str, SubjectKind] = {}
evidences: dict[str, Evidence] = {}
_marks: list[MarkRows] = []


def register_measure(measure: Measure) -> Measure:
    """Make a measure known; called by apps at start-up."""
    measures[measure.name] = measure
    return measure


def register_subject(kind: SubjectKind) -> SubjectKind:
    """Make a kind of subject known."""
    subject_kinds[kind.name] = kind
    return kind


def register_evidence(evidence: Evidence) -> Evidence:
    """Make a kind of evidence known."""
    evidences[evidence.name] = evidence
    return evidence


def register_marks(rows: MarkRows) -> MarkRows:
    """Say where ticks and excuses of a requirement in a period are kept: ``(requirement, period, verdict) -> rows``."""
    _marks[:] = [rows]
    return rows


def marks(requirement: Any, period: Period, verdict: str) -> ScopedQuerySet:
    """Standing marks of a requirement in a period with a verdict (``done`` or ``excused``)."""
    return _marks[0](requirement, period, verdict)
