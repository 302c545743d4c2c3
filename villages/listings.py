"""The lists of villages and households, and what their pages show of this app."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from programs.links import register_page
from programs.listing import (
    CaseFilter,
    Column,
    Create,
    Listing,
    ObjectFilter,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
)
from programs.membership import in_program, register_members
from programs.models import Program
from programs.objectpage import Panel, register_panel
from programs.rooms import enter, enter_tab
from programs.rules.masking import mask_phone
from programs.scoping import code_range
from programs.searching import offer_to_search
from villages.models import Household, HouseholdTag, Member, Village, VillagePerson, VillageTag, VillageYear


def _villages(rows: QuerySet[Village], setting: Setting) -> QuerySet[Village]:
    latest = VillageYear.objects.filter(village=OuterRef("pk"), year__lte=setting.today.year).order_by("-year")
    tags = VillageTag.objects.active_on(setting.today).filter(tag__program=setting.program).select_related("tag")
    return (
        rows.select_related("division__parent")
        .annotate(
            households=Subquery(latest.values("households")[:1]), population=Subquery(latest.values("population")[:1])
        )
        .prefetch_related(Prefetch("tags", tags.order_by("tag__position", "pk"), to_attr="current_tags"))
    )


def _tags_of(row: Any, _: Setting) -> list[str]:
    return [str(tag.tag) for tag in row.current_tags]


def _households(rows: QuerySet[Household], setting: Setting) -> QuerySet[Household]:
    tags = HouseholdTag.objects.active_on(setting.today).filter(tag__program=setting.program).select_related("tag")
    return rows.select_related("division__parent__parent").prefetch_related(
        Prefetch("tags", tags.order_by("tag__position", "pk"), to_attr="current_tags")
    )


def _village_of(household: Household) -> Any:
    """The village's division, for a household of one of its groups as well."""
    place = household.division
    return place if len(place.code) <= 12 or place.parent is None else place.parent


register_listing(
    Listing(
        model=Village,
        title="村",
        noun="村",
        permission="village.view",
        route="villages:village-list",
        create=Create("村建档", "villages:village-create", "village.create"),
        scope=in_program,
        search=("name", "pinyin", "initials", "division__names__short_name"),
        search_hint="村名、拼音或首字母",
        order=("division_id",),
        prepare=_villages,
        empty_hint="村因结对、驻村工作队或村标签而列在这里。",
        columns=(
            Column(key="name", label="村", value="self", sort=("pinyin",), width=16),
            Column(key="code", label="区划代码", value="division_id", width=16, only_exported=True),
            Column(key="town", label="镇街", value="division.parent", sort=("division_id",), width=14),
            Column(key="tags", label="标签", value=_tags_of, width=14),
            Column(key="households", label="户数", value="households", sort=("households",), kind="number", width=8),
            Column(key="population", label="人口", value="population", sort=("population",), kind="number", width=8),
        ),
        filters=(
            TownFilter(lookup="pk"),
            CaseFilter(
                key="named",
                label="来源",
                more=True,
                cases=(
                    ("real", "实有的村", lambda _: Q(is_fictional=False)),
                    ("example", "示例村", lambda _: Q(is_fictional=True)),
                ),
            ),
            TermFilter(key="tag", label="标签", lookup="tags__tag", vocabularies=("village_tag",), multi=True),
        ),
    )
)

register_listing(
    Listing(
        model=Household,
        title="农户",
        noun="农户",
        counter="户",
        permission="household.view",
        route="villages:household-list",
        personal=True,
        scope=lambda rows, program: rows.filter(code_range("division_id", program.jurisdiction_id)),
        search=("head", "pinyin", "initials", "number", "members__name"),
        search_hint="户主、成员、户编号、拼音或首字母",
        order=("division_id", "pinyin"),
        prepare=_households,
        columns=(
            Column(key="head", label="户主", value="self", sort=("pinyin",), width=12),
            Column(key="number", label="户编号", value="number", sort=("number",), width=12),
            Column(key="village", label="村", value=lambda row, _: _village_of(row), sort=("division_id",), width=14),
            Column(
                key="group",
                label="组",
                value=lambda row, _: row.division.short_name if row.division != _village_of(row) else None,
                width=10,
            ),
            Column(key="tags", label="类别", value=_tags_of, width=18),
            Column(key="phone", label="电话", value=lambda row, _: mask_phone(row.phone), width=14),
            Column(key="moved", label="迁出", value="moved_out_on", sort=("moved_out_on",), kind="day", width=14),
        ),
        filters=(
            TownFilter(lookup="division_id"),
            TermFilter(key="tag", label="类别", lookup="tags__tag", vocabularies=("household_tag",), multi=True),
            CaseFilter(
                key="state",
                label="在册",
                cases=(
                    ("here", "在册", lambda _: Q(moved_out_on__isnull=True)),
                    ("gone", "已迁出", lambda _: Q(moved_out_on__isnull=False)),
                ),
            ),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Member,
        title="家庭成员与受助人",
        noun="人员",
        counter="人",
        permission="household.view",
        personal=True,
        scope=lambda rows, program: rows.filter(
            code_range("division_id", program.jurisdiction_id)
            | code_range("household__division_id", program.jurisdiction_id)
        ),
        search=("name", "pinyin"),
        order=("pinyin",),
        prepare=lambda rows, _: rows.select_related("household", "division"),
        columns=(
            Column(key="name", label="姓名", value="name", sort=("pinyin",), width=12),
            Column(key="relation", label="与户主关系", value="relation", width=12),
            Column(key="household", label="农户", value="household", sort=("household__pinyin",), width=14),
            Column(key="place", label="所在地", value="division", width=14),
            Column(key="phone", label="电话", value=lambda row, _: mask_phone(row.phone), width=14),
        ),
        filters=(ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),),
    )
)

register_listing(
    Listing(
        model=VillagePerson,
        title="村内人员",
        noun="人员",
        counter="人",
        permission="village.view",
        personal=True,
        scope=lambda rows, program: rows.filter(code_range("village_id", program.jurisdiction_id)),
        search=("name", "post"),
        order=("kind", "since"),
        prepare=lambda rows, _: rows.select_related("village"),
        columns=(
            Column(key="name", label="姓名", value="name", width=12),
            Column(key="kind", label="名册", value=lambda row, _: row.get_kind_display(), sort=("kind",), width=10),
            Column(key="post", label="职务或去向", value="post", width=24),
            Column(key="phone", label="电话", value=lambda row, _: mask_phone(row.phone), width=14),
            Column(key="village", label="村", value="village", width=14),
            Column(key="until", label="至", value="until", kind="day", width=14),
        ),
        filters=(ObjectFilter(key="village", label="村", model=Village, build=lambda pk: Q(village_id=pk)),),
    )
)


def _tagged(program: Program) -> Any:
    return VillageTag.objects.filter(tag__program=program).values("village_id")


register_members(Village, _tagged)
register_page(Village, "villages:village-detail")
register_page(Household, "villages:household-detail")
register_panel(
    Panel(on=Village, of=VillagePerson, by="village", columns=("name", "kind", "post", "phone", "until"), order=90)
)
register_panel(
    Panel(on=Village, of=Household, by="village", columns=("head", "number", "group", "tags", "phone"), order=70)
)
register_panel(
    Panel(on=Household, of=Member, by="household", title="家庭成员", columns=("name", "relation", "phone"), order=10)
)
enter("pairing", "村", "villages:village-list", "village.view", order=10)
enter("pairing", "农户", "villages:household-list", "household.view", order=60)
enter_tab("村", "house", "villages:village-list", "village.view", order=20)
offer_to_search(Village, order=10)
