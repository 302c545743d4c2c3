"""Which villages, places and households forms let people choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from programs import clock
from programs.choices import Source, register_source
from programs.models import Division, DivisionLevel, Program
from programs.scoping import code_range
from villages.models import Household, Member, Route, Village

if TYPE_CHECKING:
    from programs.scoping import AnyUser


def _villages(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    rows = Village.objects.visible_to(user).filter(code_range("division_id", program.jurisdiction_id))
    return rows.select_related("division__parent")


def _places(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    """Towns, villages and groups; who reaches villages through teams and pairings only chooses among those."""
    reached = Q(pk__in=Division.objects.visible_to(user).values("pk")) | Q(
        pk__in=Village.objects.visible_to(user).order_by().values("pk")
    )
    rows = Division.objects.within(program.jurisdiction_id).standing_on(clock.today(program)).filter(reached)
    return rows.filter(level__gte=DivisionLevel.COUNTY).select_related("parent")


def _living_places(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    """Villages and groups: where people live."""
    return _places(program, user).filter(level__gte=DivisionLevel.VILLAGE)


def _routes(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    """All routes of the program: one without sites lies nowhere yet, and its name is no secret."""
    return Route.objects.filter(program=program)


def _households(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    rows = Household.objects.visible_to(user).filter(code_range("division_id", program.jurisdiction_id))
    return rows.filter(moved_out_on__isnull=True).select_related("division__parent")


def _people(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    lies = code_range("division_id", program.jurisdiction_id) | code_range(
        "household__division_id", program.jurisdiction_id
    )
    return Member.objects.visible_to(user).filter(lies).select_related("household__division", "division")


def _above(place: Division) -> str:
    return str(place.parent) if place.parent else ""


VILLAGES = register_source(
    Source(
        name="village",
        noun="村",
        permission="village.view",
        rows=_villages,
        detail=lambda village: _above(village.division),
        place="division_id",
        example="村名，或拼音首字母",
    ),
    Village,
)
PLACES = register_source(
    Source(
        name="place",
        noun="镇村",
        permission="village.view",
        rows=_places,
        names=("short_name", "name"),
        order=("code",),
        detail=_above,
        place="code",
        example="镇村名称，或拼音首字母",
    ),
    Division,
)
LIVING_PLACES = register_source(
    Source(
        name="living_place",
        noun="村组",
        permission="village.view",
        rows=_living_places,
        names=("short_name", "name"),
        order=("code",),
        detail=_above,
        place="code",
        example="村组名称，或拼音首字母",
    )
)
ROUTES = register_source(
    Source(name="route", noun="线路", permission="village.view", rows=_routes, example="线路名称，或拼音首字母"), Route
)
HOUSEHOLDS = register_source(
    Source(
        name="household",
        noun="农户",
        permission="household.view",
        rows=_households,
        names=("head", "number"),
        order=("division_id", "pinyin", "pk"),
        detail=lambda household: f"{_above(household.division)}{household.division}",
        place="division_id",
        example="户主名称或户编号，或拼音首字母",
    ),
    Household,
)
PEOPLE = register_source(
    Source(
        name="member",
        noun="人员",
        permission="household.view",
        rows=_people,
        detail=lambda member: str(member.household.division if member.household else member.division),
        example="姓名，或拼音首字母",
    ),
    Member,
)
