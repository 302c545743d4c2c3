"""The pages of cadres, teams and pairings."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cadres.listings.pairings import RANKS, state_of, town_of
from cadres.listings.people import first_secretary_of, with_members
from cadres.models import Cadre, Pairing, Post, Team
from programs.membership import at_home
from programs.models import Program
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import guard
from programs.rules.masking import mask_phone


@guard("team.view")
def team_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A work team with its members, milestones and all it did."""
    setting = setting_of(request, program)
    reached = Team.objects.visible_to(request.user).filter(program=program)
    rows = with_members(reached.select_related("village__division__parent", "unit"), setting)
    team = get_object_or_404(rows, pk=pk)
    return object_page(
        request,
        setting,
        team,
        "cadres/team_detail.html",
        crumbs=[("工作队", reverse("cadres:team-list", args=[program.code]))],
        facts=facts(
            setting,
            ("驻村", team.village),
            ("镇街", team.village.division.parent),
            ("派出单位", team.unit),
            ("第一书记", first_secretary_of(team)),
            ("进驻日期", team.since),
            *([("撤离日期", team.until)] if team.until else []),
        ),
    )


@guard("cadre.view")
def cadre_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A cadre with posts, teams, pairings and work; the phone is masked."""
    setting = setting_of(request, program)
    posts = Prefetch(
        "posts", Post.objects.active_on(setting.today).select_related("unit", "division"), to_attr="current_posts"
    )
    reached = at_home(Cadre.objects.visible_to(request.user), program, "posts__unit__division_id")
    reached = reached.select_related("user")
    cadre = get_object_or_404(reached.prefetch_related(posts), pk=pk)
    return object_page(
        request,
        setting,
        cadre,
        "cadres/cadre_detail.html",
        crumbs=[("干部", reverse("cadres:cadre-list", args=[program.code]))],
        facts=facts(
            setting,
            ("手机", mask_phone(cadre.phone)),
            ("党员", cadre.is_party_member),
            ("登录账号", "已开通" if cadre.user else "未开通"),
        ),
        posts=cadre.current_posts,
    )


@guard("pairing.view")
def pairing_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A pairing: who helps whom, since when, and what came before and after it."""
    setting = setting_of(request, program)
    reached = Pairing.objects.visible_to(request.user).filter(program=program)
    rows = reached.select_related(
        "cadre",
        "unit",
        "team",
        "division",
        "household",
        "member",
        "place__parent__parent",
        "replaces__cadre",
        "replaces__unit",
    )
    pairing = get_object_or_404(rows.prefetch_related("replaced_by"), pk=pk)
    return object_page(
        request,
        setting,
        pairing,
        "cadres/pairing_detail.html",
        crumbs=[("结对", reverse("cadres:pairing-list", args=[program.code]))],
        facts=facts(
            setting,
            ("帮扶方", pairing.helper),
            ("帮扶对象", pairing.helped),
            ("所在镇街", town_of(pairing.place)),
            ("方式", program.call(pairing.get_mode_display())),
            ("责任次序", program.call(RANKS[pairing.rank])),
            ("状态", state_of(pairing, setting)),
            ("开始日期", pairing.since),
            ("结束日期", pairing.until),
            ("签订协议", pairing.agreed_on),
            ("结束原因", pairing.end_reason),
            ("接替", pairing.replaces),
            ("由谁接替", list(pairing.replaced_by.all())),
        ),
    )
