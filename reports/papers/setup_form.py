"""The form of what a program's paper says: a field for each part that its kind has."""

from __future__ import annotations

from typing import Any

from django import forms

from programs.forms.base import Section
from programs.forms.setup.base import SetupForm
from reports.models import Paper
from reports.papers.config import problem_of
from reports.papers.kinds import PaperKind

_PREFIX = "text_"


class PaperForm(SetupForm):
    """Title, parts, and whether names are printed; an empty field means the usual words."""

    title = forms.CharField(label="标题", max_length=60, required=False)
    names_in_print = forms.BooleanField(
        label="印出姓名", required=False, help_text="张贴在外的，没有本人同意不要印姓名；不印时只写户数和岗位。"
    )

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Add the parts of this kind of paper, the usual words where the program has none."""
        row: Paper | None = self.row
        texts = row.texts if row is not None else {}
        self.fields["title"].help_text = f"空着就用“{self.kind.title}”。"
        self.initial["title"] = (row.title if row is not None else "") or self.kind.title
        if not self.kind.asks_names:
            del self.fields["names_in_print"]
        for part in self.kind.parts:
            name = _PREFIX + part.key
            widget = forms.Textarea(attrs={"rows": part.lines + 1}) if part.lines > 1 else forms.TextInput()
            self.fields[name] = forms.CharField(
                label=part.label,
                required=False,
                widget=widget,
                help_text=part.help or f"空着就用“{part.default}”。",
            )
            self.initial[name] = texts.get(part.key, "" if part.starts_empty else part.default)
        own = ("names_in_print",) if self.kind.asks_names else ()
        self.arranged = [Section("", ("title", *(_PREFIX + part.key for part in self.kind.parts), *own))]

    def clean(self) -> dict[str, Any]:
        """Each part fits its place on the paper."""
        data = super().clean() or self.cleaned_data
        for part in self.kind.parts:
            name = _PREFIX + part.key
            text = "\n".join(line.strip() for line in data.get(name, "").splitlines() if line.strip())
            if problem := problem_of(part, text):
                self.add_error(name, problem)
            data[name] = text
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "title": data["title"].strip(),
            "names_in_print": data.get("names_in_print", False),
            "texts": {part.key: data[_PREFIX + part.key] for part in self.kind.parts},
        }
