"""The form of a template that bulletins and plain texts begin from."""

from __future__ import annotations

from typing import Any

from django import forms

from programs.forms.base import Section
from programs.forms.fields import NumberField
from programs.forms.setup.base import SetupForm
from programs.refusals import Refusal
from reports.models import BulletinTemplate, Coverage, Layout

_LISTS = ("report_to", "send_to", "distribute_to")


class TemplateForm(SetupForm):
    """A template: what it is called, what stands around the text, and the text that a draft starts from."""

    unneeded = ("name", "masthead", "office", "title")
    sections = (
        Section("模板", ("name", "layout", "coverage")),
        Section("报头和标题", ("masthead", "office", "title")),
        Section("报送和印数", (*_LISTS, "copies", "annex")),
    )

    body = forms.CharField(label="正文", strip=False, widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false"}))
    name = forms.CharField(label="模板名称", max_length=100, help_text="拟稿时按这个名称选，如“督查情况通报”。")
    layout = forms.ChoiceField(label="样式", choices=Layout.choices)  # type: ignore[assignment]  # fields are taken off
    coverage = forms.ChoiceField(
        label="写哪里", choices=Coverage.choices, help_text="正文里的数字只算这个范围；简报只能写整个活动。"
    )
    masthead = forms.CharField(
        label="报头",
        max_length=100,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="红头上的字，可分两行；普通文稿不填。",
    )
    office = forms.CharField(label="编发单位", max_length=100)
    title = forms.CharField(
        label="标题",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="可写〔年〕和〔地名〕，拟稿时换成当年和所写的地方。",
    )
    report_to = forms.CharField(label="报", max_length=500, required=False)
    send_to = forms.CharField(label="送", max_length=500, required=False)
    distribute_to = forms.CharField(label="发", max_length=500, required=False)
    copies = NumberField(label="印数（份）", decimals=0, most=99999, required=False)
    annex = forms.CharField(
        label="附表标题", max_length=100, required=False, help_text="各工作队情况一览表；留空则不附。"
    )

    @property
    def layout_around(self) -> list[tuple[Section | None, list[forms.BoundField]]]:
        """The fields beside the text, by section."""
        return [(section, fields) for section, fields in super().layout if section is not None]

    def prepare(self) -> None:
        """The program's office, unless said otherwise."""
        self.propose(office=self.program.office)

    def clean(self) -> dict[str, Any]:
        """A bulletin has a masthead and is about all of the program."""
        data = super().clean() or self.cleaned_data
        if data.get("layout") == Layout.BULLETIN and not self.is_draft:
            if not data.get("masthead") and "masthead" not in self.errors:
                self.add_error("masthead", "简报要有报头，如“工作简报”。")
            if data.get("coverage") not in (None, Coverage.PROGRAM):
                self.add_error("coverage", "简报写整个活动；只写一个镇街或一个村的，样式请选“普通文稿”。")
        return data

    def clean_copies(self) -> int:
        """Nothing typed means that it is not printed."""
        return self.cleaned_data["copies"] or 0

    def refuse(self, refusal: Refusal) -> None:
        """Each problem of the text on a line of its own."""
        if refusal.field != "body":
            super().refuse(refusal)
            return
        for line in refusal.message.split("\n"):
            super().refuse(Refusal(line, "body"))

    @property
    def values(self) -> dict[str, Any]:
        """The template's fields as the action takes them."""
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "version"
        }

    def draft(self) -> BulletinTemplate:
        """The template with whatever of the typed text is in order, not saved: for the preview."""
        self.is_valid()
        return BulletinTemplate(program=self.program, **self.values | {"body": self._body()})

    def _body(self) -> str:
        return str(self.data.get("body", "")).replace("\r\n", "\n")
