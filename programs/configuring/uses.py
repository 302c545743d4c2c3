"""Where a row of the configuration is used: records that point at it, and conditions and texts that name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count
from pghistory.models import Event

from programs.figures import registry
from programs.figures.words import vocabularies_of
from programs.models import Block, FigurePart, Program, Requirement, Term


@dataclass(frozen=True)
class Use:
    """So many records of a kind use it."""

    kind: str
    count: int


Uses = dict[Any, list[Use]]
#: For rows of one model and program: key of a row → uses that no foreign key shows.
Find = Callable[[Program, Sequence[Any]], Uses]
_finders: dict[type[models.Model], list[Find]] = {}


def register_uses(model: type[models.Model], find: Find) -> None:
    """Let a higher app tell where rows of a lower model are used without a foreign key."""
    finders = _finders.setdefault(model, [])
    if find not in finders:
        finders.append(find)


def uses_of(program: Program, rows: Sequence[models.Model]) -> Uses:
    """The uses of some rows of one model. As many queries as models point at it, whatever the rows."""
    found: Uses = {row.pk: [] for row in rows}
    if not rows:
        return found
    for field, kind in _pointers(type(rows[0])):
        if _cannot_hold(field, rows):
            continue
        counted = field.model._base_manager.filter(**{f"{field.name}__in": list(found)}).order_by()
        for key, count in counted.values_list(field.attname).annotate(_n=Count("pk")):
            found[key].append(Use(kind, count))
    for find in _finders.get(type(rows[0]), []):
        for key, uses in find(program, rows).items():
            found[key] += uses
    return {key: _merged(uses) for key, uses in found.items()}


def in_words(uses: Sequence[Use]) -> str:
    """已用于 32 条记录：走访 30、诉求 2; empty for what nothing uses."""
    total = sum(use.count for use in uses)
    if not total:
        return ""
    return f"已用于 {total} 条记录：{'、'.join(f'{use.kind} {use.count}' for use in uses)}"


def _merged(uses: Sequence[Use]) -> list[Use]:
    counts: Counter[str] = Counter()
    for use in uses:
        counts[use.kind] += use.count
    return [Use(kind, count) for kind, count in counts.items() if count]


def _pointers(model: type[models.Model]) -> list[tuple[Any, str]]:
    """Every foreign key to a model with the name of what holds it; tables of history do not count."""
    found = []
    for other in apps.get_models(include_auto_created=True):
        if issubclass(other, Event):
            continue
        holder = other._meta.auto_created or other
        for field in other._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is model:
                assert isinstance(holder, type)
                found.append((field, str(holder._meta.verbose_name)))
    return found


def _cannot_hold(field: Any, rows: Sequence[models.Model]) -> bool:
    """Whether a foreign key to words is for other vocabularies than those of the rows: not worth a query."""
    limits = field.get_limit_choices_to()
    wanted = limits.get("vocabulary__in") or ([limits["vocabulary"]] if "vocabulary" in limits else [])
    return bool(wanted) and not any(getattr(row, "vocabulary", None) in wanted for row in rows)


def _in_conditions(program: Program, names: Callable[[registry.Param, Any, Any], bool], rows: Sequence[Any]) -> Uses:
    """Requirements, figures and charts whose conditions name a row."""
    found: Uses = {row.pk: [] for row in rows}
    for kind, declared, values in _conditions_of(program):
        for row in rows:
            if any(param.name in values and names(param, values[param.name], row) for param in declared):
                found[row.pk].append(Use(kind, 1))
    return found


def _conditions_of(program: Program) -> list[tuple[str, Sequence[registry.Param], dict[str, Any]]]:
    found: list[tuple[str, Sequence[registry.Param], dict[str, Any]]] = []
    for requirement in Requirement.objects.filter(program=program):
        subject, evidence = registry.subject_kinds[requirement.subject], registry.evidences[requirement.evidence]
        found += [("要求", subject.params, requirement.who), ("要求", evidence.params, requirement.evidence_params)]
    for model, kind in ((FigurePart, "数据项"), (Block, "图表")):
        for row in model.objects.filter(program=program).exclude(measure=""):
            found.append((kind, registry.measures[row.measure].params, row.params))
    return found


def _words_in_conditions(program: Program, rows: Sequence[Any]) -> Uses:
    def names(param: registry.Param, value: Any, word: Term) -> bool:
        if param.kind not in ("terms", "term") or word.vocabulary not in vocabularies_of(param):
            return False
        return word.code in value if isinstance(value, list) else word.code == value

    return _in_conditions(program, names, rows)


def _requirements_in_conditions(program: Program, rows: Sequence[Any]) -> Uses:
    def names(param: registry.Param, value: Any, requirement: Requirement) -> bool:
        return param.kind == "requirement" and value == requirement.code

    return _in_conditions(program, names, rows)


register_uses(Term, _words_in_conditions)
register_uses(Requirement, _requirements_in_conditions)
