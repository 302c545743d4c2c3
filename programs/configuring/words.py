"""Changes to the words of a program's vocabularies."""

from __future__ import annotations

from typing import Any

from programs.changes import action, required, saved
from programs.configuring.codes import code_for
from programs.configuring.rows import opened
from programs.models import Program, Term, User
from programs.refusals import BadField


@action
def add_word(*, by: User, program: Program, vocabulary: str, label: str, **values: Any) -> Term:
    """Add a word at the end of a vocabulary."""
    rows = list(Term.objects.filter(program=program, vocabulary=vocabulary).order_by("position", "pk"))
    label = required(label, "名称", "label")
    _must_be_new(label, rows)
    code = code_for(label, (row.code for row in rows))
    position = max((row.position for row in rows), default=-1) + 1
    word = Term(program=program, vocabulary=vocabulary, code=code, label=label, position=position, **values)
    return saved(word)


@action
def change_word(*, by: User, word: Term, version: str | None, label: str, **values: Any) -> Term:
    """Rename a word or change what belongs to it; records that use it show the new name."""
    found = opened(word, version)
    label = required(label, "名称", "label")
    others = Term.objects.filter(program=found.program_id, vocabulary=found.vocabulary).exclude(pk=found.pk)
    _must_be_new(label, list(others))
    for name, value in (values | {"label": label}).items():
        setattr(found, name, value)
    return saved(found)


def _must_be_new(label: str, rows: list[Term]) -> None:
    same = next((row for row in rows if row.label == label), None)
    if same is None:
        return
    if same.ended_on is not None:
        raise BadField(f"“{label}”已在词表中，现在停用着。请恢复使用它，不必新增。", field="label")
    raise BadField(f"词表中已有“{label}”，请换一个名称。", field="label")
