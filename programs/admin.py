"""The back office of programs, their configuration, places, units and accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django_tasks_db.models import DBTaskResult

from programs.admin_base import (
    ReadOnlyAdmin,
    ScopedAdmin,
    ScopedForm,
    ScopedTabular,
    keeps_everything,
    reachable,
)
from programs.admin_filters import ReachedFilter, TownFilter
from programs.admin_rosters import RosterAdmin
from programs.figures import registry
from programs.models import (
    Block,
    Division,
    DivisionName,
    Export,
    Figure,
    FigurePart,
    Job,
    Program,
    Requirement,
    RoleGrant,
    Suggestion,
    Term,
    Unit,
    UnitName,
    User,
)
from programs.resources import UnitResource
from programs.suggesting import answer_suggestion
from programs.templates import Node, Reading

admin.site.site_header = "结对帮扶工作平台 · 系统管理"
admin.site.site_title = "系统管理"
admin.site.index_title = "数据与设置"
admin.site.empty_value_display = "—"
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


# Accounts


class RoleGrantInline(ScopedTabular):
    """The roles of an account."""

    model = RoleGrant
    fields = ("role", "program", "division", "unit", "since", "until")


class AccountCreationForm(AdminUserCreationForm):
    """A new account with its password."""

    class Meta:
        model = User
        fields = ("username", "display_name")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts: for those only who keep the system for all programs."""

    list_display = ("username", "display_name", "role_words", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "grants__role")
    search_fields = ("username", "display_name")
    search_help_text = "用户名，姓名或岗位"
    ordering = ("username",)
    inlines = (RoleGrantInline,)
    add_form = AccountCreationForm
    add_form_template = "admin/account_add.html"
    filter_horizontal = ()
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "display_name", "email")}),
        ("权限", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("时间", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("username", "display_name", "usable_password", "password1", "password2")},
        ),
    )

    @admin.display(description="角色")
    def role_words(self, row: User) -> str:
        """The roles given to an account, ended ones left out of the brackets of time."""
        words = dict.fromkeys(grant.get_role_display() for grant in row.grants.all())
        return "、".join([*(["系统管理员（全部）"] if row.is_superuser else []), *words]) or "—"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """All accounts, or none."""
        return reachable(User, request.user).prefetch_related("grants").order_by("username")

    def _may(self, request: HttpRequest) -> bool:
        return keeps_everything(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Accounts span programs."""
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts span programs; whoever records for others may look one up by name in a list to choose from."""
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts span programs."""
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts span programs."""
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: an account is closed, for it has signed what it wrote."""
        return False


@admin.register(RoleGrant)
class RoleGrantAdmin(ScopedAdmin):
    """Roles given to accounts."""

    list_display = ("user", "role", "program", "division", "unit", "since", "until")
    list_filter = ("role", ("program", ReachedFilter), ("until", admin.EmptyFieldListFilter))
    list_select_related = ("user", "program", "division", "unit")
    search_fields = ("user__username", "user__display_name", "unit__short_name", "unit__initials__istartswith")
    search_help_text = "账号或单位"
    date_hierarchy = "since"
    ordering = ("user__username", "since", "pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As accounts."""
        return keeps_everything(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As accounts."""
        return keeps_everything(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As accounts."""
        return keeps_everything(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As accounts."""
        return keeps_everything(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As accounts."""
        return keeps_everything(request.user)


# Configuration


@admin.register(Program)
class ProgramAdmin(ScopedAdmin):
    """Programs."""

    list_display = ("short_name", "name", "jurisdiction", "office", "starts_on", "ends_on", "is_demonstration")
    list_filter = ("is_demonstration",)
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "short_name", "code")
    search_help_text = "名称、简称或代号"
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "pk")
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "jurisdiction", "office")}),
        ("期限", {"fields": ("starts_on", "ends_on", "pinned_on", "is_demonstration")}),
        ("走访时可附", {"fields": ("asks_position", "asks_photos"), "description": "默认都不附；不附也能登记。"}),
        ("其他", {"fields": ("notes", "settings"), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A new program lies outside what the administrator of another reaches."""
        return keeps_everything(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As adding one."""
        return keeps_everything(request.user)


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    """Words of the vocabularies."""

    list_display = ("label", "vocabulary", "code", "unit", "parent", "position", "is_final", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "vocabulary", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program", "parent")
    search_fields = ("label", "code")
    search_help_text = "名称或代号"
    ordering = ("program_id", "vocabulary", "position", "pk")


class MeasuredForm(ScopedForm):
    """A form whose measure and conditions are those that the apps have registered."""

    def _declared(self) -> Any:
        measure = registry.measures.get(self.cleaned_data.get("measure") or "")
        return {"params": (measure.params if measure else ())}

    def clean(self) -> dict[str, Any]:
        """Conditions are checked as those of a program's template file are."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        program = cleaned.get("program") or getattr(self.instance, "program", None)
        if program is None:
            return cleaned
        for name, declared in self._declared().items():
            reading = Reading(
                program,
                terms={(row.vocabulary, row.code): row for row in Term.objects.filter(program=program)},
                requirements={row.code: row for row in Requirement.objects.filter(program=program)},
            )
            given = cleaned.get(name)
            if given is not None and not isinstance(given, dict):
                self.add_error(name, '应写成 {"名称": 内容} 的形式，没有条件写 {}。')
                continue
            reading.params(Node(), given, declared)
            for problem in reading.problems:
                self.add_error(name, problem.partition("：")[2])
        return cleaned


class RequirementForm(MeasuredForm):
    """A requirement: whom it concerns and what counts are checked against what is registered."""

    def _declared(self) -> Any:
        subject = registry.subject_kinds.get(self.cleaned_data.get("subject") or "")
        evidence = registry.evidences.get(self.cleaned_data.get("evidence") or "")
        return {"who": subject.params if subject else (), "evidence_params": evidence.params if evidence else ()}

    def clean(self) -> dict[str, Any]:
        """Not every evidence says something about every subject."""
        cleaned = super().clean()
        evidence = registry.evidences.get(cleaned.get("evidence") or "")
        subject = cleaned.get("subject")
        if evidence and subject and subject not in evidence.subjects:
            self.add_error("evidence", f"“{evidence.label}”不能说明{Requirement.Subject(subject).label}是否完成。")
        return cleaned


def registered_choice(db_field: Any, known: dict[str, Any], *, blank: bool) -> forms.ChoiceField:
    """A list of what the apps have registered, in Chinese."""
    choices = [(name, item.label) for name, item in sorted(known.items(), key=lambda pair: pair[1].label)]
    return forms.ChoiceField(
        label=db_field.verbose_name,
        choices=[("", "---------"), *choices],
        required=not blank,
        help_text=db_field.help_text,
    )


@admin.register(Requirement)
class RequirementAdmin(ScopedAdmin):
    """What is owed."""

    form = RequirementForm
    list_display = ("name", "subject", "cadence", "at_least", "due_on", "due_day", "position", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "subject", "cadence", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program",)
    search_fields = ("name", "code", "rule")
    search_help_text = "名称、代号或出处"
    ordering = ("program_id", "position", "pk")
    fieldsets = (
        (None, {"fields": ("program", "code", "name", "rule")}),
        ("由谁、凭什么", {"fields": ("subject", "who", "evidence", "evidence_params", "at_least", "takes_marks")}),
        ("何时", {"fields": ("cadence", "starts_on", "due_on", "due_day")}),
        ("归类与停用", {"fields": ("problem_group", "position", "ended_on")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Evidence is chosen from what is registered."""
        if db_field.name == "evidence":
            return registered_choice(db_field, registry.evidences, blank=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class FigurePartInline(ScopedTabular):
    """The parts of a figure."""

    model = FigurePart
    fields = ("key", "label", "unit", "wording", "is_headline", "position")
    show_change_link = True
    order = ("position", "pk")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A part needs its source: it is added on a page of its own."""
        return False


@admin.register(Figure)
class FigureAdmin(ScopedAdmin):
    """Figures."""

    list_display = ("code", "title", "position", "ended_on", "program")
    list_display_links = ("code", "title")
    list_filter = (("program", ReachedFilter), ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program",)
    search_fields = ("code", "title", "definition")
    search_help_text = "代号、名称或口径"
    ordering = ("program_id", "position", "pk")
    inlines = (FigurePartInline,)


@admin.register(FigurePart)
class FigurePartAdmin(ScopedAdmin):
    """Parts of figures: where the number comes from and how it is worded."""

    form = MeasuredForm
    list_display = ("key", "label", "figure", "source", "unit", "wording", "is_headline", "program")
    list_display_links = ("key", "label")
    list_filter = (("program", ReachedFilter), "wording", "operation", "is_headline")
    list_select_related = ("figure", "requirement", "left", "right", "program")
    search_fields = ("key", "label", "figure__title", "figure__code")
    search_help_text = "引用名、名称或所属数据"
    ordering = ("program_id", "figure__position", "position", "pk")
    fieldsets = (
        (None, {"fields": ("program", "figure", "key", "label")}),
        ("来源（三选一）", {"fields": ("requirement", ("measure", "params"), ("operation", "left", "right", "rate"))}),
        ("写法", {"fields": ("unit", "wording", "cut", "is_headline", "position")}),
    )

    @admin.display(description="来源")
    def source(self, row: FigurePart) -> str:
        """The one thing that the number comes from."""
        if row.requirement:
            return f"要求：{row.requirement}"
        if row.operation:
            return f"{row.get_operation_display()}：{'、'.join(str(side) for side in (row.left, row.right) if side)}"
        known = registry.measures.get(row.measure)
        return f"统计：{known.label if known else row.measure}"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Measures are chosen from what is registered."""
        if db_field.name == "measure":
            return registered_choice(db_field, registry.measures, blank=True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Block)
class BlockAdmin(ScopedAdmin):
    """Blocks of figures."""

    form = MeasuredForm
    list_display = ("title", "source", "group_by", "chart", "on_dashboard", "position", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "chart", "on_dashboard")
    list_select_related = ("program", "requirement")
    search_fields = ("title", "code")
    search_help_text = "名称或代号"
    ordering = ("program_id", "position", "pk")

    @admin.display(description="来源")
    def source(self, row: Block) -> str:
        """A requirement or a measure."""
        if row.requirement:
            return f"要求：{row.requirement}"
        known = registry.measures.get(row.measure)
        return f"统计：{known.label if known else row.measure}"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Measures are chosen from what is registered."""
        if db_field.name == "measure":
            return registered_choice(db_field, registry.measures, blank=True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


# Logs


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Long work."""

    list_display = ("title", "kind", "owner", "state", "progress", "total", "attempts", "created_at", "finished_at")
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

    list_display = ("at", "user", "__str__", "page", "replied_at", "program")
    list_filter = (("program", ReachedFilter), ("replied_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "program")
    search_fields = ("text", "reply", "user__display_name")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    readonly_fields = ("program", "user", "page", "text", "at", "replied_at")
    fieldsets = (
        (None, {"fields": ("program", "user", "page", "at", "text")}),
        ("答复", {"fields": ("reply", "replied_at")}),
    )

    def save_model(self, request: HttpRequest, obj: Suggestion, form: Any, change: bool) -> None:
        """An answer is given, and its time kept, as on the office's own page."""
        answer_suggestion(suggestion=obj, reply=obj.reply)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People write on the page they are on."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What people said stays."""
        return False
