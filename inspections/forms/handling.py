"""Forms for what becomes of a problem: put right, re-checked, and its consequences."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.models import Cadre, Post, TeamMember
from cadres.models.people import Leadership
from inspections.models import Finding, Rectification
from programs.forms.base import ScopedForm
from programs.forms.fields import DayField, TermField
from programs.models import Term, Unit


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
        return {seat.cadre: seat.get_role_display() for seat in seats.order_by("since", "pk")}

    def _leaders(self, units: list[Unit]) -> dict[Cadre, str]:
        posts = Post.objects.active_on(self.today).filter(unit__in=units, leadership=Leadership.PRINCIPAL)
        return {post.cadre: post.get_leadership_display() for post in posts.select_related("cadre").order_by("pk")}

    @property
    def decision(self) -> dict[str, Any]:
        """What was decided on whom, as the action takes it."""
        data = dict(self.cleaned_data)
        chosen = data.pop("subject")
        return data | {chosen.partition("-")[0]: self.subjects[chosen]}
