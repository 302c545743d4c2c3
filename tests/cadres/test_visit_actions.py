"""Logging, correcting and voiding visits."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cadres.actions.people import appoint
from cadres.actions.visits import (
    AlreadyCorrected,
    GivenGift,
    HeardNeed,
    NobodyWent,
    NothingChanged,
    Participant,
    UuidTaken,
    VisitDraft,
    VisitedHousehold,
    VisitVoided,
    correct_visit,
    log_visit,
    log_visits,
    void_visit,
)
from cadres.models import Gift, Leadership, Need, Visit
from programs.models import User
from programs.refusals import BadField, BadWord, BrokenRule, InFuture, OutOfPlace
from tests.cast import Cast
from tests.factories import at

DAY = dt.date(2015, 5, 12)


def log(cast: Cast, by: User | None = None, **changes: Any) -> Visit:
    """A visit of the near side's first secretary, unless said otherwise."""
    said = {
        "division": cast.near.place,
        "kind": cast.near.word("visit_kind"),
        "happened_at": at(DAY),
        "participants": [cast.near.secretary],
    }
    return log_visit(by=by or cast.team, program=cast.program, **(said | changes))


def test_a_visit_keeps_unit_team_and_position_of_that_day(cast: Cast) -> None:
    visit = log(cast, participants=[cast.near.leader, cast.near.secretary])
    appoint(by=cast.county, cadre=cast.near.leader, unit=cast.far.unit, title="局长", since=DAY + dt.timedelta(days=1))

    leader, secretary = visit.participants.order_by("pk")
    assert (leader.unit, leader.team, leader.leadership) == (cast.near.unit, None, Leadership.PRINCIPAL)
    assert (secretary.unit, secretary.team, secretary.leadership) == (
        cast.near.unit,
        cast.near.team,
        Leadership.STAFF,
    )


def test_a_position_held_only_later_does_not_count(cast: Cast) -> None:
    helper = cast.near.helper
    appoint(
        by=cast.county,
        cadre=helper,
        unit=cast.near.unit,
        title="局长",
        leadership=Leadership.PRINCIPAL,
        since=DAY + dt.timedelta(days=1),
    )

    before, after = (log(cast, participants=[helper], happened_at=at(DAY + dt.timedelta(days=n))) for n in (0, 1))

    assert before.participants.get().leadership == Leadership.STAFF
    assert after.participants.get().leadership == Leadership.PRINCIPAL


def test_what_is_said_of_a_participant_goes_before_the_register(cast: Cast) -> None:
    visit = log(cast, participants=[Participant(cast.near.helper, cast.far.unit, cast.far.team, Leadership.DEPUTY)])

    one = visit.participants.get()
    assert (one.unit, one.team, one.leadership) == (cast.far.unit, cast.far.team, Leadership.DEPUTY)


def test_one_trip_covers_households_gifts_quantities_and_needs(cast: Cast) -> None:
    side = cast.near
    visit = log(
        cast,
        households=[VisitedHousehold(side.household, Visit.Outcome.ABSENT, "锁门")],
        gifts=[GivenGift(amount=Decimal("300.50"), household=side.household, source=side.word("fund_source", "own"))],
        quantities=[(side.word("quantity"), Decimal(3))],
        needs=[HeardNeed(side.word("need_category"), "路不好走", due_on=DAY, responsible=side.team)],
    )

    assert visit.households.get().note == "锁门"
    gift = visit.gifts.get()
    assert (gift.amount, gift.given_on, gift.division) == (Decimal("300.50"), DAY, side.place)
    assert visit.quantities.get().amount == 3
    need = visit.needs.get()
    assert (need.raised_on, need.responsible_team, need.recorded_by) == (DAY, side.team, cast.team)


def test_somebody_else_may_record_and_it_shows(cast: Cast) -> None:
    visit = log(cast, by=cast.town, participants=[cast.near.leader])

    assert visit.recorded_by == cast.town
    assert not visit.participants.filter(cadre__user=cast.town).exists()


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"participants": []}, NobodyWent, "participants"),
        ({"happened_at": at(dt.date(2015, 7, 4))}, InFuture, "happened_at"),
        ({"outcome": "vanished"}, BadField, "outcome"),
        ({"gifts": [GivenGift(amount=Decimal(-5))]}, BrokenRule, "amount"),
        ({"gifts": [GivenGift()]}, BrokenRule, "amount"),
    ],
)
def test_nonsense_is_refused_at_its_field(cast: Cast, changes: dict[str, Any], refusal: type, field: str) -> None:
    with pytest.raises(refusal) as refused:
        log(cast, **changes)
    assert refused.value.field == field
    assert not Visit.objects.exists()
    assert not Gift.objects.exists()


def test_places_and_words_are_those_of_the_program(cast: Cast) -> None:
    with pytest.raises(OutOfPlace, match="不在"):
        log(cast, division=cast.abroad.place)
    with pytest.raises(BadWord):
        log(cast, kind=cast.abroad.word("visit_kind"))
    with pytest.raises(BadField, match="请核对村或农户"):
        log(cast, households=[cast.far.household])


def test_all_of_a_pinned_day_has_happened(cast: Cast) -> None:
    assert log(cast, happened_at=at(dt.date(2015, 7, 3), 23)).pk


def test_a_phone_whose_clock_is_a_little_fast_is_believed(cast: Cast) -> None:
    cast.program.pinned_on = None
    cast.program.ends_on = None
    cast.program.save()

    log(cast, happened_at=timezone.now() + dt.timedelta(minutes=5))
    with pytest.raises(InFuture, match="还没有到"):
        log(cast, happened_at=timezone.now() + dt.timedelta(hours=1))


def test_a_visit_sent_twice_by_a_phone_is_logged_once(cast: Cast) -> None:
    number = uuid.uuid4()
    first = log(cast, uuid=number, said="第一次")

    assert log(cast, uuid=number, said="再发一次") == first
    assert Visit.objects.get().said == "第一次"
    with pytest.raises(UuidTaken):
        log(cast, by=cast.town, uuid=number)


def test_many_visits_come_in_together_or_not_at_all(cast: Cast) -> None:
    good = VisitDraft(cast.near.place, cast.near.word("visit_kind"), at(DAY), [cast.near.secretary])
    bad = VisitDraft(cast.near.place, cast.near.word("visit_kind"), at(DAY), [])

    with pytest.raises(NobodyWent):
        log_visits(by=cast.county, program=cast.program, visits=[good, bad])
    assert not Visit.objects.exists()

    log_visits(by=cast.county, program=cast.program, visits=[good])
    assert Visit.objects.counted().count() == 1


def test_nobody_goes_twice_on_one_visit(cast: Cast) -> None:
    with pytest.raises(BrokenRule, match="该干部已在这次走访中") as refused:
        log(cast, participants=[cast.near.secretary, cast.near.secretary])
    assert refused.value.field == "cadre"


def test_a_correction_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    side = cast.near
    old = log(
        cast,
        participants=[side.leader, side.secretary],
        households=[side.household],
        gifts=[GivenGift(amount=Decimal(200))],
        quantities=[(side.word("quantity"), Decimal(3))],
        needs=[HeardNeed(side.word("need_category"), "路不好走")],
        said="原话",
    )

    new = correct_visit(by=cast.town, visit=old, reason="人记错了", participants=[side.secretary], did="补记")

    old.refresh_from_db()
    assert (old.is_current, old.said, old.participants.count()) == (False, "原话", 2)
    assert (new.replaces, new.said, new.did, new.recorded_by) == (old, "原话", "补记", cast.town)
    assert [one.cadre for one in new.participants.all()] == [side.secretary]
    assert (new.households.count(), new.gifts.get().amount, new.quantities.get().amount) == (1, 200, 3)
    assert new.uuid != old.uuid
    assert Need.objects.get().visit == new
    assert list(Visit.objects.counted()) == [new]


def test_copied_participants_keep_what_they_were(cast: Cast) -> None:
    old = log(cast, participants=[Participant(cast.near.leader, leadership=Leadership.PRINCIPAL)])
    cast.near.leader.posts.update(until=dt.date(2015, 5, 1))

    new = correct_visit(by=cast.town, visit=old, reason="补时间", happened_at=at(DAY, 15))

    assert new.participants.get().leadership == Leadership.PRINCIPAL


def test_an_old_version_is_not_corrected_again(cast: Cast) -> None:
    old = log(cast)
    correct_visit(by=cast.team, visit=old, reason="补充", said="多说一句")

    with pytest.raises(AlreadyCorrected, match="最新的一版"):
        correct_visit(by=cast.town, visit=old, reason="再补充", said="又一句")
    with pytest.raises(AlreadyCorrected):
        void_visit(by=cast.town, visit=old, reason="记错")


def test_a_correction_says_why_and_what(cast: Cast) -> None:
    visit = log(cast)
    with pytest.raises(BadField, match="请填写更正原因"):
        correct_visit(by=cast.team, visit=visit, reason=" ", said="新")
    with pytest.raises(NothingChanged):
        correct_visit(by=cast.team, visit=visit, reason="没改")
    with pytest.raises(BadField, match="recorded_by"):
        correct_visit(by=cast.team, visit=visit, reason="改人", recorded_by=cast.town)
    visit.refresh_from_db()
    assert visit.is_current


def test_a_correction_follows_the_rules_of_logging(cast: Cast) -> None:
    visit = log(cast)
    with pytest.raises(InFuture):
        correct_visit(by=cast.team, visit=visit, reason="改日期", happened_at=at(dt.date(2016, 1, 1)))
    assert list(Visit.objects.counted()) == [visit]


def test_a_voided_visit_stays_to_be_seen_and_counts_no_more(cast: Cast) -> None:
    visit = log(cast, participants=[cast.near.leader])

    void = void_visit(by=cast.town, visit=visit, reason="没有去")

    assert not Visit.objects.counted().exists()
    assert (void.is_void, void.correction_reason, void.participants.get().cadre) == (True, "没有去", cast.near.leader)
    with pytest.raises(VisitVoided, match="已作废"):
        correct_visit(by=cast.town, visit=void, reason="又去了", said="去了")
