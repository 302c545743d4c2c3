"""The rosters of villages and of households with their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery

from programs.models import Division, DivisionLevel, Role
from programs.roster_cells import Amount, Flag, LongText, Number, Personal, Place, Text, plain
from programs.rosters import RosterField, RosterResource
from programs.rules.masking import mask_identity, mask_phone
from villages.models import Household, Member, Village, VillageYear

TOWN = RosterField(None, "镇街", Place(DivisionLevel.TOWN))
#: The column of the year and those of its values.
YEAR_FIELDS = ("households", "population", "party_members", "collective_income", "land_mu")


def _show_year(village: Village, record: VillageYear | None) -> None:
    """Let a line show the figures of the year that it is about."""
    for name in ("year", *YEAR_FIELDS):
        setattr(village, f"last_{name}", getattr(record, name, None))


class VillageResource(RosterResource):
    """村名册: a village is found by its code, or by town and name; the figures of one year may stand beside it."""

    town = TOWN
    division = RosterField("division", "村", Place(DivisionLevel.VILLAGE, inside=TOWN), needed=True)
    overview = RosterField("overview", "概况", LongText())
    resources = RosterField("resources", "资源", LongText())
    economy = RosterField("economy", "经济发展状况", LongText())
    is_fictional = RosterField("is_fictional", "示例村", Flag())
    year = RosterField(None, "年份", Number())
    households = RosterField(None, "户数", Number())
    population = RosterField(None, "人口", Number())
    party_members = RosterField(None, "党员数", Number())
    collective_income = RosterField(None, "村集体收入（元）", Amount())
    land_mu = RosterField(None, "耕地（亩）", Amount())

    class Meta:
        model = Village
        name = "村名册"

    def find(self, row: Any) -> Village | None:
        """By its division."""
        rows = Village.objects.visible_to(self.user, {Role.ADMINISTRATOR}).select_related("division__parent")
        found: Village | None = rows.filter(division=self.cell(row, "division")).first()
        if found is not None and (year := self.cell(row, "year")):
            _show_year(found, VillageYear.objects.filter(village=found, year=year).first())
        return found

    def import_instance(self, instance: Village, row: Any, **kwargs: Any) -> None:
        """A new village takes the name of its division."""
        problems: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            problems = error.update_error_dict(problems)
        if not problems and not instance.name:
            instance.name = instance.division.short_name
        for name in ("year", *YEAR_FIELDS):
            try:
                self.cell(row, name)
            except ValueError as error:
                problems[self.fields[name].column_name] = ValidationError(str(error))
        filled = [name for name in YEAR_FIELDS if plain(row.get(self.fields[name].column_name))]
        if filled and not plain(row.get("年份")):
            problems["年份"] = ValidationError("填了户数、人口等，须写明是哪一年的。")
        if problems:
            raise ValidationError(problems)

    def after_save_instance(self, instance: Village, row: Any, **kwargs: Any) -> None:
        """Write the year's figures."""
        if year := self.cell(row, "year"):
            values = {name: self.cell(row, name) for name in YEAR_FIELDS if self.fields[name].column_name in row}
            known = VillageYear.objects.filter(village=instance, year=year).first()
            record = known or VillageYear(village=instance, year=year)
            for name, value in values.items():
                setattr(record, name, value)
            record.full_clean()
            record.save()
            _show_year(instance, record)

    def spread(self, rows: models.QuerySet[Any]) -> Iterable[Village]:
        """With the figures of the last year known."""
        last = VillageYear.objects.filter(village=OuterRef("pk")).order_by("-year")
        latest = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("year", *YEAR_FIELDS)}
        return rows.select_related("division__parent").annotate(**latest).order_by("division_id")

    def export_field(self, field: Any, instance: Village, **kwargs: Any) -> Any:
        """The town from the division, the figures from the last year."""
        name = self.get_field_name(field)
        if name == "town":
            return str(instance.division.parent or "") if instance.division_id else ""
        if name in ("year", *YEAR_FIELDS):
            return getattr(instance, f"last_{name}", None)
        return super().export_field(field, instance, **kwargs)


VILLAGE = RosterField(None, "村", Place(DivisionLevel.VILLAGE, inside=TOWN), needed=True)
MEMBER_FIELDS = ("member_name", "relation", "member_phone", "member_identity")


class HouseholdResource(RosterResource):
    """农户名册: a line for each member, the household's columns repeated; found again by village, group and number."""

    town = TOWN
    village = VILLAGE
    group = RosterField(None, "组", Place(DivisionLevel.GROUP, inside=VILLAGE))
    number = RosterField("number", "户编号", Text(), needed=True)
    head = RosterField("head", "户主", Text(), needed=True)
    address = RosterField("address", "地址", Text())
    phone = RosterField("phone", "电话", Personal(mask_phone))
    identity_number = RosterField("identity_number", "户主身份证号", Personal(mask_identity, is_identity=True))
    is_fictional = RosterField("is_fictional", "示例农户", Flag())
    member_name = RosterField(None, "成员姓名", Text())
    relation = RosterField(None, "与户主关系", Text())
    member_phone = RosterField(None, "成员电话", Personal(mask_phone))
    member_identity = RosterField(None, "成员身份证号", Personal(mask_identity, is_identity=True))

    class Meta:
        model = Household
        name = "农户名册"

    def _division(self, row: Any) -> Division | None:
        return self.cell(row, "group") or self.cell(row, "village")

    def find(self, row: Any) -> Household | None:
        """By place and number."""
        rows = Household.objects.visible_to(self.user, {Role.ADMINISTRATOR})
        rows = rows.select_related("division__parent__parent")
        found: Any = rows.filter(division=self._division(row), number=self.cell(row, "number")).first()
        if found is not None:
            found.line_member = self._member(found, row)
        return found

    def _member(self, household: Household, row: Any) -> Member | None:
        name = self.cell(row, "member_name")
        return Member.objects.filter(household=household, name=name).order_by("pk").first() if name else None

    def import_instance(self, instance: Household, row: Any, **kwargs: Any) -> None:
        """The household's own columns; those of the member are checked beside them."""
        problems: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            problems = error.update_error_dict(problems)
        for name in ("town", "village", "group", *MEMBER_FIELDS):
            try:
                self.cell(row, name)
            except ValueError as error:
                problems[self.fields[name].column_name] = ValidationError(str(error))
        filled = [name for name in MEMBER_FIELDS[1:] if plain(row.get(self.fields[name].column_name))]
        if filled and not plain(row.get("成员姓名")):
            problems["成员姓名"] = ValidationError("填了与户主关系等，须写明成员姓名。")
        if not problems.keys() & {"镇街", "村", "组"}:
            instance.division = self._division(row)  # type: ignore[assignment]
        else:
            problems["division"] = ValidationError("")
        if problems:
            raise ValidationError(problems)

    def after_save_instance(self, instance: Household, row: Any, **kwargs: Any) -> None:
        """Write the member of this line."""
        name = self.cell(row, "member_name")
        if not name:
            return
        member = self._member(instance, row) or Member(household=instance, name=name)
        if (relation := self.cell(row, "relation")) is not None:
            member.relation = relation
        try:
            for column, attribute in (("member_phone", "phone"), ("member_identity", "identity_number")):
                typed = self.cell(row, column)
                if typed is not None:
                    kept = self.fields[column].widget.kept(typed, getattr(member, attribute))
                    setattr(member, attribute, kept)
        except ValueError as error:
            raise ValidationError({self.fields[column].column_name: str(error)}) from error
        member.full_clean()
        member.save()
        instance.line_member = member  # type: ignore[attr-defined]

    def spread(self, rows: models.QuerySet[Any]) -> Iterator[Household]:
        """A line for each member; a household without members has one line."""
        found = rows.select_related("division__parent__parent").prefetch_related(
            models.Prefetch("members", Member.objects.order_by("pk"))
        )
        for household in found.order_by("division_id", "number", "pk").iterator(chunk_size=500):
            for member in list(household.members.all()) or [None]:
                household.line_member = member
                yield household

    def export_field(self, field: Any, instance: Household, **kwargs: Any) -> Any:
        """Places by their level, the member's columns from the line's member."""
        name = self.get_field_name(field)
        if name in ("town", "village", "group"):
            return self._place_at(instance, name)
        if name in MEMBER_FIELDS:
            member = getattr(instance, "line_member", None)
            attribute = {"member_name": "name", "member_phone": "phone", "member_identity": "identity_number"}
            value = getattr(member, attribute.get(name, name)) if member else ""
            return field.widget.render(value)
        return super().export_field(field, instance, **kwargs)

    def _place_at(self, instance: Household, name: str) -> str:
        if not instance.division_id:
            return ""
        level = {"town": DivisionLevel.TOWN, "village": DivisionLevel.VILLAGE, "group": DivisionLevel.GROUP}[name]
        place: Division | None = instance.division
        while place is not None and place.level > level:
            place = place.parent
        return place.short_name if place is not None and place.level == level else ""
