"""The page of a list: one function shows it, swaps its part, and hands out its workbook and its names."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from programs import exports
from programs.listing.registry import Listing
from programs.listing.selection import Selection, select
from programs.listing.setting import Setting
from programs.listing.words import in_words_of
from programs.models import Program, User
from programs.rules.wording import day_text

PART = "listing"


def listing_page(
    request: HttpRequest,
    program: Program,
    listing: Listing,
    queryset: QuerySet[Any],
    *,
    title: str = "",
    template: str = "components/listing/page.html",
    **context: Any,
) -> HttpResponse:
    """Show any rows of a model as its list, with search, filters, order and page read from the address.

    A POST to the same address hands the selected rows out: ``take=excel`` or ``take=names``. Whoever calls has already
    narrowed the rows to what the person reaches.
    """
    setting = Setting(program, cast(User, request.user))
    listing = in_words_of(program, listing)
    selection = select(listing, queryset, setting, request.GET)
    title = title or listing.title
    create = listing.create if listing.create and setting.may(listing.create.permission) else None
    context = {
        "program": program,
        "selection": selection,
        "listing": listing,
        "title": title,
        "crumbs": [(listing.title, "")] if title == listing.title else [],
        "create_url": reverse(create.route, args=[program.code]) if create else "",
        "create_label": create.label if create else "",
        "empty_why": f"还没有{listing.noun}。",
        "may_export": setting.may("export.create"),
        "may_copy": listing.name_of is not None and (not listing.personal or setting.may("export.create")),
    } | context
    if request.method == "POST":
        # A file is streamed: a response like any other, only not by its class.
        return cast(HttpResponse, _hand_out(request, selection, title, context))
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if htmx and htmx.target == PART and not htmx.history_restore_request:
        template = "components/listing/results.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _hand_out(request: HttpRequest, selection: Selection, title: str, context: dict[str, Any]) -> HttpResponseBase:
    setting, listing = selection.setting, selection.listing
    reason = request.POST.get("reason", "").strip()
    names_only = request.POST.get("take") == "names"
    if (listing.personal or not names_only) and not setting.may("export.create"):
        raise PermissionDenied
    if listing.personal and not reason:
        selection.errors.append("这份名单含有个人信息，导出前请填写用途。")
        return render(request, "components/listing/page.html", context, status=400)
    taken = exports.Taken(
        user=setting.user,
        program=setting.program,
        what=f"{title}（名单）" if names_only else title,
        query=selection.described(),
        reason=reason,
    )
    if not names_only:
        return exports.workbook(taken, listing.columns, selection.table())
    names = selection.names()
    head = f"{title}（{len(names)}{listing.counter}，截至{day_text(setting.today)}）"
    text = f"{head}：\n{'、'.join(names)}" if names else f"{head}：无"
    exports.record(taken, len(names))
    if request.headers.get("Accept", "").startswith("text/plain"):
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return render(request, "components/listing/names.html", context | {"names": text, "back": request.get_full_path()})
