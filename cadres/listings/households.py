"""What the lists of households and people show of who helps them and when they were visited."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet

from cadres.models import Cadre, Pairing, VisitHousehold
from programs.listing import CaseFilter, Column, ObjectFilter, Setting, extend_listing
from programs.listing.counting import latest_of
from programs.models import Unit
from villages.models import Household, Member


def _met(setting: Setting) -> QuerySet[VisitHousehold]:
    return VisitHousehold.objects.filter(visit__program=setting.program, visit__is_current=True, visit__is_void=False)


def _helpers(rows: QuerySet[Any], setting: Setting) -> QuerySet[Any]:
    pairings = Pairing.objects.active_on(setting.today).filter(program=setting.program)
    pairings = pairings.select_related("cadre", "unit", "team").order_by("rank", "since", "pk")
    return rows.prefetch_related(Prefetch("pairings", pairings, to_attr="current_pairings"))


def _around_households(rows: QuerySet[Household], setting: Setting) -> QuerySet[Household]:
    met = _met(setting).filter(household=OuterRef("pk"))
    return _helpers(rows.annotate(last_visit=latest_of(met, "visit__happened_at")), setting)


def _helpers_of(row: Any, _: Setting) -> list[Any]:
    return [pairing.helper for pairing in row.current_pairings]


def _paired(setting: Setting) -> QuerySet[Pairing]:
    return Pairing.objects.active_on(setting.today).filter(program=setting.program)


def _helped(setting: Setting) -> Q:
    return Q(pk__in=_paired(setting).filter(household__isnull=False).values("household_id"))


def _helped_person(setting: Setting) -> Q:
    return Q(pk__in=_paired(setting).filter(member__isnull=False).values("member_id"))


def _visited_since(first: dt.date, setting: Setting) -> Q:
    return Q(pk__in=_met(setting).filter(visit__happened_at__date__gte=first).values("household_id"))


def _this_month(setting: Setting) -> Q:
    return _visited_since(setting.today.replace(day=1), setting)


def _this_week(setting: Setting) -> Q:
    return _visited_since(setting.today - dt.timedelta(days=setting.today.weekday()), setting)


def _ever(setting: Setting) -> Q:
    return Q(pk__in=_met(setting).values("household_id"))


extend_listing(
    Household,
    before="phone",
    search=("pairings__cadre__name", "pairings__cadre__initials"),
    columns=(
        Column(key="helpers", label="帮扶人", value=_helpers_of, width=18),
        Column(key="visited", label="最近走访", value="last_visit", sort=("last_visit",), kind="day", width=14),
    ),
    filters=(
        CaseFilter(
            key="visited",
            label="走访",
            cases=(
                ("month", "本月已走访", _this_month),
                ("not_month", "本月未走访", lambda setting: ~_this_month(setting)),
                ("week", "本周已走访", _this_week),
                ("not_week", "本周未走访", lambda setting: ~_this_week(setting)),
                ("never", "从未走访", lambda setting: ~_ever(setting)),
            ),
        ),
        CaseFilter(
            key="helped",
            label="帮扶人",
            cases=(("yes", "有帮扶人", _helped), ("no", "没有帮扶人", lambda setting: ~_helped(setting))),
        ),
        ObjectFilter(
            key="cadre",
            label="帮扶干部",
            model=Cadre,
            build=lambda pk: Q(pairings__cadre_id=pk, pairings__until__isnull=True),
            multi=True,
        ),
        ObjectFilter(
            key="unit",
            label="单位",
            model=Unit,
            build=lambda pk: (
                Q(pairings__unit_id=pk, pairings__until__isnull=True)
                | Q(pairings__cadre__posts__unit_id=pk, pairings__until__isnull=True)
            ),
            multi=True,
        ),
    ),
    prepare=_around_households,
)
extend_listing(
    Member,
    before="phone",
    columns=(Column(key="helpers", label="帮扶人", value=_helpers_of, width=18),),
    filters=(
        CaseFilter(
            key="helped",
            label="帮扶人",
            more=True,
            cases=(
                ("yes", "有帮扶人", _helped_person),
                ("no", "没有帮扶人", lambda setting: ~_helped_person(setting)),
            ),
        ),
    ),
    prepare=_helpers,
)
