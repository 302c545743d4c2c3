"""Forms for named groups of cadres and their seats."""

from __future__ import annotations

from django import forms

from cadres.choices import CADRES
from cadres.models import CadreGroup
from programs.choices import UNITS
from programs.forms.base import ScopedForm, ScopedModelForm
from programs.forms.fields import DayField
from programs.forms.picking import PickField
from programs.models import Role
from programs.scoping import roles_in


class GroupForm(ScopedModelForm):
    """A named group; a unit's contact forms those of the unit."""

    model = CadreGroup
    names = ("name", "unit", "formed_on", "tasks")

    unit = PickField(UNITS, label="所属单位", required=False, help_text="全县的小组不填。")

    def prepare(self) -> None:
        """Only the county has groups of the whole program."""
        super().prepare()
        self.fields["name"].help_text = "如帮扶工作领导小组、联合督导组。"
        if not roles_in(self.user, self.program.pk) & {Role.COUNTY, Role.ADMINISTRATOR}:
            self.fields["unit"].required, self.fields["unit"].help_text = True, ""


class SeatForm(ScopedForm):
    """A cadre, or a unit as a whole, joins a group."""

    cadre = PickField(CADRES, label="干部", required=False)
    unit = PickField(
        UNITS, label="单位", required=False, help_text="单位作为成员时只选单位；选了干部的，可填他代表哪个单位。"
    )
    duty = forms.CharField(label="职责", max_length=50, required=False, help_text="如组长、副组长。")
    since = DayField(label="从哪天起")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(since=self.today)
