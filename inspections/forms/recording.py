"""The form of one inspection: methods, day, the checklist, notes, and the problems and praise found there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from inspections.actions import NO, YES, ChangedMeanwhile, FindingDraft, InspectionDraft, check_visited, state_of
from inspections.briefing import Briefing, Known
from inspections.forms.words import Options, WordsField, grouped, words_in_use
from inspections.models import ChecklistItem, Finding, Inspection
from inspections.rules import applies
from programs.forms.base import Rows, ScopedForm
from programs.forms.fields import DayField, NumberField
from programs.models import Term
from programs.refusals import Refusal
from programs.rules.wording import day_text, plain
from projects.models import Project

NOT_ASKED = "未查"


class RowForm(ScopedForm):
    """What one problem and one praise have in common. ``finding`` names the one that is corrected."""

    finding = forms.CharField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(label="类别", error_messages={"required": "请选择类别。"})
    text = forms.CharField(
        label="情况",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写情况。"},
    )

    def __init__(self, *args: Any, words: list[Term], projects: list[Project], **kwargs: Any) -> None:
        self.words = {str(word.pk): word for word in words}
        self.project_rows = {str(project.pk): project for project in projects}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Offer the categories and the team's projects."""
        self.fields["category"].choices = grouped(self.words.values())  # type: ignore[attr-defined]
        if "project" in self.fields:
            named: Options = [("", "（不填）"), *((key, str(row)) for key, row in self.project_rows.items())]
            self.fields["project"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words and projects for their keys."""
        data = super().clean() or self.cleaned_data
        data["category"] = self.words.get(data.get("category", ""))
        data["project"] = self.project_rows.get(data.get("project", ""))
        return data


class ProblemForm(RowForm):
    """One problem."""

    gravity = forms.ChoiceField(label="程度", choices=Finding.Gravity.choices, initial=Finding.Gravity.MINOR)
    due_on = DayField(label="整改期限", required=False)
    responsible = forms.CharField(
        label="整改责任人", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "responsible"})
    )
    project = forms.ChoiceField(label="涉及的项目", required=False)

    field_order = ("finding", "category", "text", "gravity", "due_on", "responsible", "project")


class PraiseForm(RowForm):
    """One praise."""

    field_order = ("finding", "category", "text")


@dataclass(frozen=True)
class Question:
    """A question of the checklist as the page shows it."""

    item: ChecklistItem
    field: forms.BoundField
    note: forms.BoundField
    known: Known | None

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered by tapping."""
        return self.item.kind in (ChecklistItem.Kind.YES_NO, ChecklistItem.Kind.CHOICE)

    @property
    def has_note(self) -> bool:
        """Whether something is noted beside the answer."""
        return bool(self.note.value())

    @property
    def condition(self) -> str:
        """When it is asked, in words; empty if always."""
        return f"“{self.item.only_if}”答“{self.item.only_if_answer}”时填写" if self.item.only_if else ""

    @property
    def depends_on(self) -> str:
        """The name of the field it hangs on."""
        return f"item-{self.item.only_if_id}" if self.item.only_if_id is not None else ""


class RecordForm(ScopedForm):
    """All that an inspector enters about one team, saved as one."""

    visited_on = DayField(label="督查日期", past=True)
    methods = WordsField(Term.Vocabulary.METHOD, label="督查方式", required=False)
    notes = forms.CharField(
        label="督查情况",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="清单以外看到、听到的。",
    )
    follow_up_on = DayField(label="回访日期", required=False, help_text="需要再来看的，填哪天之前。")

    rows = {
        "problems": Rows("发现的问题", ProblemForm, more="加一个问题", blank=0),
        "praise": Rows("表扬", PraiseForm, more="加一条表扬", blank=0),
    }

    def __init__(self, *args: Any, inspection: Inspection, briefing: Briefing, **kwargs: Any) -> None:
        self.inspection, self.briefing = inspection, briefing
        super().__init__(*args, **kwargs)
        self.seen: str = self.data.get("seen", "") if self.is_bound else state_of(inspection)

    def prepare(self) -> None:
        """Fill what was recorded before; on a first visit what the round and the records say."""
        inspection = self.inspection
        last_day = min(self.today, inspection.round.ends_on or self.today)
        methods = inspection.methods if inspection.visited_on else inspection.round.methods
        self.propose(
            visited_on=inspection.visited_on or max(last_day, inspection.round.starts_on),
            methods=list(methods.all()),
            notes=inspection.notes,
            follow_up_on=inspection.follow_up_on,
            problems=[self._row_of(one) for one in self._findings if one.kind == Finding.Kind.PROBLEM],
            praise=[self._row_of(one) for one in self._findings if one.kind == Finding.Kind.PRAISE],
        )
        for item in self.items:
            self.fields[f"item-{item.pk}"] = _answer_field(item)
            self.fields[f"note-{item.pk}"] = forms.CharField(label="说明", max_length=300, required=False)
            answer = self._answers.get(item.pk)
            known = self.recorded.get(item.pk)
            value = answer.value if answer else known.value if known and not inspection.visited_on else ""
            self.propose(**{f"item-{item.pk}": value, f"note-{item.pk}": answer.note if answer else ""})

    @cached_property
    def items(self) -> list[ChecklistItem]:
        """The questions in use, and those answered before they were ended."""
        rows = ChecklistItem.objects.filter(program=self.program).select_related("only_if").order_by("position", "pk")
        return [row for row in rows if row.pk in self._answers or not (row.ended_on and row.ended_on <= self.today)]

    @cached_property
    def recorded(self) -> dict[int, Known]:
        """What the records answer."""
        return self.briefing.known([item for item in self.items if item.requirement_id])

    @cached_property
    def _answers(self) -> dict[int, Any]:
        return {answer.item_id: answer for answer in self.inspection.answers.all()}

    @cached_property
    def _findings(self) -> list[Finding]:
        return list(self.inspection.findings.select_related("category").order_by("pk"))

    def _row_of(self, finding: Finding) -> dict[str, Any]:
        return {
            "finding": str(finding.pk),
            "category": str(finding.category_id),
            "text": finding.text,
            "gravity": finding.gravity,
            "due_on": finding.due_on,
            "responsible": finding.responsible,
            "project": str(finding.project_id or ""),
        }

    def row_options(self, name: str) -> dict[str, Any]:
        """The words of the part and the projects, read once for all rows."""
        wanted = Term.Vocabulary.FINDING_CATEGORY if name == "problems" else Term.Vocabulary.PRAISE_CATEGORY
        words = [word for word in self._words if word.vocabulary == wanted]
        return {"words": words, "projects": [line.project for line in self.briefing.projects]}

    @cached_property
    def _words(self) -> list[Term]:
        found = words_in_use(
            self.program, self.today, Term.Vocabulary.FINDING_CATEGORY, Term.Vocabulary.PRAISE_CATEGORY
        )
        there = {word.pk for word in found}
        return found + [one.category for one in self._findings if one.category_id not in there]

    @cached_property
    def questions(self) -> list[Question]:
        """The checklist as the page shows it."""
        return [
            Question(item, self[f"item-{item.pk}"], self[f"note-{item.pk}"], self.recorded.get(item.pk))
            for item in self.items
        ]

    @property
    def answer_count(self) -> int:
        """How many questions have an answer."""
        return sum(bool(question.field.value()) for question in self.questions)

    def clean_visited_on(self) -> dt.date:
        """A day of the round, said together with what else is wrong."""
        day: dt.date = self.cleaned_data["visited_on"]
        try:
            check_visited(self.inspection, day)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return day

    def is_valid(self) -> bool:
        """The form and its rows, and what holds between them."""
        good = super().is_valid()
        day = self.cleaned_data.get("visited_on") if self.is_bound and not self.growing else None
        follow_up = self.cleaned_data.get("follow_up_on") if day else None
        if day and follow_up and follow_up < day:
            self.add_error("follow_up_on", f"回访日期不能早于督查日期（{day_text(day)}）。")
            good = False
        for row in self.parts["problems"] if day else ():
            data = getattr(row, "cleaned_data", {})
            due = data.get("due_on")
            if due and due < day and not data.get("DELETE"):
                row.add_error("due_on", f"整改期限不能早于督查日期（{day_text(day)}）。")
                good = False
        return good

    @property
    def draft(self) -> InspectionDraft:
        """What was seen and answered."""
        data = self.cleaned_data
        answers = {item: (_text(data[f"item-{item.pk}"]), data[f"note-{item.pk}"]) for item in self.items}
        return InspectionDraft(
            inspection=self.inspection,
            visited_on=data["visited_on"],
            methods=list(data["methods"]),
            answers=answers,
            notes=data["notes"],
            follow_up_on=data["follow_up_on"],
        )

    @property
    def finding_drafts(self) -> list[FindingDraft]:
        """What was found, and what of it is taken back."""
        there = {str(one.pk): one for one in self._findings}
        said = [_draft(row, there.get(row["finding"])) for name in self.parts for row in self.cleaned_data[name]]
        struck = [row.cleaned_data.get("finding") for part in self.parts.values() for row in part.deleted_forms]
        gone = [there[key] for key in struck if key in there]
        return said + [FindingDraft(one.category, one.text, finding=one, is_removed=True) for one in gone]

    @property
    def summary(self) -> str:
        """What was saved, in words; answers that did not apply are named."""
        count = {name: len(self.cleaned_data[name]) for name in self.parts}
        words = [f"{count['problems']}个问题" if count["problems"] else "没有问题"]
        words += [f"{count['praise']}条表扬"] if count["praise"] else []
        kept = {item.pk: _text(self.cleaned_data[f"item-{item.pk}"]) for item in self.items}
        ignored = [f"“{item}”" for item in self.items if kept[item.pk] and not self._applies(item.pk, kept)]
        hint = f"{'、'.join(ignored)}不适用，没有保存。" if ignored else ""
        return f"已保存{self.inspection.team.village}的督查：{'，'.join(words)}。{hint}"

    def _applies(self, key: int, kept: dict[int, str]) -> bool:
        item = next((one for one in self.items if one.pk == key), None)
        if item is None or item.only_if_id is None:
            return True
        return applies(item.condition, kept) and self._applies(item.only_if_id, kept)

    def refuse(self, refusal: Refusal) -> None:
        """Once told of a colleague's entry, the next press means it."""
        if isinstance(refusal, ChangedMeanwhile):
            self.seen = state_of(self.inspection)
        super().refuse(refusal)


def _draft(row: dict[str, Any], finding: Finding | None) -> FindingDraft:
    return FindingDraft(
        category=row["category"],
        text=row["text"],
        gravity=row.get("gravity") or Finding.Gravity.MINOR,
        due_on=row.get("due_on"),
        responsible=row.get("responsible", ""),
        project=row.get("project"),
        finding=finding,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else plain(value)


def _answer_field(item: ChecklistItem) -> forms.Field:
    options: dict[str, Any] = {"label": item.text, "required": False}
    if item.kind == ChecklistItem.Kind.NUMBER:
        return NumberField(**options)
    if item.kind == ChecklistItem.Kind.TEXT:
        return forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 2}), **options)
    words: Iterable[str] = (YES, NO) if item.kind == ChecklistItem.Kind.YES_NO else item.choices
    choices = [*((word, word) for word in words), ("", NOT_ASKED)]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
