"""Buttons on the pages of things: shown to those who may do what they say, with this very thing."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from programs.models import Program
from programs.permissions import PERMISSIONS, may

register = template.Library()


@register.simple_tag(takes_context=True)
def deed(
    context: template.Context,
    label: str,
    route: str,
    permission: str,
    on: models.Model | None = None,
    main: bool = False,
    menu: bool = False,
    **query: Any,
) -> SafeString | str:
    """A link that starts the work ``label`` names; nothing for those who may not.

    ``on`` is the thing it is done to; ``query`` goes into the address of a page that creates something new.
    """
    program, user = context["program"], context["request"].user
    if (
        program.lacks(label)
        or not may(user, permission, program)
        or not (on is None or _may_change(context, on, permission))
    ):
        return ""
    label = program.say(label)
    address = reverse(route, args=[program.code] if on is None else [program.code, on.pk])
    if query:
        address += f"?{urlencode(query)}"
    if menu:
        return format_html('<a href="{}">{}</a>', address, label)
    return format_html('<a class="btn {}" href="{}">{}</a>', "btn-primary" if main else "btn-plain", address, label)


@register.simple_tag(takes_context=True)
def may_do(context: template.Context, permission: str, on: models.Model | None = None) -> bool:
    """Whether the signed-in person may do something in the page's program, to this very thing if one is given."""
    program: Program = context["program"]
    if not may(context["request"].user, permission, program):
        return False
    return on is None or _may_change(context, on, permission)


def _may_change(context: template.Context, thing: models.Model, permission: str) -> bool:
    """Reach in a role that has the right; asked once for each set of roles on a page."""
    kept: Any = context.render_context
    known: dict[Any, bool] = kept.setdefault("deeds", {})
    roles = PERMISSIONS[permission]
    key = (type(thing), thing.pk, roles)
    if key not in known:
        rows: Any = type(thing)._default_manager.all()
        known[key] = rows.visible_to(context["request"].user, roles).filter(pk=thing.pk).exists()
    return known[key]
