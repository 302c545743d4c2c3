"""The list of villages."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from programs.listing import (
    CaseFilter,
    Column,
    Create,
    Listing,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
)
from programs.membership import in_program
from villages.listings.households import current_words
from villages.models import Village, VillageTag, VillageYear


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


def _words_of(village: Any, setting: Setting) -> list[str]:
    """Its tags, and that it is no more."""
    return [*current_words(village, setting), *(["已撤并"] if village.division.retired_on else [])]


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
            Column(key="tags", label="标签", value=_words_of, width=14),
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
