"""What forms of the configuration share: fields that follow a choice, conditions, and a version that notices others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from programs.choices import source_named
from programs.configuring.rows import ChangedMeanwhile, version_of
from programs.figures import registry
from programs.figures.configuration import configuration_of
from programs.figures.words import vocabularies_of
from programs.forms.base import ScopedForm, Section
from programs.forms.fields import DayField, NumberField
from programs.forms.picking import PickField
from programs.models import Division, Term
from programs.refusals import Refusal

#: The button, and the answer to a changed choice, that only asks for the fields that belong to it.
AGAIN = "_again"

#: A select whose choice decides which fields follow: the fields are asked for anew.
FOLLOWED = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-target": "#setup-fields",
    "hx-select": "#setup-fields",
    "hx-swap": "outerHTML",
    "hx-vals": '{"_again": "1"}',
}


class SetupForm(ScopedForm):
    """A form of one row of the configuration.

    ``is_draft`` is for the preview: what it does not need may be missing.
    """

    #: Fields that a preview can do without.
    unneeded: ClassVar[tuple[str, ...]] = ()

    data: Any

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Any = None, is_draft: bool = False, **kwargs: Any) -> None:
        self.row, self.is_draft = row, is_draft
        self.arranged: list[Section] = []
        initial = dict(kwargs.pop("initial", None) or {})
        if row is not None:
            initial = {"version": version_of(row)} | self.values_of(row) | initial
        super().__init__(*args, initial=initial, **kwargs)
        if self.growing == AGAIN:
            self._fill_what_came_anew()
        if is_draft:
            for name in self.unneeded:
                if name in self.fields:
                    self.fields[name].required = False

    def values_of(self, row: Any) -> dict[str, Any]:
        """What the fields start with for a row; for forms to override."""
        return {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}

    def arrangement(self) -> Iterable[Section]:
        """The fields by section, as this choice has them."""
        return self.arranged or self.sections

    def _more_wanted(self) -> str:
        if self.is_draft:
            return ""
        return AGAIN if self.is_bound and AGAIN in self.data else super()._more_wanted()

    def chosen(self, name: str) -> str:
        """What a field holds now: as typed, or as it started; the first choice if it must hold one."""
        field: Any = self.fields[name]
        start = self.initial.get(name, field.initial)
        found = self.data.get(name, start) if self.is_bound else start
        offered = list(_keys(field.choices))
        return str(found) if str(found) in offered else offered[0] if offered else ""

    def _fill_what_came_anew(self) -> None:
        """Fields that a choice has just brought start as they do on a fresh page."""
        self.data = self.data.copy()
        for name, field in self.fields.items():
            if field.widget.value_omitted_from_data(self.data, self.files, name):
                start = field.widget.format_value(field.prepare_value(self.get_initial_for_field(field, name)))
                if isinstance(start, list) and len(start) == 1:
                    start = start[0]
                if isinstance(start, str):
                    self.data[name] = start

    def refuse(self, refusal: Refusal) -> None:
        """Others' changes are told once: whoever has read of them may save over them."""
        if isinstance(refusal, ChangedMeanwhile):
            self.data = self.data.copy()
            self.data["version"] = refusal.version
        super().refuse(refusal)

    # Conditions

    def ask_conditions(self, prefix: str, declared: Iterable[registry.Param], values: dict[str, Any]) -> list[str]:
        """Add a field for each declared condition, filled from a row's; their names."""
        names = []
        for param in declared:
            name = f"{prefix}_{param.name}"
            self.fields[name] = self._field_for(param)
            if param.name in values:
                self.initial.setdefault(name, _shown(param, values[param.name]))
            names.append(name)
        return names

    def conditions(self, prefix: str, declared: Iterable[registry.Param]) -> dict[str, Any]:
        """The conditions that were filled in, as the configuration keeps them."""
        found = {}
        for param in declared:
            value = _kept(param, self.cleaned_data.get(f"{prefix}_{param.name}"))
            if value not in (None, "", []):
                found[param.name] = value
        return found

    def _field_for(self, param: registry.Param) -> forms.Field:
        label = self.program.say(param.label)
        match param.kind:
            case "terms" | "term":
                return self._words_field(param, label)
            case "choices":
                options = [(value, self.program.say(words)) for value, words in param.options]
                return _several(label, options)
            case "choice":
                return _one(label, [(value, self.program.say(words)) for value, words in param.options])
            case "places":
                source = source_named("place")
                assert source is not None
                return PickField(source, many=True, label=label, required=False, help_text="不填就是全部地方。")
            case "flag":
                return _one(label, [("1", "是"), ("0", "否")])
            case "requirement":
                rows = configuration_of(self.program).requirements
                options = [(row.code, row.name) for row in rows if row != self.row and row.ended_on is None]
                return _one(label, options)
            case "vocabulary":
                return forms.ChoiceField(label=label, choices=Term.Vocabulary.choices)
            case "day":
                return DayField(label=label, required=False)
            case "number":
                return NumberField(label=label, required=False)
        return forms.CharField(label=label, required=False)

    def _words_field(self, param: registry.Param, label: str) -> forms.Field:
        known = configuration_of(self.program).terms
        words = [word for word in known if word.vocabulary in vocabularies_of(param)]
        options = [(word.code, word.label) for word in words if word.ended_on is None or word.ended_on > self.today]
        ended = [(word.code, f"{word.label}（已停用）") for word in words if (word.code, word.label) not in options]
        if options or ended:
            return _one(label, options) if param.kind == "term" else _several(label, options, ended)
        address = reverse("programs:setup-word-list", args=[self.program.code, param.vocabulary])
        words_of = Term.Vocabulary(param.vocabulary).label
        empty = format_html('词表“{}”还没有词，先<a href="{}">到词表里添加</a>，这里就能选。', words_of, address)
        return _several(label, [], help_text=empty)


def _keys(choices: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """The values of choices, those under headings as well."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _keys(label)
        else:
            yield str(value)


class _Several(forms.MultipleChoiceField):
    """Any of some choices; those that ended are offered only where they were chosen."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "所选已不在可选范围内，请重新选择。"}

    def __init__(self, *, ended: list[tuple[str, str]], **kwargs: Any) -> None:
        self.ended = ended
        super().__init__(**kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Keep what is chosen."""
        chosen = form.initial_of(name) or ()
        self.choices = [*self.choices, *((key, label) for key, label in self.ended if key in chosen)]  # type: ignore[misc]


def _several(
    label: str, options: list[tuple[str, str]], ended: list[tuple[str, str]] | None = None, help_text: str = ""
) -> forms.Field:
    return _Several(
        label=label,
        choices=options,
        ended=ended or [],
        required=False,
        help_text=help_text or "不选就是不限。",
    )


def _one(label: str, options: list[tuple[str, str]]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=[("", "（不限）"), *options], required=False)


def _shown(param: registry.Param, value: Any) -> Any:
    if param.kind == "flag":
        return "1" if value else "0"
    if param.kind == "places":
        return list(Division.objects.filter(pk__in=value).select_related("parent").order_by("code"))
    if param.kind == "day" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value


def _kept(param: registry.Param, value: Any) -> Any:
    match param.kind:
        case "places":
            return sorted(place.pk for place in value or ())
        case "flag":
            return None if value in (None, "") else value == "1"
        case "day":
            return value.isoformat() if value else None
    return value
