"""What an office enters on the pages of requirements."""

from __future__ import annotations

from django import forms

from cadres.models import RequirementMark
from programs.forms.base import ScopedForm
from programs.forms.fields import DayField


class TickForm(ScopedForm):
    """Ticks for the chosen lines: done on a day, known by telephone, papers or on site."""

    on = DayField(label="完成日期")
    source = forms.ChoiceField(label="核实方式", choices=RequirementMark.Source.choices)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def prepare(self) -> None:
        """Today, unless the office says otherwise."""
        self.propose(on=self.today)


class ExcuseForm(ScopedForm):
    """An excuse for the chosen lines, with its reason and who approved it."""

    reason = forms.CharField(label="免除原因", max_length=200, help_text="如请假、防汛、空缺、中途接手。")
    approver = forms.CharField(label="批准人", max_length=50)
