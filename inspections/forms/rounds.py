"""Forms of an office that prepares a round: the round, its groups, and which team is whose."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django import forms

from cadres.choices import CADRES
from cadres.models import Team
from inspections.actions.rounds import SEEDS
from inspections.forms.words import WordsField
from inspections.models import Inspection, InspectionGroup, Round
from programs.forms.base import ScopedForm
from programs.forms.fields import DayField, NameField, NumberField
from programs.forms.picking import PickField
from programs.models import Division, Term


class RoundForm(ScopedForm):
    """A round: when, how, announced or not, and which teams."""

    name = NameField(label="名称", max_length=100, help_text="如“2015年第一轮督查”。")
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期", required=False)
    methods = WordsField(Term.Vocabulary.METHOD, label="督查方式", help_text="登记每个村时还可以改。")
    is_announced = forms.BooleanField(
        label="事先通知",
        required=False,
        help_text="不通知的，督查组到村登记之前，镇街看不到安排。",
    )
    sample = forms.ChoiceField(label="督查范围", choices=Round.Sample.choices, widget=forms.RadioSelect)
    sample_per_town = NumberField(
        label="每个镇街抽几个", decimals=0, most=1000, required=False, help_text="随机抽取时填写。"
    )
    sample_seed = NumberField(
        label="随机种子",
        decimals=0,
        most=2**62,
        required=False,
        help_text="随机抽取时使用并留存：同样的种子抽出同样的结果，便于核对。可以改成当众抽出的数。",
    )
    sample_note = forms.CharField(label="范围说明", max_length=200, required=False)

    def prepare(self) -> None:
        """Begin today, with all teams and a seed at hand."""
        self.propose(starts_on=self.today, sample=Round.Sample.ALL, sample_seed=secrets.randbelow(SEEDS))

    def clean(self) -> dict[str, Any]:
        """Days in their order, and a number to draw."""
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        if data.get("sample") == Round.Sample.DRAWN and "sample_per_town" in data and not data["sample_per_town"]:
            self.add_error("sample_per_town", "请填写每个镇街抽几个，至少1个。")
        return data


class GroupForm(ScopedForm):
    """A group of a round: who is in it, and who leads it."""

    name = NameField(label="名称", max_length=50)
    head = PickField(CADRES, label="组长", required=False)
    members = PickField(CADRES, many=True, label="组员", required=False, help_text="组长不必再选。")


@dataclass(frozen=True)
class TeamLine:
    """A team with the group it is assigned to."""

    team: Team
    inspection: Inspection | None
    chosen: str
    is_sampled: bool

    @property
    def is_fixed(self) -> bool:
        """Whether it has been inspected and so stays where it is."""
        return self.inspection is not None and self.inspection.visited_on is not None


@dataclass
class TownLines:
    """A town's teams."""

    town: Division
    lines: list[TeamLine]
    chosen: str

    @property
    def assigned(self) -> int:
        """How many have a group."""
        return sum(line.inspection is not None for line in self.lines)

    @property
    def wanted(self) -> int:
        """How many are to be inspected: those of the sample, and those that were given a group beside it."""
        return self.assigned + self.open

    @property
    def open(self) -> int:
        """How many of those to be inspected have none."""
        return sum(line.inspection is None and line.is_sampled for line in self.lines)

    @property
    def open_words(self) -> str:
        """The same in words."""
        return f"{self.open} 个未分配"

    @property
    def is_unfolded(self) -> bool:
        """Whether team by team is the way to go on: the town is begun and not finished."""
        return bool(self.open and self.assigned)


@dataclass(frozen=True)
class Option:
    """A group as it is offered."""

    key: str
    label: str


class AssignForm(ScopedForm):
    """Which group inspects each team: a whole town in one go, or team by team.

    A town's choice goes to its teams that are to be inspected and have no group of their own yet.
    """

    def __init__(
        self,
        *args: Any,
        groups: list[InspectionGroup],
        teams: list[Team],
        sampled: list[Team],
        assigned: list[Inspection],
        **kwargs: Any,
    ) -> None:
        self.groups, self.teams = groups, teams
        self.sampled = {team.pk for team in sampled}
        self.assigned = {row.team_id: row for row in assigned}
        super().__init__(*args, **kwargs)

    @property
    def options(self) -> list[Option]:
        """The groups to choose from."""
        return [Option(str(group.pk), group.name) for group in self.groups]

    @property
    def towns(self) -> list[TownLines]:
        """The teams by town, with what is chosen."""
        found: dict[str, TownLines] = {}
        for team in self.teams:
            town = team.village.division.parent or team.village.division
            chosen = self.data.get(f"town-{town.code}", "")
            lines = found.setdefault(town.code, TownLines(town, [], chosen)).lines
            lines.append(TeamLine(team, self.assigned.get(team.pk), self._chosen(team), self._is_sampled(team)))
        return list(found.values())

    def _is_sampled(self, team: Team) -> bool:
        """By hand any team may be assigned with its town, as none is singled out before."""
        return not self.sampled or team.pk in self.sampled

    def _chosen(self, team: Team) -> str:
        row = self.assigned.get(team.pk)
        now = str(row.group_id) if row else ""
        return str(self.data.get(f"team-{team.pk}", now)) if self.is_bound else now

    def clean(self) -> dict[str, Any]:
        """The group of each team whose choice has changed."""
        known: dict[str, InspectionGroup | None] = {"": None} | {str(group.pk): group for group in self.groups}
        wanted: dict[Team, InspectionGroup | None] = {}
        for town in self.towns:
            for line in town.lines:
                if line.is_fixed:
                    continue
                key = line.chosen
                if not key and line.inspection is None and line.is_sampled:
                    key = town.chosen
                if key not in known:
                    raise forms.ValidationError(f"“{line.team}”所选的组已不在本轮，请刷新页面后重新选择。")
                if known[key] != (line.inspection.group if line.inspection else None):
                    wanted[line.team] = known[key]
        self.cleaned_data["groups"] = wanted
        return self.cleaned_data
