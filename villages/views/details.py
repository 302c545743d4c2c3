"""The pages of a village and of a household."""

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
from villages.models import Household, HouseholdTag, Village, VillageTag


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
    inside = code_range("division_id", program.jurisdiction_id)
    reached = (
        Household.objects.visible_to(request.user).filter(inside).select_related("division__parent", "merged_into")
    )
    causes = Prefetch("hardships", to_attr="causes")
    household = get_object_or_404(reached.prefetch_related(Prefetch("tags", tags), causes, "causes__cause"), pk=pk)
    return object_page(
        request,
        setting,
        household,
        "villages/household_detail.html",
        crumbs=[("农户", reverse("villages:household-list", args=[program.code]))],
        facts=facts(
            setting,
            ("户编号", household.number),
            ("地址", household.address),
            ("电话", mask_phone(household.phone)),
            ("身份证号", mask_identity(household.identity_number)),
            ("致困原因", [str(one.cause) for one in household.causes if one.is_active_on(setting.today)]),
            *(
                [("迁出日期", household.moved_out_on), ("并入", household.merged_into)]
                if household.moved_out_on
                else []
            ),
        ),
        tags=household.tags.all(),
    )
