"""Forms for papers received, meetings held and diaries written."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.choices import CADRES, TEAMS
from cadres.forms.visits import team_of, unit_of
from cadres.models import Diary, Document, Meeting, MeetingItem, Team
from programs.choices import UNITS
from programs.forms.base import Rows, ScopedForm, Section
from programs.forms.fields import DayField, TermField
from programs.forms.files import UploadField
from programs.forms.picking import PickField
from programs.models import Term
from programs.permissions import OFFICES
from programs.scoping import roles_in
from villages.choices import HOUSEHOLDS, PLACES, VILLAGES


class WhoseForm(ScopedForm):
    """Who has done it and where: a team's own are known, a unit's contact speaks for the unit."""

    division = PickField(PLACES, label="镇村")
    unit = PickField(UNITS, label="单位", required=False)
    team = PickField(TEAMS, label="工作队", required=False)

    def prepare(self) -> None:
        """Do not ask a team or a unit who they are."""
        if roles_in(self.user, self.program.pk) & OFFICES:
            return
        team = team_of(self.program, getattr(self.user, "cadre", None))
        if team is not None:
            self.known("team", team)
            self.known("unit", team.unit) if team.unit else self.fields.pop("unit")
            self.known("division", team.village.division)
            return
        unit = unit_of(self.user, self.program)
        if unit is not None:
            self.known("unit", unit)
        villages = list(VILLAGES.rows(self.program, self.user)[:2])
        if len(villages) == 1:
            self.known("division", villages[0].division)


class DocumentForm(WhoseForm):
    """A document of a kind, with a field for each part that the kind demands."""

    title = forms.CharField(label="标题", max_length=200)
    received_on = DayField(label="收到日期", past=True)
    cadre = PickField(CADRES, label="干部", required=False, help_text="个人的材料（如调研报告）填作者。")
    household = PickField(HOUSEHOLDS, label="农户", required=False, within="division")
    period_start = DayField(label="所属期起", required=False, help_text="如年度计划填 1月1日；不分期就不填。")
    period_end = DayField(label="所属期止", required=False)
    text = forms.CharField(label="正文", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    file = UploadField(label="文件", required=False)

    field_order = (
        "title",
        "unit",
        "team",
        "cadre",
        "division",
        "household",
        "received_on",
        "period_start",
        "period_end",
    )
    refused_as = {"parts": "part_0"}

    def __init__(self, *args: Any, kind: Term, instance: Document | None = None, **kwargs: Any) -> None:
        self.kind, self.instance = kind, instance
        if instance is not None:
            names: tuple[str, ...] = (
                "title",
                "unit_id",
                "team_id",
                "cadre_id",
                "household_id",
                "division_id",
                "received_on",
            )
            names += ("period_start", "period_end", "text", "file")
            known = {name.removesuffix("_id"): getattr(instance, name) for name in names}
            known |= {f"part_{n}": text for n, text in enumerate(_texts(instance, kind))}
            kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """One field for each part; today; the kind's own name as the title."""
        for number, part in enumerate(self.kind.parts):
            self.fields[f"part_{number}"] = forms.CharField(label=part, widget=forms.Textarea(attrs={"rows": 3}))
        if self.instance is None:
            super().prepare()
            self.propose(received_on=self.today, title=self._title())
        of_team = "team" not in self.fields and not self.initial.get("household")
        if of_team or not HOUSEHOLDS.rows(self.program, self.user).exists():
            del self.fields["household"]

    def _title(self) -> str:
        author = dict(self.facts).get("工作队") or dict(self.facts).get("单位") or ""
        return f"{author}{self.kind}"

    def clean(self) -> None:
        """A period does not end before it begins, and a document is not empty."""
        super().clean()
        data = self.cleaned_data
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "所属期止不能早于所属期起，请核对。")
        if end and not start and "period_start" not in self.errors:
            self.add_error("period_start", "填了所属期止，也请填所属期起。")
        says_something = data.get("text") or data.get("file") or self.kind.parts or self.initial.get("file")
        if not says_something and "file" not in self.errors:
            self.add_error("file", "请上传文件，或在正文里写明内容。")

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = {name: value for name, value in self.cleaned_data.items() if not name.startswith("part_")}
        parts = {part: self.cleaned_data[f"part_{n}"] for n, part in enumerate(self.kind.parts)}
        if not data.get("file"):
            data.pop("file", None)
        return {**data, "parts": parts}


class ItemRow(ScopedForm):
    """A point of one side, a decision, or what follows."""

    side = forms.ChoiceField(label="哪一方", choices=MeetingItem.Side.choices, initial=MeetingItem.Side.DECISION)
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 2}))


class MeetingForm(WhoseForm):
    """A meeting with its items."""

    rows = {"items": Rows("会议事项", ItemRow, "再记一项")}
    sections = (Section("谁召集、在哪里", ("unit", "team", "division")),)

    kind = TermField("meeting_kind", label="种类", first=True)
    on = DayField(label="日期", past=True)
    title = forms.CharField(label="议题", max_length=200)
    attendees = forms.CharField(label="参加人员", max_length=300, required=False)

    field_order = ("kind", "on", "title", "attendees")

    def __init__(self, *args: Any, instance: Meeting | None = None, **kwargs: Any) -> None:
        self.instance = instance
        if instance is not None:
            names = ("kind_id", "on", "title", "attendees", "unit_id", "team_id", "division_id")
            items = [{"side": item.side, "text": item.text} for item in instance.items.order_by("pk")]
            known = {name.removesuffix("_id"): getattr(instance, name) for name in names}
            kwargs["initial"] = known | {"items": items} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        if self.instance is None:
            super().prepare()
        self.propose(on=self.today)

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        items = [(item["side"], item["text"]) for item in self.cleaned_data["items"]]
        return {**self.cleaned_data, "items": items}


class DiaryForm(ScopedForm):
    """One day of a team member; the day's visits are already there."""

    refused_as = {"cadre": "on"}

    team = forms.ModelChoiceField(Team.objects.none(), label="工作队", empty_label=None)
    on = DayField(label="日期", past=True)
    text = forms.CharField(
        label="内容", widget=forms.Textarea(attrs={"rows": 8}), help_text="当天的走访已在上面，只写其余的。"
    )

    def __init__(self, *args: Any, teams: list[Team], diary: Diary | None = None, **kwargs: Any) -> None:
        self.teams, self.diary = teams, diary
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The member's own team; a diary that is there is shown to be changed."""
        if len(self.teams) == 1:
            self.known("team", self.teams[0])
        else:
            team = self.fields["team"]
            assert isinstance(team, forms.ModelChoiceField)
            team.queryset = Team.objects.filter(pk__in=[one.pk for one in self.teams]).order_by("pk")
        self.propose(on=self.today)
        if self.diary is not None:
            self.propose(text=self.diary.text)

    def clean(self) -> None:
        """A day that is written already is opened, not written over by chance."""
        super().clean()
        day = self.cleaned_data.get("on")
        team = self.cleaned_data.get("team") or (self.teams[0] if len(self.teams) == 1 else None)
        cadre = getattr(self.user, "cadre", None)
        written = Diary.objects.filter(team=team, cadre=cadre, on=day).first() if day and team else None
        if written is not None and written != self.diary:
            self.add_error("on", "这一天的日记已经写过，请先翻到那一天再修改。")


def _texts(document: Document, kind: Term) -> list[str]:
    known = {part.name: part.text for part in document.parts.all()}
    return [known.get(name, "") for name in kind.parts]
