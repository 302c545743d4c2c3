"""The page of a program's own data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from programs.configuring.basics import change_program
from programs.forms.setup.basics import BasicsForm
from programs.models import Program
from programs.permissions import guard
from programs.views.setup.base import posted, setup_form


@guard("program.change")
def basics_change(request: HttpRequest, program: Program) -> HttpResponse:
    """Change what the program is called, who runs it and when."""
    back = reverse("programs:setup", args=[program.code])
    form = BasicsForm(posted(request), program=program, user=request.user, row=program)
    if form.is_valid() and form.carry_out(change_program, by=request.user, program=program, **form.cleaned_data):
        messages.success(request, "已保存基本信息。")
        return redirect(back)
    return setup_form(request, program, form, title="基本信息", section=("", back))
