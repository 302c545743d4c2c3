"""The back office of projects and funds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programs.admin_base import ScopedAdmin, ScopedTabular
from programs.admin_filters import ReachedFilter, WordFilter, town_filter
from projects.models import (
    Donation,
    Fund,
    FundMovement,
    Progress,
    Project,
    ProjectPlace,
    Quantity,
    StageEntry,
)


class ProjectPlaceInline(ScopedTabular):
    """Where a project lies."""

    model = ProjectPlace


class StageEntryInline(ScopedTabular):
    """The stages a project entered."""

    model = StageEntry
    order = ("entered_on", "pk")


class QuantityInline(ScopedTabular):
    """Planned and done amounts."""

    model = Quantity


class FundInline(ScopedTabular):
    """The money of a project; its movements are on its own page."""

    model = Fund
    fields = ("kind", "source", "purpose", "low", "high", "unit", "division", "recorded_on", "program")
    show_change_link = True
    order = ("recorded_on", "pk")


class ProgressInline(ScopedTabular):
    """Notes on how it goes."""

    model = Progress
    fields = ("on", "text", "recorded_by")
    joins = ("recorded_by",)
    order = ("on", "pk")


@admin.register(Project)
class ProjectAdmin(ScopedAdmin):
    """Projects. The stage shown is the last one entered."""

    list_display = ("name", "category", "unit", "team", "stage", "stage_since", "due_words", "is_promised", "program")
    list_filter = (
        ("program", ReachedFilter),
        ("category", WordFilter),
        ("stage", WordFilter),
        "is_promised",
        town_filter("places__division_id"),
    )
    list_select_related = ("category", "unit", "team", "stage", "program")
    search_fields = (
        "name",
        "pinyin",
        "initials__istartswith",
        "unit__short_name",
        "team__name",
        "places__division__short_name",
    )
    search_help_text = "名称、单位、工作队或村，拼音或拼音首字母"
    date_hierarchy = "submitted_on"
    ordering = ("program_id", "-submitted_on", "-pk")
    inlines = (ProjectPlaceInline, StageEntryInline, QuantityInline, FundInline, ProgressInline)
    readonly_fields = ("stage", "stage_since")
    fieldsets = (
        (None, {"fields": ("program", "name", "category", "is_promised", "submitted_on", "summary")}),
        ("由谁承担", {"fields": ("unit", "section", "team")}),
        (
            "阶段与期限",
            {"fields": ("stage", "stage_since", "started_on", "due_on", "due_text", "finished_on", "ended_on")},
        ),
    )

    @admin.display(description="期限", ordering="due_on")
    def due_words(self, row: Project) -> Any:
        """The words of the promise, or the day."""
        return row.due_text or row.due_on

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The project stands in the stage it entered last."""
        super().save_related(request, form, formsets, change)
        project: Project = form.instance
        last = project.stages.order_by("-entered_on", "-pk").first()
        stage, since = (last.stage, last.entered_on) if last else (None, None)
        if (project.stage, project.stage_since) != (stage, since):
            project.stage, project.stage_since = stage, since
            project.save(update_fields=["stage", "stage_since"])


class FundMovementInline(ScopedTabular):
    """How money came nearer."""

    model = FundMovement
    order = ("on", "pk")


class DonationInline(ScopedTabular):
    """Who gave."""

    model = Donation
    order = ("on", "pk")


@admin.register(Fund)
class FundAdmin(ScopedAdmin):
    """Funds, of a project or standing alone. The state shown is the last one reached."""

    list_display = ("purpose", "kind", "source", "low", "high", "state", "division", "unit", "recorded_on", "program")
    list_filter = (
        ("program", ReachedFilter),
        "kind",
        ("source", WordFilter),
        ("state", WordFilter),
        town_filter("division_id"),
    )
    list_select_related = ("source", "state", "division", "unit", "program")
    search_fields = ("purpose", "project__name", "unit__short_name", "division__short_name", "division__pinyin")
    search_help_text = "用途、项目、单位或村"
    date_hierarchy = "recorded_on"
    ordering = ("program_id", "-recorded_on", "-pk")
    inlines = (FundMovementInline, DonationInline)
    readonly_fields = ("state", "state_since")
    fieldsets = (
        (None, {"fields": ("program", "kind", "source", "purpose", "low", "high", "recorded_on")}),
        ("给谁", {"fields": ("division", "project", "household", "member")}),
        ("由谁", {"fields": ("unit", "team")}),
        ("状态", {"fields": ("state", "state_since")}),
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The fund is in the state it reached last."""
        super().save_related(request, form, formsets, change)
        fund: Fund = form.instance
        last = fund.movements.order_by("-on", "-pk").first()
        state, since = (last.state, last.on) if last else (None, None)
        if (fund.state, fund.state_since) != (state, since):
            fund.state, fund.state_since = state, since
            fund.save(update_fields=["state", "state_since"])
