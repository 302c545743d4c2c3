"""Forms for a village's profile: what it is like, its yearly values, tags, people and risks."""

from __future__ import annotations

from django import forms

from programs.forms.base import ScopedForm, ScopedModelForm
from programs.forms.fields import DayField, MoneyField, NumberField, TermField
from programs.forms.picking import PickField
from programs.models import Division, DivisionLevel
from villages.choices import PLACES
from villages.models import Village, VillagePerson, VillageYear


class VillageForm(ScopedModelForm):
    """The profile of a village that has none yet."""

    model = Village
    names = ("division", "overview", "resources", "economy")

    division = PickField(PLACES, label="村")

    def clean_division(self) -> Division:
        """Villages only, and only once."""
        place: Division = self.cleaned_data["division"]
        if place.level != DivisionLevel.VILLAGE:
            raise forms.ValidationError(f"“{place}”不是村级，请选择村或社区。")
        if Village.objects.filter(pk=place.pk).exists():
            raise forms.ValidationError(f"“{place}”已经建档，请直接到该村页面修改。")
        return place


class VillageChangeForm(ScopedModelForm):
    """A village's profile."""

    model = Village
    names = ("overview", "resources", "economy")


class VillageYearForm(ScopedModelForm):
    """One year's values of a village; a year that is there already is changed."""

    model = VillageYear
    names = ("year", "households", "population", "party_members", "collective_income", "land_mu")

    year = NumberField(label="年份", decimals=0)
    collective_income = MoneyField(label="村集体收入（元）", required=False, help_text="可写 35万。")
    land_mu = NumberField(label="耕地（亩）", required=False, unit="亩")

    def prepare(self) -> None:
        """This year, unless said otherwise."""
        super().prepare()
        self.propose(year=self.today.year)

    def clean_year(self) -> int:
        """Four digits, and not to come."""
        year: int = self.cleaned_data["year"]
        if not 1949 <= year <= self.today.year:
            raise forms.ValidationError(f"年份须在 1949 到 {self.today.year} 之间，如 {self.today.year}。")
        return year

    def clean(self) -> None:
        """A year without values says nothing."""
        super().clean()
        values = [self.cleaned_data.get(name) for name in self.names if name != "year"]
        if not self.errors and all(value is None for value in values):
            raise forms.ValidationError("请至少填一项数据。")


class VillageTagForm(ScopedForm):
    """What a village is called in the program, since when."""

    tag = TermField("village_tag", label="标签")
    since = DayField(label="从哪天起", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(since=self.today)


class VillagePersonForm(ScopedModelForm):
    """Somebody on one of a village's rosters."""

    model = VillagePerson
    names = ("kind", "name", "post", "phone", "notes", "since", "until")

    since = DayField(label="从哪天起")
    until = DayField(label="到哪天止", required=False, help_text="仍在册就不填。")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        super().prepare()
        self.propose(since=self.today)


class VillageRiskForm(ScopedForm):
    """A risk of petitions or disputes."""

    text = forms.CharField(label="隐患情况", widget=forms.Textarea(attrs={"rows": 4}))
    measures = forms.CharField(label="打算怎样化解", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    since = DayField(label="发现日期", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(since=self.today)


class RiskResolveForm(ScopedForm):
    """How and when a risk was resolved."""

    refused_as = {"until": "on"}

    measures = forms.CharField(label="怎样化解的", widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label="化解日期", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class EndForm(ScopedForm):
    """The last day of something that ends."""

    refused_as = {"until": "on"}

    on = DayField(label="最后一天", help_text="含当日。")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)
