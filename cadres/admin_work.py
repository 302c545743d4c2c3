"""The back office of what was done: visits, needs, diaries, duty, meetings, documents, and what an office ticked."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cadres.models import (
    Diary,
    Document,
    DocumentPart,
    Duty,
    Gift,
    Leave,
    Meeting,
    MeetingItem,
    Need,
    NeedStep,
    RequirementMark,
    Visit,
    VisitHousehold,
    VisitParticipant,
    VisitQuantity,
)
from programs.admin_base import ReadOnlyAdmin, ReadOnlyTabular, ScopedAdmin, ScopedTabular
from programs.admin_filters import ReachedFilter, WordFilter, town_filter


class VisitParticipantInline(ReadOnlyTabular):
    """Who went."""

    model = VisitParticipant
    joins = ("cadre", "unit", "team")


class VisitHouseholdInline(ReadOnlyTabular):
    """Whom they called on."""

    model = VisitHousehold
    joins = ("household",)


class VisitQuantityInline(ReadOnlyTabular):
    """What was done in amounts."""

    model = VisitQuantity
    joins = ("item",)


class GiftInline(ReadOnlyTabular):
    """What was handed over."""

    model = Gift
    fields = ("kind", "amount", "goods", "quantity", "unit_name", "household", "member", "unit", "source")
    joins = ("household", "member", "unit", "source")


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    """Visits: append-only, so they are looked at here and corrected by a new version on their own page."""

    list_display = ("happened_at", "division", "kind", "outcome", "recorded_by", "is_current", "is_void", "program")
    list_filter = (
        ("program", ReachedFilter),
        ("kind", WordFilter),
        "outcome",
        town_filter("division_id"),
        "is_current",
        "is_void",
    )
    list_select_related = ("division", "kind", "recorded_by", "program")
    search_fields = (
        "division__short_name",
        "division__pinyin",
        "division__initials__istartswith",
        "participants__cadre__name",
        "participants__cadre__initials__istartswith",
        "households__household__head",
    )
    search_help_text = "村、走访人或户主，拼音或拼音首字母"
    date_hierarchy = "happened_at"
    ordering = ("-happened_at", "-pk")
    inlines = (VisitParticipantInline, VisitHouseholdInline, VisitQuantityInline, GiftInline)
    fieldsets = (
        (None, {"fields": ("program", "division", "kind", "outcome", "happened_at", "received_at", "recorded_by")}),
        ("情况", {"fields": ("said", "did")}),
        ("版本", {"fields": ("uuid", "is_current", "is_void", "replaces", "correction_reason")}),
    )


@admin.register(Gift)
class GiftAdmin(ReadOnlyAdmin):
    """Gifts: written with their visit."""

    list_display = ("given_on", "kind", "amount", "goods", "quantity", "household", "division", "unit", "program")
    list_filter = (("program", ReachedFilter), "kind", ("source", WordFilter), town_filter("division_id"))
    list_select_related = ("household", "division", "unit", "program")
    search_fields = ("goods", "household__head", "household__pinyin", "division__short_name", "unit__short_name")
    search_help_text = "物品、户主、村或单位"
    date_hierarchy = "given_on"
    ordering = ("-given_on", "-pk")


class NeedStepInline(ScopedTabular):
    """What was done about a need."""

    model = NeedStep
    fields = ("on", "kind", "text", "by")
    order = ("on", "pk")
    joins = ("by",)


@admin.register(Need)
class NeedAdmin(ScopedAdmin):
    """Needs."""

    list_display = ("__str__", "category", "division", "raised_on", "due_on", "closed_on", "solved", "program")
    list_filter = (
        ("program", ReachedFilter),
        ("category", WordFilter),
        town_filter("division_id"),
        ("closed_on", admin.EmptyFieldListFilter),
        "solved",
    )
    list_select_related = ("category", "division", "program")
    search_fields = (
        "text",
        "household__head",
        "division__short_name",
        "division__pinyin",
        "division__initials__istartswith",
        "responsible_unit__short_name",
    )
    search_help_text = "内容、户主、村或责任单位，拼音或拼音首字母"
    date_hierarchy = "raised_on"
    ordering = ("-raised_on", "-pk")
    inlines = (NeedStepInline,)
    fieldsets = (
        (None, {"fields": ("program", "division", "household", "visit", "category", "text", "persons")}),
        ("时限", {"fields": ("raised_on", "due_on")}),
        ("由谁办理", {"fields": ("responsible_unit", "responsible_team", "responsible_cadre", "recorded_by")}),
        ("销号", {"fields": ("closed_on", "close_reason", "close_evidence", "solved")}),
    )


@admin.register(Diary)
class DiaryAdmin(ScopedAdmin):
    """Diaries."""

    list_display = ("on", "cadre", "team", "recorded_at")
    list_filter = (("team__program", ReachedFilter), town_filter("team__village_id"))
    list_select_related = ("cadre", "team")
    search_fields = ("cadre__name", "cadre__pinyin", "cadre__initials__istartswith", "team__name", "text")
    search_help_text = "队员、队名或内容"
    date_hierarchy = "on"
    ordering = ("-on", "-pk")
    readonly_fields = ("recorded_at",)


@admin.register(Duty)
class DutyAdmin(ScopedAdmin):
    """The register of duty."""

    list_display = ("on", "cadre", "team", "state", "note", "recorded_by")
    list_filter = (("team__program", ReachedFilter), "state", town_filter("team__village_id"))
    list_select_related = ("cadre", "team", "recorded_by")
    search_fields = ("cadre__name", "cadre__pinyin", "cadre__initials__istartswith", "team__name")
    search_help_text = "队员或队名"
    date_hierarchy = "on"
    ordering = ("-on", "-pk")


@admin.register(Leave)
class LeaveAdmin(ScopedAdmin):
    """Leave."""

    list_display = ("cadre", "team", "since", "until", "reason", "approved_by", "approved_on")
    list_filter = (("team__program", ReachedFilter), ("approved_on", admin.EmptyFieldListFilter))
    list_select_related = ("cadre", "team")
    search_fields = ("cadre__name", "cadre__pinyin", "cadre__initials__istartswith", "team__name", "reason")
    search_help_text = "队员、队名或事由"
    date_hierarchy = "since"
    ordering = ("-since", "-pk")


class MeetingItemInline(ScopedTabular):
    """What was said and decided."""

    model = MeetingItem


@admin.register(Meeting)
class MeetingAdmin(ScopedAdmin):
    """Meetings."""

    list_display = ("title", "kind", "on", "division", "unit", "team", "program")
    list_filter = (("program", ReachedFilter), ("kind", WordFilter), town_filter("division_id"))
    list_select_related = ("kind", "division", "unit", "team", "program")
    search_fields = ("title", "attendees", "division__short_name", "division__pinyin", "unit__short_name")
    search_help_text = "议题、参加人员、地点或单位"
    date_hierarchy = "on"
    ordering = ("-on", "-pk")
    inlines = (MeetingItemInline,)


class DocumentPartInline(ScopedTabular):
    """The parts that a kind of document demands."""

    model = DocumentPart


@admin.register(Document)
class DocumentAdmin(ScopedAdmin):
    """Documents received."""

    list_display = ("title", "kind", "division", "unit", "team", "received_on", "program")
    list_filter = (("program", ReachedFilter), ("kind", WordFilter), town_filter("division_id"))
    list_select_related = ("kind", "division", "unit", "team", "program")
    search_fields = ("title", "division__short_name", "division__pinyin", "unit__short_name", "team__name")
    search_help_text = "标题、村、单位或队名"
    date_hierarchy = "received_on"
    ordering = ("-received_on", "-pk")
    inlines = (DocumentPartInline,)
    fieldsets = (
        (None, {"fields": ("program", "kind", "title", "received_on", "recorded_by")}),
        ("谁的", {"fields": ("division", "unit", "team", "cadre", "household")}),
        ("所属期", {"fields": ("period_start", "period_end")}),
        ("内容", {"fields": ("text", "file")}),
    )


@admin.register(RequirementMark)
class RequirementMarkAdmin(ScopedAdmin):
    """What an office knows of a requirement from telephone or papers. A mark is taken back, never deleted."""

    list_display = ("requirement", "subject", "period_start", "verdict", "on", "source", "reason", "withdrawn_at")
    list_filter = (
        ("requirement__program", ReachedFilter),
        "verdict",
        "source",
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("requirement", "unit", "team", "member__team", "cadre", "division", "pairing")
    search_fields = (
        "requirement__name",
        "unit__short_name",
        "unit__initials__istartswith",
        "team__name",
        "team__initials__istartswith",
        "cadre__name",
        "division__short_name",
    )
    search_help_text = "要求、单位、工作队、干部或镇村"
    date_hierarchy = "on"
    ordering = ("-recorded_at", "-pk")
    readonly_fields = ("recorded_at",)
    fieldsets = (
        (None, {"fields": ("requirement", "period_start", "verdict", "on")}),
        ("对象（填一个）", {"fields": ("unit", "team", "member", "cadre", "division", "pairing")}),
        ("依据", {"fields": ("source", "reason", "approver")}),
        ("登记", {"fields": ("recorded_by", "recorded_at", "withdrawn_at")}),
    )

    @admin.display(description="对象")
    def subject(self, row: RequirementMark) -> str:
        """Whoever did it or is excused."""
        found = row.unit or row.team or row.member or row.cadre or row.division or row.pairing
        return str(found)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A mark is taken back by its time of withdrawal."""
        return False
