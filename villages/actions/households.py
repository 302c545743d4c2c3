"""Changes to households and people: what they are and since when, their honours, where they live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from programs import clock
from programs.changes import action, check_day, check_place, required, saved, saved_all
from programs.models import Division, DivisionLevel, Program, Term, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from villages.actions.villages import AlreadyEnded, NotAVillage
from villages.models import (
    Hardship,
    Honour,
    Household,
    HouseholdTag,
    Member,
    MemberTag,
)


class HouseholdGone(Refusal):
    """The household has moved out or been merged into another."""


class AlreadyThere(Refusal):
    """It is on record and has not ended."""


class OutsideHousehold(Refusal):
    """A person lives with a household or has a place of their own, not neither."""


class MergedIntoItself(Refusal):
    """A household cannot be merged into itself."""


@action
def add_households(*, by: User, households: Iterable[Household]) -> list[Household]:
    """Register many households; the same rules as for one."""
    found = list(households)
    for household in found:
        _must_be_village_or_group(household)
        household.head = required(household.head, "户主", "head")
    return saved_all(found)


@action
def add_household(
    *,
    by: User,
    division: Division,
    head: str,
    number: str = "",
    address: str = "",
    phone: str = "",
    identity_number: str = "",
    is_fictional: bool = False,
) -> Household:
    """Register a household in a village or one of its groups."""
    household = Household(
        division=division,
        head=head,
        number=number,
        address=address,
        phone=phone,
        identity_number=identity_number,
        is_fictional=is_fictional,
    )
    return add_households(by=by, households=[household])[0]


@action
def change_household(*, by: User, household: Household, **values: object) -> Household:
    """Correct what is known of a household, or move it to another group; history keeps what it was."""
    for name, value in values.items():
        setattr(household, name, value)
    _must_be_village_or_group(household)
    household.head = required(household.head, "户主", "head")
    return saved(household)


@action
def merge_household(*, by: User, household: Household, into: Household, on: dt.date) -> Household:
    """Merge a household into another from ``on``: its members move over, its own record and history stay."""
    for one in (household, into):
        _must_live_here(one)
    if household.pk == into.pk:
        raise MergedIntoItself("农户不能并入自己，请选择另一户。", field="into")
    for member in household.members.all():
        member.household = into
        saved(member)
    for tag in household.tags.filter(until__isnull=True):
        tag.until = max(on, tag.since)
        saved(tag)
    household.moved_out_on, household.merged_into = on, into
    return saved(household)


@action
def add_members(*, by: User, members: Iterable[Member]) -> list[Member]:
    """Register many people; the same rules as for one."""
    found = list(members)
    for member in found:
        member.name = required(member.name, "姓名", "name")
        if member.household is not None:
            _must_live_here(member.household)
    return saved_all(found)


@action
def add_member(
    *,
    by: User,
    name: str,
    household: Household | None = None,
    division: Division | None = None,
    relation: str = "",
    phone: str = "",
    identity_number: str = "",
) -> Member:
    """Register a member of a household, or a person who is on no household register, by place."""
    member = Member(
        name=name,
        household=household,
        division=division,
        relation=relation,
        phone=phone,
        identity_number=identity_number,
    )
    return add_members(by=by, members=[member])[0]


@action
def change_member(*, by: User, member: Member, **values: object) -> Member:
    """Correct what is known of a person, or bring them to another household; history keeps what it was."""
    before = member.household_id
    for name, value in values.items():
        setattr(member, name, value)
    member.name = required(member.name, "姓名", "name")
    if member.household is not None and member.household_id != before:
        _must_live_here(member.household)
    if member.household is None and member.division is None:
        raise OutsideHousehold("请选择所属农户；不在户籍册上的，填所在地。", field="household")
    return saved(member)


@action
def tag_households(
    *, by: User, program: Program, households: Iterable[Household], tag: Term, since: dt.date
) -> list[HouseholdTag]:
    """Say of households that they are in a category (脱贫户, 低保 …) since a day."""
    found = list(households)
    for household in found:
        _must_live_here(household)
    return saved_all((HouseholdTag(household=household, tag=tag, since=since) for household in found), program)


@action
def end_household_tag(*, by: User, tag: HouseholdTag, on: dt.date) -> HouseholdTag:
    """A household leaves a category; ``on`` is its last day in it."""
    if tag.until is not None:
        raise AlreadyEnded(f"“{tag.tag}”已于{day_text(tag.until)}结束。", field="until")
    tag.until = on
    return saved(tag)


@action
def tag_members(*, by: User, program: Program, members: Iterable[Member], tag: Term, since: dt.date) -> list[MemberTag]:
    """Say of many people that they are in a category since a day; the same rules as for one."""
    found = list(members)
    there = MemberTag.objects.filter(tag=tag, until__isnull=True, member__in=[member.pk for member in found])
    for one in there.select_related("member")[:1]:
        raise AlreadyThere(f"“{one.member}”已在“{tag}”这一类别中。", field="tag")
    return saved_all((MemberTag(member=member, tag=tag, since=since) for member in found), program)


@action
def tag_member(*, by: User, program: Program, member: Member, tag: Term, since: dt.date) -> MemberTag:
    """Say of a person that they are in a category (困难党员 …) since a day."""
    return tag_members(by=by, program=program, members=[member], tag=tag, since=since)[0]


@action
def end_member_tag(*, by: User, tag: MemberTag, on: dt.date) -> MemberTag:
    """A person leaves a category; ``on`` is the last day in it."""
    if tag.until is not None:
        raise AlreadyEnded(f"“{tag.tag}”已于{day_text(tag.until)}结束。", field="until")
    tag.until = on
    return saved(tag)


@action
def add_hardships(*, by: User, program: Program, hardships: Iterable[Hardship]) -> list[Hardship]:
    """Note causes of hardship of many households; the same rules as for one."""
    found = list(hardships)
    households = {one.household.pk: one.household for one in found}
    known = Hardship.objects.filter(household__in=households, until__isnull=True).values_list("household", "cause")
    there = set(known)
    for one in found:
        _must_live_here(one.household)
        if (one.household_id, one.cause_id) in there:
            raise AlreadyThere(f"{one.household}已登记致困原因“{one.cause}”。", field="cause")
    return saved_all(found, program)


@action
def add_hardship(*, by: User, program: Program, household: Household, cause: Term, since: dt.date) -> Hardship:
    """Note why a household is in hardship."""
    hardship = Hardship(household=household, cause=cause, since=since)
    return add_hardships(by=by, program=program, hardships=[hardship])[0]


@action
def end_hardship(*, by: User, hardship: Hardship, on: dt.date) -> Hardship:
    """A cause of hardship is overcome; ``on`` is its last day."""
    if hardship.until is not None:
        raise AlreadyEnded(f"“{hardship.cause}”已于{day_text(hardship.until)}结束。", field="until")
    hardship.until = on
    return saved(hardship)


@action
def give_honours(*, by: User, program: Program, honours: Iterable[Honour]) -> list[Honour]:
    """Record many honours; the same rules as for one."""
    found = list(honours)
    for honour in found:
        honour.program = program
        check_place(honour.household.division, program, "household")
        check_day(honour.given_on, program, "given_on", "授予日期")
    return saved_all(found, program)


@action
def give_honour(
    *, by: User, program: Program, household: Household, kind: Term, given_on: dt.date, given_by: str = ""
) -> Honour:
    """Record an honour given to a household (最美家庭, 星级户)."""
    honour = Honour(household=household, kind=kind, given_on=given_on, given_by=given_by)
    return give_honours(by=by, program=program, honours=[honour])[0]


@action
def change_honour(*, by: User, honour: Honour, **values: object) -> Honour:
    """Correct an honour; history keeps what was said before."""
    for name, value in values.items():
        setattr(honour, name, value)
    check_day(honour.given_on, honour.program, "given_on", "授予日期")
    return saved(honour, honour.program)


@action
def move_out(*, by: User, program: Program, household: Household, on: dt.date | None = None) -> Household:
    """A household has moved away; its record and history stay."""
    _must_live_here(household)
    household.moved_out_on = on or clock.today(program)
    check_day(household.moved_out_on, program, "on", "迁出日期")
    return saved(household)


def _must_be_village_or_group(household: Household) -> None:
    if household.division.level < DivisionLevel.VILLAGE:
        raise NotAVillage(f"“{household.division}”不是村或组，农户须登记到村或组。", field="division")


def _must_live_here(household: Household) -> None:
    if household.moved_out_on is not None:
        raise HouseholdGone(
            f"{household}已于{day_text(household.moved_out_on)}迁出或并户，请选择在册的农户。", field="household"
        )
