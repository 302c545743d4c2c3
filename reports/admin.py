"""The back office of bulletins: what is issued can only be looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programs.admin_base import ReadOnlyAdmin, ReadOnlyTabular, ScopedAdmin
from programs.admin_filters import ReachedFilter
from reports.models import (
    Bulletin,
    BulletinStep,
    BulletinTemplate,
    CardRemark,
    ContactCard,
    FrozenFigure,
    FrozenRow,
    NoticeBoard,
    Paper,
)


@admin.register(BulletinTemplate)
class BulletinTemplateAdmin(ScopedAdmin):
    """What a new bulletin starts from."""

    list_display = ("name", "masthead", "office", "copies", "ended_on", "program")
    list_filter = (("program", ReachedFilter), ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program",)
    search_fields = ("name", "title", "code")
    ordering = ("program_id", "name", "pk")
    fieldsets = (
        (None, {"fields": ("program", "code", "name", "layout", "coverage", "ended_on")}),
        ("版头", {"fields": ("masthead", "office", "title")}),
        ("正文", {"fields": ("body", "annex")}),
        ("报送", {"fields": ("report_to", "send_to", "distribute_to", "copies")}),
    )


class BulletinStepInline(ReadOnlyTabular):
    """Who did what with a bulletin: written by the steps themselves."""

    model = BulletinStep
    joins = ("by",)
    order = ("at", "pk")


class FrozenFigureInline(ReadOnlyTabular):
    """The figures as they stood."""

    model = FrozenFigure
    fields = ("label", "text", "value", "of", "unit", "as_of")
    show_change_link = True


@admin.register(Bulletin)
class BulletinAdmin(ScopedAdmin):
    """Bulletins: a draft may be mended here, its way to the signature is on the bulletin desk."""

    list_display = ("__str__", "title", "state", "date", "as_of", "drafted_by", "issued_at", "program")
    list_filter = (("program", ReachedFilter), "state", "year")
    list_select_related = ("drafted_by", "program")
    search_fields = ("title", "masthead", "body")
    search_help_text = "标题、报头或正文"
    date_hierarchy = "date"
    ordering = ("-year", "-number", "-pk")
    inlines = (BulletinStepInline, FrozenFigureInline)
    readonly_fields = ("state", "issued_at", "frozen_text", "digest", "withdrawn_reason")
    fieldsets = (
        (None, {"fields": ("program", "template", "layout", "place", "round", "year", "number", "date", "as_of")}),
        ("版头", {"fields": ("masthead", "office", "title")}),
        ("正文", {"fields": ("body", "annex", "names_units")}),
        ("报送", {"fields": ("report_to", "send_to", "distribute_to", "copies")}),
        ("签发", {"fields": ("state", "drafted_by", "issued_at", "withdrawn_reason", "digest", "frozen_text")}),
    )

    @staticmethod
    def _is_draft(row: Bulletin | None) -> bool:
        return row is None or row.state == Bulletin.State.DRAFT

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is on its way to the signature, issued or withdrawn is only looked at."""
        return super().has_change_permission(request, obj) and self._is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A number that was given out stays, drafts apart; one at a time, so that each is looked at."""
        return super().has_delete_permission(request, obj) and obj is not None and self._is_draft(obj)


class FrozenRowInline(ReadOnlyTabular):
    """The rows behind a frozen figure."""

    model = FrozenRow
    fields = ("aspect", "position", "name", "cells")
    order = ("aspect", "position")


@admin.register(FrozenFigure)
class FrozenFigureAdmin(ReadOnlyAdmin):
    """The figures of issued bulletins."""

    list_display = ("label", "text", "value", "of", "unit", "as_of", "bulletin")
    list_filter = (("bulletin__program", ReachedFilter),)
    list_select_related = ("bulletin",)
    search_fields = ("label", "key", "text")
    search_help_text = "名称、引用名或文字"
    date_hierarchy = "as_of"
    ordering = ("-bulletin_id", "pk")
    inlines = (FrozenRowInline,)


@admin.register(Paper)
class PaperAdmin(ScopedAdmin):
    """What printed papers say."""

    list_display = ("__str__", "title", "names_in_print", "program")
    list_filter = (("program", ReachedFilter), "kind")
    list_select_related = ("program",)
    search_fields = ("title",)
    ordering = ("program_id", "kind", "pk")


@admin.register(ContactCard)
class ContactCardAdmin(ReadOnlyAdmin):
    """Cards that households hold: printed from the ordinary pages."""

    list_display = ("household", "created_at", "program")
    list_filter = (("program", ReachedFilter),)
    list_select_related = ("program", "household")
    search_fields = ("household__head", "household__pinyin")
    search_help_text = "户主或拼音"
    ordering = ("-created_at", "-pk")


@admin.register(NoticeBoard)
class NoticeBoardAdmin(ReadOnlyAdmin):
    """Boards of villages: printed from the ordinary pages."""

    list_display = ("village", "created_at", "program")
    list_filter = (("program", ReachedFilter),)
    list_select_related = ("program", "village")
    search_fields = ("village__name", "village__pinyin")
    search_help_text = "村名或拼音"
    ordering = ("-created_at", "-pk")


@admin.register(CardRemark)
class CardRemarkAdmin(ReadOnlyAdmin):
    """Whom remarks on cards are about; those named do not find them here either."""

    list_display = ("suggestion", "cadre")
    list_select_related = ("suggestion", "cadre")
    search_fields = ("suggestion__text", "cadre__name")
    ordering = ("-pk",)
