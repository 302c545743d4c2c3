"""The back office of accounts and the roles given to them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.http import HttpRequest

from programs.admin_base import ScopedAdmin, ScopedTabular, keeps_everything, reachable
from programs.admin_filters import ReachedFilter
from programs.models import RoleGrant, User


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

    list_display = ("username", "display_name", "role_words", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser", "grants__role")
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
        ("权限", {"fields": ("is_active", "is_superuser")}),
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
