"""The lists of the days of team members: the duty register, and leave."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cadres.models import Cadre, Duty, Leave, Team
from programs.listing import (
    CaseFilter,
    ChoiceFilter,
    Column,
    Create,
    DaysFilter,
    Link,
    Listing,
    Mark,
    ObjectFilter,
    Setting,
    TownFilter,
    register_listing,
)
from villages.models import Village

_OF_MEMBER = (
    Column(key="cadre", label="队员", value="cadre", sort=("cadre__pinyin",), width=18),
    Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=28),
)
_BY_MEMBER = (
    TownFilter(lookup="team__village_id"),
    ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
    ObjectFilter(key="cadre", label="队员", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
    ObjectFilter(key="village", label="村", model=Village, build=lambda pk: Q(team__village_id=pk)),
)
_SEARCH_MEMBER = ("cadre__name", "cadre__pinyin", "cadre__initials", "team__name", "team__pinyin", "team__initials")
_TONES = {Duty.State.PRESENT: "done", Duty.State.REPORTED: "done", Duty.State.LEAVE: "soon", Duty.State.ABSENT: "late"}


def state_of_duty(duty: Any, _: Setting) -> Mark:
    """The state with its mark."""
    return Mark(duty.get_state_display(), _TONES.get(duty.state, "quiet"))


def state_of_leave(leave: Any, _: Setting) -> Mark:
    """What became of a leave."""
    if leave.withdrawn_on:
        return Mark("已撤回")
    if leave.declined_on:
        return Mark("未批准", "late")
    return Mark("已批准", "done") if leave.approved_on else Mark("待审批", "soon")


def _kind_of(leave: Any, _: Setting) -> Link:
    return Link(leave.get_kind_display(), leave)


def _answered_by(leave: Any, _: Setting) -> str:
    return leave.approved_by or leave.declined_by or ""


register_listing(
    Listing(
        model=Duty,
        title="在岗登记",
        noun="在岗登记",
        counter="天",
        permission="duty.view",
        route="cadres:duty-list",
        scope=lambda rows, program: rows.filter(team__program=program),
        search=_SEARCH_MEMBER,
        search_hint="队员、工作队、拼音或首字母",
        order=("-on", "team__village_id"),
        name_of=lambda row: str(row.cadre),
        prepare=lambda rows, _: rows.select_related("team", "cadre"),
        empty_hint="镇街办公室在“在岗登记”的月表里登记。",
        columns=(
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            *_OF_MEMBER,
            Column(key="state", label="状态", value=state_of_duty, sort=("state",), width=18),
            Column(key="note", label="说明", value="note", wraps=True, width=30),
        ),
        filters=(
            ChoiceFilter(key="state", label="状态", lookup="state", options=Duty.State),
            DaysFilter(key="on", label="日期", lookup="on"),
            *_BY_MEMBER,
        ),
    )
)

register_listing(
    Listing(
        model=Leave,
        title="请假报备",
        noun="请假报备",
        counter="次",
        permission="leave.view",
        route="cadres:leave-list",
        create=Create("请假或报备", "cadres:leave-create", "leave.create"),
        scope=lambda rows, program: rows.filter(team__program=program),
        search=(*_SEARCH_MEMBER, "reason"),
        search_hint="队员、工作队、事由、拼音或首字母",
        order=("-since",),
        name_of=lambda row: str(row.cadre),
        prepare=lambda rows, _: rows.select_related("team", "cadre"),
        columns=(
            Column(key="kind", label="种类", value=_kind_of, sort=("kind",), width=14),
            *_OF_MEMBER,
            Column(key="since", label="起", value="since", sort=("since",), kind="day", width=14),
            Column(key="until", label="止", value="until", sort=("until",), kind="day", width=14),
            Column(key="days", label="天数", value="days", kind="number", width=6),
            Column(key="reason", label="事由", value="reason", wraps=True, width=30),
            Column(key="state", label="状态", value=state_of_leave, width=10),
            Column(key="approved", label="审批人", value=_answered_by, width=16),
        ),
        filters=(
            CaseFilter(
                key="state",
                label="状态",
                cases=(
                    (
                        "waiting",
                        "待审批",
                        lambda _: Q(approved_on=None, declined_on=None, withdrawn_on=None),
                    ),
                    ("granted", "已批准", lambda _: Q(approved_on__isnull=False, withdrawn_on=None)),
                    ("declined", "未批准", lambda _: Q(declined_on__isnull=False)),
                    ("withdrawn", "已撤回", lambda _: Q(withdrawn_on__isnull=False)),
                ),
            ),
            ChoiceFilter(key="kind", label="种类", lookup="kind", options=Leave.Kind),
            DaysFilter(key="since", label="开始日期", lookup="since", more=True),
            *_BY_MEMBER,
        ),
    )
)
