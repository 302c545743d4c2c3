"""What every page of the back office shares: who may enter, which rows show, words of the right program, history."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.forms.models import InlineForeignKeyField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from programs.history import history_of
from programs.models import Program, Role, Term, User
from programs.refusals import refusal_for_database
from programs.rules.masking import mask_identity, mask_phone
from programs.rules.wording import EMPTY
from programs.scoping import grants_of, paths_of, roles_in

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: Fields that say who wrote a row; they are filled from the account and shown, never chosen.
RECORDERS = ("recorded_by", "drafted_by", "fixed_by", "by")
PERSONAL = {"phone": mask_phone, "identity_number": mask_identity}


def is_administrator(user: AnyUser) -> bool:
    """Whether somebody keeps the system, in one program or in all; nobody else works in the back office."""
    return Role.ADMINISTRATOR in roles_in(user, None)


def keeps_everything(user: AnyUser) -> bool:
    """Whether an administrator is one for all programs, accounts included."""
    return is_administrator(user) and any(grant.dimension == "everything" for grant in grants_of(user))


def reachable(model: type[models.Model], user: AnyUser) -> models.QuerySet[Any]:
    """The rows of any model that the user reaches; what has no reach of its own is for those who keep everything."""
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        return rows.visible_to(user, {Role.ADMINISTRATOR})
    return rows if keeps_everything(user) else rows.none()


@cache
def _program_path(model: Any) -> str:
    """The attributes that lead from a row to its program's key, dotted; empty for what belongs to no program."""
    for path in paths_of(model).get("program", []):
        return path.replace("__", ".")
    return ""


def program_of(row: models.Model) -> int | None:
    """The key of the program that a row belongs to, so far as it is known yet."""
    found: Any = row
    for name in filter(None, _program_path(type(row)).split(".")):
        found = getattr(found, name, None)
        if found is None:
            return None
    return found if isinstance(found, int) else None


class ProgramForm(forms.ModelForm):
    """A form whose words, teams, projects and the like all belong to the row's own program."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        own = program_of(self.instance)
        if own is None:
            return
        for name, value in list(self.cleaned_data.items()):
            if not isinstance(value, models.Model) or isinstance(value, Program):
                continue
            other = program_of(value)
            if other is not None and other != own:
                kind = value._meta.verbose_name
                self.add_error(name, f"{kind}“{value}”属于别的活动，请选择本活动的{kind}。")


class PersonalWidget(forms.TextInput):
    """Shows a personal number masked; what is typed replaces it."""

    def __init__(self, mask: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "vTextField"} | (attrs or {}))
        self.mask = mask
        self.stored = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The stored number is only hinted at; a number that was just typed is kept."""
        context = super().get_context(name, "" if value == self.stored else value, attrs)
        if self.stored:
            context["widget"]["attrs"]["placeholder"] = f"{self.mask(self.stored)}（不改请留空）"
        return context


class PersonalField(forms.CharField):
    """A personal number: left empty it stays as it is, a hyphen takes it away."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Only typing changes it."""
        return bool(data)


class ScopedForm(ProgramForm):
    """The form of every admin page: words of one program, personal numbers never lost and never shown whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PERSONAL.keys() & self.fields.keys():
            widget = self.fields[name].widget
            if isinstance(widget, PersonalWidget):
                widget.stored = self.initial.get(name) or ""

    def _get_validation_exclusions(self) -> set[str]:
        """What is known but not typed, such as who wrote it, counts in the database's rules, and so here as well."""
        known = {
            field.name
            for field in self.instance._meta.fields
            if field.is_relation and field.name not in self.errors and getattr(self.instance, field.attname) is not None
        }
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - known

    def _post_clean(self) -> None:
        super()._post_clean()
        for name in PERSONAL.keys() & self.cleaned_data.keys():
            typed = self.cleaned_data[name]
            kept = self.initial.get(name) or ""
            setattr(self.instance, name, "" if typed == "-" else typed or kept)
        # Django leaves the row that a part belongs to out of the rules, though it was there before its parts.
        if not self.errors and any(isinstance(field, InlineForeignKeyField) for field in self.fields.values()):
            try:
                self.instance.validate_constraints(exclude=self._get_validation_exclusions())
            except ValidationError as error:
                self._update_errors(error)  # type: ignore[attr-defined]


class _Scoped(BaseModelAdmin):
    """What pages and the inlines on them share."""

    model: Any
    #: Models whose rows are few: an ordinary list to choose from.
    short_lists: tuple[type[models.Model], ...] = (Program, Term)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every relation to a long list is chosen by typing."""
        site = self.admin_site
        return [
            field.name
            for field in (*self.model._meta.fields, *self.model._meta.many_to_many)
            if field.is_relation
            and field.editable
            and isinstance(field.related_model, type)
            and field.related_model not in self.short_lists
            and (known := site._registry.get(field.related_model)) is not None
            and known.search_fields
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only what is in reach can be chosen; words say which program they belong to."""
        related = db_field.remote_field.model
        if related is Term:
            return self._word_field(db_field, request)
        kwargs.setdefault("queryset", reachable(related, request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The same for several at once."""
        related = db_field.remote_field.model
        if related is Term:
            return self._word_field(db_field, request)
        kwargs.setdefault("queryset", reachable(related, request.user))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Personal numbers are never shown whole."""
        if (mask := PERSONAL.get(db_field.name)) is not None:
            return PersonalField(
                label=db_field.verbose_name,
                required=False,
                max_length=db_field.max_length,
                widget=PersonalWidget(mask),
                help_text="留空则不改；填一个减号“-”则清除。",
            )
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # A pencil and a cross beside a choice change or delete the thing itself, which nobody expects of them.
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def _word_field(self, db_field: Any, request: HttpRequest) -> Any:
        """A list of words, read once for all forms of a page; with several programs each word names its own."""
        limits = db_field.get_limit_choices_to()
        rows = reachable(Term, request.user).filter(**limits)
        known: dict[str, list[Any]] = request.__dict__.setdefault("_words", {})
        key = repr(limits)
        if key not in known:
            found = list(rows.select_related("program").order_by("program_id", "vocabulary", "position", "pk"))
            several = len({word.program_id for word in found}) > 1
            known[key] = [
                (word.pk, f"{word.label}（{word.program.short_name}）" if several else word.label) for word in found
            ]
        field = db_field.formfield(queryset=rows)
        many = isinstance(field, forms.ModelMultipleChoiceField)
        field.choices = known[key] if many else [("", "---------"), *known[key]]
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        """For administrators only."""
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For administrators only; which rows, ``get_queryset`` says."""
        return is_administrator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For administrators only."""
        return is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For administrators only."""
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For administrators only; what others rest upon the database keeps."""
        return is_administrator(request.user)


def set_recorder(row: models.Model, user: User) -> None:
    """Sign a new row with the account that writes it."""
    for name in RECORDERS:
        try:
            field = row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.related_model is User and getattr(row, f"{name}_id") is None:
            setattr(row, name, user)


def recorder_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model that name who wrote a row."""
    return [field.name for field in model._meta.fields if field.name in RECORDERS and field.related_model is User]


class ScopedAdmin(_Scoped, admin.ModelAdmin):
    """The back office's page of a model: rows in reach only, signed by who writes, refused in words."""

    form: Any = ScopedForm
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows that this administrator reaches, in the order of the page."""
        rows = reachable(self.model, request.user)
        if isinstance(self.list_select_related, tuple):
            # Lists to choose from print the same words as the page.
            rows = rows.select_related(*self.list_select_related)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Filters by word go through the word's label."""
        words = {f"{item[0]}__label" for item in self.list_filter if isinstance(item, tuple)}
        return lookup in words or super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who wrote a row is shown."""
        declared = list(super().get_readonly_fields(request, obj))
        return declared + [name for name in recorder_fields(self.model) if name not in declared]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Sign what is new."""
        assert isinstance(request.user, User)
        set_recorder(obj, request.user)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Sign what is new on the inlines as well."""
        assert isinstance(request.user, User)
        for row in formset.save(commit=False):
            set_recorder(row, request.user)
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Under the name of what it lists."""
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural, **(extra_context or {})})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What only the database notices (two people at once) is still said in words."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            refusal = refusal_for_database(error)
            if refusal is None:
                raise
            messages.error(request, refusal.message)
            return HttpResponseRedirect(request.get_full_path())

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Every change of a row as the database recorded it, whoever made it and however."""
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"变更历史：{row}",
            "changes": history_of(row),
            "object": row,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/row_history.html", context)


class _ReadOnly(_Scoped):
    """Evidence: it can be looked at and never changed here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Written by the program itself."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class ReadOnlyAdmin(_ReadOnly, ScopedAdmin):
    """Rows that are evidence."""


class ScopedTabular(_Scoped, admin.TabularInline):
    """Parts of a row, one a line. ``joins`` are what their words need, ``order`` how they stand."""

    form: Any = ScopedForm
    extra = 0
    joins: tuple[str, ...] = ()
    order: tuple[str, ...] = ("pk",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The parts of a row in reach are in reach."""
        return super().get_queryset(request).select_related(*self.joins).order_by(*self.order)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who wrote a part is shown."""
        declared = list(super().get_readonly_fields(request, obj))
        return declared + [name for name in recorder_fields(self.model) if name not in declared]


class ReadOnlyTabular(_ReadOnly, ScopedTabular):
    """Parts that are evidence."""

    can_delete = False


def masked(name: str, description: str) -> Any:
    """A column that shows a personal number masked."""

    @admin.display(description=description)
    def column(self: Any, row: Any) -> str:
        return PERSONAL[name](getattr(row, name)) or EMPTY

    return column
