"""Forms of figures and of the charts made of them: where the number comes from, and how it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.apps import apps

from programs.figures import registry
from programs.figures.configuration import configuration_of
from programs.forms.base import Section
from programs.forms.fields import NumberField
from programs.forms.setup.base import FOLLOWED, SetupForm
from programs.models import Block, Figure, FigurePart, Requirement
from programs.rules.periods import Cadence
from programs.rules.wording import Wording

REQUIREMENT, MEASURE, DERIVED = "requirement", "measure", "derived"
SOURCES = {
    MEASURE: "统计平台里登记的记录",
    REQUIREMENT: "一项要求完成了多少",
    DERIVED: "由另外的数据推算",
}
OPERATIONS = {
    FigurePart.Operation.SHARE: "甲占乙的百分之几",
    FigurePart.Operation.DIFFERENCE: "甲减去乙",
    FigurePart.Operation.PRODUCT: "甲乘以一个标准",
    FigurePart.Operation.GROWTH: "甲比上年同期增减百分之几",
}
PERCENTAGES = (FigurePart.Operation.SHARE, FigurePart.Operation.GROWTH)
CUTS = [("", "（按数字大小自动）"), *((str(10**n), f"{10**n if n < 4 else f'{10 ** (n - 4)}万'}") for n in range(9))]
ROUNDED = (Wording.OVER, Wording.MORE, Wording.ABOUT, Wording.NEARLY)


class SourcedForm(SetupForm):
    """A form of something that is counted: from a requirement or from a measure with its conditions."""

    offered: ClassVar[tuple[str, ...]] = ()

    def values_of(self, row: Any) -> dict[str, Any]:
        """Which kind of source the row has."""
        source = REQUIREMENT if row.requirement_id else MEASURE if row.measure else DERIVED
        requirement = str(row.requirement_id) if row.requirement_id else ""
        return super().values_of(row) | {"source": source, "requirement": requirement}

    def ask_for_the_source(self) -> list[str]:
        """Keep the fields of the chosen source; their names in order."""
        field: Any = self.fields["source"]
        field.choices = [(name, SOURCES[name]) for name in self.offered]
        self.origin = self.chosen("source")
        self.owed: Requirement | None = None
        self.counted: registry.Measure | None = None
        if self.origin != REQUIREMENT:
            del self.fields["requirement"]
        if self.origin != MEASURE:
            del self.fields["measure"]
        if self.origin == REQUIREMENT:
            return ["source", *self._ask_for_the_requirement()]
        return ["source", *self._ask_for_the_measure()] if self.origin == MEASURE else ["source"]

    def _ask_for_the_requirement(self) -> list[str]:
        self.known_requirements = {
            str(row.pk): row
            for row in configuration_of(self.program).requirements
            if row.ended_on is None or (self.row and self.row.requirement_id == row.pk)
        }
        field: Any = self.fields["requirement"]
        field.choices = [(key, row.name) for key, row in self.known_requirements.items()]
        self.owed = self.known_requirements.get(self.chosen("requirement"))
        return ["requirement"]

    def _ask_for_the_measure(self) -> list[str]:
        field: Any = self.fields["measure"]
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in self.measures():
            app = str(apps.get_app_config(one.model._meta.app_label).verbose_name)
            groups.setdefault(app, []).append((one.name, self.program.say(one.label)))
        field.choices = list(groups.items())
        self.counted = registry.measures[self.chosen("measure")]
        same = self.row is not None and self.row.measure == self.counted.name
        return ["measure", *self.ask_conditions("of", self.counted.params, self.row.params if same else {})]

    def measures(self) -> list[registry.Measure]:
        """What can be counted here."""
        return list(registry.measures.values())

    @property
    def sourced(self) -> dict[str, Any]:
        """The source's fields as the action takes them."""
        return {
            "requirement": self.owed,
            "measure": self.counted.name if self.counted else "",
            "params": self.conditions("of", self.counted.params) if self.counted else {},
        }


class PartForm(SourcedForm):
    """One figure: its source, its words, and under which heading it stands."""

    unneeded = ("label",)
    offered = (MEASURE, REQUIREMENT, DERIVED)

    label = forms.CharField(label="名称", max_length=60, help_text="简报里按这个名称引用，如“对接到位”。")
    source = forms.ChoiceField(label="数字从哪里来", widget=forms.Select(attrs=FOLLOWED))
    requirement = forms.ChoiceField(label="哪项要求", widget=forms.Select(attrs=FOLLOWED))
    over = forms.ChoiceField(
        label="数哪一期",
        choices=[("", "最近一个到期的一期"), ("1", "到期的各期合在一起")],
        required=False,
        help_text="合在一起时，同一个对象每期各算一次。",
    )
    measure = forms.ChoiceField(label="统计什么", widget=forms.Select(attrs=FOLLOWED))
    operation = forms.ChoiceField(
        label="怎么推算", choices=list(OPERATIONS.items()), widget=forms.Select(attrs=FOLLOWED)
    )
    left = forms.ChoiceField(label="甲")
    right = forms.ChoiceField(label="乙")
    rate = NumberField(label="标准", decimals=4, help_text="如每户每年 360 元，就填 360。")
    unit = forms.CharField(label="单位", max_length=20, initial="个", help_text="如 个、次、户、元、平方米。")
    wording = forms.ChoiceField(
        label="写法", choices=[(one.value, one.label) for one in Wording if one is not Wording.PERCENT],
        widget=forms.Select(attrs=FOLLOWED), help_text="只影响印出来的字，点开看到的总是准确数。",
    )  # fmt: skip
    cut = forms.ChoiceField(
        label="取整到", choices=CUTS, required=False, help_text="如取整到 10万，303000元 印作 30余万元。"
    )
    is_headline = forms.BooleanField(label="放在首页和看板最上面", required=False, help_text="最多显示前六个。")
    definition = forms.CharField(
        label="口径", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用一句话说明数的是什么、不数什么，点开数字时会显示。",
    )  # fmt: skip
    figure = forms.ChoiceField(label="归在哪一条下面", required=False, help_text="几个数字说同一件事时归在一起。")

    def values_of(self, row: FigurePart) -> dict[str, Any]:
        """The definition is that of the figure's heading."""
        return super().values_of(row) | {
            "over": "1" if row.over else "",
            "left": row.left.key if row.left else "",
            "right": row.right.key if row.right else "",
            "cut": str(int(row.cut)) if row.cut else "",
            "definition": row.figure.definition,
            "figure": str(row.figure_id),
        }

    def prepare(self) -> None:
        """Ask for what belongs to the source and the wording."""
        names = self.ask_for_the_source()
        names += self._ask_for_the_period() + self._ask_for_the_sum()
        self._ask_for_the_words()
        figures = Figure.objects.visible_to(self.user).filter(program=self.program, ended_on=None)
        self.figures = {str(row.pk): row for row in figures.order_by("position", "pk")}
        field: Any = self.fields["figure"]
        field.choices = [("", "（单独成一条）"), *((key, row.title) for key, row in self.figures.items())]
        if self.row is not None:
            self.facts.append(("简报里写作", f"{{{self.row.key}}}"))
        self.arranged = [
            Section("来源", tuple(names)),
            Section("写法", ("unit", "wording", "cut")),
            Section("位置和口径", ("is_headline", "figure", "definition")),
        ]

    def _ask_for_the_period(self) -> list[str]:
        if self.owed is None or self.owed.cadence == Cadence.ONCE:
            del self.fields["over"]
            return []
        return ["over"]

    def _ask_for_the_sum(self) -> list[str]:
        if self.origin != DERIVED:
            for name in ("operation", "left", "right", "rate"):
                del self.fields[name]
            return []
        self.reckoning = self.chosen("operation")
        if self.reckoning != FigurePart.Operation.PRODUCT:
            del self.fields["rate"]
        if self.reckoning in (FigurePart.Operation.PRODUCT, FigurePart.Operation.GROWTH):
            del self.fields["right"]
        self.others = {row.key: row for row in configuration_of(self.program).parts if row != self.row}
        for name in ("left", "right"):
            if name in self.fields:
                field: Any = self.fields[name]
                field.choices = [(key, key) for key in self.others]
        return [name for name in ("operation", "left", "right", "rate") if name in self.fields]

    def _ask_for_the_words(self) -> None:
        if self.origin == DERIVED and self.reckoning in PERCENTAGES:
            for name in ("unit", "wording", "cut"):
                del self.fields[name]
        elif self.chosen("wording") not in ROUNDED:
            del self.fields["cut"]

    @property
    def values(self) -> dict[str, Any]:
        """The figure's fields as the action takes them."""
        data = self.cleaned_data
        percent = "unit" not in self.fields
        return self.sourced | {
            "label": data["label"],
            "over": bool(data.get("over")),
            "operation": data.get("operation", ""),
            "left": self.others[data["left"]] if data.get("left") else None,
            "right": self.others[data["right"]] if data.get("right") else None,
            "rate": data.get("rate"),
            "unit": "%" if percent else data["unit"].strip(),
            "wording": FigurePart.Wording.PERCENT if percent else data["wording"],
            "cut": Decimal(data["cut"]) if data.get("cut") else None,
            "is_headline": data["is_headline"],
            "definition": data["definition"].strip(),
            "figure": self.figures.get(data["figure"]),
        }

    def draft(self) -> FigurePart | None:
        """The figure as it is typed, not saved; None while something is missing or wrong."""
        if not self.is_valid():
            return None
        values = self.values
        values.pop("definition")
        values["figure"] = values["figure"] or Figure(program=self.program, title=values["label"])
        return FigurePart(program=self.program, key=values["label"], **values)


class FigureForm(SetupForm):
    """The heading under which several figures stand."""

    title = forms.CharField(label="名称", max_length=100)
    definition = forms.CharField(
        label="口径", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="用一句话说明这几个数字数的是什么，点开数字时会显示。",
    )  # fmt: skip


class BlockForm(SourcedForm):
    """A chart or table: what is counted, by what it is laid out, which of it is shown and how."""

    unneeded = ("title",)
    offered = (MEASURE, REQUIREMENT)

    title = forms.CharField(label="名称", max_length=100, help_text="图表的标题，简报里按它引用。")
    source = forms.ChoiceField(label="数字从哪里来", widget=forms.Select(attrs=FOLLOWED))
    requirement = forms.ChoiceField(label="哪项要求", widget=forms.Select(attrs=FOLLOWED))
    measure = forms.ChoiceField(label="统计什么", widget=forms.Select(attrs=FOLLOWED))
    group_by = forms.ChoiceField(label="按什么分", widget=forms.Select(attrs=FOLLOWED))
    unit = forms.CharField(label="单位", max_length=20, initial="个", help_text="如 个、次、户、元。")
    chart = forms.ChoiceField(label="画成什么", choices=Block.Chart.choices, help_text="随时间变化的用折线图。")
    order = forms.ChoiceField(label="排列", choices=Block.Order.choices)
    limit = NumberField(label="只列前几项", decimals=0, most=999, required=False, help_text="不填就全列。")
    at_least = NumberField(label="只列不少于", required=False, help_text="如填 2，少于 2 的不列。")
    at_most = NumberField(label="只列不多于", required=False)
    on_dashboard = forms.BooleanField(
        label="放在看板上", required=False, initial=True, help_text="不放在看板上的，简报里也可以用。"
    )

    def measures(self) -> list[registry.Measure]:
        """What can be laid out."""
        return [one for one in registry.measures.values() if one.groups]

    def prepare(self) -> None:
        """Ask for what belongs to the source and the way it is laid out."""
        names = self.ask_for_the_source()
        groups = {key: group.label for key, group in self.counted.groups.items()} if self.counted else {}
        if self.origin == REQUIREMENT:
            groups = dict(registry.REQUIREMENT_GROUPS)
            if self.owed is None or self.owed.cadence == Cadence.ONCE:
                groups.pop("period", None)
        field: Any = self.fields["group_by"]
        field.choices = [(key, self.program.say(label)) for key, label in groups.items()]
        if self.chosen("group_by") == "period":
            self.fields["limit"].label = "只列最近几期"
            self.fields["limit"].help_text = "不填就列最近十二期。"
        self.arranged = [
            Section("来源", tuple(names)),
            Section("分组和排列", ("group_by", "order", "limit", "at_least", "at_most")),
            Section("图形", ("chart", "unit", "on_dashboard")),
        ]

    @property
    def values(self) -> dict[str, Any]:
        """The chart's fields as the action takes them."""
        plain = ("title", "group_by", "unit", "chart", "order", "at_least", "at_most", "on_dashboard")
        limit = self.cleaned_data["limit"] or None
        return self.sourced | {name: self.cleaned_data[name] for name in plain} | {"limit": limit}

    def draft(self) -> Block | None:
        """The chart as it is typed, not saved; None while something is missing or wrong."""
        return Block(program=self.program, **self.values) if self.is_valid() else None
