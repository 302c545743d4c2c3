"""What the cadres app can count of work done together: several helpers of one village, groups, many hands."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce

from cadres.measures import LEADERSHIP, LEVELS, MODES, VISIT_KINDS, counted_visits
from cadres.models import Cadre, GroupSeat, MeetingItem, VisitParticipant, VisitQuantity
from cadres.pairing_measures import active_pairings
from programs.figures.context import Context
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import Measure, Param, Params, register_measure
from programs.scoping import ScopedQuerySet
from villages.measures import VILLAGE_TAGS, by_town, in_tagged_villages
from villages.models import Village


def jointly_helped(context: Context, params: Params) -> ScopedQuerySet:
    """Villages that are helped in each of the modes at once (区级领导 + 部门 + 属地), of the tagged ones if asked."""
    rows: ScopedQuerySet = Village.objects.all()
    for mode in params.get("modes", []):
        helped = active_pairings(context, {"modes": [mode]}).filter(division__isnull=False)
        rows = rows.filter(pk__in=helped.order_by().values("division_id"))
    if "village_tags" in params:
        rows = in_tagged_villages(context, rows, params["village_tags"], "division_id")
    return context.reach(rows, "division_id")


def visitors(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct cadres who went on visits that stand in the span, by kind, village and whom they went for."""
    visits = counted_visits(context, {key: params[key] for key in ("kinds",) if key in params})
    if "village_tags" in params:
        visits = in_tagged_villages(context, visits, params["village_tags"], "division_id")
    if context.place:
        visits = context.at(user=None).reach(visits, "division_id")
    rows = VisitParticipant.objects.filter(visit__in=visits.order_by().values("pk"))
    if "unit_levels" in params:
        rows = rows.filter(unit__level__in=params["unit_levels"])
    if "leadership" in params:
        rows = rows.filter(leadership__in=params["leadership"])
    # Distinct, so that the database finds all of them once instead of looking through each cadre's visits.
    return context.reach(Cadre.objects.filter(pk__in=rows.order_by().values("cadre_id").distinct()))


def done_on_visits(context: Context, params: Params) -> ScopedQuerySet:
    """Quantities done or handed over on visits and activities that stand in the span, of an item."""
    rows = VisitQuantity.objects.filter(
        visit__in=counted_visits(context, {key: params[key] for key in ("kinds",) if key in params}).values("pk")
    )
    if "items" in params:
        rows = rows.filter(item__in=context.term_ids("quantity", params["items"]))
    return context.reach(rows, "visit__division_id")


def group_members(context: Context, params: Params) -> ScopedQuerySet:
    """Seats held on the day in the program's named groups; of units or of cadres if asked, once for each seat."""
    rows = GroupSeat.objects.active_on(context.day).filter(group__program=context.program)
    match params.get("of"):
        case "units":
            rows = rows.filter(unit__isnull=False)
        case "cadres":
            rows = rows.filter(cadre__isnull=False)
    return context.reach(rows)


def meeting_items(context: Context, params: Params) -> ScopedQuerySet:
    """Points, decisions and follow-ups of meetings held in the span, by kind of meeting and side."""
    rows = MeetingItem.objects.filter(meeting__program=context.program)
    if "kinds" in params:
        rows = rows.filter(meeting__kind__in=context.term_ids("meeting_kind", params["kinds"]))
    if "sides" in params:
        rows = rows.filter(side__in=params["sides"])
    return context.reach(context.during(rows, "meeting__on"), "meeting__division_id")


def _names(path: Any) -> Any:
    return lambda rows: rows.values_list(path, flat=True)


for measure in (
    Measure(
        "jointly_helped",
        "几方联包的村",
        Village,
        jointly_helped,
        (MODES, VILLAGE_TAGS),
        groups={"town": by_town("division_id")},
        name_of=_names("name"),
        order=("pinyin", "pk"),
    ),
    Measure(
        "visitors",
        "走访和参加活动的干部",
        Cadre,
        visitors,
        (VISIT_KINDS, LEVELS, LEADERSHIP, VILLAGE_TAGS),
        order=("pinyin", "pk"),
    ),
    Measure(
        "visit_quantity",
        "走访和活动中完成的实物量",
        VisitQuantity,
        done_on_visits,
        (Param("items", "项目", "terms", "quantity"), VISIT_KINDS),
        total=lambda context, params: Sum("amount"),
        order=("-visit__happened_at", "pk"),
        groups={
            "town": by_town("visit__division_id"),
            "item": path_group("项目", "item_id", term_labels("quantity")),
        },
    ),
    Measure(
        "group_members",
        "小组成员",
        GroupSeat,
        group_members,
        (Param("of", "成员", "choice", options=(("units", "单位"), ("cadres", "干部"))),),
        name_of=_names(Coalesce("unit__short_name", "cadre__name")),
        order=("group_id", "pk"),
    ),
    Measure(
        "meeting_items",
        "会议事项",
        MeetingItem,
        meeting_items,
        (
            Param("kinds", "会议种类", "terms", "meeting_kind"),
            Param("sides", "哪一方", "choices", options=tuple(MeetingItem.Side.choices)),
        ),
        order=("-meeting__on", "pk"),
    ),
):
    register_measure(measure)
