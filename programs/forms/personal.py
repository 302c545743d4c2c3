"""Fields for personal numbers: what is stored is hinted at and never shown; left empty it stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from programs.forms.fields import PhoneField
from programs.rules.identity import parse_identity
from programs.rules.masking import mask_identity, mask_phone

if TYPE_CHECKING:
    from programs.forms.base import ScopedForm

#: What takes a stored number away.
NONE = "-"


class PersonalInput(forms.TextInput):
    """The stored number as a masked hint; what was typed just now stays to be mended."""

    def __init__(self, mask: Callable[[str], str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}))
        self.mask = mask
        self.stored = ""

    def format_value(self, value: Any) -> str | None:
        """Nothing for what is stored."""
        return None if value == self.stored else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the hint."""
        context = super().get_context(name, value, attrs)
        if self.stored:
            context["widget"]["attrs"]["placeholder"] = f"已登记 {self.mask(self.stored)}"
        return context


class PersonalField(forms.CharField):
    """A personal number of a row; empty keeps what is stored, a hyphen takes it away."""

    mask: Callable[[str], str]

    def __init__(self, **kwargs: Any) -> None:
        self.stored = ""
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", PersonalInput(type(self).mask, {"inputmode": "text"}))
        super().__init__(**kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Learn what is stored."""
        self.stored = form.initial_of(name) or ""
        widget = self.widget
        assert isinstance(widget, PersonalInput)
        widget.stored = self.stored
        if self.stored:
            self.help_text = f"不改就留空；要删去，填一个短横“{NONE}”。"

    def read(self, typed: str) -> str:
        """The number as it is kept. Raises ValidationError in words."""
        raise NotImplementedError

    def clean(self, value: Any) -> str:
        """What is stored afterwards."""
        typed = (value or "").strip()
        if not typed or typed == self.stored:
            return self.stored
        if typed == NONE:
            return ""
        if "*" in typed:
            raise ValidationError("号码被遮盖了，请填完整，或留空不改。", code="masked")
        return self.read(typed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Only typing changes it."""
        return bool(data and data.strip() and data.strip() != self.stored)


class IdentityField(PersonalField):
    """An identity number, checked by its last character."""

    mask = staticmethod(mask_identity)

    def read(self, typed: str) -> str:
        """Eighteen characters that agree with each other."""
        try:
            return parse_identity(typed)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class PersonalPhoneField(PersonalField):
    """A telephone number of somebody who did not give it to everybody."""

    mask = staticmethod(mask_phone)

    def read(self, typed: str) -> str:
        """Digits."""
        return PhoneField(required=False).to_python(typed)
