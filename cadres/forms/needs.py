"""Forms for needs: raising, working on, commenting, closing, reopening, handing to somebody."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.choices import CADRES, TEAMS
from cadres.forms.visits import team_of, unit_of
from cadres.models import Need, Visit
from programs.choices import UNITS
from programs.forms.base import ScopedForm, ScopedModelForm, Section
from programs.forms.fields import DayField, NumberField, TermField
from programs.forms.picking import PickField
from programs.permissions import OFFICES
from programs.scoping import roles_in
from villages.choices import HOUSEHOLDS, PLACES, VILLAGES

_ANSWERERS = ("responsible_unit", "responsible_team", "responsible_cadre")


class NeedForm(ScopedForm):
    """A new need, perhaps heard on a visit."""

    sections = (Section("由谁办理", _ANSWERERS, "三者填一个；暂时不定的可以都不填，以后再交办。"),)

    division = PickField(PLACES, label="所在镇村")
    household = PickField(HOUSEHOLDS, label="农户", required=False, within="division")
    category = TermField("need_category", label="类别", first=True)
    text = forms.CharField(label="诉求内容", widget=forms.Textarea(attrs={"rows": 4}))
    persons = NumberField(label="人次", decimals=0, most=100_000, initial=1)
    raised_on = DayField(label="提出日期", past=True)
    due_on = DayField(label="办理期限", required=False)
    responsible_unit = PickField(UNITS, label="责任单位", required=False)
    responsible_team = PickField(TEAMS, label="责任工作队", required=False)
    responsible_cadre = PickField(CADRES, label="责任人", required=False)

    def __init__(self, *args: Any, visit: Visit | None = None, **kwargs: Any) -> None:
        self.visit = visit
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Where, when and who answers, as far as the account or the visit says it."""
        goer = getattr(self.user, "cadre", None)
        team = team_of(self.program, goer)
        in_office = bool(roles_in(self.user, self.program.pk) & OFFICES)
        self.propose(raised_on=self.today)
        if not in_office and team is not None:
            self.propose(responsible_team=team)
        elif not in_office and goer is not None:
            self.propose(responsible_cadre=goer)
        elif not in_office:
            self.propose(responsible_unit=unit_of(self.user, self.program))
        place = self.visit.division if self.visit else team.village.division if team and not in_office else None
        if place is None and not in_office:
            villages = list(VILLAGES.rows(self.program, self.user)[:2])
            place = villages[0].division if len(villages) == 1 else None
        if place is not None:
            self.known("division", place)
            household = self.fields["household"]
            assert isinstance(household, PickField)
            household.place, household.within = place.code, ""
        if not HOUSEHOLDS.rows(self.program, self.user).exists():
            del self.fields["household"]

    def clean(self) -> None:
        """One answers for it, and it is not due before it was raised."""
        super().clean()
        for name in [name for name in _ANSWERERS if self.cleaned_data.get(name)][1:]:
            self.add_error(name, "责任方只能填一个，请清空多余的。")
        household, place = self.cleaned_data.get("household"), self.cleaned_data.get("division")
        if household and place and not household.division_id.startswith(place.code):
            self.add_error("household", f"{household}不在“{place}”，请核对村或农户。")


class NeedChangeForm(ScopedModelForm):
    """Correcting what a need says; who answers for it is changed by handing it over."""

    model = Need
    names = ("category", "text", "persons", "due_on")

    text = forms.CharField(label="诉求内容", widget=forms.Textarea(attrs={"rows": 4}))
    due_on = DayField(label="办理期限", required=False)

    def clean(self) -> None:
        """It is not due before it was raised."""
        super().clean()
        due = self.cleaned_data.get("due_on")
        if due and isinstance(self.instance, Need) and due < self.instance.raised_on:
            self.add_error("due_on", "办理期限不能早于提出日期，请核对。")


class StepForm(ScopedForm):
    """What was done, or said, about a need."""

    on = DayField(label="日期", past=True)
    text = forms.CharField(label="办理经过", widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class CommentForm(StepForm):
    """A leader's comment."""

    text = forms.CharField(label="点评", widget=forms.Textarea(attrs={"rows": 4}))


class CloseForm(ScopedForm):
    """Closing a need with a reason, and evidence where the program asks for it."""

    refused_as = {"closed_on": "on", "raised_on": "on", "close_reason": "reason", "close_evidence": "evidence"}

    on = DayField(label="销号日期", past=True)
    solved = forms.TypedChoiceField(
        label="结果",
        choices=(("1", "已解决"), ("0", "未能解决，已作解释或另有途径")),
        coerce=lambda value: value == "1",
        initial="1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="销号理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(label="群众确认或佐证", max_length=300, required=False)

    def prepare(self) -> None:
        """Today; evidence is asked for where the program does."""
        self.propose(on=self.today)
        if self.program.settings.get("need_close_needs_evidence"):
            self.fields["evidence"].required = True
            self.fields["evidence"].error_messages["required"] = "本活动规定销号须附群众确认或佐证，请填写。"


class ReopenForm(ScopedForm):
    """Taking a closed need up again."""

    on = DayField(label="日期", past=True)
    reason = forms.CharField(label="重新办理的原因", widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(label="新的办理期限", required=False)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class AssignForm(ScopedForm):
    """Who answers for a need from now on."""

    refused_as = {"closed_on": "on", **{name: name.removeprefix("responsible_") for name in _ANSWERERS}}
    sections = (Section("交给谁办", ("unit", "team", "cadre"), "三者填一个。"),)

    on = DayField(label="交办日期", past=True)
    due_on = DayField(label="办理期限", required=False)
    unit = PickField(UNITS, label="责任单位", required=False)
    team = PickField(TEAMS, label="责任工作队", required=False)
    cadre = PickField(CADRES, label="责任人", required=False)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)

    def clean(self) -> None:
        """Exactly one."""
        super().clean()
        filled = [name for name in ("unit", "team", "cadre") if self.cleaned_data.get(name)]
        if not filled and not self.errors:
            self.add_error("unit", "请填写交给谁办：单位、工作队或干部。")
        for name in filled[1:]:
            self.add_error(name, "只能交给一个，请清空多余的。")

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = self.cleaned_data
        to = data["unit"] or data["team"] or data["cadre"]
        return {"to": to, "on": data["on"], "due_on": data["due_on"]}
