"""Forms for work teams: setting up, members coming and going, milestones."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.choices import CADRES
from cadres.models import Team, TeamMember
from programs.choices import UNITS
from programs.forms.base import ScopedForm, ScopedModelForm
from programs.forms.fields import DayField, NameField, TermField
from programs.forms.picking import PickField
from villages.choices import VILLAGES


class TeamForm(ScopedForm):
    """A new team in a village."""

    village = PickField(VILLAGES, label="驻哪个村")
    unit = PickField(UNITS, label="派出单位", required=False)
    name = NameField(label="名称", max_length=100, required=False, help_text="不填就叫“派出单位驻某村工作队”。")
    since = DayField(label="派驻日期")
    promises = forms.CharField(label="服务承诺", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(since=self.today)

    def clean(self) -> None:
        """A team without a name is called after its unit and village."""
        super().clean()
        village, unit = self.cleaned_data.get("village"), self.cleaned_data.get("unit")
        if village and not self.cleaned_data.get("name"):
            kind = self.program.word("team").removeprefix("驻村")
            self.cleaned_data["name"] = f"{unit or ''}驻{village}{kind}"


class TeamChangeForm(ScopedModelForm):
    """A team's own data."""

    model = Team
    names = ("name", "unit", "promises")


class JoinForm(ScopedForm):
    """A cadre joins a team."""

    cadre = PickField(CADRES, label="干部")
    unit = PickField(UNITS, label="由哪个单位派出")
    role = forms.ChoiceField(label="身份", choices=TeamMember.Role.choices, initial=TeamMember.Role.MEMBER)
    since = DayField(label="进队日期")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        self.team = team
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The team's unit sends most of its members."""
        self.propose(unit=self.team.unit_id, since=max(self.today, self.team.since))


class FirstSecretaryForm(ScopedForm):
    """A new 第一书记 takes over."""

    refused_as = {"since": "on", "until": "on", "cadre": "to"}

    to = PickField(CADRES, label="新任第一书记")
    unit = PickField(UNITS, label="由哪个单位派出")
    on = DayField(label="到任日期", help_text="前任的任期到前一天为止。")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        self.team = team
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The team's unit sends most first secretaries."""
        self.propose(unit=self.team.unit_id, on=max(self.today, self.team.since))


class LastDayForm(ScopedForm):
    """The last day of a post, a seat or a team."""

    refused_as = {"until": "on", "since": "on"}

    on = DayField(label="最后一天", help_text="含当日。")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class MilestoneForm(ScopedForm):
    """Something a team, or one of its members, has reached."""

    kind = TermField("milestone", label="节点", first=True)
    member = forms.ModelChoiceField(
        TeamMember.objects.none(),
        label="哪位队员",
        required=False,
        empty_label="（全队）",
        help_text="全队的节点不填。",
    )
    reached_on = DayField(label="完成日期", past=True)
    paper = forms.CharField(label="文件", max_length=200, required=False, help_text="如镇街党（工）委红头文件及文号。")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        self.team = team
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The team's own members, today."""
        member = self.fields["member"]
        assert isinstance(member, forms.ModelChoiceField)
        member.queryset = self.team.members.select_related("cadre", "team").order_by("since", "pk")
        member.label_from_instance = lambda seat: f"{seat.cadre}（{seat.get_role_display()}）"  # type: ignore[method-assign, assignment]
        self.propose(reached_on=self.today)
