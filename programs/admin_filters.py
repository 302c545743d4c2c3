"""Filters of the back office: only what is in reach is offered, words by what they say, places by town."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from programs.admin_base import reachable
from programs.models import Division, DivisionLevel, Program, Term
from programs.scoping import code_range


class ReachedFilter(admin.RelatedFieldListFilter):
    """Choices of a short relation, those in reach only."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """All rows of the relation that this administrator reaches."""
        return [(row.pk, str(row)) for row in reachable(field.remote_field.model, request.user).order_by("pk")]


class WordFilter(admin.FieldListFilter):
    """Words of a vocabulary by what they say, so that the same word of two programs is one choice."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        self.parameter = f"{field_path}__label"
        words = reachable(Term, request.user).filter(**field.get_limit_choices_to())
        self.labels = list(words.order_by("label").values_list("label", flat=True).distinct())
        super().__init__(field, request, params, model, model_admin, field_path)
        given: Any = self.used_parameters.get(self.parameter) or [""]
        self.chosen: str = given[-1]
        self.used_parameters = {self.parameter: self.chosen} if self.chosen else {}

    def expected_parameters(self) -> list[str | None]:
        """The one name in the address."""
        return [self.parameter]

    def has_output(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.labels) > 1

    def choices(self, changelist: Any) -> Any:
        """All, and each word."""
        yield {
            "selected": not self.chosen,
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "display": "全部",
        }
        for label in self.labels:
            yield {
                "selected": label == self.chosen,
                "query_string": changelist.get_query_string({self.parameter: label}),
                "display": label,
            }


class TownFilter(admin.SimpleListFilter):
    """Rows within one town of the programs in reach; the page says where a row keeps its division code."""

    title = "镇街"
    parameter_name = "town"
    path = "division_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The towns of all jurisdictions in reach."""
        within = Q()
        for code in reachable(Program, request.user).values_list("jurisdiction_id", flat=True).distinct():
            within |= code_range("code", code)
        if not within:
            return []
        towns = Division.objects.filter(within, level=DivisionLevel.TOWN).order_by("code")
        return list(towns.values_list("code", "short_name"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Within by the range of codes."""
        code = self.value()
        if not code:
            return queryset
        return queryset.filter(pk__in=queryset.model._base_manager.filter(code_range(self.path, code)).values("pk"))


def town_filter(path: str) -> type[TownFilter]:
    """The filter by town for rows whose division code is at ``path``."""
    return type("TownFilter", (TownFilter,), {"path": path})
