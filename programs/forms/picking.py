"""Choosing from the rows a person reaches: a plain list while it is short, by typing a name or initials beyond that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from programs.choices import SHORT, Source, search, within
from programs.rules.script import folded

if TYPE_CHECKING:
    from programs.forms.base import ScopedForm

_BETWEEN = re.compile(r"[、，,；;\n]+")
_GONE = "所选已不在可选范围内，请重新选择。"


@dataclass(frozen=True)
class Typed:
    """What a typing field sends: the keys that are ticked, and the text beside them."""

    keys: tuple[str, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.keys or self.text.strip())


@dataclass(frozen=True)
class Choice:
    """One row as it is offered."""

    key: str
    label: str
    detail: str

    def __str__(self) -> str:
        return f"{self.label}（{self.detail}）" if self.detail else self.label


def choices_of(source: Source, rows: Iterable[Any]) -> list[Choice]:
    """Rows as they are offered."""
    return [Choice(str(row.pk), source.label(row), source.detail(row)) for row in rows]


class PickInput(forms.Widget):
    """A text box that searches, with radio buttons or tick boxes for what it found.

    Without JavaScript the typed text is sent, and the server takes the one row it names or offers those it may mean.
    """

    template_name = "components/widgets/pick.html"

    def __init__(self, field: PickField) -> None:
        super().__init__()
        self.field = field
        self.candidates: list[Any] = []

    def id_for_label(self, id_: str, index: str = "") -> str:
        """The label belongs to the text box."""
        return f"{id_}_q" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """Ticked keys and typed text."""
        text = data.get(f"{name}-q")
        if not self.field.many and text is not None and not text.strip():
            return Typed()  # an emptied box takes the choice back, with scripts or without
        return Typed(tuple(key for key in _all_of(data, name) if key), text or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither ticked nor typed."""
        return name not in data and f"{name}-q" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template shows: chosen rows, candidates of an ambiguous text, and where to search."""
        context = super().get_context(name, value, attrs)
        field, typed = self.field, value if isinstance(value, Typed) else Typed()
        chosen = choices_of(field.source, field.rows_with(typed.keys))
        ticked = {choice.key for choice in chosen}
        own = context["widget"]["attrs"].get("id", name)
        context["widget"]["attrs"]["id"] = f"{own}_q"
        context["widget"] |= {
            "options_id": f"{own}_options",
            "many": field.many,
            "chosen": chosen,
            "candidates": choices_of(field.source, (row for row in self.candidates if str(row.pk) not in ticked)),
            "text": typed.text or (chosen[0].label if chosen and not field.many else ""),
            "placeholder": field.source.example,
            "url": field.search_url(name),
            "include": f"[name='{field.within}']" if field.within else "",
        }
        return context


class PickField(forms.Field):
    """One row, or with ``many`` several, of a registered list, from those the user reaches in the program.

    ``within`` names another field of the page whose place narrows the search; ``place`` (set by the form) narrows it
    for good.
    """

    default_error_messages = {"required": "请选择。"}

    def __init__(
        self,
        source: Source,
        *,
        many: bool = False,
        within: str = "",
        **kwargs: Any,
    ) -> None:
        self.source, self.many, self.within = source, many, within
        self.place = ""
        self.kept: dict[str, Any] = {}
        self.rows: models.QuerySet[Any] | None = None
        self.listed: list[Any] | None = None
        self._program_code = ""
        super().__init__(**kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Learn what this user may choose in this program, and whether that is a short list."""
        self.rows = within(self.source, self.source.rows(form.program, form.user), self.place)
        self._program_code = form.program.code
        initial = form.initial_of(name)
        self._keep(initial)
        short = form.shortlists.get((self.source.name, self.place))
        if short is None:
            short = list(self.rows.order_by(*self.source.order)[: SHORT + 1])
            form.shortlists[self.source.name, self.place] = short
        if len(short) > SHORT:
            self.listed = None
            self.widget = PickInput(self)
        else:
            self.listed = list(dict.fromkeys([*self.kept.values(), *short]))
            self.widget = self._plain_widget(initial)
        self.widget.is_required = self.required

    def _keep(self, initial: Any) -> None:
        """What the record already says stays choosable, though the person might not choose it anew."""
        assert self.rows is not None
        rows = initial if isinstance(initial, (list, tuple)) else [initial]
        self.kept = {str(row.pk): row for row in rows if isinstance(row, models.Model)}
        missing = [key for key in _keys(initial) if key not in self.kept]
        if missing:
            self.kept |= {str(row.pk): row for row in self.rows.model._base_manager.filter(pk__in=missing)}

    def _plain_widget(self, initial: Any) -> forms.Widget:
        assert self.listed is not None
        offered = choices_of(self.source, self.listed)
        # Where the place is fixed it need not stand behind each name.
        choices = [(choice.key, choice.label if self.place else str(choice)) for choice in offered]
        if self.many:
            return forms.CheckboxSelectMultiple(choices=choices)
        if self.required and len(choices) == 1:
            self.initial = self.initial or choices[0][0]
        elif not self.required or not initial:
            choices.insert(0, ("", "（请选择）" if self.required else "（不填）"))
        return forms.Select(choices=choices)

    def search_url(self, name: str) -> str:
        """Where the browser asks for what matches."""
        address = reverse("programs:choice-list", args=[self._program_code, self.source.name])
        address += f"?name={name}&many={int(self.many)}"
        if self.place:
            address += f"&in={self.place}"
        return f"{address}&by={self.within}" if self.within else address

    def rows_with(self, keys: Iterable[str]) -> list[Any]:
        """The choosable rows with these keys, in the order of the keys."""
        wanted = [key for key in dict.fromkeys(keys) if self._is_key(key)]
        if not wanted or self.rows is None:
            return []
        if self.listed is not None:
            found = {str(row.pk): row for row in self.listed}
        else:
            found = self.kept | {str(row.pk): row for row in self.rows.filter(pk__in=wanted)}
        return [found[key] for key in wanted if key in found]

    def _is_key(self, key: str) -> bool:
        assert self.rows is not None
        try:
            self.rows.model._meta.pk.to_python(key)
        except ValidationError:
            return False
        return True

    def prepare_value(self, value: Any) -> Any:
        """Rows or keys as the widget wants them."""
        if isinstance(value, Typed):
            return value
        keys = _keys(value)
        if isinstance(self.widget, PickInput):
            return Typed(keys)
        return list(keys) if self.many else next(iter(keys), "")

    def clean(self, value: Any) -> Any:
        """The chosen row, or the list of chosen rows."""
        typed = value if isinstance(value, Typed) else Typed(_keys(value))
        found = self.rows_with(typed.keys)
        if len(found) < len(set(typed.keys)):
            raise ValidationError(_GONE, code="invalid_choice")
        if self.many:
            for text in filter(None, map(str.strip, _BETWEEN.split(typed.text))):
                found.append(self._named(text))
            found = list(dict.fromkeys(found))
        elif typed.text.strip() and not (found and self._means(typed.text, found[0])):
            found = [self._named(typed.text.strip())]
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found if self.many else next(iter(found), None)

    def _means(self, text: str, row: Any) -> bool:
        if folded(text) == folded(self.source.label(row)):
            return True
        assert self.rows is not None
        return search(self.source, self.rows, text).filter(pk=row.pk).exists()

    def _named(self, text: str) -> Any:
        """The one row that a text names; refuse none and several."""
        assert self.rows is not None
        matches = list(search(self.source, self.rows, text)[: SHORT + 1])
        exact = [row for row in matches if folded(text) in {folded(word) for word in self._words(row)}]
        if len(exact) == 1 or len(matches) == 1:
            return (exact or matches)[0]
        if not matches:
            raise ValidationError(
                f"没有找到{self.source.noun}“{text}”。请输入名称或拼音首字母，再从列出的里面选。", code="unknown"
            )
        if isinstance(self.widget, PickInput):
            self.widget.candidates += matches[:SHORT]
        many = f"{SHORT} 个以上" if len(matches) > SHORT else f"{len(matches)} 个"
        raise ValidationError(f"有{many}{self.source.noun}与“{text}”相符，请从下面选一个。", code="ambiguous")

    def _words(self, row: Any) -> list[str]:
        return [self.source.label(row), *(str(getattr(row, name)) for name in self.source.names if "__" not in name)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare keys; typed text counts as a change."""
        typed = data if isinstance(data, Typed) else Typed(_keys(data))
        before = set(_keys(initial))
        return before != set(typed.keys) or bool(self.many and typed.text.strip()) or bool(typed.text and not before)


def _all_of(data: Any, name: str) -> list[str]:
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name) or []
    return [value] if isinstance(value, str) else list(value)


def _keys(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return tuple(str(getattr(item, "pk", item)) for item in value)
    return (str(getattr(value, "pk", value)),)
