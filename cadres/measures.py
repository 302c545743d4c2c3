"""What the cadres app can count: helpers, pairings, visits, gifts, needs, documents, meetings, diaries."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth, TruncWeek

from cadres.models import (
    CadreGroup,
    Diary,
    Document,
    DocumentPart,
    Gift,
    Leadership,
    Meeting,
    MeetingItem,
    Need,
    NeedStep,
    Pairing,
    Post,
    Team,
    TeamMember,
    Visit,
    VisitHousehold,
    VisitParticipant,
)
from programs.figures.context import Context, Rows, within
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import Group, Measure, Param, Params, register_measure
from programs.models import UnitLevel
from programs.scoping import ScopedQuerySet
from villages.measures import by_town
from villages.models import Household, HouseholdTag

MODES = Param("modes", "结对方式", "choices", options=tuple(Pairing.Mode.choices))
LEVELS = Param("unit_levels", "单位级别", "choices", options=tuple(UnitLevel.choices))
LEADERSHIP = Param("leadership", "岗位", "choices", options=tuple(Leadership.choices))
PLACES = Param("places", "地点", "places")


def _labels(choices: Any) -> Any:
    return lambda context, keys: dict(choices)


def _week(path: str) -> Group:
    def labels(context: Context, keys: Any) -> dict[Any, str]:
        return {key: f"{key:%m-%d}" for key in sorted(keys)}

    return Group(label="周", key=lambda context: TruncWeek(path, output_field=DateField()), labels=labels)


def _month(path: str) -> Group:
    def labels(context: Context, keys: Any) -> dict[Any, str]:
        return {key: f"{key.year}年{key.month}月" for key in sorted(keys)}

    return Group(label="月", key=lambda context: TruncMonth(path, output_field=DateField()), labels=labels)


def teams(context: Context, params: Params) -> ScopedQuerySet:
    """Teams in the field on the day."""
    rows = Team.objects.active_on(context.day).filter(program=context.program)
    return context.reach(rows, "village_id")


def team_members(context: Context, params: Params) -> ScopedQuerySet:
    """Members in a team on the day; of a role if asked."""
    rows = TeamMember.objects.active_on(context.day).filter(team__program=context.program)
    if "roles" in params:
        rows = rows.filter(role__in=params["roles"])
    return context.reach(rows, "team__village_id")


def counted_visits(context: Context, params: Params) -> ScopedQuerySet:
    """Visits that stand, in the span, by kind and by who went."""
    rows = Visit.objects.counted().filter(program=context.program)
    if "kinds" in params:
        rows = rows.filter(kind__in=context.term_ids("visit_kind", params["kinds"]))
    who = {key: params[name] for name, key in _WHO.items() if name in params}
    if who:
        rows = rows.filter(Exists(VisitParticipant.objects.filter(visit=OuterRef("pk"), **who)))
    return context.during_moments(rows, "happened_at")


_WHO = {"leadership": "leadership__in", "unit_levels": "unit__level__in"}


def visits(context: Context, params: Params) -> ScopedQuerySet:
    """Visits in reach."""
    return context.reach(counted_visits(context, params), "division_id")


def visited_households(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct households visited; only those met, phoned … if asked."""
    rows = VisitHousehold.objects.filter(visit__in=counted_visits(context, params).values("pk"))
    if "outcomes" in params:
        rows = rows.filter(outcome__in=params["outcomes"])
    return context.reach(Household.objects.filter(pk__in=rows.values("household_id")), "division_id")


def gifts(context: Context, params: Params) -> ScopedQuerySet:
    """Gifts in the span, by money or goods, source, unit level and place; not those of voided visits."""
    rows = Gift.objects.filter(program=context.program).exclude(visit__is_void=True).exclude(visit__is_current=False)
    if "kinds" in params:
        rows = rows.filter(kind__in=params["kinds"])
    if "unit_levels" in params:
        rows = rows.filter(unit__level__in=params["unit_levels"])
    if "places" in params:
        rows = within(rows, params["places"], "division_id")
    return context.reach(context.during(rows, "given_on"), "division_id")


def gifted_households(context: Context, params: Params) -> ScopedQuerySet:
    """Distinct households that were given money or goods in the span; of a category on the day if asked."""
    given = gifts(context.at(user=None), params).filter(household__isnull=False).order_by()
    rows = Household.objects.filter(pk__in=given.values("household_id"))
    if "tags" in params:
        tags = HouseholdTag.objects.active_on(context.day).filter(
            tag__in=context.term_ids("household_tag", params["tags"])
        )
        rows = rows.filter(pk__in=tags.order_by().values("household_id"))
    return context.reach(rows, "division_id")


def needs(context: Context, params: Params) -> ScopedQuerySet:
    """Needs raised by the end of the span: ``open`` ones on the day, ``closed`` ones closed in the span, or all."""
    rows = Need.objects.filter(program=context.program)
    if "unit_levels" in params:
        rows = rows.filter(_answered_by(context, params["unit_levels"]))
    if "categories" in params:
        rows = rows.filter(category__in=context.term_ids("need_category", params["categories"]))
    match params.get("state", "all"):
        case "closed":
            rows = context.during(rows, "closed_on")
        case "solved":
            rows = context.during(rows.filter(solved=True), "closed_on")
        case "overdue":
            rows = rows.filter(raised_on__lte=context.day, due_on__lt=context.day)
            rows = rows.exclude(closed_on__lte=context.day)
        case "open":
            rows = rows.filter(raised_on__lte=context.day).exclude(closed_on__lte=context.day)
        case _:
            rows = context.during(rows, "raised_on")
    return context.reach(rows, "division_id")


def _answered_by(context: Context, levels: list[str]) -> Q:
    """Needs for which a unit of one of the levels answers, or its team or somebody with a post in it."""
    posts = Post.objects.active_on(context.day).filter(unit__level__in=levels).order_by()
    condition = Q(responsible_cadre__in=posts.values("cadre_id"))
    return condition | Q(responsible_unit__level__in=levels) | Q(responsible_team__unit__level__in=levels)


def need_comments(context: Context, params: Params) -> ScopedQuerySet:
    """Leaders' comments on needs in the span."""
    rows = NeedStep.objects.filter(need__program=context.program, kind=NeedStep.Kind.COMMENT)
    return context.reach(context.during(rows, "on"), "need__division_id")


def documents(context: Context, params: Params) -> ScopedQuerySet:
    """Documents received in the span, by kind, place and level of the unit."""
    rows = Document.objects.filter(program=context.program)
    if "kinds" in params:
        rows = rows.filter(kind__in=context.term_ids("document_kind", params["kinds"]))
    if "unit_levels" in params:
        rows = rows.filter(Q(unit__level__in=params["unit_levels"]) | Q(team__unit__level__in=params["unit_levels"]))
    if params.get("places"):
        rows = within(rows, params["places"], "division_id")
    return context.reach(context.during(rows, "received_on"), "division_id")


def document_parts(context: Context, params: Params) -> ScopedQuerySet:
    """The parts, filled in, of documents received in the span (四个明确)."""
    found = documents(context, params).order_by().values("pk")
    return DocumentPart.objects.filter(document__in=found).exclude(text="")


def heard_both_sides(rows: Rows) -> Rows:
    """Meetings at which both the helpers and the helped had their say."""
    for side in (MeetingItem.Side.HELPER, MeetingItem.Side.HELPED):
        rows = rows.filter(Exists(MeetingItem.objects.filter(meeting=OuterRef("pk"), side=side)))
    return rows


def meetings(context: Context, params: Params) -> ScopedQuerySet:
    """Meetings held in the span, by kind; those with both sides' points if asked."""
    rows = Meeting.objects.filter(program=context.program)
    if "kinds" in params:
        rows = rows.filter(kind__in=context.term_ids("meeting_kind", params["kinds"]))
    if params.get("both_sides"):
        rows = heard_both_sides(rows)
    return context.reach(context.during(rows, "on"), "division_id")


def diaries(context: Context, params: Params) -> ScopedQuerySet:
    """Diary days in the span."""
    rows = Diary.objects.filter(team__program=context.program)
    return context.reach(context.during(rows, "on"), "team__village_id")


def _names(path: str) -> Any:
    return lambda rows: rows.values_list(path, flat=True)


def promising_teams(context: Context, params: Params) -> ScopedQuerySet:
    """Teams in the field that have made their promises to the village (服务承诺)."""
    return teams(context, params).exclude(promises="")


def cadre_groups(context: Context, params: Params) -> ScopedQuerySet:
    """Named groups formed by the day (领导小组)."""
    rows = CadreGroup.objects.filter(program=context.program)
    return context.reach(rows.exclude(formed_on__gt=context.day))


BOTH_SIDES = Param("both_sides", "双方都发表了意见", "flag")
GIFT_PARAMS = (Param("kinds", "种类", "choices", options=tuple(Gift.Kind.choices)), LEVELS, PLACES)
VISIT_KINDS = Param("kinds", "走访种类", "terms", "visit_kind")

NEED_PARAMS = (
    Param(
        "state",
        "状态",
        "choice",
        options=(
            ("all", "提出"),
            ("open", "未销号"),
            ("overdue", "超期未销号"),
            ("closed", "已销号"),
            ("solved", "已解决"),
        ),
    ),
    Param("categories", "类别", "terms", "need_category"),
    LEVELS,
)
_NEED_GROUPS = {
    "town": by_town("division_id"),
    "month": _month("raised_on"),
    "category": path_group("类别", "category_id", term_labels("need_category")),
}

for measure in (
    Measure(
        "teams",
        "工作队",
        Team,
        teams,
        groups={"town": by_town("village_id")},
        name_of=_names("name"),
        order=("pinyin", "pk"),
    ),
    Measure(
        "team_members",
        "队员",
        TeamMember,
        team_members,
        (Param("roles", "身份", "choices", options=tuple(TeamMember.Role.choices)),),
        groups={"town": by_town("team__village_id")},
    ),
    Measure(
        "visits",
        "走访",
        Visit,
        visits,
        (VISIT_KINDS, LEADERSHIP, LEVELS),
        order=("-happened_at", "pk"),
        groups={
            "town": by_town("division_id"),
            "week": _week("happened_at"),
            "month": _month("happened_at"),
            "kind": path_group("种类", "kind_id", term_labels("visit_kind")),
        },
    ),
    Measure(
        "visited_households",
        "走访到的农户",
        Household,
        visited_households,
        (VISIT_KINDS, LEVELS, Param("outcomes", "结果", "choices", options=tuple(Visit.Outcome.choices))),
        groups={"town": by_town("division_id")},
        order=("pinyin", "pk"),
    ),
    Measure(
        "gifts",
        "慰问金额",
        Gift,
        gifts,
        GIFT_PARAMS,
        total=lambda context, params: Sum("amount"),
        order=("-given_on", "pk"),
        groups={"town": by_town("division_id"), "month": _month("given_on")},
    ),
    Measure(
        "gifted_households",
        "受慰问的农户",
        Household,
        gifted_households,
        (*GIFT_PARAMS, Param("tags", "对象类别", "terms", "household_tag")),
        groups={"town": by_town("division_id")},
        order=("pinyin", "pk"),
    ),
    Measure("needs", "诉求", Need, needs, NEED_PARAMS, order=("-raised_on", "pk"), groups=_NEED_GROUPS),
    Measure(
        "need_persons",
        "诉求涉及的人次",
        Need,
        needs,
        NEED_PARAMS,
        total=lambda context, params: Sum("persons"),
        order=("-raised_on", "pk"),
        groups=_NEED_GROUPS,
    ),
    Measure("need_comments", "领导点评", NeedStep, need_comments, order=("-on", "pk")),
    Measure("promising_teams", "作出服务承诺的工作队", Team, promising_teams, name_of=_names("name"), order=("pk",)),
    Measure(
        "document_parts",
        "材料的必备部分",
        DocumentPart,
        document_parts,
        (Param("kinds", "种类", "terms", "document_kind"),),
        name_of=_names("name"),
    ),
    Measure("cadre_groups", "领导小组等", CadreGroup, cadre_groups, name_of=_names("name"), order=("name", "pk")),
    Measure(
        "documents",
        "材料",
        Document,
        documents,
        (Param("kinds", "种类", "terms", "document_kind"), LEVELS, PLACES),
        order=("-received_on", "pk"),
        groups={"town": by_town("division_id")},
    ),
    Measure(
        "meetings",
        "会议",
        Meeting,
        meetings,
        (Param("kinds", "种类", "terms", "meeting_kind"), BOTH_SIDES),
        order=("-on", "pk"),
        groups={"town": by_town("division_id"), "month": _month("on")},
    ),
    Measure(
        "diaries",
        "驻村日记",
        Diary,
        diaries,
        order=("-on", "pk"),
        groups={"town": by_town("team__village_id"), "week": _week("on")},
    ),
):
    register_measure(measure)
