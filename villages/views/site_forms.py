"""Entering and changing model routes and their sites."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programs.changes import change_fields
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved
from villages.actions import add_route, add_site, change_site
from villages.choices import ROUTES, VILLAGES
from villages.forms.sites import RouteForm, SiteForm
from villages.models import Route, Site


@guard("route.change")
def route_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Name a route."""
    form = RouteForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(add_route, by=request.user, program=program, **form.cleaned_data):
        return saved(request, program, form.result, f"已建立“{form.result}”，请登记它的节点。")
    back = reverse("villages:route-list", args=[program.code])
    return form_page(request, program, form, title="新建线路", back=back, crumbs=[("线路", back)])


@guard("route.change")
def route_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A route's name."""
    route = row_to_change(Route.objects.filter(program=program), request, "route.change", pk=pk)
    form = RouteForm(request.POST or None, program=program, user=request.user, instance=route)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=route, **form.cleaned_data):
        return saved(request, program, route, "已保存。")
    back = url_of(program, route)
    return form_page(request, program, form, title="修改线路", back=back, crumbs=[(str(route), back)])


@guard("site.change")
def site_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Register a site."""
    route, village = given(request, program, "route", ROUTES), given(request, program, "village", VILLAGES)
    initial = {"route": route, "division": village and village.division}
    form = SiteForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(add_site, by=request.user, program=program, **form.cleaned_data):
        to = url_of(program, form.result.route) if route and form.result.route == route else ""
        return saved(request, program, form.result, f"“{form.result}”已登记。", to=to)
    back = reverse("villages:site-list", args=[program.code])
    return form_page(request, program, form, title="登记节点", back=back, crumbs=[("节点", back)])


@guard("site.change")
def site_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A site's own data and its place on a route."""
    rows = Site.objects.filter(program=program).select_related("program", "route", "division")
    site = row_to_change(rows, request, "site.change", pk=pk)
    form = SiteForm(request.POST or None, program=program, user=request.user, instance=site)
    if form.is_valid() and form.carry_out(change_site, by=request.user, site=site, **form.cleaned_data):
        return saved(request, program, site, "已保存。")
    back = url_of(program, site)
    return form_page(request, program, form, title="修改节点", back=back, crumbs=[(str(site), back)])
