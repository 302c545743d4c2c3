"""Filters of lists: each reads its part of the address, narrows the rows and says in words what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from programs.rules.parsing import parse_day
from programs.rules.wording import day_text
from programs.scoping import ScopedQuerySet, code_range

if TYPE_CHECKING:
    from programs.listing.setting import Setting

Choices = list[tuple[str, str]]


class BadFilter(ValueError):
    """A filter's text cannot be read; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice among a few. ``more`` puts it behind 更多; ``multi`` marks conditions that run over several rows."""

    key: str
    label: str
    more: bool = False
    multi: bool = False

    template = "components/listing/choice.html"
    #: Whether what can be chosen hangs on another filter of the same list.
    depends = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts of the address it reads."""
        return (self.key,)

    def beside(self, data: Mapping[str, str]) -> Self:
        """The filter as it is offered beside what the address already asks."""
        return self

    def choices(self, setting: Setting) -> Choices:
        """What can be chosen: value and words."""
        raise NotImplementedError

    def condition(self, value: str, setting: Setting) -> Q:
        """The rows that remain."""
        raise NotImplementedError

    def read(self, data: Mapping[str, str], setting: Setting) -> tuple[Q, str] | None:
        """The condition and its words, as the address asks; None if it does not ask. Raises BadFilter."""
        value = data.get(self.key, "").strip()
        if not value:
            return None
        words = dict(self.choices(setting)).get(value)
        if words is None:
            raise BadFilter(f"“{self.label}”没有“{value[:20]}”这个选项，已不按它筛选。")
        return self.condition(value, setting), words

    def is_offered(self, setting: Setting) -> bool:
        """Whether there is anything to choose between."""
        return len(self.choices(setting)) > 1


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(Filter):
    """The choices of a field."""

    lookup: str
    options: type[models.TextChoices]

    def choices(self, setting: Setting) -> Choices:
        """The field's own words."""
        return setting.program.choices((str(value), str(label)) for value, label in self.options.choices)

    def condition(self, value: str, setting: Setting) -> Q:
        """Rows with this value."""
        return Q(**{self.lookup: value})


@dataclass(frozen=True, kw_only=True)
class TermFilter(Filter):
    """The program's words of one or several vocabularies."""

    lookup: str
    vocabularies: tuple[str, ...]

    def choices(self, setting: Setting) -> Choices:
        """The words by their codes."""
        return [(word.code, word.label) for word in setting.words(*self.vocabularies)]

    def condition(self, value: str, setting: Setting) -> Q:
        """Rows with this word."""
        return Q(
            **{
                f"{self.lookup}__code": value,
                f"{self.lookup}__vocabulary__in": self.vocabularies,
                f"{self.lookup}__program": setting.program,
            }
        )


@dataclass(frozen=True, kw_only=True)
class TownFilter(Filter):
    """The towns of the jurisdiction; ``lookup`` leads to a division code."""

    key: str = "place"
    label: str = "镇街"
    lookup: str

    def choices(self, setting: Setting) -> Choices:
        """Towns by code."""
        return [(town.code, town.short_name) for town in setting.towns]

    def condition(self, value: str, setting: Setting) -> Q:
        """Rows that lie in the town."""
        return code_range(self.lookup, value)


@dataclass(frozen=True, kw_only=True)
class CaseFilter(Filter):
    """Named cases, each with its own condition."""

    cases: tuple[tuple[str, str, Callable[[Setting], Q]], ...]

    def choices(self, setting: Setting) -> Choices:
        """The cases."""
        return [(value, label) for value, label, _ in self.cases]

    def condition(self, value: str, setting: Setting) -> Q:
        """The case's condition."""
        return next(build(setting) for key, _, build in self.cases if key == value)


def yes_no(key: str, label: str, yes: str, no: str, condition: Q, **options: Any) -> CaseFilter:
    """Rows for which a condition holds, or does not."""
    return CaseFilter(
        key=key, label=label, cases=(("yes", yes, lambda _: condition), ("no", no, lambda _: ~condition)), **options
    )


@dataclass(frozen=True, kw_only=True)
class DaysFilter(Filter):
    """From a day to a day, both included; ``lookup`` leads to a day or a moment."""

    lookup: str
    of_moment: bool = False

    template = "components/listing/days.html"

    @property
    def keys(self) -> tuple[str, ...]:
        """One part for each end."""
        return (f"{self.key}_from", f"{self.key}_to")

    def read(self, data: Mapping[str, str], setting: Setting) -> tuple[Q, str] | None:
        """The days between; either end may stay open."""
        lookup = f"{self.lookup}__date" if self.of_moment else self.lookup
        condition, words = Q(), []
        first, last = (self._day(data.get(key, "")) for key in self.keys)
        if first and last and last < first:
            raise BadFilter(f"“{self.label}”的结束日期早于开始日期，已不按它筛选。")
        if first:
            condition &= Q(**{f"{lookup}__gte": first})
            words.append(f"{day_text(first)}起")
        if last:
            condition &= Q(**{f"{lookup}__lte": last})
            words.append(f"至{day_text(last)}")
        return (condition, "".join(words)) if words else None

    def _day(self, text: str) -> Any:
        if not text.strip():
            return None
        try:
            return parse_day(text)
        except ValueError as error:
            raise BadFilter(f"{self.label}：{error}") from error

    def is_offered(self, setting: Setting) -> bool:
        """Days can always be chosen."""
        return True


@dataclass(frozen=True, kw_only=True)
class ObjectFilter(Filter):
    """Rows that belong to one thing (a village, a unit …); asked for by links, shown as a chip that can be removed."""

    model: type[models.Model]
    build: Callable[[Any], Q]

    template = ""

    def read(self, data: Mapping[str, str], setting: Setting) -> tuple[Q, str] | None:
        """The thing's rows; a thing out of reach is as one that is not there."""
        value = data.get(self.key, "").strip()
        if not value:
            return None
        rows = self.model._default_manager.all()
        assert isinstance(rows, ScopedQuerySet)
        try:
            found = rows.visible_to(setting.user).filter(pk=value).first()
        except (ValueError, ValidationError):
            found = None
        if found is None:
            raise BadFilter(f"没有找到要筛选的{self.label}，或者您无权查看，已不按它筛选。")
        return self.build(found.pk), str(found)

    def is_offered(self, setting: Setting) -> bool:
        """Never among the choices: there would be too many."""
        return False
