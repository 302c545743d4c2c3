"""Nonsense in the models of the cadres app is refused, whoever writes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cadres.models import (
    Diary,
    Document,
    DocumentPart,
    Duty,
    Gift,
    GroupSeat,
    Leave,
    Milestone,
    Need,
    Pairing,
    Post,
    RequirementMark,
    Team,
    TeamMember,
    Visit,
    VisitHousehold,
    VisitParticipant,
    VisitQuantity,
)
from tests import factories as make
from tests.cast import Cast
from tests.constraints import Case, assert_refused, declared

EARLY = dt.date(2000, 1, 1)
LATE = dt.date(2030, 1, 1)
CASES = [
    Case(Post, "post_dates", {"until": EARLY}),
    Case(Post, "post_secondment_has_place", {"is_secondment": True}),
    Case(Team, "team_dates", {"until": EARLY, "name": "别的队"}),
    Case(Team, "team_unique_name", {}),
    Case(TeamMember, "team_member_dates", {"until": EARLY, "role": "member"}),
    Case(TeamMember, "team_one_first_secretary", lambda s: {"cadre": s.helper, "since": LATE}),
    Case(TeamMember, "team_member_once", {"role": "member", "since": LATE}),
    Case(Milestone, "milestone_once", {"reached_on": LATE}),
    Case(GroupSeat, "group_seat_dates", {"until": EARLY}),
    Case(GroupSeat, "group_seat_somebody", {"cadre": None}),
    Case(Pairing, "pairing_dates", {"until": EARLY}),
    Case(Pairing, "pairing_one_helper", lambda s: {"unit": s.unit}),
    Case(Pairing, "pairing_one_helper", {"cadre": None}),
    Case(Pairing, "pairing_one_helper", lambda s: {"unit": s.unit, "team": s.team, "cadre": None}),
    Case(Pairing, "pairing_one_helped", lambda s: {"division": s.place}),
    Case(Pairing, "pairing_one_helped", {"household": None}),
    Case(Pairing, "pairing_once_at_a_time", {}),
    Case(Pairing, "pairing_once_at_a_time", {"since": LATE, "mode": "one_to_one", "rank": 2}),
    Case(
        Pairing,
        "pairing_once_at_a_time",
        {"since": dt.date(2015, 5, 31), "until": None},
        before={"until": dt.date(2015, 5, 31)},
    ),
    Case(Pairing, "pairing_rank", {"rank": 4}),
    Case(Visit, "visit_void_replaces", {"is_void": True}),
    Case(Visit, "visit_not_own_version", lambda s: {"replaces": Visit.objects.get()}, rewrite=True),
    Case(VisitParticipant, "visit_participant_once", {}),
    Case(VisitHousehold, "visit_household_once", {}),
    Case(Gift, "gift_amount_positive", {"amount": Decimal(0)}),
    Case(Gift, "gift_money_has_amount", {"amount": None}),
    Case(VisitQuantity, "visit_quantity_positive", {"amount": Decimal("-3")}),
    Case(Need, "need_closed_with_reason", {"closed_on": LATE}),
    Case(Need, "need_closed_after_raised", {"closed_on": EARLY, "close_reason": "已办"}),
    Case(Diary, "diary_one_a_day", {}),
    Case(Duty, "duty_one_a_day", {}),
    Case(Leave, "leave_dates", {"until": EARLY}),
    Case(Leave, "leave_once_at_a_time", {"since": dt.date(2015, 6, 2), "until": LATE}),
    Case(Leave, "leave_one_answer", {"declined_on": LATE, "approved_on": LATE}, rewrite=True),
    Case(Document, "document_period", {"period_start": LATE, "period_end": EARLY}),
    Case(DocumentPart, "document_part_once", {}),
    Case(RequirementMark, "requirement_mark_one_subject", lambda s: {"unit": s.unit}),
    Case(RequirementMark, "requirement_mark_one_subject", {"team": None}),
    Case(RequirementMark, "requirement_mark_source", {"source": "", "period_start": LATE}),
    Case(RequirementMark, "requirement_mark_excused", {"verdict": "excused", "period_start": LATE}),
    Case(
        RequirementMark,
        "requirement_mark_excused",
        {"verdict": "excused", "period_start": LATE, "reason": "防汛"},
    ),
    Case(RequirementMark, "requirement_mark_once", {"on": LATE}),
]


def test_no_constraint_is_left_out() -> None:
    """Whoever adds a constraint says here what it refuses."""
    assert {case.constraint for case in CASES} == declared("cadres")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_refused_in_words_and_by_the_database(cast: Cast, case: Case) -> None:
    """Forms, imports and raw inserts alike."""
    assert_refused(cast, case)


def test_the_same_pair_may_come_together_again(cast: Cast) -> None:
    """A pairing that ended yesterday may begin anew today, and several helpers may help one household at once."""
    side = cast.near
    Pairing.objects.filter(pk=side.household_pairing.pk).update(until=dt.date(2015, 5, 31))
    again = make.PairingFactory.build(
        program=side.program,
        mode=Pairing.Mode.CADRE_HOUSEHOLD,
        unit=None,
        division=None,
        cadre=side.helper,
        household=side.household,
        place=side.place,
        since=dt.date(2015, 6, 1),
    )
    again.full_clean()
    again.save()
    second = make.PairingFactory(
        program=side.program, cadre_household=True, cadre=side.leader, household=side.household, rank=2
    )
    second.full_clean()
    assert side.household.pairings.active_on(dt.date(2015, 7, 3)).count() == 2


def test_a_changed_pairing_does_not_stand_in_its_own_way(cast: Cast) -> None:
    """Ending a pairing passes the checks: the only pairing it overlaps is itself."""
    pairing = cast.near.unit_pairing
    pairing.until = dt.date(2015, 6, 30)
    pairing.end_reason = "轮换"
    pairing.full_clean()


def test_a_second_first_secretary_may_follow_the_first(cast: Cast) -> None:
    """At most one at a time, and as many as there are in a row."""
    side = cast.near
    TeamMember.objects.filter(pk=side.seat.pk).update(until=dt.date(2015, 5, 31))
    after = TeamMember(
        team=side.team,
        cadre=side.helper,
        unit=side.unit,
        role=TeamMember.Role.FIRST_SECRETARY,
        since=dt.date(2015, 6, 1),
    )
    after.full_clean()
    after.save()
    assert side.team.members.filter(role=TeamMember.Role.FIRST_SECRETARY).count() == 2


def test_a_withdrawn_mark_makes_room_for_another(cast: Cast) -> None:
    """What an office took back does not stand in the way of what it learned since."""
    mark = make.RequirementMarkFactory(requirement__program=cast.program, team=cast.near.team, withdrawn=True)
    make.RequirementMarkFactory(requirement=mark.requirement, team=cast.near.team, excused=True).full_clean()
    assert RequirementMark.objects.standing().count() == 1
