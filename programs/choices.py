"""What forms let people choose from by typing: each long list is declared once, scoped, searched and labelled here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from programs.models import Program, Unit
from programs.rules.script import spellings, tidy
from programs.scoping import code_range

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: As many rows as a plain list of options holds; beyond it people type.
SHORT = 20


def _label(row: models.Model) -> str:
    return str(row)


def _nothing(row: models.Model) -> str:
    return ""


@dataclass(frozen=True)
class Source:
    """One list to choose from.

    ``rows`` gives what this user may choose in this program; ``names`` are the fields that are matched by their text,
    ``keys`` those that hold pinyin or initials; ``place`` leads to the division code by which another field narrows it.
    """

    name: str
    noun: str
    permission: str
    rows: Callable[[Program, AnyUser], models.QuerySet[Any]]
    names: tuple[str, ...] = ("name",)
    keys: tuple[str, ...] = ("pinyin", "initials")
    order: tuple[str, ...] = ("pinyin", "pk")
    label: Callable[[Any], str] = _label
    detail: Callable[[Any], str] = _nothing
    place: str = ""
    example: str = "名称，或拼音首字母"


_sources: dict[str, Source] = {}
_by_model: dict[type[models.Model], Source] = {}


def register_source(source: Source, model: type[models.Model] | None = None) -> Source:
    """Make a list known; with ``model`` it also serves the foreign keys to that model. Called by apps at start-up."""
    _sources[source.name] = source
    if model is not None:
        _by_model[model] = source
    return source


def source_named(name: str) -> Source | None:
    """The list of that name, if there is one."""
    return _sources.get(name)


def source_for(model: type[models.Model]) -> Source:
    """The list from which foreign keys to ``model`` are chosen."""
    return _by_model[model]


def search(source: Source, rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
    """The rows that match a typed name, pinyin or initials; the closest first."""
    wanted = tidy(text)
    if not wanted:
        return rows.order_by(*source.order)
    matching, exact, begins = Q(), Q(), Q()
    for spelling in spellings(wanted):
        for name in source.names:
            matching |= Q(**{f"{name}__icontains": spelling})
            exact |= Q(**{f"{name}__iexact": spelling})
            begins |= Q(**{f"{name}__istartswith": spelling})
    for key in source.keys if wanted.isascii() else ():
        matching |= Q(**{f"{key}__{'istartswith' if key.endswith('initials') else 'icontains'}": wanted})
    closeness = Case(
        When(exact, then=Value(0)), When(begins, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    return rows.filter(matching).order_by(closeness, *source.order)


def within(source: Source, rows: models.QuerySet[Any], code: str) -> models.QuerySet[Any]:
    """The rows that lie in a place, for lists that know their place."""
    return rows.filter(code_range(source.place, code)) if source.place and code else rows


def _sections(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    return _units(program, user).filter(parent__isnull=False)


def _units(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    return Unit.objects.visible_to(user).current().select_related("division", "parent")


UNITS = register_source(
    Source(
        name="unit",
        noun="单位",
        permission="unit.view",
        rows=_units,
        names=("short_name", "name"),
        detail=lambda unit: (
            f"{unit.parent}的科室" if unit.parent else unit.name if unit.name != unit.short_name else ""
        ),
        example="单位名称，或拼音首字母",
    ),
    Unit,
)
SECTIONS = register_source(
    Source(
        name="section",
        noun="科室",
        permission="unit.view",
        rows=_sections,
        names=("short_name", "name"),
        detail=lambda unit: str(unit.parent),
        example="科室名称，或拼音首字母",
    )
)
