"""Forms for projects and funds."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from cadres.choices import TEAMS
from cadres.forms.visits import team_of, unit_of
from programs.choices import SECTIONS, UNITS
from programs.forms.base import ScopedForm, Section
from programs.forms.fields import DayField, MoneyField, MoneyRangeField, NameField, NumberField, TermField
from programs.forms.picking import PickField
from programs.permissions import OFFICES
from programs.scoping import roles_in
from projects.choices import PROJECTS
from projects.models import Fund, Project
from villages.choices import PLACES, VILLAGES


class ProjectBase(ScopedForm):
    """What is said of a project from the beginning on."""

    name = NameField(label="名称", max_length=100)
    places = PickField(PLACES, label="地点", many=True, help_text="可以不止一处。")
    category = TermField("project_category", label="类别", required=False)
    is_promised = forms.BooleanField(label="重大帮扶事项", required=False)
    unit = PickField(UNITS, label="帮扶单位", required=False)
    section = PickField(SECTIONS, label="承办科室", required=False)
    team = PickField(TEAMS, label="工作队", required=False)
    summary = forms.CharField(label="内容", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    submitted_on = DayField(label="提交日期", past=True)
    started_on = DayField(label="开工日期", required=False, past=True)
    due_on = DayField(label="期限", required=False, help_text="原文只说“7月上旬”的，填其中最后一天，原文写在下面。")
    due_text = forms.CharField(label="期限原文", max_length=50, required=False, help_text="如“7月上旬”“麦收之前”。")

    field_order = ("name", "summary", "category", "is_promised")
    sections: ClassVar[tuple[Section, ...]] = (
        Section("谁来办、在哪里", ("unit", "section", "team", "places")),
        Section("时间", ("submitted_on", "started_on", "due_on", "due_text")),
    )

    def prepare(self) -> None:
        """Sections are asked for where units have any."""
        if not SECTIONS.rows(self.program, self.user).exists():
            del self.fields["section"]


class ProjectForm(ProjectBase):
    """A new project, with the stage it is in."""

    refused_as = {"entered_on": "stage_on"}

    stage = TermField("project_stage", label="现在的阶段", first=True, required=False)
    stage_on = DayField(label="进入这一阶段的日期", required=False, past=True)

    sections: ClassVar[tuple[Section, ...]] = (*ProjectBase.sections, Section("阶段", ("stage", "stage_on")))

    def prepare(self) -> None:
        """A team's project lies in its village; a unit's contact enters the unit's."""
        super().prepare()
        self.propose(submitted_on=self.today)
        if roles_in(self.user, self.program.pk) & OFFICES:
            return
        team = team_of(self.program, getattr(self.user, "cadre", None))
        unit = team.unit if team else unit_of(self.user, self.program)
        if team is not None:
            self.known("team", team)
        villages = list(VILLAGES.rows(self.program, self.user)[:2])
        if len(villages) == 1:
            self.known("places", [villages[0].division])
        if unit is not None:
            self.known("unit", unit)

    def clean(self) -> None:
        """A project that begins in a stage has entered it on a day: the day it was submitted, unless said otherwise."""
        super().clean()
        if self.cleaned_data.get("stage") and not self.cleaned_data.get("stage_on") and "stage_on" not in self.errors:
            self.cleaned_data["stage_on"] = self.cleaned_data.get("submitted_on")

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = dict(self.cleaned_data)
        stage, day = data.pop("stage"), data.pop("stage_on")
        return {**data, "stages": [(stage, day, "")] if stage else []}


class ProjectChangeForm(ProjectBase):
    """Correcting what a project says; stages, money and progress have forms of their own."""

    def __init__(self, *args: Any, instance: Project, **kwargs: Any) -> None:
        names: tuple[str, ...] = (
            "name",
            "category_id",
            "is_promised",
            "unit_id",
            "section_id",
            "team_id",
            "summary",
            "submitted_on",
        )
        names += ("started_on", "due_on", "due_text")
        known = {name.removesuffix("_id"): getattr(instance, name) for name in names}
        known["places"] = list(instance.places.order_by("division_id").values_list("division_id", flat=True))
        super().__init__(*args, initial=known, **kwargs)


class StageForm(ScopedForm):
    """The next stage of a project."""

    refused_as = {"entered_on": "on", "finished_on": "on"}

    stage = TermField("project_stage", label="进入的阶段")
    on = DayField(label="进入日期", past=True)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        self.project = project
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The stage after the present one, today."""
        at = self.project.stage.position if self.project.stage else -1
        stages = self.program.terms.filter(vocabulary="project_stage", ended_on=None, position__gt=at)
        self.propose(on=self.today, stage=stages.order_by("position", "pk").values_list("pk", flat=True).first())


class ProgressForm(ScopedForm):
    """How a project goes."""

    on = DayField(label="日期", past=True)
    text = forms.CharField(label="进展情况", widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class GiveUpForm(ScopedForm):
    """Giving a project up, with the reason."""

    on = DayField(label="终止日期", past=True)
    reason = forms.CharField(label="终止原因", widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class QuantityForm(ScopedForm):
    """A physical amount of a project, planned, done or both."""

    item = TermField("quantity", label="实物量")
    planned = NumberField(label="计划数量", required=False)
    done = NumberField(label="完成数量", required=False)
    done_on = DayField(label="完成日期", required=False, past=True)
    is_approximate = forms.BooleanField(label="是约数", required=False)

    def clean(self) -> None:
        """Something must be said."""
        super().clean()
        if not self.errors and self.cleaned_data.get("planned") is None and self.cleaned_data.get("done") is None:
            self.add_error("planned", "计划和完成至少填一个。")


class QuantityDoneForm(ScopedForm):
    """How much of a planned amount is done by now."""

    refused_as = {"done_on": "on"}

    done = NumberField(label="已完成数量")
    on = DayField(label="截至哪天", past=True)
    is_approximate = forms.BooleanField(label="是约数", required=False)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class FundForm(ScopedForm):
    """Money, goods, a loan or an investment, of a project or standing alone."""

    refused_as = {"low": "amount", "high": "amount", "on": "state_on"}
    sections = (Section("到了哪一步", ("state", "state_on")),)

    project = PickField(PROJECTS, label="项目", required=False, help_text="不属于哪个项目就不填。")
    division = PickField(PLACES, label="受益镇村")
    kind = forms.ChoiceField(label="种类", choices=Fund.Kind.choices, initial=Fund.Kind.MONEY)
    source = TermField("fund_source", label="来源", first=True)
    purpose = forms.CharField(label="用途", max_length=200)
    amount = MoneyRangeField(label="金额（元）", help_text="可写 35万；只知道范围的写 5000万-1亿。")
    unit = PickField(UNITS, label="出资或争取单位", required=False)
    team = PickField(TEAMS, label="工作队", required=False)
    recorded_on = DayField(label="登记日期", past=True)
    state = TermField("fund_state", label="状态", first=True, required=False)
    state_on = DayField(label="到这一步的日期", required=False, past=True)

    field_order = ("project", "kind", "source", "purpose", "amount", "division", "unit", "team", "recorded_on")

    def __init__(self, *args: Any, of: Project | None = None, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """A project's fund goes where the project lies; a team's or a unit's is its own."""
        self.propose(recorded_on=self.today)
        if self.of is not None:
            self.known("project", self.of)
            self.propose(division=self._place_of(self.of), unit=self.of.unit_id, purpose=self.of.name)
        if roles_in(self.user, self.program.pk) & OFFICES:
            if self.of is not None:
                self.propose(team=self.of.team_id)
            return
        team = team_of(self.program, getattr(self.user, "cadre", None))
        unit = team.unit if team else unit_of(self.user, self.program)
        if team is not None:
            self.known("team", team)
            self.propose(division=team.village_id)
        self.propose(unit=unit)

    def _place_of(self, project: Project) -> str | None:
        return project.places.order_by("division_id").values_list("division_id", flat=True).first()

    def clean(self) -> None:
        """The state was reached on the day it was recorded, unless said otherwise."""
        super().clean()
        if self.cleaned_data.get("state") and not self.cleaned_data.get("state_on") and "state_on" not in self.errors:
            self.cleaned_data["state_on"] = self.cleaned_data.get("recorded_on")

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = dict(self.cleaned_data)
        low, high = data.pop("amount")
        state, day = data.pop("state"), data.pop("state_on")
        return {**data, "low": low, "high": high, "states": [(state, day, "")] if state else []}


class MoveForm(ScopedForm):
    """A fund, or a part of it, reaches the next state."""

    refused_as = {"low": "amount", "high": "amount"}

    state = TermField("fund_state", label="到了哪一步")
    on = DayField(label="日期", past=True)
    amount = MoneyRangeField(label="金额（元）", required=False, help_text="全部到这一步就不填。")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, fund: Fund, **kwargs: Any) -> None:
        self.fund = fund
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The state after the present one, today."""
        at = self.fund.state.position if self.fund.state else -1
        states = self.program.terms.filter(vocabulary="fund_state", ended_on=None, position__gt=at)
        self.propose(on=self.today, state=states.order_by("position", "pk").values_list("pk", flat=True).first())

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = dict(self.cleaned_data)
        low, high = data.pop("amount") or (None, None)
        return {**data, "low": low, "high": high}


class DonationForm(ScopedForm):
    """One donor's share of a fund."""

    donor_unit = PickField(UNITS, label="捐款单位", required=False)
    donor = forms.CharField(
        label="捐款人", max_length=50, required=False, help_text="个人捐款填姓名；多人一起可写“党员干部”。"
    )
    donors = NumberField(label="人数", decimals=0, most=1_000_000, initial=1)
    amount = MoneyField(label="金额（元）")
    on = DayField(label="捐款日期", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)

    def clean(self) -> None:
        """Somebody gave."""
        super().clean()
        if not self.errors and not self.cleaned_data.get("donor_unit") and not self.cleaned_data.get("donor"):
            self.add_error("donor", "请填捐款单位或捐款人。")
