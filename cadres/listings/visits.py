"""The lists of visits, gifts and needs."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from cadres.models import Cadre, Gift, Leadership, Need, NeedStep, Team, Visit, VisitHousehold, VisitParticipant
from programs.listing import (
    CaseFilter,
    ChoiceFilter,
    Column,
    Create,
    DaysFilter,
    Link,
    Listing,
    Mark,
    ObjectFilter,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
)
from programs.listing.columns import show
from programs.listing.counting import CountOf
from programs.models import Unit, UnitLevel
from programs.scoping import code_range
from villages.models import Household, Member, Village

ENDS = ("。", "！", "？", "；", "…")
#: Days before its due day from which something is shown as due soon.
SOON = 7


def excerpt(text: str, length: int = 48) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def with_participants(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with those who went."""
    went = VisitParticipant.objects.select_related("cadre", "unit", "team").order_by("leadership", "pk")
    return rows.prefetch_related(Prefetch("participants", went, to_attr="went"))


def _visits(rows: QuerySet[Visit], _: Setting) -> QuerySet[Visit]:
    households = VisitHousehold.objects.filter(visit=OuterRef("pk"))
    rows = rows.select_related("division__parent", "kind", "recorded_by").annotate(household_count=CountOf(households))
    return with_participants(rows)


def _moment(visit: Any, _: Setting) -> Link:
    moment = timezone.localtime(visit.happened_at)
    return Link(show(moment.date()), visit, f"{moment:%Y-%m-%d %H:%M}")


def _text_of_visit(visit: Any, _: Setting) -> Link:
    text = "".join(part if part.endswith(ENDS) else f"{part}。" for part in (visit.said, visit.did) if part)
    return Link(excerpt(text) if text else "", None, text)


def need_state(need: Any, setting: Setting) -> Mark:
    """How a need stands today: closed, overdue by so many days, due soon, or in hand."""
    if need.closed_on:
        return Mark("已销号" if need.solved else "已销号（未解决）", "done")
    if need.due_on and need.due_on < setting.today:
        return Mark(f"逾期 {(setting.today - need.due_on).days} 天", "late")
    if need.due_on and (need.due_on - setting.today).days <= SOON:
        return Mark(f"还剩 {(need.due_on - setting.today).days} 天", "soon")
    return Mark("办理中")


def responsible_for(need: Any, _: Setting) -> list[Any]:
    """Who answers for a need."""
    return [one for one in (need.responsible_unit, need.responsible_team, need.responsible_cadre) if one]


register_listing(
    Listing(
        model=Visit,
        title="走访",
        noun="走访",
        counter="次",
        permission="visit.view",
        route="cadres:visit-list",
        create=Create("登记走访", "cadres:visit-create", "visit.create"),
        scope=lambda rows, program: cast(Any, rows).counted().filter(program=program),
        search=(
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"participants__cadre__{name}" for name in ("name", "pinyin", "initials")),
            *(f"participants__unit__{name}" for name in ("short_name", "pinyin", "initials")),
            "said",
            "did",
        ),
        search_hint="村、走访人、单位或内容",
        order=("-happened_at",),
        name_of=None,
        prepare=_visits,
        empty_hint="走访登记后会列在这里。",
        columns=(
            Column(key="at", label="走访时间", value=_moment, sort=("happened_at",), kind="day", width=18),
            Column(key="place", label="村", value="division", sort=("division__pinyin",), width=14),
            Column(
                key="town", label="镇街", value="division.parent", sort=("division_id",), width=12, only_exported=True
            ),
            Column(key="kind", label="种类", value=lambda row, _: str(row.kind), sort=("kind__position",), width=12),
            Column(key="who", label="走访人", value=lambda row, _: [one.cadre for one in row.went], width=22),
            Column(
                key="unit",
                label="单位",
                value=lambda row, _: list(dict.fromkeys(one.unit for one in row.went if one.unit)),
                width=20,
            ),
            Column(key="outcome", label="结果", value="get_outcome_display", sort=("outcome",), width=10),
            Column(
                key="households",
                label="户数",
                value=lambda row, _: row.household_count or None,
                sort=("household_count",),
                kind="number",
                width=8,
            ),
            Column(key="text", label="情况", value=_text_of_visit, wraps=True, width=50),
            Column(key="by", label="登记人", value=lambda row, _: str(row.recorded_by), width=14, only_exported=True),
        ),
        filters=(
            DaysFilter(key="on", label="日期", lookup="happened_at", of_moment=True),
            TermFilter(key="kind", label="种类", lookup="kind", vocabularies=("visit_kind",)),
            TownFilter(lookup="division_id"),
            ChoiceFilter(
                key="leadership",
                label="走访人",
                lookup="participants__leadership",
                options=Leadership,
                multi=True,
                more=True,
            ),
            ChoiceFilter(
                key="level",
                label="单位级别",
                lookup="participants__unit__level",
                options=UnitLevel,
                multi=True,
                more=True,
            ),
            ChoiceFilter(key="outcome", label="结果", lookup="outcome", options=Visit.Outcome, more=True),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(
                key="unit",
                label="单位",
                model=Unit,
                build=lambda pk: Q(participants__unit_id=pk) | Q(participants__unit__parent_id=pk),
                multi=True,
            ),
            ObjectFilter(
                key="team", label="工作队", model=Team, build=lambda pk: Q(participants__team_id=pk), multi=True
            ),
            ObjectFilter(
                key="cadre", label="干部", model=Cadre, build=lambda pk: Q(participants__cadre_id=pk), multi=True
            ),
            ObjectFilter(
                key="household",
                label="农户",
                model=Household,
                build=lambda pk: Q(households__household_id=pk),
                multi=True,
            ),
        ),
    )
)

register_listing(
    Listing(
        model=Need,
        title="诉求",
        noun="诉求",
        counter="件",
        permission="need.view",
        route="cadres:need-list",
        create=Create("登记诉求", "cadres:need-create", "need.create"),
        search=(
            "text",
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"household__{name}" for name in ("head", "pinyin", "initials")),
            *(f"responsible_unit__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="内容、村、户或责任单位",
        order=("-raised_on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("category", "division").prefetch_related(
            "household", "responsible_unit", "responsible_team", "responsible_cadre"
        ),
        columns=(
            Column(
                key="text",
                label="诉求",
                value=lambda row, _: Link(excerpt(row.text), row, row.text),
                wraps=True,
                width=46,
            ),
            Column(
                key="category",
                label="类别",
                value=lambda row, _: str(row.category),
                sort=("category__position",),
                width=12,
            ),
            Column(key="place", label="村", value="division", sort=("division__pinyin",), width=14),
            Column(key="household", label="农户", value="household", sort=("household__pinyin",), width=12),
            Column(key="responsible", label="责任", value=responsible_for, width=22),
            Column(key="raised", label="提出", value="raised_on", sort=("raised_on",), kind="day", width=14),
            Column(key="due", label="期限", value="due_on", sort=("due_on",), kind="day", width=14),
            Column(key="state", label="状态", value=need_state, sort=("closed_on", "due_on"), width=14),
            Column(key="closed", label="销号日期", value="closed_on", kind="day", width=14, only_exported=True),
            Column(key="reason", label="销号理由", value="close_reason", width=30, only_exported=True),
            Column(key="persons", label="人次", value="persons", kind="number", width=8, only_exported=True),
        ),
        filters=(
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    ("open", "办理中", lambda _: Q(closed_on__isnull=True)),
                    ("late", "已逾期", lambda setting: Q(closed_on__isnull=True, due_on__lt=setting.today)),
                    ("closed", "已销号", lambda _: Q(closed_on__isnull=False)),
                    ("unsolved", "已销号但未解决", lambda _: Q(closed_on__isnull=False, solved=False)),
                ),
            ),
            TermFilter(key="category", label="类别", lookup="category", vocabularies=("need_category",)),
            TownFilter(lookup="division_id"),
            DaysFilter(key="raised", label="提出日期", lookup="raised_on", more=True),
            DaysFilter(key="closed", label="销号日期", lookup="closed_on", more=True),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(
                key="unit",
                label="责任单位",
                model=Unit,
                build=lambda pk: Q(responsible_unit_id=pk) | Q(responsible_team__unit_id=pk),
            ),
            ObjectFilter(
                key="team",
                label="工作队",
                model=Team,
                build=lambda pk: Q(responsible_team_id=pk) | Q(visit__participants__team_id=pk),
                multi=True,
            ),
            ObjectFilter(
                key="cadre",
                label="干部",
                model=Cadre,
                build=lambda pk: Q(responsible_cadre_id=pk) | Q(visit__participants__cadre_id=pk),
                multi=True,
            ),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
            ObjectFilter(key="visit", label="走访", model=Visit, build=lambda pk: Q(visit_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=NeedStep,
        title="办理经过",
        noun="办理",
        counter="步",
        permission="need.view",
        scope=lambda rows, program: rows.filter(need__program=program),
        order=("-on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("need", "by"),
        columns=(
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="kind", label="种类", value="get_kind_display", sort=("kind",), width=10),
            Column(key="text", label="经过", value="text", wraps=True, width=50),
            Column(key="by", label="登记人", value=lambda row, _: str(row.by), width=14),
            Column(key="need", label="诉求", value="need", width=24),
        ),
        filters=(ObjectFilter(key="need", label="诉求", model=Need, build=lambda pk: Q(need_id=pk)),),
    )
)

register_listing(
    Listing(
        model=Gift,
        title="慰问",
        noun="慰问",
        counter="笔",
        permission="visit.view",
        route="cadres:gift-list",
        search=(
            "goods",
            *(f"unit__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"household__{name}" for name in ("head", "pinyin", "initials")),
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="单位、村、户或物品",
        order=("-given_on",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related("division", "source").prefetch_related(
            "household", "member", "unit", "visit"
        ),
        columns=(
            Column(key="on", label="日期", value="given_on", sort=("given_on",), kind="day", width=14),
            Column(
                key="to", label="慰问对象", value=lambda row, _: row.member or row.household or row.division, width=16
            ),
            Column(key="place", label="村", value="division", sort=("division__pinyin",), width=14),
            Column(key="kind", label="种类", value="get_kind_display", sort=("kind",), width=10),
            Column(key="amount", label="金额或价值（元）", value="amount", sort=("amount",), kind="money", width=16),
            Column(
                key="goods",
                label="物品",
                value=lambda row, _: f"{row.goods}{show(row.quantity) if row.quantity else ''}{row.unit_name}",
                width=20,
            ),
            Column(key="unit", label="出资单位", value="unit", sort=("unit__pinyin",), width=20),
            Column(key="source", label="来源", value=lambda row, _: row.source and str(row.source), width=12),
            Column(key="visit", label="走访", value="visit", width=18),
        ),
        filters=(
            DaysFilter(key="on", label="日期", lookup="given_on"),
            ChoiceFilter(key="kind", label="种类", lookup="kind", options=Gift.Kind),
            TownFilter(lookup="division_id"),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
            ObjectFilter(key="member", label="人员", model=Member, build=lambda pk: Q(member_id=pk)),
            ObjectFilter(key="visit", label="走访", model=Visit, build=lambda pk: Q(visit_id=pk)),
        ),
    )
)
