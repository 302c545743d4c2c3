"""The back office of villages, households and people."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from programs.admin_base import ScopedAdmin, ScopedTabular, masked
from programs.admin_filters import ReachedFilter, WordFilter, town_filter
from programs.admin_rosters import RosterAdmin
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
    VillagePerson,
    VillageRisk,
    VillageTag,
    VillageYear,
)
from villages.resources import HouseholdResource, VillageResource


class VillageYearInline(ScopedTabular):
    """The figures of a village by year."""

    model = VillageYear
    order = ("-year",)


class VillageTagInline(ScopedTabular):
    """What a village is tagged with, and since when."""

    model = VillageTag
    order = ("since", "pk")


class VillagePersonInline(ScopedTabular):
    """The rosters of a village."""

    model = VillagePerson
    order = ("kind", "since", "pk")


class VillageRiskInline(ScopedTabular):
    """Risks in a village."""

    model = VillageRisk
    order = ("since", "pk")


@admin.register(Village)
class VillageAdmin(RosterAdmin):
    """Villages."""

    resource_classes = (VillageResource,)
    list_display = ("name", "town", "code", "tag_words", "is_fictional")
    list_filter = (town_filter("division_id"), "is_fictional")
    list_select_related = ("division__parent",)
    search_fields = ("name", "pinyin", "initials__istartswith", "division__code__startswith")
    search_help_text = "村名、拼音、拼音首字母或区划代码"
    ordering = ("division_id",)
    inlines = (VillageYearInline, VillageTagInline, VillagePersonInline, VillageRiskInline)
    fieldsets = (
        (None, {"fields": ("division", "name", "is_fictional")}),
        ("村情", {"fields": ("overview", "resources", "economy")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the tags that the list shows."""
        tags = VillageTag.objects.filter(until__isnull=True).select_related("tag").order_by("since", "pk")
        return super().get_queryset(request).prefetch_related(models.Prefetch("tags", tags, to_attr="current_tags"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A village stays the division that it is."""
        return [*super().get_readonly_fields(request, obj), *(["division"] if obj else [])]

    @admin.display(description="镇街", ordering="division_id")
    def town(self, row: Village) -> str:
        """The town."""
        return str(row.division.parent or "—")

    @admin.display(description="代码", ordering="division_id")
    def code(self, row: Village) -> str:
        """The division's code."""
        return row.division_id

    @admin.display(description="标签")
    def tag_words(self, row: Any) -> str:
        """The tags in force."""
        return "、".join(str(tag.tag) for tag in row.current_tags) or "—"


class SiteInline(ScopedTabular):
    """The sites of a route."""

    model = Site
    fields = ("position", "name", "division", "program")
    order = ("position", "pk")


@admin.register(Route)
class RouteAdmin(ScopedAdmin):
    """Routes."""

    list_display = ("name", "program")
    list_filter = (("program", ReachedFilter),)
    list_select_related = ("program",)
    search_fields = ("name",)
    ordering = ("program_id", "name", "pk")
    inlines = (SiteInline,)


@admin.register(Site)
class SiteAdmin(ScopedAdmin):
    """Sites, on a route or not."""

    list_display = ("name", "division", "route", "position", "program")
    list_filter = (("program", ReachedFilter), town_filter("division_id"))
    list_select_related = ("division", "route", "program")
    search_fields = ("name", "division__short_name", "division__pinyin")
    ordering = ("program_id", "route_id", "position", "pk")


class MemberInline(ScopedTabular):
    """The members of a household."""

    model = Member
    fields = ("name", "relation", "phone", "identity_number")
    show_change_link = True


class HouseholdTagInline(ScopedTabular):
    """The categories of a household, and since when."""

    model = HouseholdTag
    order = ("since", "pk")


class HardshipInline(ScopedTabular):
    """Why a household is in hardship."""

    model = Hardship
    order = ("since", "pk")


class HonourInline(ScopedTabular):
    """The honours of a household."""

    model = Honour
    order = ("given_on", "pk")


@admin.register(Household)
class HouseholdAdmin(RosterAdmin):
    """Households."""

    resource_classes = (HouseholdResource,)
    list_display = ("head", "number", "place", "tag_words", "masked_phone", "masked_identity", "moved_out_on")
    list_filter = (
        town_filter("division_id"),
        ("tags__tag", WordFilter),
        ("moved_out_on", admin.EmptyFieldListFilter),
        "is_fictional",
    )
    list_select_related = ("division__parent__parent",)
    search_fields = ("head", "number", "pinyin", "initials__istartswith", "members__name")
    search_help_text = "户主、户编号、成员姓名、拼音或拼音首字母"
    ordering = ("division_id", "pinyin", "pk")
    inlines = (MemberInline, HouseholdTagInline, HardshipInline, HonourInline)
    fieldsets = (
        (None, {"fields": ("division", "number", "head", "address", "is_fictional")}),
        ("个人信息", {"fields": ("phone", "identity_number"), "description": "已存的号码只显示首尾几位。"}),
        ("迁出与并户", {"fields": ("moved_out_on", "merged_into")}),
    )
    masked_phone = masked("phone", "电话")
    masked_identity = masked("identity_number", "户主身份证号")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the categories that the list shows."""
        tags = HouseholdTag.objects.filter(until__isnull=True).select_related("tag").order_by("since", "pk")
        return super().get_queryset(request).prefetch_related(models.Prefetch("tags", tags, to_attr="current_tags"))

    @admin.display(description="所在地", ordering="division_id")
    def place(self, row: Household) -> str:
        """The town with the village or group."""
        return "".join(str(place) for place in (row.division.parent, row.division) if place)

    @admin.display(description="类别")
    def tag_words(self, row: Any) -> str:
        """The categories in force."""
        return "、".join(str(tag.tag) for tag in row.current_tags) or "—"


class MemberTagInline(ScopedTabular):
    """The categories of a person, and since when."""

    model = MemberTag
    order = ("since", "pk")


@admin.register(Member)
class MemberAdmin(ScopedAdmin):
    """Members of households, and people helped who are on no register."""

    list_display = ("name", "relation", "household", "place", "masked_phone", "masked_identity")
    list_filter = (("tags__tag", WordFilter), ("household", admin.EmptyFieldListFilter))
    list_select_related = ("household__division", "division")
    search_fields = ("name", "pinyin", "household__head")
    search_help_text = "姓名、拼音或户主"
    ordering = ("pinyin", "pk")
    inlines = (MemberTagInline,)
    fieldsets = (
        (None, {"fields": ("household", "division", "name", "relation")}),
        ("个人信息", {"fields": ("phone", "identity_number"), "description": "已存的号码只显示首尾几位。"}),
    )
    masked_phone = masked("phone", "电话")
    masked_identity = masked("identity_number", "身份证号")

    @admin.display(description="所在地")
    def place(self, row: Member) -> str:
        """Where the household or the person is."""
        return str((row.household.division if row.household else row.division) or "—")
