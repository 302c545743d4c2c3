"""The form of a program's own data."""

from __future__ import annotations

from typing import Any

from django import forms

from programs.forms.base import Section
from programs.forms.fields import DayField, NameField
from programs.forms.setup.base import SetupForm


class BasicsForm(SetupForm):
    """What the program is called, who runs it, when it begins and ends, and what a visit may carry."""

    sections = (
        Section("名称", ("name", "short_name", "office")),
        Section("时间", ("starts_on", "ends_on"), "各项要求和数据都从开始日期算起。"),
        Section("登记走访时", ("asks_photos", "asks_position")),
        Section("其他", ("notes",)),
    )

    name = NameField(label="全称", max_length=100, help_text="文件里的正式名称。")
    short_name = NameField(label="简称", max_length=30, help_text="页面顶上和切换活动时显示，不超过 30 个字。")
    office = NameField(label="主管办公室", max_length=100, help_text="简报的编发单位默认用它。")
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期", required=False, help_text="还没定就不填。")
    asks_photos = forms.BooleanField(label="可以附照片", required=False, help_text="只是可以附，不附也能登记。")
    asks_position = forms.BooleanField(
        label="可以附位置", required=False, help_text="只在登记那一刻由本人点一下才记，平时不记录行踪。"
    )
    notes = forms.CharField(
        label="说明", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="给办公室自己看的备注。"
    )

    def prepare(self) -> None:
        """Say what cannot be changed here."""
        self.facts.append(("辖区", str(self.program.jurisdiction)))

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        data = super().clean() or self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        return data
