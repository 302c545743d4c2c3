"""The back office of cadres, teams and pairings. What they did is in ``cadres.admin_work``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from cadres import admin_work  # noqa: F401 - registers the pages of what was done
from cadres.models import Cadre, CadreGroup, GroupSeat, Milestone, Pairing, Post, Team, TeamMember
from cadres.resources import CadreResource
from programs.admin_base import ScopedAdmin, ScopedForm, ScopedTabular, masked
from programs.admin_filters import ReachedFilter, town_filter
from programs.admin_rosters import RosterAdmin


class PostInline(ScopedTabular):
    """The posts of a cadre, ended ones too."""

    model = Post
    fields = ("unit", "title", "leadership", "rank", "is_secondment", "division", "since", "until")
    order = ("since", "pk")


@admin.register(Cadre)
class CadreAdmin(RosterAdmin):
    """Cadres with their posts."""

    resource_classes = (CadreResource,)
    list_display = ("name", "post_words", "masked_phone", "is_party_member", "user")
    list_filter = ("is_party_member", "posts__leadership", ("user", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("name", "pinyin", "initials__istartswith", "posts__unit__short_name")
    search_help_text = "姓名、单位、拼音或拼音首字母"
    ordering = ("pinyin", "pk")
    inlines = (PostInline,)
    fieldsets = (
        (None, {"fields": ("name", "is_party_member", "user")}),
        ("个人信息", {"fields": ("phone",), "description": "已存的号码只显示首尾几位。"}),
    )
    masked_phone = masked("phone", "手机")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the posts that the list shows."""
        held = Post.objects.filter(until__isnull=True).select_related("unit").order_by("since", "pk")
        return super().get_queryset(request).prefetch_related(models.Prefetch("posts", held, to_attr="held_posts"))

    @admin.display(description="现任职务")
    def post_words(self, row: Any) -> str:
        """The posts held."""
        return "、".join(str(post) for post in row.held_posts) or "—"


class TeamMemberInline(ScopedTabular):
    """The members of a team, those who left too."""

    model = TeamMember
    fields = ("cadre", "role", "unit", "since", "until")
    order = ("since", "pk")


class MilestoneInline(ScopedTabular):
    """What a team has reached."""

    model = Milestone
    fields = ("kind", "member", "reached_on", "paper")
    order = ("reached_on", "pk")


@admin.register(Team)
class TeamAdmin(ScopedAdmin):
    """Work teams."""

    list_display = ("name", "village", "unit", "secretary", "since", "until", "program")
    list_filter = (("program", ReachedFilter), town_filter("village_id"), ("until", admin.EmptyFieldListFilter))
    list_select_related = ("village", "unit", "program")
    search_fields = ("name", "pinyin", "initials__istartswith", "village__name", "unit__short_name")
    search_help_text = "队名、村、单位、拼音或拼音首字母"
    date_hierarchy = "since"
    ordering = ("program_id", "village_id", "pk")
    inlines = (TeamMemberInline, MilestoneInline)
    fieldsets = (
        (None, {"fields": ("program", "village", "unit", "name")}),
        ("起止", {"fields": ("since", "until")}),
        ("公示", {"fields": ("promises",)}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the first secretaries that the list shows."""
        seats = TeamMember.objects.filter(role=TeamMember.Role.FIRST_SECRETARY, until__isnull=True)
        seats = seats.select_related("cadre").order_by("since", "pk")
        return super().get_queryset(request).prefetch_related(models.Prefetch("members", seats, to_attr="secretaries"))

    @admin.display(description="第一书记")
    def secretary(self, row: Any) -> str:
        """The first secretary in post."""
        return "、".join(str(seat.cadre) for seat in row.secretaries) or "—"


@admin.register(TeamMember)
class TeamMemberAdmin(ScopedAdmin):
    """Members of teams: who is where."""

    list_display = ("cadre", "role", "team", "unit", "since", "until")
    list_filter = (("team__program", ReachedFilter), "role", ("until", admin.EmptyFieldListFilter))
    list_select_related = ("cadre", "team", "unit")
    search_fields = ("cadre__name", "cadre__pinyin", "cadre__initials__istartswith", "team__name", "unit__short_name")
    search_help_text = "姓名、队名、单位、拼音或拼音首字母"
    date_hierarchy = "since"
    ordering = ("team__program_id", "team__village_id", "since", "pk")


class GroupSeatInline(ScopedTabular):
    """The seats of a group."""

    model = GroupSeat
    fields = ("cadre", "unit", "duty", "since", "until")
    order = ("since", "pk")


@admin.register(CadreGroup)
class CadreGroupAdmin(ScopedAdmin):
    """Named groups of cadres."""

    list_display = ("name", "unit", "formed_on", "program")
    list_filter = (("program", ReachedFilter),)
    list_select_related = ("unit", "program")
    search_fields = ("name", "unit__short_name", "seats__cadre__name")
    ordering = ("program_id", "name", "pk")
    inlines = (GroupSeatInline,)


class PairingForm(ScopedForm):
    """A pairing: where the helped lies follows from who it is."""

    def clean(self) -> dict[str, Any]:
        """Fill the place, before the rules that rest on it are checked."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        household, member = cleaned.get("household"), cleaned.get("member")
        place = cleaned.get("division") or (household and household.division)
        if place is None and member is not None:
            place = member.household.division if member.household else member.division
            if place is None:
                self.add_error("member", forms.ValidationError(f"“{member}”没有所在地，请先补充。"))
        if place is not None:
            self.instance.place = place
        return cleaned


@admin.register(Pairing)
class PairingAdmin(ScopedAdmin):
    """Pairings, ended ones too."""

    form = PairingForm
    list_display = ("helper_words", "helped_words", "mode", "place", "rank", "since", "until", "program")
    list_filter = (("program", ReachedFilter), "mode", town_filter("place_id"), ("until", admin.EmptyFieldListFilter))
    list_select_related = ("cadre", "unit", "team", "division", "household", "member", "place", "program")
    search_fields = (
        "cadre__name",
        "cadre__pinyin",
        "cadre__initials__istartswith",
        "unit__short_name",
        "unit__pinyin",
        "unit__initials__istartswith",
        "household__head",
        "place__short_name",
        "place__pinyin",
    )
    search_help_text = "干部、单位、户主或村，拼音或拼音首字母"
    date_hierarchy = "since"
    ordering = ("program_id", "place_id", "since", "pk")
    fieldsets = (
        (None, {"fields": ("program", "mode", "rank")}),
        ("帮扶方（填一个）", {"fields": ("cadre", "unit", "team")}),
        ("帮扶对象（填一个）", {"fields": ("division", "household", "member")}),
        ("起止与协议", {"fields": ("since", "until", "end_reason", "replaces", "agreed_on")}),
    )

    @admin.display(description="帮扶方")
    def helper_words(self, row: Pairing) -> str:
        """Whoever helps."""
        return str(row.helper)

    @admin.display(description="帮扶对象")
    def helped_words(self, row: Pairing) -> str:
        """Whoever is helped."""
        return str(row.helped)
