"""The lists of people: members of households and persons on no register, and those on villages' rosters."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from programs.listing import (
    CaseFilter,
    Column,
    Create,
    Listing,
    ObjectFilter,
    Setting,
    TownFilter,
    register_listing,
)
from programs.models import Division
from programs.rules.masking import mask_phone
from programs.scoping import code_range
from villages.listings.filters import VillageFilter
from villages.listings.households import CurrentTagFilter, current_words, village_of
from villages.models import Household, Member, MemberTag, Village, VillagePerson


def _lies(code: str) -> Q:
    return code_range("division_id", code) | code_range("household__division_id", code)


class PersonTownFilter(TownFilter):
    """The towns, by the household's place or the person's own."""

    def condition(self, value: str, setting: Setting) -> Q:
        """People who live in the town."""
        return _lies(value)


def _people(rows: QuerySet[Member], setting: Setting) -> QuerySet[Member]:
    tags = MemberTag.objects.active_on(setting.today).filter(tag__program=setting.program).select_related("tag")
    return rows.select_related("household__division__parent", "division__parent").prefetch_related(
        Prefetch("tags", tags.order_by("tag__position", "pk"), to_attr="current_tags")
    )


def place_of(member: Any) -> Division:
    """Where a person lives: with the household, or where they themselves are registered."""
    found: Division = member.household.division if member.household else member.division
    return found


register_listing(
    Listing(
        model=Member,
        title="家庭成员与受助人",
        noun="人员",
        counter="名",
        permission="household.view",
        route="villages:member-list",
        create=Create("登记人员", "villages:member-create", "household.change"),
        personal=True,
        scope=lambda rows, program: rows.filter(_lies(program.jurisdiction_id)),
        search=("name", "pinyin", "initials", "household__head", "household__initials"),
        search_hint="姓名、户主、拼音或首字母",
        order=("pinyin",),
        prepare=_people,
        empty_hint="家庭成员在农户页面登记；不在户籍册上的受助人在这里登记。",
        columns=(
            Column(key="name", label="姓名", value="self", sort=("pinyin",), width=12),
            Column(key="relation", label="与户主关系", value="relation", width=12),
            Column(key="household", label="农户", value="household", sort=("household__pinyin",), width=14),
            Column(key="place", label="村", value=lambda row, _: village_of(place_of(row)), width=14),
            Column(key="tags", label="类别", value=current_words, width=16),
            Column(key="phone", label="电话", value=lambda row, _: mask_phone(row.phone), width=14),
        ),
        filters=(
            PersonTownFilter(lookup=""),
            VillageFilter(key="village", label="村", model=Village, build=_lies),
            CurrentTagFilter(key="tag", label="类别", lookup="tags__tag", vocabularies=("person_tag",), multi=True),
            CaseFilter(
                key="register",
                label="户籍册",
                cases=(
                    ("in", "家庭成员", lambda _: Q(household__isnull=False)),
                    ("out", "不在户籍册上", lambda _: Q(household__isnull=True)),
                ),
            ),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=VillagePerson,
        title="村内人员",
        noun="人员",
        counter="名",
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
