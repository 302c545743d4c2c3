"""What the engine keeps of a program's configuration is never another than the one in force."""

from __future__ import annotations

from django.db import transaction

from programs.figures.configuration import configuration_of
from programs.figures.context import Context
from programs.figures.parts import evaluate_part, parts_of
from programs.models import Program
from tests import factories as make
from tests.cast import Cast


def labels(program: Program) -> set[str]:
    return {term.label for term in configuration_of(program).terms}


def test_a_change_that_is_taken_back_leaves_nothing_behind(cast: Cast) -> None:
    """A preview changes the configuration and rolls back: the revision from before is in force again."""
    with transaction.atomic():
        make.TermFactory(program=cast.program, vocabulary="visit_kind", code="preview", label="只在预览里")
        assert "只在预览里" in labels(cast.program)
        transaction.set_rollback(True)
    assert "只在预览里" not in labels(Program.objects.get(pk=cast.program.pk))


def test_what_one_knows_from_before_is_asked_anew(cast: Cast) -> None:
    """A program that was loaded before its figures were set up has them all the same."""
    make.FigurePartFactory(program=cast.program, key="工作队", measure="teams")
    context = Context(cast.program)
    assert [evaluate_part(part, context).value for part in parts_of(context)] == [4]
