"""The back office of places and units, and of what the system logs. Accounts and configuration stand beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django_tasks_db.models import DBTaskResult

from programs import admin_accounts, admin_config  # noqa: F401 - register their pages
from programs.admin_base import (
    ReadOnlyAdmin,
    ReadOnlyTabular,
    ScopedAdmin,
    ScopedTabular,
)
from programs.admin_filters import ReachedFilter, TownFilter
from programs.admin_rosters import RosterAdmin
from programs.models import (
    Division,
    DivisionName,
    Export,
    Job,
    JobFile,
    Suggestion,
    Unit,
    UnitName,
)
from programs.resources import UnitResource
from programs.suggesting import answer_suggestion

# Reach and rights have tables of their own, and long work has its jobs: these two would only mislead.
admin.site.unregister(Group)
admin.site.unregister(DBTaskResult)


class DivisionNameInline(ScopedTabular):
    """Former names of a place."""

    model = DivisionName


class DivisionTownFilter(TownFilter):
    """Places within a town."""

    path = "code"


@admin.register(Division)
class DivisionAdmin(ScopedAdmin):
    """Places."""

    list_display = ("code", "short_name", "name", "level", "parent", "retired_on")
    list_display_links = ("code", "short_name")
    list_filter = ("level", DivisionTownFilter, ("retired_on", admin.EmptyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("code__startswith", "short_name", "name", "pinyin", "initials__istartswith")
    search_help_text = "代码、名称、拼音或拼音首字母"
    ordering = ("code",)
    inlines = (DivisionNameInline,)
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "level", "parent")}),
        ("沿革", {"fields": ("valid_from", "retired_on", "merged_into")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A code in use is what everything else refers to."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]


class UnitNameInline(ScopedTabular):
    """Former names of a unit."""

    model = UnitName


class SectionInline(ScopedTabular):
    """The sections of a unit."""

    model = Unit
    fk_name = "parent"
    fields = ("name", "short_name", "level", "division", "contact_name", "office_phone")
    verbose_name = verbose_name_plural = "科室"
    order = ("pinyin", "pk")


@admin.register(Unit)
class UnitAdmin(RosterAdmin):
    """Units and their sections."""

    resource_classes = (UnitResource,)
    list_display = ("short_name", "name", "level", "parent", "division", "contact_name", "office_phone", "retired_on")
    list_filter = (
        "level",
        ("retired_on", admin.EmptyFieldListFilter),
        ("parent", admin.EmptyFieldListFilter),
        "is_fictional",
    )
    list_select_related = ("parent", "division")
    search_fields = ("short_name", "name", "pinyin", "initials__istartswith")
    search_help_text = "单位名称、拼音或拼音首字母"
    ordering = ("pinyin", "pk")
    inlines = (SectionInline, UnitNameInline)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "level", "parent", "division")}),
        ("联络", {"fields": ("contact_name", "office_phone")}),
        ("撤并", {"fields": ("retired_on", "merged_into", "is_fictional")}),
    )


# Logs


class JobFileInline(ReadOnlyTabular):
    """What long work made; handed out on its own page, which writes down who took it."""

    model = JobFile
    fields = readonly_fields = ("name", "size", "row_count", "created_at")


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Long work."""

    inlines = (JobFileInline,)

    list_display = ("title", "kind", "owner", "state", "progress", "total", "deaths", "created_at", "finished_at")
    list_filter = ("state", ("program", ReachedFilter))
    list_select_related = ("owner", "program")
    search_fields = ("title", "owner__display_name")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """What left the system."""

    list_display = ("at", "user", "what", "row_count", "reason", "query", "program")
    list_filter = (("program", ReachedFilter), "what")
    list_select_related = ("user", "program")
    search_fields = ("what", "reason", "user__display_name", "user__username")
    search_help_text = "内容、理由或导出人"
    date_hierarchy = "at"
    ordering = ("-at", "-pk")


@admin.register(Suggestion)
class SuggestionAdmin(ScopedAdmin):
    """What people suggested, and what they were answered."""

    list_display = ("at", "said_by", "__str__", "page", "replied_at", "program")
    list_filter = (("program", ReachedFilter), ("replied_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "program")
    search_fields = ("text", "reply", "user__display_name")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    readonly_fields = ("program", "said_by", "page", "text", "at", "replied_at")
    fieldsets = (
        (None, {"fields": ("program", "said_by", "page", "at", "text")}),
        ("答复", {"fields": ("reply", "replied_at")}),
    )

    @admin.display(description="提出人")
    def said_by(self, row: Suggestion) -> str:
        """An account, what a stranger left of themselves, or nobody."""
        return row.said_by

    def save_model(self, request: HttpRequest, obj: Suggestion, form: Any, change: bool) -> None:
        """An answer is given, and its time kept, as on the office's own page."""
        answer_suggestion(suggestion=obj, reply=obj.reply)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People write on the page they are on."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What people said stays."""
        return False
