"""The page of a unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from programs.membership import at_home
from programs.models import Program, Unit
from programs.objectpage import facts, object_page, setting_of
from programs.permissions import guard


@guard("unit.view")
def unit_detail(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A unit with its teams, pairings, visits, projects and what was found about them."""
    reached = at_home(Unit.objects.visible_to(request.user), program, "division_id")
    reached = reached.select_related("parent", "division", "merged_into")
    unit = get_object_or_404(reached.prefetch_related("names"), pk=pk)
    setting = setting_of(request, program)
    former = [name.name for name in unit.names.all()]
    return object_page(
        request,
        setting,
        unit,
        "programs/unit_detail.html",
        crumbs=[("单位", reverse("programs:unit-list", args=[program.code]))],
        facts=facts(
            setting,
            ("全称", unit.name),
            ("上级单位", unit.parent),
            ("联络员", unit.contact_name),
            ("办公电话", unit.office_phone),
            ("驻地", unit.division),
            *([("曾用名", former)] if former else []),
            *([("撤并日期", unit.retired_on), ("并入", unit.merged_into)] if unit.retired_on else []),
        ),
    )
