"""Forms for units: their data, a new name, closing."""

from __future__ import annotations

from django import forms

from programs.choices import UNITS
from programs.forms.base import ScopedForm, ScopedModelForm
from programs.forms.fields import DayField, NameField
from programs.forms.picking import PickField
from programs.models import Unit


class UnitForm(ScopedModelForm):
    """A new unit, or a section of one."""

    model = Unit
    names = ("name", "short_name", "level", "parent", "division", "contact_name", "office_phone")

    short_name = NameField(label="简称", required=False, max_length=50, help_text="列表和通报里用；不填就用全称。")
    parent = PickField(UNITS, label="上级单位", required=False, help_text="科室填所属单位，其他单位不填。")

    def prepare(self) -> None:
        """Most units sit in the county."""
        super().prepare()
        self.propose(division=self.program.jurisdiction_id)


class UnitChangeForm(ScopedModelForm):
    """What may be corrected of a unit; its name has a form of its own, for the old one is kept."""

    model = Unit
    names = ("level", "parent", "division", "contact_name", "office_phone")

    parent = PickField(UNITS, label="上级单位", required=False, help_text="科室填所属单位，其他单位不填。")

    def clean(self) -> None:
        """A unit is not its own superior."""
        super().clean()
        if self.instance is not None and self.cleaned_data.get("parent") == self.instance:
            self.add_error("parent", "单位不能是自己的上级，请选择别的单位，或不填。")


class UnitRenameForm(ScopedForm):
    """A new name from a day on."""

    name = NameField(label="新的全称", max_length=100)
    short_name = NameField(label="新的简称", max_length=50)
    on = DayField(label="从哪天起用新名称")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class UnitRetireForm(ScopedForm):
    """Closing a unit, or merging it into another."""

    on = DayField(label="撤并日期")
    into = PickField(UNITS, label="并入哪个单位", required=False, help_text="撤销而不并入别的单位，就不填。")
    sure = forms.BooleanField(
        label="我已核对：历史记录都会保留，现有的结对、职务和工作队转到并入的单位",
        error_messages={"required": "请核对后打勾。"},
    )

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)
