"""What the cadres app can count of who helps whom: pairings, those who help and those who are helped, secondments."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from cadres.helping import OF_HELPED, OF_HELPERS, of_helped, of_helpers, posts_of
from cadres.measures import LEVELS, MODES, PLACES
from cadres.models import Cadre, Pairing, Post
from programs.figures.context import Context, within
from programs.figures.parts import path_group
from programs.figures.registry import Group, Measure, Params, register_measure
from programs.models import Division, Unit, UnitLevel
from programs.scoping import ScopedQuerySet
from villages.measures import VILLAGE_TAGS, by_town, in_tagged_villages
from villages.models import Household


def _of_post(path: str) -> Any:
    """Something of a cadre's post on the day; of several posts, of the one held longest."""

    def key(context: Context) -> Any:
        posts = Post.objects.active_on(context.day).filter(cadre=OuterRef("pk")).order_by("since", "pk")
        return Subquery(posts.values(path)[:1])

    return key


def active_pairings(context: Context, params: Params) -> ScopedQuerySet:
    """Pairings of the program in force on the day, by mode, by who helps, by who is helped and by the village's tag."""
    rows: ScopedQuerySet = Pairing.objects.active_on(context.day).filter(program=context.program)
    if "modes" in params:
        rows = rows.filter(mode__in=params["modes"])
    if "village_tags" in params:
        rows = in_tagged_villages(context, rows, params["village_tags"], "place_id")
    return of_helped(context, of_helpers(rows, params, context.day), params, context.day)


def pairings(context: Context, params: Params) -> ScopedQuerySet:
    """Active pairings in reach."""
    return context.reach(active_pairings(context, params), "place_id")


def helping_units(context: Context, params: Params) -> ScopedQuerySet:
    """Units with an active pairing in the place."""
    rows = active_pairings(context, params).filter(unit__isnull=False)
    if context.place:
        rows = context.at(user=None).reach(rows, "place_id")
    return context.reach(Unit.objects.filter(pk__in=rows.order_by().values("unit_id")))


def helping_cadres(context: Context, params: Params) -> ScopedQuerySet:
    """Cadres with an active pairing in the place."""
    rows = active_pairings(context, params).filter(cadre__isnull=False)
    if context.place:
        rows = context.at(user=None).reach(rows, "place_id")
    return context.reach(Cadre.objects.filter(pk__in=rows.order_by().values("cadre_id")))


def helped_households(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct households with an active pairing."""
    rows = active_pairings(context, params).filter(household__isnull=False)
    return context.reach(Household.objects.filter(pk__in=rows.order_by().values("household_id")), "division_id")


def helped_places(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct towns, villages and groups with an active pairing of their own."""
    rows = active_pairings(context, params).filter(division__isnull=False)
    return context.reach(Division.objects.filter(pk__in=rows.order_by().values("division_id")), "code")


def seconded_cadres(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct cadres who serve away from their unit on the day (挂职), by the unit's level and the place."""
    posts = posts_of(params, context.day).filter(is_secondment=True)
    posts = within(posts, params.get("places") or [context.place or context.program.jurisdiction_id], "division_id")
    return context.reach(Cadre.objects.filter(pk__in=posts.order_by().values("cadre_id")))


def _labels(choices: Any) -> Any:
    return lambda context, keys: dict(choices)


def _names(path: str) -> Any:
    return lambda rows: rows.values_list(path, flat=True)


_PAIRING_PARAMS = (MODES, *OF_HELPERS, *OF_HELPED, VILLAGE_TAGS)

for measure in (
    Measure(
        "helping_units",
        "帮扶单位",
        Unit,
        helping_units,
        (MODES, LEVELS, PLACES, VILLAGE_TAGS),
        name_of=_names("short_name"),
        order=("pinyin", "pk"),
        groups={"level": path_group("级别", "level", _labels(UnitLevel.choices))},
    ),
    Measure(
        "helping_cadres",
        "帮扶干部",
        Cadre,
        helping_cadres,
        _PAIRING_PARAMS,
        order=("pinyin", "pk"),
        groups={
            "level": Group(label="单位级别", key=_of_post("unit__level"), labels=_labels(UnitLevel.choices)),
            "rank": Group(label="职级", key=_of_post("rank")),
        },
    ),
    Measure(
        "helped_households",
        "帮扶户",
        Household,
        helped_households,
        _PAIRING_PARAMS,
        order=("pinyin", "pk"),
        groups={"town": by_town("division_id")},
    ),
    Measure(
        "helped_places",
        "帮扶镇村",
        Division,
        helped_places,
        _PAIRING_PARAMS,
        name_of=_names("short_name"),
        order=("code",),
        groups={"town": by_town("code")},
    ),
    Measure(
        "pairings",
        "结对",
        Pairing,
        pairings,
        _PAIRING_PARAMS,
        groups={"town": by_town("place_id"), "mode": path_group("方式", "mode", _labels(Pairing.Mode.choices))},
    ),
    Measure(
        "seconded_cadres",
        "挂职干部",
        Cadre,
        seconded_cadres,
        (*OF_HELPERS, PLACES),
        order=("pinyin", "pk"),
    ),
):
    register_measure(measure)
