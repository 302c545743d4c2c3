"""Forms for pairings: beginning, handing over, ending, the agreement."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.choices import CADRES, TEAMS
from cadres.models import Pairing
from programs.choices import UNITS
from programs.forms.base import ScopedForm, Section
from programs.forms.fields import DayField
from programs.forms.picking import PickField
from villages.choices import HOUSEHOLDS, PEOPLE, PLACES

_HELPERS = ("unit", "cadre", "team")
_HELPED = ("division", "household", "member")
_RANKS = ((1, "第一责任人"), (2, "第二责任人"), (3, "第三责任人"))


class PairingForm(ScopedForm):
    """A new pairing: one helper, one helped, from a day."""

    sections = (
        Section("帮扶方", _HELPERS, "单位、干部、工作队三者填一个。"),
        Section("帮扶对象", _HELPED, "镇村、农户、人员三者填一个。"),
        Section("时间", ("since", "until", "agreed_on")),
    )

    mode = forms.ChoiceField(label="方式", choices=Pairing.Mode.choices, initial=Pairing.Mode.UNIT_VILLAGE)
    rank = forms.TypedChoiceField(label="责任次序", choices=_RANKS, coerce=int, initial=1)
    unit = PickField(UNITS, label="帮扶单位", required=False)
    cadre = PickField(CADRES, label="帮扶干部", required=False)
    team = PickField(TEAMS, label="工作队", required=False)
    division = PickField(PLACES, label="帮扶镇村", required=False)
    household = PickField(HOUSEHOLDS, label="帮扶户", required=False)
    member = PickField(PEOPLE, label="帮扶对象（个人）", required=False)
    since = DayField(label="开始日期")
    until = DayField(label="结束日期", required=False, help_text="没有约定就不填。")
    agreed_on = DayField(label="协议签订日期", required=False, past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise; a cadre who helps a household is the commonest of the others."""
        self.propose(since=self.today)
        if self.initial.get("household") or self.initial.get("cadre"):
            self.propose(mode=Pairing.Mode.CADRE_HOUSEHOLD)

    def clean(self) -> None:
        """One helper and one helped."""
        super().clean()
        self._one_of(_HELPERS, "请填写帮扶方：单位、干部或工作队。", "帮扶方只能填一个，请清空多余的。")
        self._one_of(_HELPED, "请填写帮扶对象：镇村、农户或人员。", "帮扶对象只能填一个，请清空多余的。")
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "结束日期不能早于开始日期，请核对。")

    def _one_of(self, names: tuple[str, ...], none: str, several: str) -> None:
        if any(name in self.errors for name in names):
            return
        filled = [name for name in names if self.cleaned_data.get(name)]
        if not filled:
            self.add_error(names[0], none)
        for name in filled[1:]:
            self.add_error(name, several)

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = self.cleaned_data
        return {
            "helper": next(data[name] for name in _HELPERS if data[name]),
            "helped": next(data[name] for name in _HELPED if data[name]),
            **{name: data[name] for name in ("mode", "rank", "since", "until", "agreed_on")},
        }


class PairingEndForm(ScopedForm):
    """When and why a pairing ends."""

    refused_as = {"until": "on", "end_reason": "reason"}

    on = DayField(label="最后一天", help_text="含当日。")
    reason = forms.CharField(label="结束原因", max_length=200)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class HandOverForm(ScopedForm):
    """Who takes a pairing over, from when and why."""

    refused_as = {"until": "on", "since": "on", "end_reason": "reason"}

    to = PickField(CADRES, label="由谁接替")
    on = DayField(label="从哪天起接替", help_text="原来的结对到前一天为止。")
    reason = forms.CharField(label="调整原因", max_length=200)

    def __init__(self, *args: Any, pairing: Pairing, **kwargs: Any) -> None:
        self.pairing = pairing
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """A unit is followed by a unit, a team by a team, a cadre by a cadre."""
        if self.pairing.unit_id:
            self.fields["to"] = PickField(UNITS, label="由哪个单位接替")
        elif self.pairing.team_id:
            self.fields["to"] = PickField(TEAMS, label="由哪个工作队接替")
        self.order_fields(["to", "on", "reason"])
        self.propose(on=self.today)


class AgreementForm(ScopedForm):
    """The day the agreement was signed."""

    refused_as = {"agreed_on": "on"}

    on = DayField(label="协议签订日期", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)
