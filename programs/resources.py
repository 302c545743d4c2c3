"""The roster of units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from programs.models import Role, Unit, UnitLevel
from programs.roster_cells import Choice, Day, Flag, Place, Text, UnitName
from programs.rosters import RosterField, RosterResource


class UnitResource(RosterResource):
    """单位名册: a line is found again by where the unit is and its full name (and the unit it is a section of)."""

    name = RosterField("name", "全称", Text(), needed=True)
    short_name = RosterField("short_name", "简称", Text())
    level = RosterField("level", "级别", Choice(UnitLevel), needed=True)
    parent = RosterField("parent", "上级单位", UnitName())
    division = RosterField("division", "所在地", Place(), needed=True)
    contact_name = RosterField("contact_name", "联络员", Text())
    office_phone = RosterField("office_phone", "办公电话", Text())
    retired_on = RosterField("retired_on", "撤并日期", Day())
    is_fictional = RosterField("is_fictional", "示例单位", Flag())

    class Meta:
        model = Unit
        name = "单位名册"
        skip_unchanged = True

    def find(self, row: Any) -> Unit | None:
        """By place, full name and superior."""
        rows = Unit.objects.visible_to(self.user, {Role.ADMINISTRATOR})
        found: Unit | None = rows.filter(
            division=self.cell(row, "division"), name=self.cell(row, "name"), parent=self.cell(row, "parent")
        ).first()
        return found

    def import_instance(self, instance: Unit, row: Any, **kwargs: Any) -> None:
        """Without a short name the full one serves."""
        try:
            super().import_instance(instance, row, **kwargs)
        finally:
            instance.short_name = instance.short_name or instance.name

    def spread(self, rows: models.QuerySet[Any]) -> Iterable[Unit]:
        """Units before their sections, so that the sheet can be read back."""
        return rows.select_related("division", "parent").order_by(
            models.F("parent_id").asc(nulls_first=True), "pinyin", "pk"
        )
