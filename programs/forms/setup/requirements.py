"""The form of a requirement: who owes what, how often and by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programs.configuring.requirements import IN_CIRCLES, waits_for_itself
from programs.figures import registry
from programs.forms.base import Section
from programs.forms.fields import DayField, NumberField, TermField
from programs.forms.setup.base import FOLLOWED, SetupForm
from programs.models import Requirement, Term
from programs.rules.periods import Cadence

_DUE = {
    Cadence.WEEK: ("每周第几天截止", 7, "1 是周一，5 是周五，含当天；不填就是周日。"),
    Cadence.FORTNIGHT: ("每两周第几天截止", 14, "含当天；不填就是最后一天。"),
    Cadence.MONTH: ("每月几号截止", 31, "含当天，如 28；不填就是月底。"),
}
_LONG_DUE = ("最后一个月几号截止", 31, "含当天，如 25；不填就是那个月的月底。")


class RequirementForm(SetupForm):
    """A requirement; the conditions follow who owes it and what counts, the day follows how often."""

    unneeded = ("name",)

    name = forms.CharField(label="名称", max_length=100, help_text="简短说要做什么，如“报告本月帮扶进展”。")
    subject = forms.ChoiceField(
        label="由谁完成", widget=forms.Select(attrs=FOLLOWED), help_text="这样的每一个都要完成，系统据此数应完成几个。"
    )
    evidence = forms.ChoiceField(
        label="凭什么算完成", widget=forms.Select(attrs=FOLLOWED), help_text="平台里登记了这样的记录，就自动算完成。"
    )
    at_least = NumberField(label="至少几次", decimals=0, most=999, initial=1, help_text="每期至少要有这么多条记录。")
    cadence = forms.ChoiceField(
        label="多久一次",
        widget=forms.Select(attrs=FOLLOWED),
        choices=Requirement.Cadence.choices,
        help_text="选“一次”就是整个活动做到一次即可；其他每期从头算。",
    )
    due_on = DayField(label="截止日期", required=False, help_text="含当天；不填就是活动结束日。")
    due_day = NumberField(label="几号截止", decimals=0, required=False)
    starts_on = DayField(label="从哪天起要求", required=False, help_text="不填就是活动开始那天。")
    rule = forms.CharField(
        label="出处与说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="文件里的原话，明细页上会写出来。",
    )
    problem_group = TermField(
        Term.Vocabulary.PROBLEM_GROUP,
        label="没完成的归入哪类问题",
        required=False,
        help_text="归入后，没完成的单位计入简报里这一类问题的家数。",
    )
    takes_marks = forms.BooleanField(
        label="办公室电话或查材料核实后，可以代为登记完成或免除", required=False, initial=True
    )

    def prepare(self) -> None:
        """Offer what can be owed and what counts for it, and ask for the conditions and the day that belong to it."""
        say = self.program.say
        kinds = [(kind.name, say(kind.label)) for kind in registry.subject_kinds.values()]
        self._offer("subject", kinds)
        self.kind = registry.subject_kinds[self.chosen("subject")]
        self._offer("evidence", [(one.name, say(one.label)) for one in self._counting()])
        self.proof = registry.evidences[self.chosen("evidence")]
        who = self.ask_conditions("who", self.kind.params, self.row.who if self.row else {})
        proof = self.ask_conditions("proof", self.proof.params, self.row.evidence_params if self.row else {})
        self._ask_for_the_day()
        self.arranged = [
            Section("对象", ("subject", *who), "下面的条件都不填，就是全部。"),
            Section("凭据", ("evidence", *proof, "at_least")),
            Section("时间", ("cadence", "due_day", "due_on", "starts_on")),
            Section("其他", ("rule", "problem_group", "takes_marks")),
        ]

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = offered

    def _counting(self) -> list[registry.Evidence]:
        return [one for one in registry.evidences.values() if self.kind.name in one.subjects]

    def _ask_for_the_day(self) -> None:
        cadence = Cadence(self.chosen("cadence"))
        if cadence is Cadence.ONCE:
            del self.fields["due_day"]
            return
        del self.fields["due_on"]
        label, most, help_text = _DUE.get(cadence, _LONG_DUE)
        field = self.fields["due_day"]
        assert isinstance(field, NumberField)
        field.label, field.most, field.help_text = label, most, help_text

    def clean_at_least(self) -> int:
        """Nothing at all is no requirement."""
        number: int = self.cleaned_data["at_least"]
        if number < 1:
            raise ValidationError("次数至少为 1。")
        return number

    def clean_due_day(self) -> int | None:
        """Days are counted from one."""
        day: int | None = self.cleaned_data["due_day"]
        if day is not None and day < 1:
            raise ValidationError("从 1 算起，请填 1 或更大的数；不填就是最后一天。")
        return day

    def clean(self) -> dict[str, Any]:
        """Days in their order, and none before the program begins."""
        data = super().clean() or self.cleaned_data
        starts_on, due_on = data.get("starts_on"), data.get("due_on")
        if starts_on and starts_on < self.program.starts_on:
            self.add_error("starts_on", "不能早于活动的开始日期。")
        if due_on and due_on < (starts_on or self.program.starts_on):
            self.add_error("due_on", "截止日期不能早于开始要求的日期。")
        self._refuse_circles()
        return data

    def _refuse_circles(self) -> None:
        """Before the preview asks: an answer would never come."""
        if self.row is None:
            return
        who = self.conditions("who", self.kind.params)
        typed = Requirement(program=self.program, code=self.row.code, subject=self.kind.name, who=who)
        if waits_for_itself(typed):
            waiting = next(param.name for param in self.kind.params if param.kind == "requirement")
            self.add_error(f"who_{waiting}", IN_CIRCLES.format(self.row))

    @property
    def values(self) -> dict[str, Any]:
        """The requirement's fields as the action takes them."""
        data = self.cleaned_data
        plain = ("name", "rule", "subject", "evidence", "cadence", "at_least", "starts_on", "takes_marks")
        return {name: data[name] for name in plain} | {
            "due_on": data.get("due_on"),
            "due_day": data.get("due_day"),
            "problem_group": data["problem_group"],
            "who": self.conditions("who", self.kind.params),
            "evidence_params": self.conditions("proof", self.proof.params),
        }

    def draft(self) -> Requirement | None:
        """The requirement as it is typed, not saved; None while something that it needs is missing or wrong."""
        if not self.is_valid():
            return None
        # Marks are those of the saved requirement; one that is not saved has none.
        return Requirement(pk=self.row.pk if self.row else 0, program=self.program, **self.values)
