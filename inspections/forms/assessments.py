"""Forms of assessments: whom to assess, one's own scores, the checked ones, and why a closed one is opened."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from cadres.models import Pairing, Team
from inspections.actions import Score
from inspections.models import AssessmentItem
from inspections.scoring import Line, Sheet
from programs.choices import UNITS
from programs.forms.base import ScopedForm
from programs.forms.fields import DayField
from programs.forms.picking import PickField
from programs.models import Unit
from programs.rules.wording import plain

SECTIONS, HELPERS, TEAMS = "sections", "units", "teams"


class OpenForm(ScopedForm):
    """The year, and whether sections of a unit, helping units or teams are assessed."""

    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)
    whom = forms.ChoiceField(
        label="考核对象",
        choices=[(SECTIONS, "一个单位的科室"), (HELPERS, "全部帮扶单位"), (TEAMS, "全部工作队")],
        widget=forms.RadioSelect,
    )
    unit = PickField(UNITS, label="单位", required=False, help_text="考核科室时选它们所属的单位。")

    def prepare(self) -> None:
        """Usually this year; what the program has is offered first."""
        has_teams = Team.objects.filter(program=self.program).exists()
        self.propose(year=self.today.year, whom=TEAMS if has_teams else SECTIONS)
        divided = Unit.objects.filter(sections__section_projects__program=self.program).distinct()
        if divided.count() == 1:
            self.propose(unit=divided.get())
        if not has_teams:
            field = self.fields["whom"]
            field.choices = field.choices[:-1]  # type: ignore[attr-defined]
        else:
            said = [(key, self.program.say(str(label))) for key, label in self.fields["whom"].choices]  # type: ignore[attr-defined]
            self.fields["whom"].choices = said  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Sections are those of a unit."""
        data = super().clean() or self.cleaned_data
        if data.get("whom") == SECTIONS and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "请选择科室所属的单位。")
        return data

    @property
    def subjects(self) -> dict[str, Any]:
        """Who is to be assessed, as the action takes it."""
        data = self.cleaned_data
        if data["whom"] == SECTIONS:
            found = Unit.objects.current().filter(parent=data["unit"])
            return {"year": data["year"], "units": list(found.order_by("pinyin", "pk"))}
        if data["whom"] == HELPERS:
            pairings = Pairing.objects.active_on(self.today).filter(
                program=self.program, mode=Pairing.Mode.UNIT_VILLAGE, unit__isnull=False
            )
            units = Unit.objects.filter(pk__in=pairings.order_by().values("unit_id"))
            return {"year": data["year"], "units": list(units.order_by("pinyin", "pk"))}
        teams = Team.objects.active_on(self.today).filter(program=self.program)
        return {"year": data["year"], "teams": list(teams.order_by("pinyin", "pk"))}


class ScoresForm(ScopedForm):
    """A score and a word for each item of a sheet. Which score it is, the two forms below say."""

    score_label = ""
    note_label = ""

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        self.sheet = sheet
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """A pair of fields for each item, with what was computed beside it."""
        for line in self.sheet.lines:
            item = line.item
            least = None if item.may_be_negative else Decimal(0)
            self.fields[f"score_{item.pk}"] = forms.DecimalField(
                label=f"{item.title}：{self.score_label}",
                required=False,
                min_value=least,
                max_value=line.most,
                decimal_places=2,
                help_text=self.hint_of(line),
            )
            self.fields[f"evidence_{item.pk}"] = forms.CharField(
                label=f"{item.title}：{self.note_label}", required=False, max_length=300
            )
            self.propose(**{f"score_{item.pk}": self.score_of(line), f"evidence_{item.pk}": self.note_of(line)})

    def hint_of(self, line: Line) -> str:
        """The item's rule and what was counted."""
        computed = "" if line.computed is None else f"；计算得分 {plain(line.computed)}"
        return f"满分 {plain(line.item.weight)}；{line.rule_text}；{line.basis}{computed}。"

    def score_of(self, line: Line) -> Decimal | None:
        """The score that stands now."""
        raise NotImplementedError

    def note_of(self, line: Line) -> str:
        """The words that stand now."""
        raise NotImplementedError

    @property
    def scores(self) -> dict[AssessmentItem, Score]:
        """What was entered, by item."""
        data = self.cleaned_data
        return {
            line.item: Score(data[f"score_{line.item.pk}"], data[f"evidence_{line.item.pk}"])
            for line in self.sheet.lines
        }


class SelfScoreForm(ScoresForm):
    """What those assessed would give themselves."""

    score_label, note_label = "自评分", "自评说明"

    def score_of(self, line: Line) -> Decimal | None:
        """Their own score."""
        return line.self_score

    def note_of(self, line: Line) -> str:
        """Their own words."""
        return line.point.self_note if line.point else ""


class CheckForm(ScoresForm):
    """What the office decides. Left empty, the computed score counts."""

    score_label, note_label = "核定分", "核定说明"

    def hint_of(self, line: Line) -> str:
        """Beside the rule, what those assessed gave themselves."""
        given = "" if line.self_score is None else f"自评 {plain(line.self_score)}。"
        return super().hint_of(line) + given

    def score_of(self, line: Line) -> Decimal | None:
        """The checked score."""
        return line.checked

    def note_of(self, line: Line) -> str:
        """Why it is so."""
        return line.point.evidence if line.point else ""


class CloseForm(ScopedForm):
    """From which day the scores stand."""

    on = DayField(label="定稿日期", past=True)

    def prepare(self) -> None:
        """Usually today."""
        self.propose(on=self.today)


class ReopenForm(ScopedForm):
    """Why a closed assessment is opened again."""

    reason = forms.CharField(
        label="重新打开的理由", max_length=200, error_messages={"required": "请写明为什么要重新打开。"}
    )
