"""Changes to places, units, accounts and what accounts may do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from programs.changes import action, check_place, required, saved, saved_all
from programs.models import (
    Division,
    DivisionLevel,
    DivisionName,
    Program,
    Role,
    RoleGrant,
    Unit,
    UnitLevel,
    UnitName,
    User,
)
from programs.refusals import Refusal
from programs.rules.places import LOCAL_NUMBERS_FROM, short_division_name


class NotALocalNumber(Refusal):
    """A place that is not on the national list must bear a number that the list will never give."""


class PlaceGone(Refusal):
    """The place has been retired before."""


class UnitGone(Refusal):
    """The unit has been closed or merged."""


class MergedIntoItself(Refusal):
    """A unit cannot be merged into itself or one of its own sections."""


class WrongPlaceForRole(Refusal):
    """The role needs a place of another level, or none."""


class AccountExists(Refusal):
    """The user name is taken."""


@action
def add_places(*, by: User, places: Iterable[Division]) -> list[Division]:
    """Add places that the national list lacks, each with its parent; their last three digits begin at 600."""
    found = list(places)
    for place in found:
        parent = place.parent
        if parent is None or not place.code.startswith(parent.code) or place.level != parent.level + 1:
            raise NotALocalNumber(f"“{place.name}”的代码须以上级的代码开头，级别须比上级低一级。", field="code")
        if place.level < DivisionLevel.GROUP and place.code[-3:] < LOCAL_NUMBERS_FROM:
            raise NotALocalNumber(
                f"“{place.name}”的代码{place.code}属于国家编码范围，自行增加的请用{LOCAL_NUMBERS_FROM}以上的编号。",
                field="code",
            )
        place.short_name = place.short_name or short_division_name(place.name, place.level)
    return saved_all(found)


@action
def add_place(*, by: User, code: str, name: str, parent: Division) -> Division:
    """Add one place that the national list lacks."""
    place = Division(code=code, name=name, level=parent.level + 1, parent=parent)
    return add_places(by=by, places=[place])[0]


@action
def retire_places(*, by: User, places: Iterable[Division], on: dt.date, into: Division | None = None) -> list[Division]:
    """Places are no more from ``on``, merged into another or not; their names, rows and history stay.

    What lies in them goes with them.
    """
    found = list(places)
    for place in found:
        if place.retired_on is not None:
            raise PlaceGone(f"“{place}”已撤并，不能再次撤并。", field="places")
        if into is not None and (into.retired_on is not None or into.code.startswith(place.code)):
            raise MergedIntoItself(f"“{place}”不能并入“{into}”，请选择现有的另一个地方。", field="into")
        place.retired_on, place.merged_into = on, into
        saved(place)
        Division.objects.within(place.code).filter(retired_on__isnull=True).update(retired_on=on)
    return found


@action
def note_former_name(*, by: User, place: Division, name: str, until: dt.date | None = None) -> DivisionName:
    """Note a name that a place also bore, so that it is found by it and old papers make sense; once for each name."""
    name = required(name, "曾用名", "name")
    known = DivisionName.objects.filter(division=place, name=name).first()
    short = short_division_name(name, place.level)
    return known or saved(DivisionName(division=place, name=name, short_name=short, until=until))


@action
def add_units(*, by: User, units: Iterable[Unit]) -> list[Unit]:
    """Add many units; the same rules as for one."""
    found = list(units)
    for unit in found:
        unit.name = required(unit.name, "单位全称", "name")
        unit.short_name = unit.short_name.strip() or unit.name[:50]
        if unit.parent is not None and unit.parent.retired_on is not None:
            raise UnitGone(f"“{unit.parent}”已撤并，不能再设科室，请选择现有单位。", field="parent")
    return saved_all(found)


@action
def add_unit(
    *,
    by: User,
    name: str,
    division: Division,
    short_name: str = "",
    level: str = UnitLevel.COUNTY,
    parent: Unit | None = None,
    contact_name: str = "",
    office_phone: str = "",
    is_fictional: bool = False,
) -> Unit:
    """Add a unit, or a section (科室) of one."""
    unit = Unit(
        name=name,
        short_name=short_name,
        level=level,
        parent=parent,
        division=division,
        contact_name=contact_name,
        office_phone=office_phone,
        is_fictional=is_fictional,
    )
    return add_units(by=by, units=[unit])[0]


@action
def rename_unit(
    *, by: User, unit: Unit, name: str, short_name: str, on: dt.date, held_since: dt.date | None = None
) -> Unit:
    """Give a unit a new name from ``on``; the old one, borne since ``held_since``, stays among its former names."""
    _must_stand(unit)
    until = on - dt.timedelta(days=1)
    saved(UnitName(unit=unit, name=unit.name, since=held_since or until, until=until))
    unit.name = required(name, "单位全称", "name")
    unit.short_name = required(short_name, "简称", "short_name")
    return saved(unit)


@action
def retire_unit(*, by: User, unit: Unit, on: dt.date, into: Unit | None = None) -> Unit:
    """Close a unit on a day, or merge it into another. Its history stays; its sections close or merge with it."""
    _must_stand(unit)
    if into is not None:
        _must_stand(into)
        if into.pk == unit.pk or into.parent_id == unit.pk:
            raise MergedIntoItself(f"“{unit}”不能并入自己或自己的科室，请选择另一个单位。", field="into")
    for gone in [unit, *unit.sections.current()]:
        gone.retired_on, gone.merged_into = on, into
        saved(gone)
    return unit


def _must_stand(unit: Unit) -> None:
    if unit.retired_on is not None:
        raise UnitGone(f"“{unit}”已于{unit.retired_on}撤并，请选择现有单位。", field="unit")


@action
def create_account(*, by: User, username: str, display_name: str, password: str | None = None) -> User:
    """Make an account; without a password nobody can sign in with it until one is set."""
    username = required(username, "用户名", "username")
    if User.objects.filter(username=username).exists():
        raise AccountExists(f"用户名“{username}”已被使用，请换一个。", field="username")
    user = User(username=username, display_name=required(display_name, "姓名或岗位", "display_name"))
    user.set_password(password) if password else user.set_unusable_password()
    return saved(user)


_LEVEL_OF_ROLE = {Role.TOWN: DivisionLevel.TOWN}


@action
def give_role(
    *,
    by: User,
    user: User,
    role: str,
    program: Program | None,
    since: dt.date,
    division: Division | None = None,
    unit: Unit | None = None,
    until: dt.date | None = None,
) -> RoleGrant:
    """Give an account a role in a program (None: in all), for a place or a unit, from a day on."""
    wanted = _LEVEL_OF_ROLE.get(Role(role))
    if division is not None:
        if program is not None:
            check_place(division, program)
        if wanted is not None and division.level != wanted:
            raise WrongPlaceForRole(f"“{Role(role).label}”的地区须是镇街，“{division}”不是。", field="division")
    grant = RoleGrant(user=user, role=role, program=program, division=division, unit=unit, since=since, until=until)
    return _forget_reach(saved(grant))


@action
def end_role(*, by: User, grant: RoleGrant, on: dt.date) -> RoleGrant:
    """Take a role back; ``on`` is the last day it holds."""
    grant.until = on
    return _forget_reach(saved(grant))


def _forget_reach(grant: RoleGrant) -> RoleGrant:
    """Reach is kept on the user object for one request; a changed role must show at once."""
    grant.user.__dict__.pop("_grants", None)
    return grant
