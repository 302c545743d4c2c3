"""Which cadres, teams, posts and visits forms let people choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from cadres.models import Cadre, Post, Team, TeamMember
from programs import clock
from programs.choices import Source, register_source
from programs.models import Program, Unit

if TYPE_CHECKING:
    from programs.scoping import AnyUser


def _cadres(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    """Those one reaches, and those of the teams and units one reaches: a town records visits of units' leaders."""
    today = clock.today(program)
    posts = Post.objects.active_on(today)
    seats = TeamMember.objects.visible_to(user).filter(team__program=program)
    beside = Q(pk__in=Cadre.objects.visible_to(user).values("pk"))
    beside |= Q(pk__in=seats.values("cadre_id"))
    beside |= Q(pk__in=posts.filter(unit__in=Unit.objects.visible_to(user).values("pk")).values("cadre_id"))
    latest = posts.filter(cadre=OuterRef("pk")).order_by("-since", "pk")
    return Cadre.objects.filter(beside).annotate(
        at_unit=Subquery(latest.values("unit__short_name")[:1]), at_post=Subquery(latest.values("title")[:1])
    )


def _post_of(cadre: Any) -> str:
    unit, post = getattr(cadre, "at_unit", "") or "", getattr(cadre, "at_post", "") or ""
    return "" if unit and cadre.name.startswith(unit) else f"{unit}{post}"


def _seats(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    today = clock.today(program)
    rows = TeamMember.objects.visible_to(user).filter(team__program=program).active_on(today)
    return rows.select_related("team__program", "cadre")


def _teams(program: Program, user: AnyUser) -> models.QuerySet[Any]:
    today = clock.today(program)
    return Team.objects.visible_to(user).filter(program=program).active_on(today).select_related("village")


CADRES = register_source(
    Source(
        name="cadre",
        noun="干部",
        permission="cadre.view",
        rows=_cadres,
        detail=_post_of,
        example="姓名，或拼音首字母",
    ),
    Cadre,
)
SEATS = register_source(
    Source(
        name="seat",
        noun="队员",
        permission="team.view",
        rows=_seats,
        names=("cadre__name",),
        keys=("cadre__pinyin", "cadre__initials"),
        order=("team__village_id", "cadre__pinyin", "pk"),
        label=lambda seat: str(seat.cadre),
        detail=lambda seat: str(seat.team),
        place="team__village_id",
        example="姓名，或拼音首字母",
    )
)
TEAMS = register_source(
    Source(
        name="team",
        noun="工作队",
        permission="team.view",
        rows=_teams,
        place="village_id",
        example="工作队名称，或拼音首字母",
    ),
    Team,
)
