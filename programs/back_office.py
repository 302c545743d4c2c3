"""The back office as a site: who may enter, by which door, and in which order it shows what there is."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from programs.scoping import roles_in

#: Apps in the order in which an administrator sets a county up.
ORDER = ("programs", "villages", "cadres", "projects", "inspections", "reports")


class BackOffice(admin.AdminSite):
    """系统管理: for administrators, who come in by the same door as everybody."""

    site_header = "结对帮扶工作平台 · 系统管理"
    site_title = "系统管理"
    index_title = "数据与设置"
    empty_value_display = "—"
    # Tables need the width; the front page and the crumbs lead everywhere.
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody is an administrator of one program or of all."""
        return "administrator" in roles_in(request.user, None)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one sign-in page, with its limits; somebody without the role is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of setting up, not of the alphabet."""
        found = super().get_app_list(request, app_label)
        return sorted(found, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER))
