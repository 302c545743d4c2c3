"""What the projects app can count, and projects as evidence."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, ExtractDay, Greatest, Round, Substr

from cadres.measures import PLACES
from programs.figures.context import Context, within
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import (
    Evidence,
    Group,
    Measure,
    Param,
    Params,
    register_evidence,
    register_measure,
)
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet
from projects.models import Fund, Project, ProjectPlace, Quantity
from villages.measures import by_town

DAYS_A_MONTH = 30.4375
DEADLINES = (("met", "按期完成"), ("missed", "逾期"), ("pending", "未到期"))
STAGE_AGES = ((0, "30天以内"), (31, "31至60天"), (61, "61至90天"), (91, "90天以上"))


def projects(context: Context, params: Params) -> ScopedQuerySet:
    """Projects submitted in the span and not given up, by promise, category, stage and whether finished."""
    rows = context.during(Project.objects.filter(program=context.program), "submitted_on")
    rows = rows.exclude(ended_on__lte=context.day)
    if "promised" in params:
        rows = rows.filter(is_promised=params["promised"])
    if "categories" in params:
        rows = rows.filter(category__in=context.term_ids("project_category", params["categories"]))
    if "stages" in params:
        rows = rows.filter(stage__in=context.term_ids("project_stage", params["stages"]))
    if "finished" in params:
        rows = rows.filter(stage__is_final=True) if params["finished"] else rows.unfinished()
    if "deadline" in params:
        rows = rows.filter(due_on__isnull=False).alias(_kept=_deadline(context)).filter(_kept=params["deadline"])
    if params.get("places"):
        rows = rows.filter(pk__in=_in(params["places"]))
    if context.place:
        rows = rows.filter(pk__in=_in([context.place]))
    return context.reach(rows)


def _deadline(context: Context) -> Any:
    """How a project with a due day stands on the context's day: met, missed or not yet due."""
    finished_in_time = Q(finished_on__lte=F("due_on")) & Q(finished_on__lte=context.day)
    return Case(
        When(due_on__isnull=True, then=Value("")),
        When(finished_in_time, then=Value("met")),
        When(due_on__lt=context.day, then=Value("missed")),
        default=Value("pending"),
        output_field=CharField(),
    )


def finished_projects(context: Context, params: Params) -> ScopedQuerySet:
    """Finished projects of which both ends are known, each with the months it took: rounded, one at least."""
    rows = projects(context, {**params, "finished": True}).filter(started_on__isnull=False, finished_on__isnull=False)
    days = ExtractDay(ExpressionWrapper(F("finished_on") - F("started_on"), output_field=DurationField())) + 1
    return rows.annotate(months=Greatest(Cast(Round(days / Value(DAYS_A_MONTH)), IntegerField()), Value(1)))


def _in(codes: list[str]) -> Any:
    return within(ProjectPlace.objects.all(), codes, "division_id").values("project_id")


def _days(context: Context) -> Any:
    """Whole days in the current stage on the context's day."""
    day = Value(context.day, output_field=DateField())
    return ExpressionWrapper(day - F("stage_since"), output_field=DurationField())


def _stage_age(context: Context) -> Any:
    ages = [
        When(stage_since__gt=context.day - dt.timedelta(days=later), then=Value(start))
        for (start, _), (later, _) in itertools.pairwise(STAGE_AGES)
    ]
    return Case(*ages, When(stage_since__isnull=False, then=Value(STAGE_AGES[-1][0])), output_field=IntegerField())


def _project_town(context: Context) -> Any:
    places = ProjectPlace.objects.filter(project=OuterRef("pk")).order_by().values("project_id")
    return Substr(Subquery(places.annotate(_place=Min("division_id")).values("_place")), 1, 9)


def quantities(context: Context, params: Params) -> ScopedQuerySet:
    """Quantities of an item: done by the day (``basis`` done) or planned."""
    rows = Quantity.objects.filter(project__program=context.program)
    if "items" in params:
        rows = rows.filter(item__in=context.term_ids("quantity", params["items"]))
    if "categories" in params:
        rows = rows.filter(project__category__in=context.term_ids("project_category", params["categories"]))
    if params.get("basis", "done") == "planned":
        rows = rows.filter(planned__isnull=False, project__submitted_on__lte=context.day)
    else:
        rows = context.during(rows.filter(done__gt=0), "done_on")
    if params.get("places"):
        rows = rows.filter(project__in=_in(params["places"]))
    if context.place:
        rows = rows.filter(project__in=_in([context.place]))
    return context.reach(rows)


def _quantity_total(context: Context, params: Params) -> Any:
    return Sum("planned" if params.get("basis") == "planned" else "done")


def dimensions(context: Context, params: Params) -> ScopedQuerySet:
    """Quantities that are measured but never added up (a width): each with the amount asked for."""
    amount = "planned" if params.get("basis") == "planned" else "done"
    return quantities(context, params).annotate(amount=F(amount))


def funds(context: Context, params: Params) -> ScopedQuerySet:
    """Funds recorded in the span, of one kind (kinds are never summed together), by source, state and purpose."""
    rows = context.during(Fund.objects.filter(program=context.program), "recorded_on")
    rows = rows.filter(kind__in=params.get("kinds", [Fund.Kind.MONEY]))
    if "sources" in params:
        rows = rows.filter(source__in=context.term_ids("fund_source", params["sources"]))
    if "states" in params:
        rows = rows.filter(state__in=context.term_ids("fund_state", params["states"]))
    if "categories" in params:
        rows = rows.filter(project__category__in=context.term_ids("project_category", params["categories"]))
    if "of_project" in params:
        rows = rows.filter(project__isnull=not params["of_project"])
    if params.get("places"):
        rows = within(rows, params["places"], "division_id")
    return context.reach(rows, "division_id")


def project_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """Projects submitted in the period; promised ones if asked."""
    rows = Project.objects.filter(
        program=context.program, submitted_on__gte=period.start, submitted_on__lte=min(period.end, until)
    )
    if "promised" in params:
        rows = rows.filter(is_promised=params["promised"])
    return rows


CATEGORIES = Param("categories", "项目类别", "terms", "project_category")

_STAGE = path_group("阶段", "stage_id", term_labels("project_stage"))
_TOWN = Group(
    label="镇街",
    key=_project_town,
    labels=lambda context, keys: context.towns,
)
_PARAMS = (
    Param("promised", "重大帮扶事项", "flag"),
    Param("finished", "已完工", "flag"),
    CATEGORIES,
    Param("stages", "阶段", "terms", "project_stage"),
    Param("deadline", "期限", "choice", options=DEADLINES),
    PLACES,
)
_QUANTITY_PARAMS = (
    Param("items", "项目", "terms", "quantity"),
    Param("basis", "计划或完成", "choice", options=(("done", "完成"), ("planned", "计划"))),
    CATEGORIES,
    PLACES,
)
_BY_ITEM = {"item": path_group("项目", "item_id", term_labels("quantity"))}
_GROUPS = {
    "town": _TOWN,
    "stage": _STAGE,
    "category": path_group("类别", "category_id", term_labels("project_category")),
    "section": path_group("承办科室", "section__short_name"),
    "deadline": Group(label="期限", key=_deadline, labels=lambda context, keys: {**dict(DEADLINES), "": "没有期限"}),
    "stage_age": Group(label="停留时间", key=_stage_age, labels=lambda context, keys: dict(STAGE_AGES)),
}

register_measure(
    Measure(
        name="projects",
        label="项目",
        model=Project,
        rows=projects,
        params=_PARAMS,
        groups=_GROUPS,
        name_of=lambda rows: rows.values_list("name", flat=True),
        order=("pinyin", "pk"),
    )
)
register_measure(
    Measure(
        name="project_months",
        label="项目历时月数（不相加）",
        model=Project,
        rows=finished_projects,
        params=_PARAMS,
        low="months",
        high="months",
        summed=False,
        groups=_GROUPS,
        order=("finished_on", "pk"),
    )
)
register_measure(
    Measure(
        name="days_in_stage",
        label="在现阶段停留最久的天数",
        model=Project,
        rows=lambda context, params: projects(context, {**params, "finished": False}),
        params=_PARAMS,
        total=lambda context, params: ExtractDay(Max(_days(context))),
        groups=_GROUPS,
        order=("stage_since", "pk"),
    )
)
register_measure(
    Measure(
        name="quantity",
        label="实物量",
        model=Quantity,
        rows=quantities,
        params=_QUANTITY_PARAMS,
        total=_quantity_total,
        groups=_BY_ITEM,
    )
)
register_measure(
    Measure(
        name="dimension",
        label="尺寸（不相加）",
        model=Quantity,
        rows=dimensions,
        params=_QUANTITY_PARAMS,
        low="amount",
        high="amount",
        summed=False,
        groups=_BY_ITEM,
    )
)
register_measure(
    Measure(
        name="fund",
        label="资金",
        model=Fund,
        rows=funds,
        params=(
            Param("kinds", "种类", "choices", options=tuple(Fund.Kind.choices)),
            Param("sources", "来源", "terms", "fund_source"),
            Param("states", "状态", "terms", "fund_state"),
            CATEGORIES,
            Param("of_project", "属于项目", "flag"),
            PLACES,
        ),
        low="low",
        high="high",
        groups={
            "town": by_town("division_id"),
            "source": path_group("来源", "source_id", term_labels("fund_source")),
            "state": path_group("状态", "state_id", term_labels("fund_state")),
        },
    )
)
register_evidence(
    Evidence(
        name="project",
        label="项目",
        verb="提交",
        counter="个",
        model=Project,
        rows=project_evidence,
        on="submitted_on",
        subjects={"unit": "unit_id", "team": "team_id"},
        params=(Param("promised", "重大帮扶事项", "flag"),),
    )
)
