"""The lists of households and of their honours."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from programs.listing import (
    CaseFilter,
    Column,
    Create,
    DaysFilter,
    Link,
    Listing,
    ObjectFilter,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
)
from programs.models import Division
from programs.rules.masking import mask_phone
from programs.scoping import code_range
from villages.listings.filters import GroupFilter, VillageFilter
from villages.models import Hardship, Honour, Household, HouseholdTag, Village


def current_words(row: Any, _: Setting) -> list[str]:
    """The words of the tags fetched with a row."""
    return [str(tag.tag) for tag in row.current_tags]


def village_of(place: Any) -> Any:
    """The village's division, for one of its groups as well."""
    return place if len(place.code) <= 12 or place.parent is None else place.parent


def group_of(place: Any) -> Any:
    """The group's name; nothing for a village."""
    return place.short_name if place != village_of(place) else None


def _households(rows: QuerySet[Household], setting: Setting) -> QuerySet[Household]:
    tags = HouseholdTag.objects.active_on(setting.today).filter(tag__program=setting.program).select_related("tag")
    return rows.select_related("division__parent__parent").prefetch_related(
        Prefetch("tags", tags.order_by("tag__position", "pk"), to_attr="current_tags")
    )


def _tagged(setting: Setting) -> Q:
    tags = HouseholdTag.objects.active_on(setting.today).filter(tag__program=setting.program)
    return Q(pk__in=tags.values("household_id"))


def _in_hardship(setting: Setting) -> Q:
    causes = Hardship.objects.active_on(setting.today).filter(cause__program=setting.program)
    return Q(pk__in=causes.values("household_id"))


def _honoured(setting: Setting) -> Q:
    return Q(pk__in=Honour.objects.filter(program=setting.program).values("household_id"))


class CurrentTagFilter(TermFilter):
    """A word that holds today; words that have ended do not count."""

    def condition(self, value: str, setting: Setting) -> Q:
        """Rows that bear the word now."""
        begun = Q(**{f"{self.lookup.rpartition('__')[0]}__since__lte": setting.today})
        until = f"{self.lookup.rpartition('__')[0]}__until"
        going_on = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": setting.today})
        return super().condition(value, setting) & begun & going_on


register_listing(
    Listing(
        model=Household,
        title="农户",
        noun="农户",
        counter="户",
        permission="household.view",
        route="villages:household-list",
        create=Create("登记农户", "villages:household-create", "household.change"),
        personal=True,
        scope=lambda rows, program: rows.filter(code_range("division_id", program.jurisdiction_id)),
        search=("head", "pinyin", "initials", "number", "members__name"),
        search_hint="户主、成员、户编号、拼音或首字母",
        order=("division_id", "pinyin"),
        prepare=_households,
        empty_hint="逐户登记，或请系统管理员从 Excel 导入农户名册。",
        columns=(
            Column(key="head", label="户主", value="self", sort=("pinyin",), width=12),
            Column(key="number", label="户编号", value="number", sort=("number",), width=12),
            Column(
                key="village",
                label="村",
                value=lambda row, _: village_of(row.division),
                sort=("division_id",),
                width=14,
            ),
            Column(key="group", label="组（屯）", value=lambda row, _: group_of(row.division), width=10),
            Column(key="tags", label="类别", value=current_words, width=18),
            Column(key="phone", label="电话", value=lambda row, _: mask_phone(row.phone), width=14),
            Column(
                key="moved",
                label="迁出",
                value="moved_out_on",
                sort=("moved_out_on",),
                kind="day",
                width=14,
                only_exported=True,
            ),
        ),
        filters=(
            TownFilter(lookup="division_id"),
            VillageFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            GroupFilter(key="group", label="组（屯）", model=Division, build=lambda pk: Q(division_id=pk)),
            CurrentTagFilter(key="tag", label="类别", lookup="tags__tag", vocabularies=("household_tag",), multi=True),
            CaseFilter(
                key="state",
                label="在册",
                more=True,
                cases=(
                    ("here", "在册", lambda _: Q(moved_out_on__isnull=True)),
                    ("gone", "已迁出", lambda _: Q(moved_out_on__isnull=False)),
                ),
            ),
            CaseFilter(
                key="tagged",
                label="有无类别",
                more=True,
                cases=(("yes", "有类别", _tagged), ("no", "没有类别", lambda setting: ~_tagged(setting))),
            ),
            CurrentTagFilter(
                key="cause",
                label="致困原因",
                lookup="hardships__cause",
                vocabularies=("hardship",),
                multi=True,
                more=True,
            ),
            CaseFilter(
                key="hardship",
                label="困难情况",
                more=True,
                cases=(("yes", "有致困原因", _in_hardship), ("no", "没有", lambda setting: ~_in_hardship(setting))),
            ),
            TermFilter(
                key="honour", label="荣誉", lookup="honours__kind", vocabularies=("honour",), multi=True, more=True
            ),
            CaseFilter(
                key="honoured",
                label="得过荣誉",
                more=True,
                cases=(("yes", "得过", _honoured), ("no", "没有", lambda setting: ~_honoured(setting))),
            ),
        ),
    )
)

register_listing(
    Listing(
        model=Honour,
        title="荣誉",
        noun="荣誉",
        counter="项",
        permission="household.view",
        route="villages:honour-list",
        create=Create("登记荣誉", "villages:honour-create", "household.change"),
        search=("household__head", "household__pinyin", "household__initials", "given_by"),
        search_hint="户主、授予单位、拼音或首字母",
        order=("-given_on", "household__pinyin"),
        name_of=lambda row: str(row.household),
        prepare=lambda rows, _: rows.select_related("household__division__parent", "kind"),
        columns=(
            Column(
                key="kind",
                label="荣誉",
                value=lambda row, _: Link(str(row.kind), row),
                sort=("kind__position",),
                width=16,
            ),
            Column(key="household", label="农户", value="household", sort=("household__pinyin",), width=14),
            Column(
                key="place",
                label="村",
                value=lambda row, _: village_of(row.household.division),
                sort=("household__division_id",),
                width=14,
            ),
            Column(key="on", label="授予日期", value="given_on", sort=("given_on",), kind="day", width=14),
            Column(key="by", label="授予单位", value="given_by", sort=("given_by",), wraps=True, width=24),
        ),
        filters=(
            TermFilter(key="kind", label="荣誉", lookup="kind", vocabularies=("honour",)),
            TownFilter(lookup="household__division_id"),
            DaysFilter(key="on", label="授予日期", lookup="given_on"),
            VillageFilter(
                key="village", label="村", model=Village, build=lambda pk: code_range("household__division_id", pk)
            ),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
        ),
    )
)
