"""What the villages app can count."""

from __future__ import annotations

from django.db.models.functions import Substr

from programs.figures.context import Context
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import Group, Measure, Param, Params, register_measure
from programs.scoping import ScopedQuerySet
from villages.models import Honour, Village, VillageTag

TAGS = Param("tags", "村标签", "terms", "village_tag")


def by_town(path: str) -> Group:
    """Groups by the town of a division code."""
    return Group(
        label="镇街",
        key=lambda context: Substr(path, 1, 9),
        labels=lambda context, keys: context.towns,
    )


def villages(context: Context, params: Params) -> ScopedQuerySet:
    """Villages that bear one of the tags on the day."""
    tags = VillageTag.objects.active_on(context.day).filter(tag__program=context.program)
    if "tags" in params:
        tags = tags.filter(tag__in=context.term_ids("village_tag", params["tags"]))
    return context.reach(Village.objects.filter(pk__in=tags.values("village_id")), "division_id")


def honours(context: Context, params: Params) -> ScopedQuerySet:
    """Honours given to households in the span."""
    rows = Honour.objects.filter(program=context.program)
    if "kinds" in params:
        rows = rows.filter(kind__in=context.term_ids("honour", params["kinds"]))
    return context.reach(context.during(rows, "given_on"), "household__division_id")


register_measure(
    Measure(
        name="villages",
        label="村",
        model=Village,
        rows=villages,
        params=(TAGS,),
        groups={"town": by_town("division_id")},
        name_of=lambda rows: rows.values_list("name", flat=True),
        order=("pinyin", "pk"),
    )
)
register_measure(
    Measure(
        name="honours",
        label="荣誉",
        model=Honour,
        rows=honours,
        params=(Param("kinds", "荣誉", "terms", "honour"),),
        groups={
            "town": by_town("household__division_id"),
            "kind": path_group("荣誉", "kind_id", term_labels("honour")),
        },
    )
)
