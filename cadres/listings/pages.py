"""Where things of this app have their pages, what they add to pages of others, and their places in the rail."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left

from cadres.models import (
    Cadre,
    CadreGroup,
    Diary,
    Document,
    Duty,
    Gift,
    GroupSeat,
    Leave,
    Meeting,
    Milestone,
    Need,
    NeedStep,
    Pairing,
    Post,
    RequirementMark,
    Team,
    TeamMember,
    Visit,
)
from programs.links import register_page
from programs.membership import in_program, register_members
from programs.models import Program, Unit
from programs.objectpage import Panel, register_panel
from programs.rooms import enter, enter_tab
from programs.searching import offer_to_search
from villages.models import Household, Member, Village

Keys = QuerySet[Any, Any]


def _villages_of_teams(program: Program) -> Keys:
    return Team.objects.filter(program=program).values("village_id")


def _villages_of_pairings(program: Program) -> Keys:
    return Pairing.objects.filter(program=program).values_list(Left("place_id", 12))


def _units_of_teams(program: Program) -> Keys:
    return Team.objects.filter(program=program).values("unit_id")


def _units_of_members(program: Program) -> Keys:
    return TeamMember.objects.filter(team__program=program).values("unit_id")


def _units_of_pairings(program: Program) -> Keys:
    return Pairing.objects.filter(program=program).values("unit_id")


def _cadres_of_teams(program: Program) -> Keys:
    return TeamMember.objects.filter(team__program=program).values("cadre_id")


def _cadres_of_pairings(program: Program) -> Keys:
    return Pairing.objects.filter(program=program).values("cadre_id")


def _cadres_of_units(program: Program) -> Keys:
    units = in_program(Unit.objects.all(), program)
    return Post.objects.filter(unit__in=units.values("pk")).values("cadre_id")


def _cadres_of_visits(program: Program) -> Keys:
    return Cadre.objects.filter(participations__visit__program=program).values("pk")


def _cadres_of_groups(program: Program) -> Keys:
    return GroupSeat.objects.filter(group__program=program).values("cadre_id")


register_members(Village, _villages_of_teams, _villages_of_pairings)
register_members(Unit, _units_of_teams, _units_of_members, _units_of_pairings)
register_members(Cadre, _cadres_of_teams, _cadres_of_pairings, _cadres_of_units, _cadres_of_visits, _cadres_of_groups)

for model, noun in (
    (Cadre, "cadre"),
    (Team, "team"),
    (Pairing, "pairing"),
    (Visit, "visit"),
    (Need, "need"),
    (Document, "document"),
    (Meeting, "meeting"),
    (Leave, "leave"),
    (CadreGroup, "group"),
):
    register_page(model, f"cadres:{noun}-detail")

# What stands on whose page: the list it is taken from, by which of its filters, which columns, in which order.
_TEAM = ("name", "unit", "secretary", "members", "last")
_PAIRING = ("helper", "helped", "mode", "rank", "since", "until", "state")
_VISIT = ("at", "kind", "who", "unit", "outcome", "text")
_NEED = ("text", "category", "responsible", "raised", "due", "state")
_DOCUMENT = ("title", "kind", "period", "received")
_MEETING = ("title", "kind", "on", "place")
_GIFT = ("on", "to", "kind", "amount", "goods", "unit")
_LEAVE = ("kind", "cadre", "since", "until", "reason", "state")
_SEAT = ("who", "of", "duty", "since", "until")
_MARK = ("requirement", "verdict", "on", "source", "reason", "by")

for panel in (
    Panel(on=Village, of=Team, by="village", columns=_TEAM, order=10, says_when_empty=True),
    Panel(on=Village, of=Pairing, by="village", columns=_PAIRING, order=20, sort="since"),
    Panel(on=Village, of=Visit, by="village", columns=_VISIT, order=30, says_when_empty=True),
    Panel(on=Village, of=Need, by="village", columns=_NEED, order=40, says_when_empty=True),
    Panel(on=Village, of=Document, by="village", columns=_DOCUMENT, order=60),
    Panel(on=Village, of=Meeting, by="village", columns=("title", "kind", "on", "unit"), order=61),
    Panel(on=Village, of=Gift, by="village", columns=_GIFT, order=62),
    Panel(on=Unit, of=Team, by="unit", columns=("name", "village", "town", "secretary", "members", "last"), order=10),
    Panel(on=Unit, of=Pairing, by="unit", columns=_PAIRING, order=20, sort="since"),
    Panel(on=Unit, of=Visit, by="unit", columns=("at", "place", "kind", "who", "outcome", "text"), order=30),
    Panel(on=Unit, of=Need, by="unit", columns=("text", "category", "place", "raised", "due", "state"), order=40),
    Panel(on=Unit, of=Document, by="unit", columns=_DOCUMENT, order=60),
    Panel(on=Unit, of=Meeting, by="unit", columns=_MEETING, order=61),
    Panel(on=Unit, of=Gift, by="unit", columns=("on", "to", "place", "kind", "amount", "goods"), order=62),
    Panel(on=Unit, of=RequirementMark, by="unit", columns=_MARK, order=65),
    Panel(on=Unit, of=Cadre, by="unit", columns=("name", "post", "leadership", "team", "phone"), order=70, sort="name"),
    Panel(
        on=Team, of=TeamMember, by="team", columns=("cadre", "role", "unit", "since", "until"), order=10, sort="since"
    ),
    Panel(on=Team, of=Milestone, by="team", columns=("kind", "member", "on", "paper"), order=15, says_when_empty=True),
    Panel(on=Team, of=Pairing, by="team", columns=_PAIRING, order=20, sort="since"),
    Panel(
        on=Team,
        of=Visit,
        by="team",
        columns=("at", "place", "kind", "who", "outcome", "text"),
        order=30,
        says_when_empty=True,
    ),
    Panel(on=Team, of=Need, by="team", columns=_NEED, order=40, says_when_empty=True),
    Panel(on=Team, of=Document, by="team", columns=_DOCUMENT, order=60, says_when_empty=True),
    Panel(on=Team, of=Meeting, by="team", columns=_MEETING, order=61),
    Panel(on=Team, of=Diary, by="team", columns=("on", "cadre", "text"), order=62, limit=5),
    Panel(on=Team, of=Leave, by="team", columns=_LEAVE, order=63, limit=5),
    Panel(on=Team, of=Duty, by="team", columns=("on", "cadre", "state", "note"), order=64, limit=5),
    Panel(on=Team, of=RequirementMark, by="team", columns=_MARK, order=65),
    Panel(
        on=Cadre,
        of=Post,
        by="cadre",
        columns=("unit", "title", "rank", "leadership", "place", "since", "until"),
        order=10,
    ),
    Panel(on=Cadre, of=TeamMember, by="cadre", columns=("team", "role", "unit", "since", "until"), order=15),
    Panel(
        on=Cadre,
        of=Pairing,
        by="cadre",
        columns=("helped", "town", "mode", "rank", "since", "until", "state"),
        order=20,
    ),
    Panel(on=Cadre, of=Visit, by="cadre", columns=("at", "place", "kind", "outcome", "text"), order=30),
    Panel(on=Cadre, of=Need, by="cadre", columns=("text", "category", "place", "raised", "due", "state"), order=40),
    Panel(on=Cadre, of=Diary, by="cadre", columns=("on", "team", "text"), order=62, limit=5),
    Panel(on=Cadre, of=Leave, by="cadre", columns=("kind", "since", "until", "reason", "state"), order=63, limit=5),
    Panel(on=Cadre, of=Duty, by="cadre", columns=("on", "team", "state", "note"), order=64, limit=5),
    Panel(on=Cadre, of=GroupSeat, by="cadre", title="所在小组", columns=("group", "duty", "since", "until"), order=66),
    Panel(on=CadreGroup, of=GroupSeat, by="group", title="成员", columns=_SEAT, order=10, limit=50, sort=""),
    Panel(on=Unit, of=CadreGroup, by="unit", columns=("name", "formed", "members"), order=72),
    Panel(on=Cadre, of=RequirementMark, by="cadre", columns=_MARK, order=65),
    Panel(on=Household, of=Pairing, by="household", columns=_PAIRING, order=20, sort="since", says_when_empty=True),
    Panel(on=Household, of=Visit, by="household", columns=_VISIT, order=30, says_when_empty=True),
    Panel(on=Household, of=Need, by="household", columns=_NEED, order=40, says_when_empty=True),
    Panel(on=Household, of=Gift, by="household", columns=("on", "kind", "amount", "goods", "unit", "visit"), order=50),
    Panel(on=Household, of=Document, by="household", columns=_DOCUMENT, order=60),
    Panel(on=Member, of=Pairing, by="member", columns=_PAIRING, order=20, sort="since"),
    Panel(on=Visit, of=Need, by="visit", columns=_NEED, order=20),
    Panel(on=Visit, of=Gift, by="visit", columns=("to", "kind", "amount", "goods", "unit", "source"), order=30),
    Panel(
        on=Need, of=NeedStep, by="need", columns=("on", "kind", "text", "by"), order=10, sort="on", says_when_empty=True
    ),
):
    register_panel(panel)

enter("pairing", "工作队", "cadres:team-list", "team.view", order=30)
enter("pairing", "干部", "cadres:cadre-list", "cadre.view", order=40)
enter("pairing", "结对", "cadres:pairing-list", "pairing.view", order=50)
enter("visit", "走访", "cadres:visit-list", "visit.view", order=10)
enter("visit", "诉求", "cadres:need-list", "need.view", order=20)
enter("visit", "材料", "cadres:document-list", "document.view", order=30)
enter("visit", "会议", "cadres:meeting-list", "meeting.view", order=40)
enter("visit", "驻村日记", "cadres:diary-list", "diary.view", order=50)
enter("visit", "在岗登记", "cadres:duty-grid", "duty.view", order=51)
enter("visit", "请假报备", "cadres:leave-list", "leave.view", order=52)
enter("pairing", "小组", "cadres:group-list", "group.view", order=45)
enter("visit", "慰问", "cadres:gift-list", "visit.view", order=60)
enter_tab("记一笔", "pen-line", "cadres:visit-create", "visit.create", order=30, is_main=True)
offer_to_search(Cadre, order=30)
offer_to_search(Team, order=25)
