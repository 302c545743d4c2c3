"""What every page with a form does: load a row one may change, show the form, say that it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from programs.choices import Source
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import PERMISSIONS
from programs.scoping import ScopedQuerySet


def row_to_change(rows: ScopedQuerySet, request: HttpRequest, permission: str, **lookup: Any) -> Any:
    """The row to be changed: 404 if the person does not reach it, 403 if only in a role that may not change it."""
    found = get_object_or_404(rows.visible_to(request.user), **lookup)
    if not rows.visible_to(request.user, PERMISSIONS[permission]).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def given(request: HttpRequest, program: Program, name: str, source: Source) -> Any:
    """The row that the address names for a new one to belong to; None if it is not one that may be chosen."""
    rows = source.rows(program, request.user)
    try:
        key = rows.model._meta.pk.to_python(request.GET.get(name) or None)
    except ValidationError:
        return None
    return rows.filter(pk=key).first() if key is not None else None


def form_page(
    request: HttpRequest,
    program: Program,
    form: ScopedForm,
    *,
    title: str,
    back: str,
    submit: str = "保存",
    lead: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    template: str = "components/form_page.html",
    **extra: Any,
) -> HttpResponse:
    """The page of a form; ``lead`` says under the title what it is about, ``back`` leads to where one came from."""
    title, submit = program.say(title), program.say(submit)
    context = {
        "program": program,
        "form": form,
        "title": title,
        "back": back,
        "submit": submit,
        "lead": lead,
        "crumbs": [*crumbs, (title, "")],
    }
    return render(request, template, context | extra)


def saved(request: HttpRequest, program: Program, row: models.Model, message: str, to: str = "") -> HttpResponse:
    """Say that it is done, and go to the page of the thing, or elsewhere where it has none."""
    messages.success(request, program.say(message))
    return redirect(to or url_of(program, row))
