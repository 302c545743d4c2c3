"""What the programs app itself can count: the words of a vocabulary."""

from __future__ import annotations

from programs.figures.context import Context
from programs.figures.registry import Measure, Param, Params, register_measure
from programs.models import Term
from programs.scoping import ScopedQuerySet


def words(context: Context, params: Params) -> ScopedQuerySet:
    """Words of a vocabulary in use on the day."""
    rows = Term.objects.filter(program=context.program, vocabulary=params.get("vocabulary", ""))
    return rows.exclude(ended_on__lt=context.day)


register_measure(
    Measure(
        name="words",
        label="词表中的词条",
        model=Term,
        rows=words,
        params=(Param("vocabulary", "词表", "vocabulary"),),
        name_of=lambda rows: rows.values_list("label", flat=True),
        order=("position", "pk"),
    )
)
