"""Forms for cadres and their posts."""

from __future__ import annotations

from django import forms

from cadres.models import Cadre, Leadership, Post
from programs.choices import UNITS
from programs.forms.base import ScopedForm, ScopedModelForm, Section
from programs.forms.fields import DayField, NameField, PhoneField
from programs.forms.picking import PickField
from villages.choices import PLACES


class PostForm(ScopedForm):
    """A post in a unit; a secondment names its place."""

    unit = PickField(UNITS, label="单位")
    title = forms.CharField(label="职务", max_length=50, help_text="如局长、科员。")
    leadership = forms.ChoiceField(label="岗位", choices=Leadership.choices, initial=Leadership.STAFF)
    rank = forms.CharField(label="职级", max_length=50, required=False)
    since = DayField(label="任职日期")
    seconded_to = PickField(PLACES, label="挂职地", required=False, help_text="挂职的填挂职的镇村，其他不填。")

    refused_as = {"division": "seconded_to"}

    def prepare(self) -> None:
        """Today, unless said otherwise."""
        self.propose(since=self.today)


class CadreForm(PostForm):
    """A new cadre with the post held now."""

    name = NameField(label="姓名", max_length=50)
    phone = PhoneField(label="手机", max_length=30, required=False)
    is_party_member = forms.BooleanField(label="党员", required=False, initial=True)

    field_order = ("name", "phone", "is_party_member")
    sections = (Section("现任职务", ("unit", "title", "leadership", "rank", "since", "seconded_to")),)


class CadreChangeForm(ScopedModelForm):
    """A cadre's own data; posts are kept apart."""

    model = Cadre
    names = ("name", "phone", "is_party_member")


class PostChangeForm(ScopedModelForm):
    """Correcting a post that was entered wrongly."""

    model = Post
    names = ("title", "leadership", "rank", "since")

    since = DayField(label="任职日期")
