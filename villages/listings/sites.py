"""The lists of model routes and of their sites."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from programs.listing import (
    CaseFilter,
    Column,
    Create,
    Listing,
    ObjectFilter,
    Setting,
    TownFilter,
    register_listing,
)
from programs.scoping import code_range
from villages.listings.filters import VillageFilter
from villages.models import Route, Site, Village


def _routes(rows: QuerySet[Route], setting: Setting) -> QuerySet[Route]:
    sites = Site.objects.visible_to(setting.user).order_by("position", "pk")
    return rows.prefetch_related(Prefetch("sites", sites, to_attr="in_order"))


def _names_of(route: Any, _: Setting) -> list[Site]:
    return list(route.in_order)


register_listing(
    Listing(
        model=Route,
        title="线路",
        noun="线路",
        counter="条",
        permission="village.view",
        route="villages:route-list",
        create=Create("新建线路", "villages:route-create", "route.change"),
        search=("name", "pinyin", "initials", "sites__name", "sites__initials"),
        search_hint="线路或节点名称、拼音或首字母",
        order=("pinyin",),
        prepare=_routes,
        empty_hint="线路把几个节点串起来，供参观学习和现场推进用。",
        columns=(
            Column(key="name", label="线路", value="self", sort=("pinyin",), width=20),
            Column(key="count", label="节点数", value=lambda row, _: len(row.in_order), kind="number", width=8),
            Column(key="sites", label="节点（按次序）", value=_names_of, wraps=True, width=60),
        ),
        filters=(
            TownFilter(lookup="sites__division_id", multi=True),
            ObjectFilter(
                key="village",
                label="村",
                model=Village,
                build=lambda pk: code_range("sites__division_id", pk),
                multi=True,
            ),
        ),
    )
)

register_listing(
    Listing(
        model=Site,
        title="节点",
        noun="节点",
        counter="处",
        permission="village.view",
        route="villages:site-list",
        create=Create("登记节点", "villages:site-create", "site.change"),
        search=("name", "pinyin", "initials", "route__name", "division__short_name", "division__initials"),
        search_hint="节点、线路、村、拼音或首字母",
        order=("route__pinyin", "position"),
        prepare=lambda rows, _: rows.select_related("route", "division__parent"),
        columns=(
            Column(key="name", label="节点", value="self", sort=("pinyin",), width=20),
            Column(key="route", label="线路", value="route", sort=("route__pinyin",), width=18),
            Column(key="position", label="次序", value=lambda row, _: row.position or None, kind="number", width=6),
            Column(key="place", label="所在地", value="division", sort=("division_id",), width=14),
            Column(key="notes", label="简介", value="notes", wraps=True, width=40),
        ),
        filters=(
            TownFilter(lookup="division_id"),
            CaseFilter(
                key="on",
                label="线路",
                cases=(
                    ("route", "在线路上", lambda _: Q(route__isnull=False)),
                    ("alone", "不在线路上", lambda _: Q(route__isnull=True)),
                ),
            ),
            VillageFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(key="route", label="线路", model=Route, build=lambda pk: Q(route_id=pk)),
        ),
    )
)
