"""The form of a question on the checklist."""

from __future__ import annotations

from typing import Any

from django import forms

from inspections.models import ChecklistItem
from programs.figures.configuration import configuration_of
from programs.forms.base import Section
from programs.forms.setup.base import FOLLOWED, SetupForm

Kind = ChecklistItem.Kind


class QuestionForm(SetupForm):
    """A question: its words, how it is answered, and when it is asked at all."""

    sections = (
        Section("问什么", ("text", "kind", "choices")),
        Section("什么时候问", ("only_if", "only_if_answer"), "不填就总是问。"),
        Section("先按记录填好", ("requirement",)),
    )

    text = forms.CharField(label="问题", max_length=200, help_text="如“单位主要领导是否到村走访过”。")
    kind = forms.ChoiceField(label="怎么答", choices=Kind.choices, widget=forms.Select(attrs=FOLLOWED))
    choices = forms.CharField(
        label="有哪些选项", widget=forms.Textarea(attrs={"rows": 4}), help_text="一行一个，如 完整、不详、缺记。"
    )
    only_if = forms.ModelChoiceField(
        ChecklistItem.objects.none(), label="只在这个问题", required=False, empty_label="（总是问）"
    )
    only_if_answer = forms.CharField(label="答为", max_length=50, required=False, help_text="如 是。")
    requirement = forms.ChoiceField(
        label="按哪项要求的记录",
        required=False,
        help_text="选了以后，登记督查时先按平台里这项要求的记录填好，督查组核实后再改。",
    )

    def values_of(self, row: ChecklistItem) -> dict[str, Any]:
        """Choices one a line."""
        return super().values_of(row) | {
            "choices": "\n".join(row.choices),
            "requirement": str(row.requirement_id or ""),
        }

    def prepare(self) -> None:
        """Questions that may decide about this one, and the requirements that may answer it."""
        if self.chosen("kind") != Kind.CHOICE:
            del self.fields["choices"]
        rows = ChecklistItem.objects.visible_to(self.user).filter(program=self.program, ended_on=None)
        if self.row is not None:
            rows = rows.exclude(pk=self.row.pk)
        first: Any = self.fields["only_if"]
        first.queryset = rows.order_by("position", "pk")
        kept = self.row.requirement_id if self.row is not None else None
        known = configuration_of(self.program).requirements
        self.requirements = {str(row.pk): row for row in known if row.ended_on is None or row.pk == kept}
        field: Any = self.fields["requirement"]
        field.choices = [("", "（不按记录）"), *((key, row.name) for key, row in self.requirements.items())]

    def clean_choices(self) -> list[str]:
        """One choice a line, two at least."""
        lines = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["choices"].splitlines()))))
        if len(lines) < 2:
            raise forms.ValidationError("至少写两个选项，一行一个。")
        return lines

    def clean(self) -> dict[str, Any]:
        """A condition has a question and an answer."""
        data = super().clean() or self.cleaned_data
        if data.get("only_if") and not data.get("only_if_answer"):
            self.add_error("only_if_answer", "请写明答为什么时才问，如 是。")
        if data.get("only_if_answer") and not data.get("only_if") and "only_if" not in self.errors:
            self.add_error("only_if", "请选是哪个问题；总是要问的，请把答案清空。")
        return data

    @property
    def values(self) -> dict[str, Any]:
        """The question's fields as the action takes them."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "kind": data["kind"],
            "choices": data.get("choices", []),
            "only_if": data["only_if"],
            "only_if_answer": data["only_if_answer"],
            "requirement": self.requirements.get(data["requirement"]),
        }
