"""Forms for the duty register and for leave."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.choices import SEATS
from cadres.models import Duty, Leave, TeamMember
from programs.forms.base import ScopedForm
from programs.forms.fields import DayField
from programs.forms.picking import PickField
from programs.permissions import OFFICES
from programs.scoping import roles_in

#: What takes a day back out of the register.
CLEAR = "clear"
SHORT_WORDS = {
    Duty.State.REPORTED: "外　因村务外出",
    Duty.State.LEAVE: "假　请假",
    Duty.State.ABSENT: "缺　不在岗",
    Duty.State.REST: "休　休息",
    Duty.State.PRESENT: "√　在岗",
}


class BrushForm(ScopedForm):
    """What the days that are clicked next are to say."""

    brush = forms.ChoiceField(
        label="点到的日子记为",
        choices=[*((str(value), words) for value, words in SHORT_WORDS.items()), (CLEAR, "清除登记")],
        initial=Duty.State.REPORTED,
        widget=forms.RadioSelect,
        error_messages={"required": "请先选择要记成什么。", "invalid_choice": "请先选择要记成什么。"},
    )
    note = forms.CharField(label="说明", max_length=200, required=False)


class LeaveForm(ScopedForm):
    """Days that a member asks for; offices ask for members without an account."""

    refused_as = {"cadre": "member"}

    member = PickField(SEATS, label="队员")
    kind = forms.ChoiceField(label="种类", choices=Leave.Kind.choices, initial=Leave.Kind.LEAVE)
    since = DayField(label="从哪天起")
    until = DayField(label="到哪天止", help_text="含当日；只一天的，两处填同一天。")
    reason = forms.CharField(label="事由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """A member asks for themselves; today, unless said otherwise."""
        self.propose(since=self.today, until=self.today)
        if roles_in(self.user, self.program.pk) & OFFICES:
            return
        seats = list(own_seats(self)[:2])
        if len(seats) == 1:
            self.known("member", seats[0])

    def clean(self) -> None:
        """Who is no office asks for themselves only, and leave does not end before it begins."""
        super().clean()
        member = self.cleaned_data.get("member")
        office = roles_in(self.user, self.program.pk) & OFFICES
        if member is not None and not office and not own_seats(self).filter(pk=member.pk).exists():
            self.add_error("member", "只能为自己请假，请选择您本人。")
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "结束日期不能早于开始日期。")

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = dict(self.cleaned_data)
        member = data.pop("member")
        return {**data, "team": member.team, "cadre": member.cadre}


def own_seats(form: ScopedForm) -> Any:
    """The seats of whoever fills the form."""
    rows = TeamMember.objects.active_on(form.today).filter(cadre__user=form.user, team__program=form.program)
    return rows.select_related("team__program", "cadre").order_by("pk")


class LeaveAnswerForm(ScopedForm):
    """Approve or decline."""

    answer = forms.ChoiceField(
        label="审批意见", choices=[("yes", "批准"), ("no", "不予批准")], initial="yes", widget=forms.RadioSelect
    )
    approver = forms.CharField(label="审批人", max_length=100, help_text="如某镇党委书记。")
    reason = forms.CharField(label="理由", max_length=200, required=False, help_text="不予批准的须写明。")
    on = DayField(label="日期", past=True)

    def prepare(self) -> None:
        """Whoever fills it, today."""
        self.propose(approver=str(self.user), on=self.today)

    def clean(self) -> None:
        """A no has a reason."""
        super().clean()
        if self.cleaned_data.get("answer") == "no" and not self.cleaned_data.get("reason"):
            self.add_error("reason", "请写明不予批准的理由。")


class LeaveWithdrawForm(ScopedForm):
    """Nothing is asked: the button says it."""
