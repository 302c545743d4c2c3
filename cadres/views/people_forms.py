"""Entering and changing cadres and their posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cadres.actions.people import appoint, end_post, enroll_cadre
from cadres.forms.people import CadreChangeForm, CadreForm, PostChangeForm, PostForm
from cadres.forms.teams import LastDayForm
from cadres.models import Cadre, Post
from programs.changes import change_fields
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.links import url_of
from programs.models import Program
from programs.permissions import guard
from programs.views.forms import form_page, given, row_to_change, saved


@guard("cadre.change")
def cadre_create(request: HttpRequest, program: Program) -> HttpResponse:
    """Enter a cadre with the post held now."""
    initial = {"unit": given(request, program, "unit", UNITS)}
    form = CadreForm(request.POST or None, program=program, user=request.user, initial=initial)
    if form.is_valid() and form.carry_out(enroll_cadre, by=request.user, **form.cleaned_data):
        return saved(request, program, form.result, f"已登记干部“{form.result}”。")
    back = reverse("cadres:cadre-list", args=[program.code])
    return form_page(request, program, form, title="登记干部", back=back, crumbs=[("干部", back)])


@guard("cadre.change")
def cadre_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A cadre's own data, with the way to the posts."""
    cadre = row_to_change(Cadre.objects.all(), request, "cadre.change", pk=pk)
    form = CadreChangeForm(request.POST or None, program=program, user=request.user, instance=cadre)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=cadre, **form.cleaned_data):
        return saved(request, program, cadre, "已保存。")
    posts = Post.objects.visible_to(request.user).filter(cadre=cadre).select_related("unit").order_by("-since", "pk")
    return _page(
        request, program, form, cadre, "修改干部", template="cadres/cadre_change.html", thing=cadre, posts=posts
    )


@guard("cadre.change")
def post_create(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Enter another post of a cadre."""
    cadre = row_to_change(Cadre.objects.all(), request, "cadre.change", pk=pk)
    form = PostForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(appoint, by=request.user, cadre=cadre, **form.cleaned_data):
        return saved(request, program, cadre, f"已登记“{cadre}”任{form.result}。")
    return _page(request, program, form, cadre, "登记任职")


@guard("cadre.change")
def post_change(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """Correct a post that was entered wrongly."""
    post = row_to_change(Post.objects.select_related("cadre", "unit"), request, "cadre.change", pk=pk)
    form = PostChangeForm(request.POST or None, program=program, user=request.user, instance=post)
    if form.is_valid() and form.carry_out(change_fields, by=request.user, row=post, **form.cleaned_data):
        return saved(request, program, post.cadre, "已保存。")
    return _page(request, program, form, post.cadre, f"修改任职：{post}")


@guard("cadre.change")
def post_end(request: HttpRequest, program: Program, pk: int) -> HttpResponse:
    """A cadre leaves a post."""
    post = row_to_change(Post.objects.select_related("cadre", "unit"), request, "cadre.change", pk=pk)
    form = LastDayForm(request.POST or None, program=program, user=request.user)
    if form.is_valid() and form.carry_out(end_post, by=request.user, post=post, **form.cleaned_data):
        return saved(request, program, post.cadre, f"已登记“{post.cadre}”不再任{post}。")
    return _page(request, program, form, post.cadre, f"免去{post}", submit="登记免职")


def _page(
    request: HttpRequest, program: Program, form: ScopedForm, cadre: Cadre, title: str, **extra: Any
) -> HttpResponse:
    back = url_of(program, cadre)
    extra.setdefault("lead", str(cadre))
    return form_page(request, program, form, title=title, back=back, crumbs=[(str(cadre), back)], **extra)
