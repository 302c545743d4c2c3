"""Changes to cadres, teams and pairings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cadres.actions.pairings import (
    NobodyHelped,
    PairingEnded,
    SameHelper,
    end_pairing,
    hand_over,
    merge_unit,
    pair,
    pair_all,
    sign_agreement,
)
from cadres.actions.people import (
    AccountTaken,
    PostEnded,
    UnitGone,
    add_cadre,
    appoint,
    end_post,
    form_group,
    give_account,
)
from cadres.actions.teams import (
    AlreadyLeft,
    NotInTeam,
    OutsideTeamTime,
    TeamEnded,
    add_team,
    change_first_secretary,
    end_team,
    join_team,
    leave_team,
    reach_milestone,
)
from cadres.models import GroupSeat, Pairing, TeamMember
from programs.actions import retire_unit
from programs.refusals import BadField, BadWord, BrokenRule, InFuture, OutOfPlace
from programs.scoping import roles_in
from tests import factories as make
from tests.cast import Cast
from villages.models import Member

ON = dt.date(2015, 6, 1)
BEFORE = dt.date(2015, 5, 31)


def test_an_account_belongs_to_one_cadre(cast: Cast) -> None:
    user = cast.outsider
    give_account(by=cast.administrator, cadre=cast.near.secretary, user=user)

    assert roles_in(user, cast.program.pk) == {"team"}
    with pytest.raises(AccountTaken, match="已属于"):
        give_account(by=cast.administrator, cadre=cast.far.secretary, user=user)
    with pytest.raises(AccountTaken, match="已有账号"):
        give_account(by=cast.administrator, cadre=cast.near.secretary, user=cast.leader)


def test_a_post_ends_once_and_not_before_it_began(cast: Cast) -> None:
    cadre = add_cadre(by=cast.county, name="示例干部")
    post = appoint(by=cast.county, cadre=cadre, unit=cast.near.unit, title="科员", since=ON)

    with pytest.raises(BrokenRule, match="结束日期不能早于开始日期"):
        end_post(by=cast.county, post=post, on=BEFORE)
    post.refresh_from_db()
    end_post(by=cast.county, post=post, on=ON)
    with pytest.raises(PostEnded):
        end_post(by=cast.county, post=post, on=ON)


def test_a_secondment_names_its_place(cast: Cast) -> None:
    post = appoint(
        by=cast.county, cadre=cast.near.helper, unit=cast.near.unit, title="挂职", since=ON, seconded_to=cast.near.place
    )
    assert (post.is_secondment, post.division) == (True, cast.near.place)


def test_nobody_is_appointed_to_a_unit_that_is_gone(cast: Cast) -> None:
    retire_unit(by=cast.county, unit=cast.near.unit, on=BEFORE)
    with pytest.raises(UnitGone):
        appoint(by=cast.county, cadre=cast.near.helper, unit=cast.near.unit, title="科员", since=ON)


def test_a_group_is_formed_with_its_seats(cast: Cast) -> None:
    group = form_group(
        by=cast.county,
        program=cast.program,
        name="领导小组",
        seats=[GroupSeat(cadre=cast.near.leader, duty="组长", since=ON), GroupSeat(unit=cast.far.unit, since=ON)],
    )
    assert group.seats.count() == 2


def test_a_team_stays_in_the_programs_own_villages(cast: Cast) -> None:
    def add(**changes: Any) -> None:
        values = {"village": cast.near.village, "name": "新工作队", "since": ON, "unit": cast.near.unit}
        add_team(by=cast.county, program=cast.program, **(values | changes))

    add()
    with pytest.raises(BrokenRule, match="该活动已有同名工作队") as refused:
        add()
    assert refused.value.field == "name"
    with pytest.raises(OutOfPlace) as outside:
        add(village=cast.abroad.village)
    assert outside.value.field == "village"


def test_there_is_one_first_secretary_at_a_time(cast: Cast) -> None:
    with pytest.raises(BrokenRule, match="已有第一书记。请先填写前任的结束日期") as refused:
        join_team(
            by=cast.county,
            team=cast.near.team,
            cadre=cast.near.helper,
            unit=cast.near.unit,
            since=ON,
            role=TeamMember.Role.FIRST_SECRETARY,
        )
    assert refused.value.field == "role"


def test_a_new_first_secretary_follows_the_old_one_day_on_day(cast: Cast) -> None:
    new = change_first_secretary(by=cast.county, team=cast.near.team, to=cast.near.helper, unit=cast.near.unit, on=ON)

    cast.near.seat.refresh_from_db()
    assert (cast.near.seat.until, new.since) == (BEFORE, ON)


def test_a_member_may_become_first_secretary(cast: Cast) -> None:
    since = cast.near.team.since
    seat = join_team(by=cast.county, team=cast.near.team, cadre=cast.near.helper, unit=cast.near.unit, since=since)

    change_first_secretary(by=cast.county, team=cast.near.team, to=cast.near.helper, unit=cast.near.unit, on=ON)

    seat.refresh_from_db()
    assert seat.until == BEFORE
    heads = cast.near.team.members.active_on(ON).filter(role=TeamMember.Role.FIRST_SECRETARY)
    assert heads.get().cadre == cast.near.helper


def test_members_come_and_go_within_the_teams_time(cast: Cast) -> None:
    team = cast.near.team
    with pytest.raises(OutsideTeamTime):
        join_team(
            by=cast.county,
            team=team,
            cadre=cast.near.helper,
            unit=cast.near.unit,
            since=team.since - dt.timedelta(days=1),
        )
    seat = join_team(by=cast.county, team=team, cadre=cast.near.helper, unit=cast.near.unit, since=ON)
    with pytest.raises(BrokenRule, match="已是本队队员"):
        join_team(by=cast.county, team=team, cadre=cast.near.helper, unit=cast.near.unit, since=ON)
    leave_team(by=cast.county, member=seat, on=ON)
    with pytest.raises(AlreadyLeft):
        leave_team(by=cast.county, member=seat, on=ON)


def test_a_withdrawn_team_takes_its_members_along(cast: Cast) -> None:
    end_team(by=cast.county, team=cast.near.team, on=ON)

    cast.near.seat.refresh_from_db()
    assert cast.near.seat.until == ON
    with pytest.raises(TeamEnded):
        end_team(by=cast.county, team=cast.near.team, on=ON)


def test_a_milestone_is_reached_once_by_the_teams_own(cast: Cast) -> None:
    team, docked = cast.near.team, cast.near.word("milestone", "docked")

    def reach(**changes: Any) -> None:
        reach_milestone(by=cast.county, **({"team": team, "kind": docked, "reached_on": ON} | changes))

    reach()
    reach(member=cast.near.seat, kind=cast.near.word("milestone", "membership"), paper="镇党委红头文件")
    with pytest.raises(BrokenRule, match="该节点已登记") as refused:
        reach()
    assert refused.value.field == "kind"
    with pytest.raises(NotInTeam):
        reach(member=cast.far.seat)
    with pytest.raises(OutsideTeamTime):
        reach(team=cast.far.team, reached_on=cast.far.team.since - dt.timedelta(days=1))
    with pytest.raises(InFuture):
        reach(team=cast.far.team, reached_on=dt.date(2015, 7, 4))
    with pytest.raises(BadWord):
        reach(team=cast.far.team, kind=cast.near.word("honour"))


def start(cast: Cast, **changes: Any) -> Pairing:
    """A new pairing of the near helper with the sibling's household."""
    values = {
        "helper": cast.near.helper,
        "helped": cast.sibling.household,
        "mode": Pairing.Mode.ONE_TO_ONE,
        "since": ON,
    }
    return pair(by=cast.county, program=cast.program, **(values | changes))


def test_any_helper_is_paired_with_any_helped(cast: Cast) -> None:
    person = make.MemberFactory(household=None, division=cast.near.place)
    for helper in (cast.near.helper, cast.near.unit, cast.near.team):
        for helped in (cast.far.place, cast.sibling.household, person):
            found = start(cast, helper=helper, helped=helped)
            assert (found.helper, found.helped) == (helper, helped)
            assert found.place.code.startswith(cast.program.jurisdiction_id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"until": BEFORE}, "until"), ({"rank": 9}, "rank"), ({"mode": "friendship"}, "mode")],
)
def test_a_pairing_that_makes_no_sense_is_refused_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises((BrokenRule, BadField)) as refused:
        start(cast, **changes)
    assert refused.value.field == field


def test_the_same_two_are_paired_once_at_a_time(cast: Cast) -> None:
    first = start(cast)
    with pytest.raises(BrokenRule, match="双方在这段时间已经结对") as refused:
        start(cast, since=ON + dt.timedelta(days=9))
    assert refused.value.field == "since"

    end_pairing(by=cast.county, pairing=first, on=ON + dt.timedelta(days=8), reason="轮换")
    start(cast, since=ON + dt.timedelta(days=9))


def test_helped_have_a_place_in_the_jurisdiction(cast: Cast) -> None:
    with pytest.raises(OutOfPlace):
        start(cast, helped=cast.abroad.household)
    with pytest.raises(NobodyHelped):
        pair_all(by=cast.county, program=cast.program, pairings=[Pairing(unit=cast.near.unit, since=ON)])
    with pytest.raises(NobodyHelped):
        start(cast, helped=Member(name="示例人员"))


def test_a_pairing_ends_once_with_a_reason(cast: Cast) -> None:
    pairing = cast.near.household_pairing
    with pytest.raises(BadField, match="请填写结束原因"):
        end_pairing(by=cast.county, pairing=pairing, on=ON, reason="")
    pairing.refresh_from_db()
    end_pairing(by=cast.county, pairing=pairing, on=ON, reason="调离")
    with pytest.raises(PairingEnded):
        end_pairing(by=cast.county, pairing=pairing, on=ON, reason="再次")


def test_a_hand_over_keeps_history_and_passes_open_needs_on(cast: Cast) -> None:
    old, to = cast.near.household_pairing, cast.far.helper
    common = {
        "program": cast.program,
        "division": cast.near.place,
        "household": cast.near.household,
        "responsible_cadre": cast.near.helper,
        "category": cast.near.word("need_category"),
    }
    waiting = make.NeedFactory(**common)
    settled = make.NeedFactory(**common, closed=True)

    new = hand_over(by=cast.county, pairing=old, to=to, on=ON, reason="岗位调整")

    old.refresh_from_db()
    assert (old.until, old.end_reason) == (BEFORE, "岗位调整")
    assert (new.cadre, new.household, new.since, new.replaces) == (to, cast.near.household, ON, old)
    waiting.refresh_from_db()
    settled.refresh_from_db()
    assert (waiting.responsible_cadre, settled.responsible_cadre) == (to, cast.near.helper)
    assert "移交" in waiting.steps.get().text


def test_nothing_is_handed_over_to_the_same_or_twice(cast: Cast) -> None:
    pairing = cast.near.household_pairing
    with pytest.raises(SameHelper):
        hand_over(by=cast.county, pairing=pairing, to=cast.near.helper, on=ON, reason="换人")
    hand_over(by=cast.county, pairing=pairing, to=cast.far.helper, on=ON, reason="换人")
    with pytest.raises(PairingEnded):
        hand_over(by=cast.county, pairing=pairing, to=cast.sibling.helper, on=ON, reason="再换")


def test_a_failed_hand_over_ends_nothing(cast: Cast) -> None:
    pairing, to = cast.near.household_pairing, cast.far.helper
    start(cast, helper=to, helped=cast.near.household)

    with pytest.raises(BrokenRule, match="已经结对"):
        hand_over(by=cast.county, pairing=pairing, to=to, on=ON, reason="换人")

    assert Pairing.objects.get(pk=pairing.pk).until is None


def test_an_agreement_is_signed_by_today(cast: Cast) -> None:
    sign_agreement(by=cast.county, pairing=cast.near.household_pairing, on=ON)
    with pytest.raises(InFuture):
        sign_agreement(by=cast.county, pairing=cast.near.household_pairing, on=dt.date(2015, 7, 4))


def test_a_merged_units_work_goes_on_under_the_other(cast: Cast) -> None:
    gone, into = cast.near.unit, cast.far.unit

    merge_unit(by=cast.county, unit=gone, into=into, on=ON)

    cast.near.team.refresh_from_db()
    cast.near.unit_pairing.refresh_from_db()
    assert cast.near.team.unit == into
    assert cast.near.unit_pairing.until == BEFORE
    assert Pairing.objects.get(replaces=cast.near.unit_pairing).unit == into
    posts = cast.near.leader.posts.order_by("since")
    assert [(post.unit, post.until) for post in posts] == [(gone, BEFORE), (into, None)]
    assert posts[1].leadership == posts[0].leadership
    gone.refresh_from_db()
    assert (gone.retired_on, gone.merged_into) == (ON, into)
