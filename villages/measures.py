"""What the villages app can count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Substr

from programs.figures.context import Context
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import Group, Measure, Param, Params, register_measure
from programs.models import Division, DivisionLevel
from programs.scoping import ScopedQuerySet
from villages.models import Honour, Member, MemberTag, Route, Site, Village, VillageTag

TAGS = Param("tags", "村标签", "terms", "village_tag")
VILLAGE_TAGS = Param("village_tags", "村标签", "terms", "village_tag")
VILLAGE_DIGITS = 12


def by_town(path: str) -> Group:
    """Groups by the town of a division code."""
    return Group(
        label="镇街",
        key=lambda context: Substr(path, 1, 9),
        labels=lambda context, keys: context.towns,
    )


def by_village(path: str) -> Group:
    """Groups by the village that a division code is, or lies in."""

    def labels(context: Context, keys: Iterable[Any]) -> dict[Any, str]:
        return dict(Village.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "name"))

    return Group(label="村", key=lambda context: Substr(path, 1, VILLAGE_DIGITS), labels=labels)


def tagged_villages(context: Context, codes: list[str] | None = None) -> ScopedQuerySet:
    """Tags of the program that villages bear on the day, of the given codes; ``village_id`` says whose."""
    tags = VillageTag.objects.active_on(context.day).filter(tag__program=context.program)
    return tags if codes is None else tags.filter(tag__in=context.term_ids("village_tag", codes))


def in_tagged_villages(context: Context, rows: ScopedQuerySet, codes: list[str], lookup: str) -> ScopedQuerySet:
    """The rows whose place is a village with one of the tags, or lies in one."""
    tags = tagged_villages(context, codes).order_by()
    return rows.annotate(_village=Substr(lookup, 1, VILLAGE_DIGITS)).filter(_village__in=tags.values("village_id"))


def villages(context: Context, params: Params) -> ScopedQuerySet:
    """Villages that bear one of the tags on the day."""
    tags = tagged_villages(context, params.get("tags"))
    return context.reach(Village.objects.filter(pk__in=tags.values("village_id")), "division_id")


def routes(context: Context, params: Params) -> ScopedQuerySet:
    """Routes of the program."""
    return context.reach(Route.objects.filter(program=context.program))


def sites(context: Context, params: Params) -> ScopedQuerySet:
    """Sites on the program's routes."""
    rows = Site.objects.filter(program=context.program, route__isnull=False)
    return context.reach(rows, "division_id")


def route_villages(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct villages on the program's routes, in the order in which a route comes through them."""
    on_route = sites(context, params).order_by().annotate(_village=Substr("division_id", 1, VILLAGE_DIGITS))
    here = on_route.filter(_village=OuterRef("pk")).values("_village")
    rows = Village.objects.filter(pk__in=on_route.values("_village"))
    return rows.annotate(on_route=Subquery(here.annotate(_first=Min("position")).values("_first")))


def route_groups(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct groups (屯) with a site on the program's routes."""
    on_route = sites(context, params).order_by()
    return Division.objects.filter(level=DivisionLevel.GROUP, pk__in=on_route.values("division_id"))


def tagged_people(context: Context, params: Params) -> ScopedQuerySet:
    """People who bear one of the tags on the day (入党积极分子, a student helped)."""
    tags = MemberTag.objects.active_on(context.day).filter(tag__program=context.program)
    if "tags" in params:
        tags = tags.filter(tag__in=context.term_ids("person_tag", params["tags"]))
    rows = Member.objects.filter(pk__in=tags.values("member_id"))
    return context.reach(rows, "household__division_id", "division_id")


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
            "village": by_village("household__division_id"),
            "kind": path_group("荣誉", "kind_id", term_labels("honour")),
        },
    )
)
register_measure(
    Measure("routes", "线路", Route, routes, name_of=lambda rows: rows.values_list("name", flat=True), order=("pk",))
)
register_measure(
    Measure(
        "sites",
        "线路节点",
        Site,
        sites,
        name_of=lambda rows: rows.values_list("name", flat=True),
        order=("route_id", "position", "pk"),
        groups={"town": by_town("division_id")},
    )
)
register_measure(
    Measure(
        "route_villages",
        "线路经过的村",
        Village,
        route_villages,
        name_of=lambda rows: rows.values_list("name", flat=True),
        order=("on_route", "pinyin", "pk"),
    )
)
register_measure(
    Measure(
        "route_groups",
        "线路经过的屯",
        Division,
        route_groups,
        name_of=lambda rows: rows.values_list("short_name", flat=True),
        order=("code",),
    )
)
register_measure(
    Measure(
        name="tagged_people",
        label="有标签的人员",
        model=Member,
        rows=tagged_people,
        params=(Param("tags", "人员类别", "terms", "person_tag"),),
        name_of=lambda rows: rows.values_list("name", flat=True),
        order=("pinyin", "pk"),
    )
)
