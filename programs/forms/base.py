"""The base of all forms: bound to a program and a person, with rows, errors that lead to their fields, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from programs import clock
from programs.choices import source_for
from programs.forms.fields import DayField, MoneyField, NameField, NumberField, PhoneField, TermField
from programs.forms.files import UploadField
from programs.forms.picking import PickField
from programs.models import Program, Term, User
from programs.refusals import Refusal

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: The button that asks for one more row of a part; its value names the part.
MORE = "_more"


@dataclass(frozen=True)
class Rows:
    """A part of a form with any number of rows: what it is called, the form of one row, and how many stand ready."""

    title: str
    form: type[ScopedForm]
    more: str = "再加一行"
    blank: int = 1
    help: str = ""


@dataclass(frozen=True)
class Problem:
    """One line of the summary of errors: where it is, and what to do about it."""

    anchor: str
    label: str
    message: str


@dataclass(frozen=True)
class Section:
    """Fields that stand together under a heading."""

    title: str
    names: tuple[str, ...]
    help: str = ""


class RowSet(BaseFormSet[Any] if TYPE_CHECKING else BaseFormSet):  # type: ignore[misc]
    """The rows of a part; those that were there before can be struck out."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Say in words what the box does."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "删去这一行"
            _dress(form.fields["DELETE"])


class ScopedForm(forms.Form):
    """A form in a program, for a person: its choices are what that person reaches there.

    ``sections`` may group the fields; ``rows`` declares parts with any number of rows, which come out of
    ``cleaned_data`` as lists; ``refused_as`` maps the field a refusal names to the field of this form.
    """

    sections: ClassVar[tuple[Section, ...]] = ()
    rows: ClassVar[dict[str, Rows]] = {}
    refused_as: ClassVar[dict[str, str]] = {}

    template_name = "components/form_fields.html"
    use_required_attribute = False
    required_css_class = "required"

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        program: Program,
        user: AnyUser,
        initial: dict[str, Any] | None = None,
        shortlists: dict[Any, list[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(data, files, initial=initial, **kwargs)
        assert isinstance(user, User)  # a guard let them in
        self.program, self.user = program, user
        self.today: dt.date = clock.today(program)
        self.result: Any = None
        #: Lists to choose from that were already read, shared by a form and its rows.
        self.shortlists: dict[Any, list[Any]] = {} if shortlists is None else shortlists
        self.facts: list[tuple[str, str]] = []
        self._known: dict[str, Any] = {}
        self.prepare()
        for name, field in self.fields.items():
            if hasattr(field, "scope"):
                field.scope(self, name)
            _dress(field)
            self._say(field)
            _ask(field)
        self.declared = self.wanted_rows()
        self.growing = self._more_wanted()
        self.parts: dict[str, BaseFormSet[Any]] = {name: self._part(name, rows) for name, rows in self.declared.items()}

    def prepare(self) -> None:
        """Fill what is known and drop what need not be asked; for forms to override."""

    def _say(self, field: Any) -> None:
        """Ask in the program's own words, and for nothing that it does without."""
        if not self.program.names:
            return
        field.label = self.program.say(str(field.label or ""))
        if isinstance(field.help_text, str):
            field.help_text = self.program.say(field.help_text)
        if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
            field.choices = self.program.choices(field.choices)

    def add_error(self, field: str | None, error: Any) -> None:
        """Say what is wrong in the program's own words."""
        super().add_error(field, self.program.say(error) if isinstance(error, str) else error)

    def initial_of(self, name: str) -> Any:
        """What a field starts with."""
        return self.initial.get(name, self.fields[name].initial)

    def propose(self, **values: Any) -> None:
        """Fill what is known unless the caller already did."""
        for name, value in values.items():
            self.initial.setdefault(name, value)

    def known(self, name: str, value: Any) -> None:
        """Do not ask for what is known: show it instead of the field, and hand it on with what was typed."""
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        self.facts.append((str(self.fields.pop(name).label), text))
        self._known[name] = value

    def wanted_rows(self) -> dict[str, Rows]:
        """The parts with rows that this person needs; for forms to override."""
        return self.rows

    def _more_wanted(self) -> str:
        wanted = self.data.get(MORE, "") if self.is_bound else ""
        return wanted if wanted in self.declared else ""

    def _part(self, name: str, rows: Rows) -> BaseFormSet[Any]:
        factory = forms.formset_factory(
            rows.form,
            formset=RowSet,
            extra=rows.blank,
            max_num=60,
            absolute_max=80,
            can_delete=True,
            can_delete_extra=False,
        )
        data = self.data
        if name == self.growing:
            assert isinstance(data, MultiValueDict)
            data = MultiValueDict(dict(data.lists()))
            count = f"{name}-TOTAL_FORMS"
            data[count] = str(int(data.get(count) or 0) + 1)
        part = factory(
            data if self.is_bound else None,
            self.files if self.is_bound else None,
            prefix=name,
            initial=self.initial.get(name),
            form_kwargs=self.row_options(name)
            | {"program": self.program, "user": self.user, "shortlists": self.shortlists},
        )
        for row in part.forms if self.growing else ():
            row.growing = self.growing
        return part

    def row_options(self, name: str) -> dict[str, Any]:
        """What each row of a part is given beside the program and the user; for forms to override."""
        return {}

    def full_clean(self) -> None:
        """Check nothing while somebody only asks for one more row."""
        if getattr(self, "growing", ""):
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """The form and all its rows; then the rows are in ``cleaned_data``."""
        if not self.is_bound or self.growing:
            return False
        good = [super().is_valid(), *(part.is_valid() for part in self.parts.values())]
        if not all(good):
            return False
        for name, part in self.parts.items():
            self.cleaned_data[name] = _filled(part)
        self.cleaned_data |= self._known
        return True

    def carry_out(self, action: Callable[..., Any], /, **values: Any) -> bool:
        """Run one action with ``values``; a refusal becomes an error of this form. The outcome is in ``result``."""
        try:
            self.result = action(**values)
        except Refusal as refusal:
            self.refuse(refusal)
            return False
        for field in self.fields.values():
            if isinstance(field, UploadField):
                field.release()
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal by the field it is about, or on top."""
        name = self.refused_as.get(refusal.field or "", refusal.field)
        if name not in self.fields:
            self.add_error(None, refusal.message)
            return
        label = f"{self.fields[name].label}："
        self.add_error(name, refusal.message.removeprefix(label))

    @property
    def problems(self) -> list[Problem]:
        """All errors, each with the place it leads to."""
        if not self.is_bound or self.growing:
            return []
        found = list(_problems_of(self, ""))
        for name, part in self.parts.items():
            title = self.declared[name].title
            found += [Problem("", title, str(message)) for message in part.non_form_errors()]
            for number, row in enumerate(part, 1):
                found += _problems_of(row, f"{title}第{number}行 ")
        return found

    def arrangement(self) -> Iterable[Section]:
        """The sections in their order; for forms to override whose fields follow a choice."""
        return self.sections

    @property
    def layout(self) -> list[tuple[Section | None, list[forms.BoundField]]]:
        """The visible fields by section; those of no section come first."""
        visible = {field.name: field for field in self.visible_fields()}
        grouped: list[tuple[Section | None, list[forms.BoundField]]] = []
        for section in self.arrangement():
            fields = [visible.pop(name) for name in section.names if name in visible]
            if fields:
                grouped.append((section, fields))
        return [(None, list(visible.values())), *grouped] if visible else grouped

    @property
    def titled_parts(self) -> list[tuple[str, Rows, BaseFormSet[Any]]]:
        """Each part with its declaration."""
        return [(name, self.declared[name], part) for name, part in self.parts.items()]


class ScopedModelForm(ScopedForm):
    """A form whose fields are those of a model, in our field classes; the action checks and saves.

    ``model`` and ``names`` say which; ``instance`` fills them. Fields declared on the form win.
    """

    model: ClassVar[type[models.Model]]
    names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, instance: models.Model | None = None, **kwargs: Any) -> None:
        self.instance = instance
        initial = dict(kwargs.pop("initial", None) or {})
        if instance is not None:
            initial = {name: _value(instance, name) for name in self._model_names()} | initial
        super().__init__(*args, initial=initial, **kwargs)

    @classmethod
    def _model_names(cls) -> list[str]:
        known = {field.name for field in cls.model._meta.get_fields()}
        return [name for name in dict.fromkeys([*cls.names, *cls.base_fields]) if name in known]

    def prepare(self) -> None:
        """Add the model's fields in the order of ``names``."""
        for name in self.names:
            if name not in self.fields:
                self.fields[name] = field_for(self.model, name)
        self.order_fields([*self.names, *(name for name in self.fields if name not in self.names)])


def field_for(model: type[models.Model], name: str, **options: Any) -> forms.Field:
    """A field of ours for a field of a model, with its label, help and limits."""
    field: Any = model._meta.get_field(name)
    options = {"label": field.verbose_name, "required": not field.blank, "help_text": field.help_text} | options
    if isinstance(field, models.ForeignKey):
        if field.related_model is Term:
            return TermField(cast(dict[str, str], field.get_limit_choices_to())["vocabulary"], **options)
        return PickField(source_for(field.related_model), **options)
    if isinstance(field, models.DateField):
        return DayField(**options)
    if isinstance(field, models.DecimalField):
        return MoneyField(**options) if "元" in str(field.verbose_name) else NumberField(**options)
    if isinstance(field, models.IntegerField):
        return NumberField(decimals=0, most=_most(field), **options)
    if isinstance(field, models.CharField) and not field.choices:
        options["max_length"] = field.max_length
        if "phone" in name:
            return PhoneField(**options)
        return (NameField if name in ("name", "short_name", "head") else forms.CharField)(**options)
    if isinstance(field, models.BooleanField):
        options["required"] = False
    if isinstance(field, models.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 4})
    if field.has_default():
        options.setdefault("initial", field.get_default())
    found: forms.Field = field.formfield(**options)
    return found


def _most(field: models.IntegerField[Any, Any]) -> int:
    return 32767 if isinstance(field, models.PositiveSmallIntegerField) else 2147483647


def _value(instance: models.Model, name: str) -> Any:
    field: Any = instance._meta.get_field(name)
    return getattr(instance, field.attname)


def _dress(field: forms.Field) -> None:
    """Give a field's widgets the classes that the style sheet knows."""
    for widget in getattr(field.widget, "widgets", [field.widget]):
        if isinstance(widget, forms.CheckboxInput):
            dress = "form-check-input"
        elif isinstance(widget, (forms.CheckboxSelectMultiple, forms.RadioSelect)):
            continue
        elif isinstance(widget, forms.Select):
            dress = "form-select"
        else:
            dress = "form-control"
        widget.attrs.setdefault("class", dress)
        if isinstance(widget, (forms.TextInput, forms.TimeInput)):
            widget.attrs.setdefault("autocomplete", "off")


def _ask(field: forms.Field) -> None:
    """Say of a field that was left empty what to fill in, where it has no words of its own for it."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        label = str(field.label or "").partition("（")[0]
        field.error_messages["required"] = f"请{'选择' if isinstance(field, forms.ChoiceField) else '填写'}{label}。"


def _filled(part: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """The rows that say something: those that were there and stay, and new ones that were not left blank."""
    found = []
    for number, row in enumerate(part.forms):
        data = dict(row.cleaned_data)
        if not data.pop("DELETE", False) and (number < part.initial_form_count() or row.has_changed()):
            found.append(data)
    return found


def _problems_of(form: ScopedForm, prefix: str) -> Iterator[Problem]:
    for name, messages in form.errors.items():
        if name == NON_FIELD_ERRORS or name not in form.fields:
            anchor, label = "", prefix.strip()
        else:
            bound = form[name]
            anchor, label = f"field-{bound.html_name}", f"{prefix}{bound.label}"
        for message in messages:
            yield Problem(anchor, label, str(message))
