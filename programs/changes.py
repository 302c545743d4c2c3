"""What every action shares: one transaction, history that names who and why, and refusals in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from programs import clock
from programs.models import Division, Program, Term
from programs.permissions import standing_still
from programs.refusals import (
    BadField,
    BadWord,
    InFuture,
    NotRunning,
    OutOfPlace,
    refusal_for_database,
    refusal_for_fields,
)
from programs.rules.wording import day_text

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

#: A phone's clock may be fast by so much before "it has not happened yet" is held against somebody.
CLOCK_ALLOWANCE = dt.timedelta(minutes=10)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: all or nothing, its history signed with ``by``, database rules answered in words."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        who: Any = kwargs["by"]
        name = f"{function.__module__}.{function.__name__}"
        try:
            with transaction.atomic(), pghistory.context(user=who.pk, action=name):
                return function(*args, **kwargs)
        except IntegrityError as error:
            refusal = refusal_for_database(error)
            if refusal is None:
                raise
            raise refusal from error

    return run


@action
def change_fields(*, by: Any, row: M, program: Program | None = None, **values: Any) -> M:
    """Correct a row's own fields where nothing else hangs on them; history keeps what they were, and who did it."""
    for name, value in values.items():
        setattr(row, name, value)
    return saved(row, program)


def saved(row: M, program: Program | None = None) -> M:
    """Check a row and write it."""
    check(row, program)
    row.save()
    return row


def saved_all(rows: Iterable[M], program: Program | None = None) -> list[M]:
    """Check rows and write them in one go; the same rules as for one."""
    found = list(rows)
    for row in found:
        check(row, program)
    if found:
        type(found[0])._base_manager.bulk_create(found, batch_size=2000)
    return found


def check(row: models.Model, program: Program | None = None) -> None:
    """Refuse a row with fields out of shape or, given a program, with words that are not that program's."""
    relations = [field for field in row._meta.concrete_fields if field.is_relation]
    try:
        row.clean_fields(exclude={field.name for field in relations})
    except ValidationError as error:
        raise refusal_for_fields(error, type(row)) from error
    for field in relations:
        if getattr(row, field.attname) is None:
            if not field.null:
                raise BadField(f"请填写{field.verbose_name}。", field=field.name)
        elif program is not None and field.related_model is Term:
            word: Term = getattr(row, field.name)
            # A row that had its word before the word was ended keeps it through other changes.
            check_word(word, program, _vocabularies(field), field.name, may_have_ended=not row._state.adding)


def _vocabularies(field: Any) -> Sequence[str]:
    limits = field.get_limit_choices_to()
    return limits.get("vocabulary__in") or [limits["vocabulary"]]


def check_word(
    term: Term, program: Program, vocabularies: Sequence[str], field: str, *, may_have_ended: bool = False
) -> None:
    """Refuse a word of another vocabulary or program, or one that has been ended."""
    labels = "或".join(Term.Vocabulary(name).label for name in vocabularies)
    if term.program_id != program.pk or term.vocabulary not in vocabularies:
        raise BadWord(f"“{term}”不是“{program}”的{labels}，请从列表中选择。", field=field)
    if not may_have_ended and term.ended_on and term.ended_on <= clock.today(program):
        raise BadWord(f"{labels}“{term}”已停用，请另选一项。", field=field)


def check_place(division: Division, program: Program, field: str = "division") -> None:
    """Refuse a place outside the program's jurisdiction."""
    if not division.code.startswith(program.jurisdiction_id):
        raise OutOfPlace(f"“{division}”不在{program.jurisdiction}范围内，请选择本活动辖区内的镇村。", field=field)


def check_running(program: Program) -> None:
    """Refuse field work in a program that is still being prepared, or is over."""
    if not program.is_running:
        raise NotRunning(standing_still(program))


def check_work(day: dt.date, program: Program, field: str, what: str = "日期") -> None:
    """Refuse work of a day after the program's today, and any in a program that is not running."""
    check_running(program)
    check_day(day, program, field, what)


def check_day(day: dt.date, program: Program, field: str, what: str = "日期") -> None:
    """Refuse a day after the program's today."""
    today = clock.today(program)
    if day > today:
        raise InFuture(f"{what}（{day_text(day)}）晚于今天（{day_text(today)}），请改为实际日期。", field=field)


def check_moment(moment: dt.datetime, program: Program, field: str, what: str) -> None:
    """Refuse a moment after the program's now; where a program stands still on a day, all of that day has happened."""
    check_running(program)
    if clock.is_pinned(program):
        check_day(timezone.localdate(moment), program, field, what)
    elif moment > clock.now(program) + CLOCK_ALLOWANCE:
        raise InFuture(f"{what}（{timezone.localtime(moment):%Y-%m-%d %H:%M}）还没有到，请改为实际时间。", field=field)


def required(text: str, what: str, field: str) -> str:
    """The text without spaces around it; refuse an empty one."""
    if not text.strip():
        raise BadField(f"请填写{what}。", field=field)
    return text.strip()
