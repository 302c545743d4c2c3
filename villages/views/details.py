"""The pages of villages, households, people, honours, routes and sites."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from programs.models import Division, Program
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import guard
from programs.rules.masking import mask_identity, mask_phone
from programs.scoping import code_range
from villages.listings.households import group_of, village_of
from villages.listings.people import place_of
from villages.models import (
    Hardship,
    Honour,
    Household,
    HouseholdTag,
    Member,
    MemberTag,
    Route,
    Site,
    Village,
    VillageTag,
)


def _former_names(place: Division | None) -> list[str]:
    return [str(name) for name in place.names.all()] if place else []


@guard("village.view")
def village_detail(request: HttpRequest, program: Program, code: int) -> HttpResponse:
    """A village: profile, years, and everything that is done for it in the program."""
    setting = setting_of(request, program)
    tags = VillageTag.objects.filter(tag__program=program).select_related("tag").order_by("since", "pk")
    inside = code_range("pk", program.jurisdiction_id)
    reached = (
        Village.objects.visible_to(request.user)
        .filter(inside)
        .select_related("division__parent", "division__merged_into")
    )
    names = ("division__names", "division__parent__names")
    around = reached.prefetch_related("years", "risks", *names, Prefetch("tags", tags))
    village = get_object_or_404(around, pk=f"{code:012}")
    years = sorted(village.years.all(), key=lambda one: one.year, reverse=True)
    latest = years[0] if years else None
    return object_page(
        request,
        setting,
        village,
        "villages/village_detail.html",
        crumbs=[("村", reverse("villages:village-list", args=[program.code]))],
        facts=facts(
            setting,
            ("镇街", village.division.parent),
            (
                "镇街曾用名",
                _former_names(village.division.parent),
            ),
            ("区划代码", village.division_id),
            ("曾用名", _former_names(village.division)),
            ("沿革", village.division.fate),
            ("户数", latest and latest.households, "number"),
            ("人口", latest and latest.population, "number"),
            ("党员", latest and latest.party_members, "number"),
            ("集体收入（元）", latest and latest.collective_income, "money"),
            ("耕地（亩）", latest and latest.land_mu, "number"),
        ),
        tags=[tag for tag in village.tags.all() if tag.is_active_on(setting.today)],
        latest=latest,
        years=years,
        risks=village.risks.all(),
    )


@guard("household.view")
def household_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A household with its members, categories, pairings, visits, needs and gifts; personal numbers are masked."""
    setting = setting_of(request, program)
    tags = HouseholdTag.objects.filter(tag__program=program).select_related("tag").order_by("since", "pk")
    causes = Hardship.objects.filter(cause__program=program).select_related("cause").order_by("since", "pk")
    inside = code_range("division_id", program.jurisdiction_id)
    reached = Household.objects.visible_to(request.user).filter(inside)
    reached = reached.select_related("division__parent__parent", "merged_into")
    household = get_object_or_404(
        reached.prefetch_related(Prefetch("tags", tags), Prefetch("hardships", causes)), pk=pk
    )
    return object_page(
        request,
        setting,
        household,
        "villages/household_detail.html",
        crumbs=[("农户", reverse("villages:household-list", args=[program.code]))],
        facts=facts(
            setting,
            ("村", village_of(household.division)),
            ("组（屯）", group_of(household.division)),
            ("户编号", household.number),
            ("地址", household.address),
            ("电话", mask_phone(household.phone)),
            ("身份证号", mask_identity(household.identity_number)),
            *(
                [("迁出日期", household.moved_out_on), ("并入", household.merged_into)]
                if household.moved_out_on
                else []
            ),
        ),
        tags=household.tags.all(),
        causes=household.hardships.all(),
    )


@guard("household.view")
def member_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A member of a household, or somebody helped who is on no register; personal numbers are masked."""
    setting = setting_of(request, program)
    tags = MemberTag.objects.filter(tag__program=program).select_related("tag").order_by("since", "pk")
    lies = code_range("division_id", program.jurisdiction_id)
    lies |= code_range("household__division_id", program.jurisdiction_id)
    reached = Member.objects.visible_to(request.user).filter(lies)
    reached = reached.select_related("household__division__parent", "division__parent")
    member = get_object_or_404(reached.prefetch_related(Prefetch("tags", tags)), pk=pk)
    place = place_of(member)
    return object_page(
        request,
        setting,
        member,
        "villages/member_detail.html",
        crumbs=[("家庭成员", reverse("villages:member-list", args=[program.code]))],
        facts=facts(
            setting,
            ("农户", member.household or "不在户籍册上"),
            ("与户主关系", member.relation),
            ("村", village_of(place)),
            ("组（屯）", group_of(place)),
            ("电话", mask_phone(member.phone)),
            ("身份证号", mask_identity(member.identity_number)),
        ),
        tags=member.tags.all(),
    )


@guard("household.view")
def honour_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """An honour of a household."""
    setting = setting_of(request, program)
    reached = Honour.objects.visible_to(request.user).filter(program=program)
    honour = get_object_or_404(reached.select_related("household__division__parent", "kind"), pk=pk)
    return object_page(
        request,
        setting,
        honour,
        "villages/honour_detail.html",
        crumbs=[("荣誉", reverse("villages:honour-list", args=[program.code]))],
        facts=facts(
            setting,
            ("荣誉", str(honour.kind)),
            ("农户", honour.household),
            ("村", village_of(honour.household.division)),
            ("授予日期", honour.given_on),
            ("授予单位", honour.given_by),
        ),
    )


@guard("village.view")
def route_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A model route with its sites in their order."""
    route = get_object_or_404(Route.objects.visible_to(request.user).filter(program=program), pk=pk)
    return object_page(
        request,
        setting_of(request, program),
        route,
        "villages/route_detail.html",
        crumbs=[("线路与节点", reverse("villages:route-list", args=[program.code]))],
        facts=[],
    )


@guard("village.view")
def site_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A place of interest, and the route it lies on."""
    setting = setting_of(request, program)
    reached = Site.objects.visible_to(request.user).filter(program=program)
    site = get_object_or_404(reached.select_related("division__parent__parent", "route"), pk=pk)
    return object_page(
        request,
        setting,
        site,
        "villages/site_detail.html",
        crumbs=[("节点", reverse("villages:site-list", args=[program.code]))],
        facts=facts(
            setting,
            ("所在地", site.division),
            ("上级", site.division.parent),
            ("线路", site.route),
            ("次序", site.position or None, "number"),
        ),
    )
