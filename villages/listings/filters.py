"""Filters by village and by group: what can be chosen hangs on the town, and then on the village, that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from programs.listing import ObjectFilter, Setting
from programs.models import Division, DivisionLevel
from programs.scoping import code_range
from villages.models import Village

if TYPE_CHECKING:
    from programs.listing.filters import Choices

#: As many villages as a list to choose from may hold; beyond it one chooses the town first.
MOST = 80


@dataclass(frozen=True, kw_only=True)
class VillageFilter(ObjectFilter):
    """The villages in reach, of the chosen town if one is chosen; ``town`` names that filter."""

    town: str = "place"
    inside: str = ""

    template = "components/listing/choice.html"
    depends = True

    def beside(self, data: Mapping[str, str]) -> Self:
        """Within the town."""
        return replace(self, inside=data.get(self.town, "").strip())

    def choices(self, setting: Setting) -> Choices:
        """Villages by their code; none where there would be too many to find one among them."""
        return setting.once((type(self), self.inside), lambda: self._villages(setting))

    def _villages(self, setting: Setting) -> Choices:
        rows = Village.objects.visible_to(setting.user)
        rows = rows.filter(code_range("division_id", self.inside or setting.program.jurisdiction_id))
        found = [(row.pk, row.name) for row in rows.only("division_id", "name").order_by("pinyin", "pk")[: MOST + 1]]
        return found if len(found) <= MOST else []

    def read(self, data: Mapping[str, str], setting: Setting) -> tuple[Q, str] | None:
        """The village's rows; one that lies outside the chosen town is no longer meant."""
        value = data.get(self.key, "").strip()
        return super().read(data, setting) if value.startswith(self.inside) else None

    def is_offered(self, setting: Setting) -> bool:
        """Where there is more than one village, and not too many."""
        return len(self.choices(setting)) > 1


@dataclass(frozen=True, kw_only=True)
class GroupFilter(ObjectFilter):
    """The groups (组, 屯) of the chosen village; ``village`` names that filter."""

    village: str = "village"
    inside: str = ""

    template = "components/listing/choice.html"
    depends = True

    def beside(self, data: Mapping[str, str]) -> Self:
        """Within the village."""
        return replace(self, inside=data.get(self.village, "").strip())

    def choices(self, setting: Setting) -> Choices:
        """Groups by their code."""
        if not self.inside:
            return []
        return setting.once((type(self), self.inside), lambda: self._groups(setting))

    def _groups(self, setting: Setting) -> Choices:
        rows = Division.objects.visible_to(setting.user).within(self.inside).filter(level=DivisionLevel.GROUP)
        return list(rows.current().order_by("code").values_list("code", "short_name")[:MOST])

    def read(self, data: Mapping[str, str], setting: Setting) -> tuple[Q, str] | None:
        """The group's rows; one of another village is no longer meant."""
        value = data.get(self.key, "").strip()
        return super().read(data, setting) if value.startswith(self.inside) else None

    def is_offered(self, setting: Setting) -> bool:
        """Where the village has groups."""
        return bool(self.choices(setting))
