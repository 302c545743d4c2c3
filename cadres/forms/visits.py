"""The form of a visit: what is known is filled, what is not there is not asked, the rest is said once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from cadres.actions.visits import GivenGift, HeardNeed, Participant, VisitDraft, VisitedHousehold
from cadres.choices import CADRES
from cadres.models import Cadre, Gift, Team, TeamMember, Visit
from programs import clock
from programs.choices import UNITS
from programs.forms.base import Rows, ScopedForm
from programs.forms.fields import DayField, MomentField, MoneyField, NumberField, TermField
from programs.forms.picking import PickField
from programs.models import Division, Program, Term, Unit, User
from programs.permissions import OFFICES
from programs.rules.wording import day_text
from programs.scoping import grants_of, roles_in
from villages.choices import HOUSEHOLDS, PLACES, VILLAGES
from villages.models import Household


class OfHousehold(ScopedForm):
    """A row that may be about one of the households; where nobody has a register it does not ask."""

    household = PickField(HOUSEHOLDS, label="哪一户", required=False, within="division")

    def __init__(self, *args: Any, place: str = "", asks_household: bool = True, **kwargs: Any) -> None:
        self.place, self.asks_household = place, asks_household
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Stay in the village."""
        if self.asks_household:
            _stay_in(self.fields["household"], self.place)
        else:
            del self.fields["household"]


class HouseholdNote(OfHousehold):
    """What differs in one household."""

    household = PickField(HOUSEHOLDS, label="哪一户", within="division")
    outcome = forms.ChoiceField(label="结果", choices=Visit.Outcome.choices, initial=Visit.Outcome.MET)
    note = forms.CharField(label="该户情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MoneyRow(OfHousehold):
    """Money handed over."""

    amount = MoneyField(label="金额（元）")
    source = TermField("fund_source", label="来源", required=False)
    unit = PickField(UNITS, label="出资单位", required=False)

    field_order = ("amount", "household", "source", "unit")


class GoodsRow(OfHousehold):
    """Goods handed over."""

    goods = forms.CharField(label="物品", max_length=100, help_text="如大米、食用油。")
    quantity = NumberField(label="数量", required=False)
    unit_name = forms.CharField(label="数量单位", max_length=20, required=False, help_text="如袋、桶。")
    amount = MoneyField(label="价值（元）", required=False)
    source = TermField("fund_source", label="来源", required=False)
    unit = PickField(UNITS, label="出资单位", required=False)

    field_order = ("goods", "quantity", "unit_name", "amount", "household", "source", "unit")


class QuantityRow(ScopedForm):
    """A physical amount done on the trip."""

    item = TermField("quantity", label="项目")
    amount = NumberField(label="数量")


class NeedRow(OfHousehold):
    """A need heard on the trip."""

    category = TermField("need_category", label="类别", first=True)
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DayField(label="办理期限", required=False)

    field_order = ("category", "text", "household", "due_on")


class VisitForm(ScopedForm):
    """A visit to log."""

    rows = {
        "notes": Rows(
            "个别户情况不同", HouseholdNote, "单独记一户", blank=0, help="与上面说的不同才记，相同的不用重写。"
        ),
        "money": Rows("慰问金", MoneyRow, "记一笔慰问金", blank=0),
        "goods": Rows("慰问品", GoodsRow, "记一样慰问品", blank=0),
        "quantities": Rows("完成的实物量", QuantityRow, "记一项实物量", blank=0),
        "needs": Rows("听到的诉求", NeedRow, "记一条诉求", blank=0),
    }

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    division = PickField(PLACES, label="所到村")
    happened_at = MomentField(label="走访时间", past=True)
    kind = TermField("visit_kind", label="种类", first=True)
    participants = PickField(CADRES, label="走访人", many=True)
    households = PickField(HOUSEHOLDS, label="走访的农户", many=True, required=False, within="division")
    outcome = forms.ChoiceField(label="结果", choices=Visit.Outcome.choices, initial=Visit.Outcome.MET)
    said = forms.CharField(label="了解到的情况", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    did = forms.CharField(label="做了什么", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """Fill in who, where and when, as far as the account says it."""
        self.goer: Cadre | None = getattr(self.user, "cadre", None)
        self.team = team_of(self.program, self.goer)
        self.propose(uuid=uuid.uuid4(), happened_at=clock.now(self.program).replace(second=0, microsecond=0))
        if self.goer is not None:
            self.propose(participants=[self.goer])
        place = self._place()
        if place is not None:
            self.known("division", place)
            self.place = place.code
        else:
            self.place = ""
        self.asks_household = HOUSEHOLDS.rows(self.program, self.user).exists()
        if self.asks_household:
            _stay_in(self.fields["households"], self.place)
        else:
            del self.fields["households"]

    def _place(self) -> Division | None:
        """The one place there is to go to: the team's village, or the only village somebody helps."""
        if roles_in(self.user, self.program.pk) & OFFICES:
            return None
        if self.team is not None:
            return self.team.village.division
        villages = list(VILLAGES.rows(self.program, self.user)[:2])
        return villages[0].division if len(villages) == 1 else None

    def wanted_rows(self) -> dict[str, Rows]:
        """Households only where there are registers, amounts only where the program has words for them."""
        wanted = dict(self.rows)
        if not self.asks_household:
            del wanted["notes"]
        if not Term.objects.filter(program=self.program, vocabulary=Term.Vocabulary.QUANTITY).exists():
            del wanted["quantities"]
        return wanted

    def row_options(self, name: str) -> dict[str, Any]:
        """Rows about households stay in the same village."""
        return {} if name == "quantities" else {"place": self.place, "asks_household": self.asks_household}

    def is_valid(self) -> bool:
        """The form and its rows, and what holds between them."""
        good = super().is_valid()
        moment = self.cleaned_data.get("happened_at") if self.is_bound and not self.growing else None
        for row in self.parts.get("needs", ()) if moment else ():
            data = getattr(row, "cleaned_data", {})
            day, due = timezone.localtime(moment).date(), data.get("due_on")
            if due and due < day and not data.get("DELETE"):
                row.add_error("due_on", f"办理期限不能早于走访日期（{day_text(day)}），请核对。")
                good = False
        return good

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = self.cleaned_data
        answers = self.team or self.goer or unit_of(self.user, self.program)
        return {
            **{name: data[name] for name in ("uuid", "division", "happened_at", "kind", "outcome", "said", "did")},
            "participants": data["participants"],
            "households": self.visited(),
            "gifts": self.gifts(),
            "quantities": [(row["item"], row["amount"]) for row in data.get("quantities", ())],
            "needs": [HeardNeed(**row, responsible=answers) for row in data["needs"]],
        }

    def gifts(self) -> list[GivenGift]:
        """Money first, then goods."""
        return [
            *(GivenGift(kind=Gift.Kind.MONEY, **row) for row in self.cleaned_data["money"]),
            *(GivenGift(kind=Gift.Kind.GOODS, **row) for row in self.cleaned_data["goods"]),
        ]

    def visited(self) -> list[VisitedHousehold]:
        """The households that were ticked, and those that have a word of their own."""
        data = self.cleaned_data
        found = {one.pk: VisitedHousehold(one, data["outcome"]) for one in data.get("households") or ()}
        for row in data.get("notes", ()):
            household: Household = row["household"]
            found[household.pk] = VisitedHousehold(household, row["outcome"], row["note"])
        return list(found.values())


class VisitCorrectionForm(VisitForm):
    """What was logged, to be corrected; needs have gone their own way since."""

    refused_as = {"correction_reason": "reason"}

    reason = forms.CharField(label="更正原因", max_length=200, help_text="如“走访人记错了”。原来的记录会保留。")

    def __init__(self, *args: Any, draft: VisitDraft, **kwargs: Any) -> None:
        self.draft = draft
        kwargs["initial"] = _initial_of(draft)
        super().__init__(*args, **kwargs)

    def _place(self) -> Division | None:
        """A correction may be about the place."""
        return None

    def wanted_rows(self) -> dict[str, Rows]:
        """Needs are corrected where they are worked on."""
        wanted = super().wanted_rows()
        del wanted["needs"]
        return wanted

    def changes(self) -> dict[str, Any]:
        """What differs from the version before, as the action takes it."""
        data, draft = self.cleaned_data, self.draft
        names = ("division", "happened_at", "kind", "outcome", "said", "did")
        new: dict[str, Any] = {name: data[name] for name in names}
        new["participants"] = self._goers()
        new["households"] = _in_order(self.visited() if self.asks_household else draft.households)
        new["gifts"] = self.gifts()
        if "quantities" in data:
            new["quantities"] = [(row["item"], row["amount"]) for row in data["quantities"]]
        old: dict[str, Any] = {name: getattr(draft, name) for name in new}
        old["households"] = _in_order(draft.households)
        old["gifts"] = sorted(draft.gifts, key=lambda gift: gift.kind != Gift.Kind.MONEY)
        # The form shows no seconds.
        old["happened_at"] = draft.happened_at.replace(second=0, microsecond=0)
        if {_cadre(one).pk for one in new["participants"]} == {_cadre(one).pk for one in draft.participants}:
            del new["participants"]
        return {name: value for name, value in new.items() if value != old[name]}

    def _goers(self) -> list[Participant | Cadre]:
        """Those who stay keep the position they went in."""
        known = {_cadre(one).pk: one for one in self.draft.participants}
        return [known.get(cadre.pk, cadre) for cadre in self.cleaned_data["participants"]]


class ReasonForm(ScopedForm):
    """Why something logged is taken back."""

    refused_as = {"correction_reason": "reason"}

    reason = forms.CharField(label="作废原因", max_length=200, help_text="作废后不再计数，记录仍可查看。")


def team_of(program: Program, cadre: Cadre | None) -> Team | None:
    """The team in which somebody stays now, if there is just one."""
    if cadre is None:
        return None
    today = clock.today(program)
    seats = TeamMember.objects.active_on(today).filter(cadre=cadre, team__program=program)
    teams = {seat.team for seat in seats.select_related("team__village__division", "team__unit")}
    return teams.pop() if len(teams) == 1 else None


def unit_of(user: User, program: Program) -> Unit | None:
    """The unit somebody is the contact of, if there is just one."""
    keys = {
        grant.value for grant in grants_of(user) if grant.dimension == "unit" and grant.program_id in (None, program.pk)
    }
    return Unit.objects.filter(pk=keys.pop()).first() if len(keys) == 1 else None


def _stay_in(field: forms.Field, place: str) -> None:
    assert isinstance(field, PickField)
    if place:
        field.place, field.within = place, ""


def _cadre(going: Participant | Cadre) -> Cadre:
    return going.cadre if isinstance(going, Participant) else going


def _in_order(visited: Iterable[VisitedHousehold | Household]) -> list[VisitedHousehold]:
    found = [one for one in visited if isinstance(one, VisitedHousehold)]
    return sorted(found, key=lambda one: one.household.pk)


def _initial_of(draft: VisitDraft) -> dict[str, Any]:
    visited = [one for one in draft.households if isinstance(one, VisitedHousehold)]
    plain = ("division", "happened_at", "kind", "outcome", "said", "did", "uuid")
    return {
        **{name: getattr(draft, name) for name in plain},
        "participants": [_cadre(one) for one in draft.participants],
        "households": [one.household for one in visited],
        "notes": [
            {"household": one.household, "outcome": one.outcome, "note": one.note}
            for one in visited
            if one.note or one.outcome != draft.outcome
        ],
        "money": _fields_of(draft, Gift.Kind.MONEY, MoneyRow),
        "goods": _fields_of(draft, Gift.Kind.GOODS, GoodsRow),
        "quantities": [{"item": item, "amount": amount} for item, amount in draft.quantities],
    }


def _fields_of(draft: VisitDraft, kind: str, row: type[OfHousehold]) -> list[dict[str, Any]]:
    return [{name: getattr(gift, name) for name in row.base_fields} for gift in draft.gifts if gift.kind == kind]
