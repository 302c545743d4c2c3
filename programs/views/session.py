"""Signing in, choosing a program, one's own account."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from programs.context_processors import chosen_program
from programs.models import Program, User
from programs.permissions import guard
from programs.rooms import first_page, rooms_of
from programs.scoping import roles_in


class SignIn(LoginView):
    """The sign-in page. Where a demonstration is loaded, and only there, it names the accounts to try it with."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True
    permission = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the accounts that demonstration programs name in their settings."""
        demonstrations = Program.objects.filter(is_demonstration=True).order_by("-starts_on", "pk")
        accounts = [(program, program.settings.get("demo_accounts", [])) for program in demonstrations]
        return super().get_context_data(**kwargs) | {"demo_accounts": [pair for pair in accounts if pair[1]]}


class ChangePassword(PasswordChangeView):
    """One's own password."""

    template_name = "registration/password_change.html"
    success_url = reverse_lazy("home")
    permission = "account.view"

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it is done."""
        messages.success(self.request, "密码已修改，下次登录请用新密码。")
        return super().form_valid(form)


def home(request: HttpRequest) -> HttpResponse:
    """Go to where the person begins in the program chosen last; those without any program are told whom to ask."""
    user = cast(User, request.user)
    program = chosen_program(request, list(Program.objects.visible_to(user).order_by("-starts_on", "pk")))
    if program is None:
        return render(request, "programs/no_program.html", {"crumbs": []})
    return redirect(first_page(user, program))


home.permission = "home.view"  # type: ignore[attr-defined]


@guard("home.view")
def enter(request: HttpRequest, program: Program) -> HttpResponse:
    """Switch to a program; the middleware keeps the choice."""
    return redirect(first_page(cast(User, request.user), program))


@guard("account.view")
def me(request: HttpRequest, program: Program) -> HttpResponse:
    """One's own account: what one is in this program, and all rooms one may enter."""
    user = cast(User, request.user)
    roles = [program.word("roles", role) for role in sorted(roles_in(user, program.pk))]
    return render(request, "programs/me.html", {"roles": roles, "rooms": rooms_of(user, program), "crumbs": []})
