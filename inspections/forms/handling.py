"""Forms for findings outside of a round, and for what becomes of a problem: put right, re-checked, sanctioned."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.choices import TEAMS
from cadres.models import Cadre, Post, TeamMember
from cadres.models.people import Leadership
from inspections.forms.words import grouped, words_in_use
from inspections.models import Finding, Rectification
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.forms.fields import DayField, TermField
from programs.forms.picking import PickField
from programs.models import Term, Unit
from programs.permissions import may
from projects.choices import PROJECTS


class FindingForm(ScopedForm):
    """A problem or praise that an office or an inspector came upon outside of a round's inspections."""

    team = PickField(TEAMS, label="工作队", required=False)
    unit = PickField(UNITS, label="单位", required=False, help_text="填了工作队的不必再填，取它的派出单位。")
    category = forms.ChoiceField(label="类别", error_messages={"required": "请选择类别。"})
    text = forms.CharField(
        label="情况", widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "请填写情况。"}
    )
    found_on = DayField(label="发现日期", past=True)
    gravity = forms.ChoiceField(label="程度", choices=Finding.Gravity.choices, initial=Finding.Gravity.MINOR)
    due_on = DayField(label="整改期限", required=False, help_text="表扬不填。")
    responsible = forms.CharField(label="整改责任人", max_length=100, required=False)
    project = PickField(PROJECTS, label="涉及的项目", required=False)

    def prepare(self) -> None:
        """Usually today. Units as a whole are a county office's to judge; others speak of teams they reach."""
        self.propose(found_on=self.today)
        vocabularies = (Term.Vocabulary.FINDING_CATEGORY, Term.Vocabulary.PRAISE_CATEGORY)
        self.words = {str(word.pk): word for word in words_in_use(self.program, self.today, *vocabularies)}
        self.fields["category"].choices = grouped(self.words.values())  # type: ignore[attr-defined]
        if not may(self.user, "round.change", self.program):
            del self.fields["unit"]
            self.fields["team"].required = True

    def clean(self) -> dict[str, Any]:
        """Somebody it is about, and days in their order."""
        data = super().clean() or self.cleaned_data
        asked = "team" in data and ("unit" in data or "unit" not in self.fields)
        if asked and not data["team"] and not data.get("unit"):
            self.add_error("team", "请填写工作队或单位。")
        found_on, due_on = data.get("found_on"), data.get("due_on")
        if found_on and due_on and due_on < found_on:
            self.add_error("due_on", "整改期限不能早于发现日期。")
        data["category"] = self.words.get(data.get("category", ""))
        return data


class RectifyForm(ScopedForm):
    """What was done about a problem."""

    on = DayField(label="整改日期", past=True)
    text = forms.CharField(
        label="整改情况", widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": "请填写整改情况。"}
    )

    def prepare(self) -> None:
        """Usually today."""
        self.propose(on=self.today)


class JudgeForm(ScopedForm):
    """Whether a problem has been put right."""

    verdict = forms.ChoiceField(
        label="复查结论",
        choices=[
            (Rectification.Verdict.ACCEPTED.value, "整改到位，销号"),
            (Rectification.Verdict.RETURNED.value, "没有到位，退回整改"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择复查结论。"},
    )
    comment = forms.CharField(
        label="复查意见",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回时须写明还差什么。",
    )
    on = DayField(label="复查日期", past=True)

    def prepare(self) -> None:
        """Usually today."""
        self.propose(on=self.today)

    def clean(self) -> dict[str, Any]:
        """What is sent back says why."""
        data = super().clean() or self.cleaned_data
        returned = data.get("verdict") == Rectification.Verdict.RETURNED
        if returned and not data.get("comment", "").strip() and "comment" not in self.errors:
            self.add_error("comment", "请写明退回的意见：还差什么。")
        return data


class SanctionForm(ScopedForm):
    """A consequence for a unit or a person that a problem concerns."""

    kind = TermField(Term.Vocabulary.SANCTION, label="处理方式")
    subject = forms.ChoiceField(label="处理对象", error_messages={"required": "请选择处理对象。"})
    decided_by = forms.CharField(label="决定机关", max_length=100)
    decided_on = DayField(label="决定日期", past=True)
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如通报文号。")

    refused_as = {"unit": "subject", "cadre": "subject"}

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        self.finding = finding
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Offer the unit and the people that the problem concerns; the office decides, usually today."""
        self.propose(decided_by=self.program.office, decided_on=self.today)
        found = [self.finding.unit, self.finding.team.unit if self.finding.team else None]
        units: list[Unit] = list(dict.fromkeys(unit for unit in found if unit is not None))
        people = {**self._members(), **self._leaders(units)}
        self.subjects: dict[str, Unit | Cadre] = {f"unit-{unit.pk}": unit for unit in units}
        self.subjects |= {f"cadre-{cadre.pk}": cadre for cadre in people}
        choices: list[tuple[str, Any]] = [("", "（请选择）")]
        if units:
            choices.append(("单位", [(f"unit-{unit.pk}", str(unit)) for unit in units]))
        if people:
            choices.append(("个人", [(f"cadre-{one.pk}", f"{one}（{words}）") for one, words in people.items()]))
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]

    def _members(self) -> dict[Cadre, str]:
        if self.finding.team is None:
            return {}
        seats = TeamMember.objects.active_on(self.today).filter(team=self.finding.team).select_related("cadre")
        return {seat.cadre: self.program.call(seat.get_role_display()) for seat in seats.order_by("since", "pk")}

    def _leaders(self, units: list[Unit]) -> dict[Cadre, str]:
        posts = Post.objects.active_on(self.today).filter(unit__in=units, leadership=Leadership.PRINCIPAL)
        posts = posts.select_related("cadre").order_by("pk")
        return {post.cadre: self.program.call(post.get_leadership_display()) for post in posts}

    @property
    def decision(self) -> dict[str, Any]:
        """What was decided on whom, as the action takes it."""
        data = dict(self.cleaned_data)
        chosen = data.pop("subject")
        return data | {chosen.partition("-")[0]: self.subjects[chosen]}
