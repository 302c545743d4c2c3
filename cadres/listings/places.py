"""What the lists of villages and units show of teams, pairings, visits and needs."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Left

from cadres.listings.people import first_secretary_of, with_members
from cadres.models import Leadership, Need, Pairing, Team, Visit, VisitParticipant
from programs.listing import CaseFilter, Column, Setting, extend_listing
from programs.listing.counting import CountOf, latest_of
from programs.models import Unit
from villages.models import Village


def _around_villages(rows: QuerySet[Village], setting: Setting) -> QuerySet[Village]:
    program, today = setting.program, setting.today
    teams = Team.objects.active_on(today).filter(program=program).select_related("unit").order_by("pk")
    helped = Pairing.objects.active_on(today).filter(program=program, unit__isnull=False).select_related("unit")
    visits = Visit.objects.counted().filter(program=program, division=OuterRef("pk"))
    needs = Need.objects.open().filter(program=program).annotate(of_village=Left("division_id", 12))
    return rows.annotate(
        last_visit=latest_of(visits, "happened_at"),
        open_needs=CountOf(needs.filter(of_village=OuterRef("pk"))),
    ).prefetch_related(
        Prefetch("teams", with_members(teams, setting), to_attr="current_teams"),
        Prefetch("division__pairings", helped.order_by("rank", "pk"), to_attr="helping_units"),
    )


def _units_of(village: Any, _: Setting) -> list[Unit]:
    """Units that help a village: by pairing, and those that sent a team."""
    units = [one.unit for one in village.division.helping_units]
    units += [team.unit for team in village.current_teams if team.unit]
    return list(dict.fromkeys(units))


def _secretaries_of(village: Any, _: Setting) -> list[Any]:
    found = (first_secretary_of(team) for team in village.current_teams)
    return [cadre for cadre in found if cadre]


def _around_units(rows: QuerySet[Unit], setting: Setting) -> QuerySet[Unit]:
    program = setting.program
    teams = Team.objects.active_on(setting.today).filter(program=program).select_related("village").order_by("pk")
    pairings = Pairing.objects.active_on(setting.today).filter(program=program, division__isnull=False)
    visits = Visit.objects.counted().filter(program=program, participants__unit=OuterRef("pk"))
    led = Visit.objects.counted().filter(
        program=program, participants__unit=OuterRef("pk"), participants__leadership=Leadership.PRINCIPAL
    )
    return rows.annotate(
        visit_count=CountOf(visits.distinct()), last_led_visit=latest_of(led, "happened_at")
    ).prefetch_related(
        Prefetch("teams", teams, to_attr="current_teams"),
        Prefetch("pairings", pairings.select_related("division").order_by("rank", "pk"), to_attr="current_pairings"),
    )


def _places_of(unit: Any, _: Setting) -> list[Any]:
    """Places that a unit helps: by pairing, and where it sent a team."""
    places = {pairing.division_id: pairing.division for pairing in unit.current_pairings}
    places |= {team.village_id: team.village for team in unit.current_teams}
    return list(places.values())


def _visited_by_leader(setting: Setting) -> Any:
    visits = Visit.objects.counted().filter(program=setting.program)
    went = VisitParticipant.objects.filter(visit__in=visits, leadership=Leadership.PRINCIPAL, unit__isnull=False)
    return went.values("unit_id")


extend_listing(
    Village,
    before="households",
    columns=(
        Column(key="units", label="帮扶单位", value=_units_of, width=22),
        Column(key="teams", label="工作队", value=lambda row, _: row.current_teams, width=28, only_exported=True),
        Column(key="secretary", label="第一书记", value=_secretaries_of, width=18),
    ),
)
extend_listing(
    Village,
    columns=(
        Column(key="visited", label="最近走访", value="last_visit", sort=("last_visit",), kind="day", width=14),
        Column(key="needs", label="未销号诉求", value="open_needs", sort=("open_needs",), kind="number", width=10),
    ),
    filters=(
        CaseFilter(
            key="team",
            label="工作队",
            cases=(
                ("has", "有工作队", lambda setting: Q(pk__in=_with_team(setting))),
                ("none", "没有工作队", lambda setting: ~Q(pk__in=_with_team(setting))),
            ),
        ),
        CaseFilter(
            key="needs",
            label="诉求",
            more=True,
            cases=(
                ("open", "有未销号的诉求", lambda _: Q(open_needs__gt=0)),
                ("none", "没有未销号的诉求", lambda _: Q(open_needs=0)),
            ),
        ),
    ),
    prepare=_around_villages,
)
extend_listing(
    Unit,
    before="contact",
    columns=(
        Column(key="places", label="帮扶镇村", value=_places_of, width=18),
        Column(key="teams", label="工作队", value=lambda row, _: row.current_teams, width=28, only_exported=True),
        Column(key="visits", label="走访", value="visit_count", sort=("visit_count",), kind="number", width=8),
        Column(
            key="led",
            label="主要领导最近走访",
            value="last_led_visit",
            sort=("last_led_visit",),
            kind="day",
            width=18,
        ),
    ),
    filters=(
        CaseFilter(
            key="led",
            label="主要领导走访",
            cases=(
                ("yes", "走访过", lambda setting: Q(pk__in=_visited_by_leader(setting))),
                ("no", "未走访", lambda setting: ~Q(pk__in=_visited_by_leader(setting))),
            ),
        ),
    ),
    prepare=_around_units,
)


def _with_team(setting: Setting) -> Any:
    return Team.objects.active_on(setting.today).filter(program=setting.program).values("village_id")
