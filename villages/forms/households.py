"""Forms for households, people, what they are since when, and honours."""

from __future__ import annotations

from django import forms

from programs.forms.base import ScopedForm, ScopedModelForm, Section
from programs.forms.fields import DayField, NameField, TermField
from programs.forms.personal import IdentityField, PersonalPhoneField
from programs.forms.picking import PickField
from villages.choices import HOUSEHOLDS, LIVING_PLACES
from villages.models import Honour, Household, Member

PERSONAL = Section("个人信息", ("phone", "identity_number"), "页面和名册上只显示首尾几位，用不着的不要填。")


class HouseholdForm(ScopedModelForm):
    """A household by its head."""

    model = Household
    names = ("division", "head", "number", "address", "phone", "identity_number")
    sections = (PERSONAL,)

    division = PickField(LIVING_PLACES, label="村或组（屯）")
    phone = PersonalPhoneField(label="电话")
    identity_number = IdentityField(label="户主身份证号")

    def prepare(self) -> None:
        """What a number is good for."""
        super().prepare()
        self.fields["number"].help_text = "同一村组内不重复；没有就不填。"


class MemberForm(ScopedForm):
    """A member of a household, or a person on no register."""

    sections = (
        Section(
            "住在哪里", ("household", "division"), "在户籍册上的选农户；不在任何户籍册上的受助人不选农户，只填所在地。"
        ),
        PERSONAL,
    )

    name = NameField(label="姓名", max_length=50)
    relation = forms.CharField(label="与户主关系", max_length=20, required=False, help_text="如配偶、长子。")
    household = PickField(HOUSEHOLDS, label="所属农户", required=False)
    division = PickField(LIVING_PLACES, label="所在地", required=False)
    phone = PersonalPhoneField(label="电话")
    identity_number = IdentityField(label="身份证号")

    def clean(self) -> None:
        """One of both, and not both."""
        super().clean()
        household, place = self.cleaned_data.get("household"), self.cleaned_data.get("division")
        if {"household", "division"} & self.errors.keys() or "household" not in self.fields:
            return
        if household is None and place is None:
            self.add_error("household", "请选择所属农户；不在户籍册上的，填所在地。")
        if household is not None and place is not None:
            self.add_error("division", "已选所属农户，所在地就是该户所在的村组，请不要再填。")


class MemberChangeForm(MemberForm):
    """What is known of a person."""

    def __init__(self, *args: object, instance: Member, **kwargs: object) -> None:
        self.instance = instance
        names = ("name", "relation", "household_id", "division_id", "phone", "identity_number")
        kwargs["initial"] = {name.removesuffix("_id"): getattr(instance, name) for name in names}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class WordForm(ScopedForm):
    """A dated word of the program; forms say from which vocabulary."""

    since = DayField(label="从哪天起", past=True)

    field_order = ("tag", "cause", "since")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(since=self.today)


class HouseholdTagForm(WordForm):
    """A category of a household."""

    tag = TermField("household_tag", label="类别")


class MemberTagForm(WordForm):
    """A category of a person."""

    tag = TermField("person_tag", label="类别")


class HardshipForm(WordForm):
    """Why a household is in hardship."""

    cause = TermField("hardship", label="致困原因")


class MoveOutForm(ScopedForm):
    """When a household moved away."""

    refused_as = {"household": "on"}

    on = DayField(label="迁出日期", past=True, help_text="该户的登记和历史都保留，此后不再列入在册农户。")

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class MergeForm(ScopedForm):
    """Into which household another one goes."""

    refused_as = {"household": "into"}

    into = PickField(HOUSEHOLDS, label="并入哪一户", help_text="成员转到那一户；本户的登记和历史保留。")
    on = DayField(label="并户日期", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(on=self.today)


class HonourForm(ScopedModelForm):
    """An honour given to a household."""

    model = Honour
    names = ("household", "kind", "given_on", "given_by")

    household = PickField(HOUSEHOLDS, label="农户")
    kind = TermField("honour", label="荣誉", first=True)
    given_on = DayField(label="授予日期", past=True)

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        super().prepare()
        self.propose(given_on=self.today)
