"""The back office of what a program is made of: words, requirements, figures, blocks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from programs.admin_base import ScopedAdmin, ScopedForm, ScopedTabular, keeps_everything
from programs.admin_filters import ReachedFilter
from programs.figures import registry
from programs.models import Block, Figure, FigurePart, Program, Requirement, Term
from programs.templates import Node, Reading


@admin.register(Program)
class ProgramAdmin(ScopedAdmin):
    """Programs."""

    list_display = ("short_name", "name", "state", "jurisdiction", "office", "starts_on", "ends_on", "is_demonstration")
    list_filter = ("state", "is_demonstration")
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "short_name", "code")
    search_help_text = "名称、简称或代号"
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "pk")
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "jurisdiction", "office")}),
        ("期限", {"fields": ("starts_on", "ends_on", "pinned_on", "is_demonstration")}),
        ("走访时可附", {"fields": ("asks_position", "asks_photos"), "description": "默认都不附；不附也能登记。"}),
        ("其他", {"fields": ("notes", "settings"), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A new program lies outside what the administrator of another reaches."""
        return keeps_everything(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As adding one."""
        return keeps_everything(request.user)


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    """Words of the vocabularies."""

    list_display = ("label", "vocabulary", "code", "unit", "parent", "position", "is_final", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "vocabulary", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program", "parent")
    search_fields = ("label", "code")
    search_help_text = "名称或代号"
    ordering = ("program_id", "vocabulary", "position", "pk")


class MeasuredForm(ScopedForm):
    """A form whose measure and conditions are those that the apps have registered."""

    def _declared(self) -> Any:
        measure = registry.measures.get(self.cleaned_data.get("measure") or "")
        return {"params": (measure.params if measure else ())}

    def clean(self) -> dict[str, Any]:
        """Conditions are checked as those of a program's template file are."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        program = cleaned.get("program") or getattr(self.instance, "program", None)
        if program is None:
            return cleaned
        for name, declared in self._declared().items():
            reading = Reading(
                program,
                terms={(row.vocabulary, row.code): row for row in Term.objects.filter(program=program)},
                requirements={row.code: row for row in Requirement.objects.filter(program=program)},
            )
            given = cleaned.get(name)
            if given is not None and not isinstance(given, dict):
                self.add_error(name, '应写成 {"名称": 内容} 的形式，没有条件写 {}。')
                continue
            reading.params(Node(), given, declared)
            for problem in reading.problems:
                self.add_error(name, problem.partition("：")[2])
        return cleaned


class RequirementForm(MeasuredForm):
    """A requirement: whom it concerns and what counts are checked against what is registered."""

    def _declared(self) -> Any:
        subject = registry.subject_kinds.get(self.cleaned_data.get("subject") or "")
        evidence = registry.evidences.get(self.cleaned_data.get("evidence") or "")
        return {"who": subject.params if subject else (), "evidence_params": evidence.params if evidence else ()}

    def clean(self) -> dict[str, Any]:
        """Not every evidence says something about every subject."""
        cleaned = super().clean()
        evidence = registry.evidences.get(cleaned.get("evidence") or "")
        subject = cleaned.get("subject")
        if evidence and subject and subject not in evidence.subjects:
            self.add_error("evidence", f"“{evidence.label}”不能说明{Requirement.Subject(subject).label}是否完成。")
        return cleaned


def registered_choice(db_field: Any, known: dict[str, Any], *, blank: bool) -> forms.ChoiceField:
    """A list of what the apps have registered, in Chinese."""
    choices = [(name, item.label) for name, item in sorted(known.items(), key=lambda pair: pair[1].label)]
    return forms.ChoiceField(
        label=db_field.verbose_name,
        choices=[("", "---------"), *choices],
        required=not blank,
        help_text=db_field.help_text,
    )


@admin.register(Requirement)
class RequirementAdmin(ScopedAdmin):
    """What is owed."""

    form = RequirementForm
    list_display = ("name", "subject", "cadence", "at_least", "due_on", "due_day", "position", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "subject", "cadence", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program",)
    search_fields = ("name", "code", "rule")
    search_help_text = "名称、代号或出处"
    ordering = ("program_id", "position", "pk")
    fieldsets = (
        (None, {"fields": ("program", "code", "name", "rule")}),
        ("由谁、凭什么", {"fields": ("subject", "who", "evidence", "evidence_params", "at_least", "takes_marks")}),
        ("何时", {"fields": ("cadence", "starts_on", "due_on", "due_day")}),
        ("归类与停用", {"fields": ("problem_group", "position", "ended_on")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Evidence is chosen from what is registered."""
        if db_field.name == "evidence":
            return registered_choice(db_field, registry.evidences, blank=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class FigurePartInline(ScopedTabular):
    """The parts of a figure."""

    model = FigurePart
    fields = ("key", "label", "unit", "wording", "is_headline", "position")
    show_change_link = True
    order = ("position", "pk")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A part needs its source: it is added on a page of its own."""
        return False


@admin.register(Figure)
class FigureAdmin(ScopedAdmin):
    """Figures."""

    list_display = ("code", "title", "position", "ended_on", "program")
    list_display_links = ("code", "title")
    list_filter = (("program", ReachedFilter), ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("program",)
    search_fields = ("code", "title", "definition")
    search_help_text = "代号、名称或口径"
    ordering = ("program_id", "position", "pk")
    inlines = (FigurePartInline,)


@admin.register(FigurePart)
class FigurePartAdmin(ScopedAdmin):
    """Parts of figures: where the number comes from and how it is worded."""

    form = MeasuredForm
    list_display = ("key", "label", "figure", "source", "unit", "wording", "is_headline", "program")
    list_display_links = ("key", "label")
    list_filter = (("program", ReachedFilter), "wording", "operation", "is_headline")
    list_select_related = ("figure", "requirement", "left", "right", "program")
    search_fields = ("key", "label", "figure__title", "figure__code")
    search_help_text = "引用名、名称或所属数据"
    ordering = ("program_id", "figure__position", "position", "pk")
    fieldsets = (
        (None, {"fields": ("program", "figure", "key", "label")}),
        ("来源（三选一）", {"fields": ("requirement", ("measure", "params"), ("operation", "left", "right", "rate"))}),
        ("写法", {"fields": ("unit", "wording", "cut", "is_headline", "position")}),
    )

    @admin.display(description="来源")
    def source(self, row: FigurePart) -> str:
        """The one thing that the number comes from."""
        if row.requirement:
            return f"要求：{row.requirement}"
        if row.operation:
            return f"{row.get_operation_display()}：{'、'.join(str(side) for side in (row.left, row.right) if side)}"
        known = registry.measures.get(row.measure)
        return f"统计：{known.label if known else row.measure}"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Measures are chosen from what is registered."""
        if db_field.name == "measure":
            return registered_choice(db_field, registry.measures, blank=True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Block)
class BlockAdmin(ScopedAdmin):
    """Blocks of figures."""

    form = MeasuredForm
    list_display = ("title", "source", "group_by", "chart", "on_dashboard", "position", "ended_on", "program")
    list_editable = ("position",)
    list_filter = (("program", ReachedFilter), "chart", "on_dashboard")
    list_select_related = ("program", "requirement")
    search_fields = ("title", "code")
    search_help_text = "名称或代号"
    ordering = ("program_id", "position", "pk")

    @admin.display(description="来源")
    def source(self, row: Block) -> str:
        """A requirement or a measure."""
        if row.requirement:
            return f"要求：{row.requirement}"
        known = registry.measures.get(row.measure)
        return f"统计：{known.label if known else row.measure}"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Measures are chosen from what is registered."""
        if db_field.name == "measure":
            return registered_choice(db_field, registry.measures, blank=True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
