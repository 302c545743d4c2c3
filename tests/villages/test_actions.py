"""Changes to villages, households and people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from programs.refusals import BadField, BadWord, BrokenRule, InFuture, OutOfPlace
from tests import factories as make
from tests.cast import Cast
from villages.actions import (
    AlreadyEnded,
    HouseholdGone,
    MergedIntoItself,
    NotAVillage,
    add_hardship,
    add_household,
    add_households,
    add_member,
    add_people,
    add_risk,
    add_village,
    end_household_tag,
    end_village_tag,
    give_honour,
    merge_household,
    move_out,
    record_year,
    resolve_risk,
    tag_households,
    tag_member,
    tag_villages,
)
from villages.models import Household, Village, VillagePerson, VillageYear

SINCE = dt.date(2015, 4, 1)
ON = dt.date(2015, 6, 1)


def test_only_a_village_has_a_profile(cast: Cast) -> None:
    place = make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}301")

    assert add_village(by=cast.county, division=place).name == place.short_name
    with pytest.raises(NotAVillage):
        add_village(by=cast.county, division=cast.near.town)


def test_a_year_entered_again_is_changed_not_doubled(cast: Cast) -> None:
    record_year(by=cast.county, village=cast.near.village, year=2014, households=120)
    record_year(by=cast.county, village=cast.near.village, year=2014, collective_income=Decimal(0))

    row = VillageYear.objects.get(village=cast.near.village)
    assert (row.households, row.collective_income) == (None, 0)


def test_a_village_is_tagged_once_until_the_tag_ends(cast: Cast) -> None:
    lagging = cast.near.word("village_tag", "lagging")
    [tag] = tag_villages(by=cast.county, program=cast.program, villages=[cast.near.village], tag=lagging, since=SINCE)
    with pytest.raises(BrokenRule, match="该村已有这个标签"):
        tag_villages(by=cast.county, program=cast.program, villages=[cast.near.village], tag=lagging, since=ON)

    assert Village.objects.tagged(cast.program, ON, ["lagging"]).get() == cast.near.village
    end_village_tag(by=cast.county, tag=tag, on=ON)
    assert not Village.objects.tagged(cast.program, ON + dt.timedelta(days=1)).exists()
    with pytest.raises(AlreadyEnded):
        end_village_tag(by=cast.county, tag=tag, on=ON)


def test_a_tag_is_a_word_of_its_own_vocabulary(cast: Cast) -> None:
    with pytest.raises(BadWord) as refused:
        tag_villages(
            by=cast.county,
            program=cast.program,
            villages=[cast.near.village],
            tag=cast.near.word("household_tag"),
            since=SINCE,
        )
    assert refused.value.field == "tag"


def test_people_stand_on_a_villages_rosters(cast: Cast) -> None:
    rows = [
        VillagePerson(village=cast.near.village, kind=VillagePerson.Kind.COMMITTEE, name="示例支书", since=SINCE),
        VillagePerson(village=cast.near.village, kind=VillagePerson.Kind.TALENT, name="示例能人", since=SINCE),
    ]
    assert len(add_people(by=cast.county, people=rows)) == 2


def test_a_risk_is_resolved_with_measures(cast: Cast) -> None:
    risk = add_risk(by=cast.county, village=cast.near.village, text="示例隐患", since=SINCE)

    with pytest.raises(BadField, match="请填写化解措施"):
        resolve_risk(by=cast.county, risk=risk, on=ON, measures=" ")
    resolve_risk(by=cast.county, risk=risk, on=ON, measures="公开账目")
    with pytest.raises(AlreadyEnded):
        resolve_risk(by=cast.county, risk=risk, on=ON, measures="再次")


def test_households_come_in_together_or_not_at_all(cast: Cast) -> None:
    rows = [Household(division=cast.near.place, head=f"示例户主{n}", number="001") for n in range(2)]
    with pytest.raises(BrokenRule, match="该村组已有这个户编号"):
        add_households(by=cast.county, households=rows)
    assert not Household.objects.filter(number="001").exists()


def test_a_household_lies_in_a_village_and_has_a_head(cast: Cast) -> None:
    with pytest.raises(NotAVillage):
        add_household(by=cast.county, division=cast.near.town, head="示例户主")
    with pytest.raises(BadField, match="请填写户主"):
        add_household(by=cast.county, division=cast.near.place, head="")


def test_a_category_ends_and_may_begin_again(cast: Cast) -> None:
    poor = cast.near.word("household_tag", "poor")
    [tag] = tag_households(
        by=cast.county, program=cast.program, households=[cast.near.household], tag=poor, since=SINCE
    )
    end_household_tag(by=cast.county, tag=tag, on=ON)
    tag_households(by=cast.county, program=cast.program, households=[cast.near.household], tag=poor, since=ON)

    assert cast.near.household.tags.count() == 2
    with pytest.raises(AlreadyEnded):
        end_household_tag(by=cast.county, tag=tag, on=ON)


def test_a_category_cannot_end_before_it_began(cast: Cast) -> None:
    poor = cast.near.word("household_tag", "poor")
    [tag] = tag_households(by=cast.county, program=cast.program, households=[cast.near.household], tag=poor, since=ON)
    with pytest.raises(BrokenRule, match="结束日期不能早于开始日期") as refused:
        end_household_tag(by=cast.county, tag=tag, on=SINCE)
    assert refused.value.field == "until"


def test_people_and_hardships_are_noted(cast: Cast) -> None:
    person = add_member(by=cast.county, name="示例学生", division=cast.near.place)
    tag = tag_member(by=cast.county, program=cast.program, member=person, tag=cast.near.word("person_tag"), since=SINCE)
    cause = add_hardship(
        by=cast.county,
        program=cast.program,
        household=cast.near.household,
        cause=cast.near.word("hardship"),
        since=SINCE,
    )
    assert (tag.member, cause.household) == (person, cast.near.household)
    with pytest.raises(BrokenRule, match="须填所属农户或所在地"):
        add_member(by=cast.county, name="示例学生")


def test_a_merged_household_passes_its_members_on_and_keeps_its_history(cast: Cast) -> None:
    into = add_household(by=cast.county, division=cast.near.place, head="示例户主乙")
    tag_households(
        by=cast.county,
        program=cast.program,
        households=[cast.near.household],
        tag=cast.near.word("household_tag"),
        since=SINCE,
    )

    merge_household(by=cast.county, household=cast.near.household, into=into, on=ON)

    cast.near.member.refresh_from_db()
    assert cast.near.member.household == into
    assert cast.near.household.tags.get().until == ON
    assert cast.near.household.merged_into == into
    with pytest.raises(HouseholdGone):
        move_out(by=cast.county, program=cast.program, household=cast.near.household)
    with pytest.raises(MergedIntoItself):
        merge_household(by=cast.county, household=into, into=into, on=ON)


def test_who_moved_out_gets_no_new_category(cast: Cast) -> None:
    move_out(by=cast.county, program=cast.program, household=cast.near.household)

    assert cast.near.household.moved_out_on == cast.program.pinned_on
    with pytest.raises(HouseholdGone):
        tag_households(
            by=cast.county,
            program=cast.program,
            households=[cast.near.household],
            tag=cast.near.word("household_tag"),
            since=SINCE,
        )


def test_an_honour_is_of_this_place_and_not_of_tomorrow(cast: Cast) -> None:
    kind = cast.near.word("honour")

    def give(household: Household, on: dt.date) -> None:
        give_honour(by=cast.county, program=cast.program, household=household, kind=kind, given_on=on)

    give(cast.near.household, ON)
    with pytest.raises(BrokenRule, match="该户已登记这项荣誉"):
        give(cast.near.household, ON)
    with pytest.raises(InFuture):
        give(cast.near.household, dt.date(2015, 7, 4))
    with pytest.raises(OutOfPlace):
        give(cast.abroad.household, ON)
