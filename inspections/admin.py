"""The back office of inspections, findings and assessments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from inspections.models import (
    Answer,
    Assessment,
    AssessmentItem,
    AssessmentPoint,
    ChecklistItem,
    Finding,
    Inspection,
    InspectionGroup,
    InspectionGroupMember,
    Rating,
    Rectification,
    Round,
    Sanction,
)
from programs.admin_base import ScopedAdmin, ScopedTabular
from programs.admin_filters import ReachedFilter, WordFilter, town_filter


class InspectionGroupInline(ScopedTabular):
    """The groups of a round; their members are on their own page."""

    model = InspectionGroup
    show_change_link = True
    order = ("position", "pk")


@admin.register(Round)
class RoundAdmin(ScopedAdmin):
    """Rounds."""

    list_display = ("name", "starts_on", "ends_on", "sample", "is_announced", "program")
    list_filter = (("program", ReachedFilter), "sample", "is_announced")
    list_select_related = ("program",)
    search_fields = ("name",)
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-pk")
    inlines = (InspectionGroupInline,)
    fieldsets = (
        (None, {"fields": ("program", "name", "starts_on", "ends_on", "is_announced", "methods")}),
        ("范围", {"fields": ("sample", "sample_per_town", "sample_seed", "sample_note")}),
    )


class InspectionGroupMemberInline(ScopedTabular):
    """The members of a group."""

    model = InspectionGroupMember


@admin.register(InspectionGroup)
class InspectionGroupAdmin(ScopedAdmin):
    """Groups of rounds."""

    list_display = ("name", "round", "member_words", "position")
    list_filter = (("round__program", ReachedFilter), ("round", ReachedFilter))
    list_select_related = ("round",)
    search_fields = ("name", "round__name", "members__cadre__name")
    ordering = ("round_id", "position", "pk")
    inlines = (InspectionGroupMemberInline,)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the members that the list shows."""
        seats = InspectionGroupMember.objects.select_related("cadre").order_by("-is_head", "pk")
        return super().get_queryset(request).prefetch_related(models.Prefetch("members", seats))

    @admin.display(description="成员")
    def member_words(self, row: InspectionGroup) -> str:
        """The head first."""
        return "、".join(f"{seat.cadre}{'（组长）' if seat.is_head else ''}" for seat in row.members.all()) or "—"


@admin.register(ChecklistItem)
class ChecklistItemAdmin(ScopedAdmin):
    """The checklist."""

    list_display = ("text", "kind", "only_if", "only_if_answer", "position", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "kind", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("only_if", "program")
    search_fields = ("text", "code")
    ordering = ("program_id", "position", "pk")


class AnswerInline(ScopedTabular):
    """What was answered."""

    model = Answer
    order = ("item__position", "pk")


class FindingInline(ScopedTabular):
    """What was found; where it leads to is on its own page."""

    model = Finding
    fields = ("kind", "category", "gravity", "text", "found_on", "due_on", "team", "division", "program")
    show_change_link = True
    order = ("found_on", "pk")


@admin.register(Inspection)
class InspectionAdmin(ScopedAdmin):
    """Inspections: who inspects which team, and what was answered."""

    list_display = ("team", "round", "group", "visited_on", "follow_up_on", "recorded_by")
    list_filter = (
        ("round__program", ReachedFilter),
        ("round", ReachedFilter),
        town_filter("team__village_id"),
        ("visited_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("team", "round", "group", "recorded_by")
    search_fields = ("team__name", "team__pinyin", "team__initials__istartswith", "group__name", "notes")
    search_help_text = "工作队、督查组，拼音或拼音首字母"
    date_hierarchy = "visited_on"
    ordering = ("-round_id", "group_id", "team_id", "pk")
    inlines = (AnswerInline, FindingInline)


class RectificationInline(ScopedTabular):
    """How it was put right, and whether that holds."""

    model = Rectification
    fields = ("on", "text", "fixed_by", "checked_on", "checked_by", "verdict", "comment")
    joins = ("fixed_by",)
    order = ("on", "pk")


@admin.register(Finding)
class FindingAdmin(ScopedAdmin):
    """Problems and praise."""

    list_display = (
        "__str__",
        "kind",
        "category",
        "gravity",
        "team",
        "unit",
        "found_on",
        "due_on",
        "closed_on",
        "program",
    )
    list_filter = (
        ("program", ReachedFilter),
        "kind",
        ("category", WordFilter),
        "gravity",
        town_filter("division_id"),
        ("closed_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("category", "team", "unit", "program")
    search_fields = ("text", "team__name", "team__initials__istartswith", "unit__short_name", "division__short_name")
    search_help_text = "情况、工作队、单位或村"
    date_hierarchy = "found_on"
    ordering = ("-found_on", "-pk")
    inlines = (RectificationInline,)
    fieldsets = (
        (None, {"fields": ("program", "kind", "category", "gravity", "text", "found_on")}),
        ("关于谁", {"fields": ("division", "team", "unit", "project", "need")}),
        ("来自", {"fields": ("round", "inspection", "recorded_by")}),
        ("整改", {"fields": ("responsible", "due_on", "closed_on")}),
    )


@admin.register(Sanction)
class SanctionAdmin(ScopedAdmin):
    """Sanctions."""

    list_display = ("kind", "unit", "cadre", "finding", "decided_by", "decided_on", "program")
    list_filter = (("program", ReachedFilter), ("kind", WordFilter))
    list_select_related = ("kind", "unit", "cadre", "finding", "program")
    search_fields = ("unit__short_name", "unit__initials__istartswith", "cadre__name", "decided_by", "note")
    search_help_text = "单位、干部或决定机关"
    date_hierarchy = "decided_on"
    ordering = ("-decided_on", "-pk")


@admin.register(Rating)
class RatingAdmin(ScopedAdmin):
    """Ratings."""

    list_display = ("title", "subject", "value", "scale", "by", "on", "program")
    list_filter = (("program", ReachedFilter), "title")
    list_select_related = ("household", "cadre", "division", "program")
    search_fields = ("title", "household__head", "cadre__name", "division__short_name", "by")
    search_help_text = "评议名称、户主、干部或村"
    date_hierarchy = "on"
    ordering = ("-on", "-pk")

    @admin.display(description="评议对象")
    def subject(self, row: Rating) -> str:
        """Whoever is rated."""
        return str(row.household or row.cadre or row.division)


@admin.register(AssessmentItem)
class AssessmentItemAdmin(ScopedAdmin):
    """What is assessed."""

    list_display = ("title", "weight", "source", "rule", "part", "deduct_each", "position", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "source", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("part", "program")
    search_fields = ("title",)
    ordering = ("program_id", "position", "pk")


class AssessmentPointInline(ScopedTabular):
    """The points of an assessment."""

    model = AssessmentPoint
    fields = ("item", "computed", "self_score", "self_note", "score", "evidence", "checked_by")
    order = ("item__position", "pk")


@admin.register(Assessment)
class AssessmentAdmin(ScopedAdmin):
    """Assessments."""

    list_display = ("__str__", "subject", "year", "closed_on", "program")
    list_filter = (("program", ReachedFilter), "year", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("unit", "team", "program")
    search_fields = ("unit__short_name", "unit__initials__istartswith", "team__name", "team__initials__istartswith")
    search_help_text = "单位或工作队"
    ordering = ("-year", "pk")
    inlines = (AssessmentPointInline,)

    @admin.display(description="考核对象")
    def subject(self, row: Assessment) -> str:
        """Whoever is assessed."""
        return str(row.unit or row.team)
