"""Filters of what is counted and owed by who helps and who is helped: a helper's level and rank, a kind of place."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from cadres.measures import LEADERSHIP, LEVELS, PLACES
from cadres.models import Post
from programs.figures.context import Context, Rows, within
from programs.figures.registry import Param, Params
from programs.models import DivisionLevel
from programs.scoping import ScopedQuerySet
from villages.models import HouseholdTag, MemberTag

RANK = Param("rank", "职级", "text")
PLACE_LEVELS = Param(
    "place_levels",
    "帮扶地级别",
    "choices",
    options=(("town", "乡镇"), ("village", "村（社区）"), ("group", "村民小组")),
)
AGREED = Param("agreed", "已签协议", "flag")
HOUSEHOLD_TAGS = Param("tags", "对象类别", "terms", "household_tag")
PERSON_TAGS = Param("person_tags", "人员类别", "terms", "person_tag")

#: Filters by the helper, and by whom is helped.
OF_HELPERS = (LEVELS, RANK, LEADERSHIP)
OF_HELPED = (PLACES, PLACE_LEVELS, HOUSEHOLD_TAGS, PERSON_TAGS, AGREED)

_LEVEL_OF = {"town": DivisionLevel.TOWN, "village": DivisionLevel.VILLAGE, "group": DivisionLevel.GROUP}


def posts_of(params: Params, day: dt.date) -> ScopedQuerySet:
    """Posts held on the day, by the unit's level, the rank (several with 、 between them) and the position."""
    rows = Post.objects.active_on(day)
    if "unit_levels" in params:
        rows = rows.filter(unit__level__in=params["unit_levels"])
    if "rank" in params:
        rows = rows.filter(rank__in=[rank.strip() for rank in params["rank"].split("、")])
    if "leadership" in params:
        rows = rows.filter(leadership__in=params["leadership"])
    return rows


def of_helpers(rows: Rows, params: Params, day: dt.date) -> Rows:
    """Pairings by their helper: the level of the unit, be it the helper's own or that of a cadre's post; a cadre's
    rank and position."""
    if not {"unit_levels", "rank", "leadership"} & params.keys():
        return rows
    condition = Q(cadre__in=posts_of(params, day).order_by().values("cadre_id"))
    if "rank" not in params and "leadership" not in params:
        levels = params["unit_levels"]
        condition |= Q(unit__level__in=levels) | Q(team__unit__level__in=levels)
    return rows.filter(condition)


def of_helped(context: Context, rows: Rows, params: Params, day: dt.date) -> Rows:
    """Pairings by whom is helped: the place and its level, a household's or person's category, a signed agreement.

    Where categories of both households and people are asked for, one of them will do; a household counts as what one
    of its members is.
    """
    if params.get("places"):
        rows = within(rows, params["places"], "place_id")
    if "place_levels" in params:
        rows = rows.filter(division__level__in=[_LEVEL_OF[name] for name in params["place_levels"]])
    if "agreed" in params:
        rows = rows.filter(agreed_on__lte=day) if params["agreed"] else rows.exclude(agreed_on__lte=day)
    condition = Q()
    if "tags" in params:
        tags = HouseholdTag.objects.active_on(day).filter(tag__in=context.term_ids("household_tag", params["tags"]))
        condition |= Q(household__in=tags.order_by().values("household_id"))
    if "person_tags" in params:
        found = context.term_ids("person_tag", params["person_tags"])
        tagged = MemberTag.objects.active_on(day).filter(tag__in=found).order_by()
        condition |= Q(member__in=tagged.values("member_id"))
        condition |= Q(household__in=tagged.filter(member__household__isnull=False).values("member__household_id"))
    return rows.filter(condition) if condition else rows
