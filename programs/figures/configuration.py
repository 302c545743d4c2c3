"""A program's configuration as the engine reads it: loaded once for each revision of the program."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from programs.figures.plans import Kept
from programs.models import Block, FigurePart, Program, Requirement, Term

_kept = Kept(size=200)


@dataclass(frozen=True)
class Configuration:
    """Words, requirements, parts of figures and blocks of one program, in their order. Shared: never changed."""

    revision: UUID
    terms: list[Term]
    requirements: list[Requirement]
    parts: list[FigurePart]
    blocks: list[Block]


def configuration_of(program: Program) -> Configuration:
    """The configuration of a program as it stood when the program was loaded.

    What is read of a program that has changed since, perhaps in a transaction that will be rolled back, is not kept
    under the revision it had: that one may come back.
    """
    key = (connection.settings_dict["NAME"], program.pk, program.revision)
    found: Configuration | None = _kept.known(key)
    if found is None:
        found = _load(program)
        if found.revision == program.revision:
            _kept.get(key, lambda: found)
    return found


def _load(program: Program) -> Configuration:
    sides = [f"{side}{path}" for side in ("left", "right") for path in ("", "__requirement", "__requirement__program")]
    requirements = Requirement.objects.filter(program=program).select_related("program", "problem_group")
    parts = FigurePart.objects.filter(program=program).select_related("figure", "requirement__program", *sides)
    blocks = Block.objects.filter(program=program).select_related("requirement__program")
    return Configuration(
        revision=Program.objects.values_list("revision", flat=True).get(pk=program.pk),
        terms=list(Term.objects.filter(program=program).order_by("vocabulary", "position", "pk")),
        requirements=list(requirements.order_by("position", "pk")),
        parts=list(parts.order_by("figure__position", "figure_id", "position", "pk")),
        blocks=list(blocks.order_by("position", "pk")),
    )
