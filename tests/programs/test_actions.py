"""Changes to places, units, accounts and roles: what is done, what is refused and in which words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps

from programs.actions import (
    AccountExists,
    MergedIntoItself,
    NotALocalNumber,
    UnitGone,
    WrongPlaceForRole,
    add_place,
    add_places,
    add_unit,
    add_units,
    create_account,
    end_role,
    give_role,
    rename_unit,
    retire_unit,
)
from programs.changes import check_word
from programs.models import Division, Program, Role, Unit, UnitName
from programs.refusals import BadField, BadWord, BrokenRule, OutOfPlace
from programs.scoping import roles_in
from tests.cast import Cast

ON = dt.date(2015, 6, 1)


def test_a_place_off_the_national_list_gets_a_local_number(cast: Cast) -> None:
    place = add_place(by=cast.administrator, code="370685104901", name="示例村委会", parent=cast.near.town)

    assert (place.level, place.short_name) == (5, "示例村")
    group = add_place(by=cast.administrator, code="37068510490103", name="三组", parent=place)
    assert group.level == 6


@pytest.mark.parametrize("code", ["370685104301", "370685101901"])
def test_a_number_of_the_national_list_or_of_another_town_is_refused(cast: Cast, code: str) -> None:
    with pytest.raises(NotALocalNumber):
        add_place(by=cast.administrator, code=code, name="示例村", parent=cast.near.town)


def test_many_places_come_in_together_or_not_at_all(cast: Cast) -> None:
    town = cast.near.town
    rows = [Division(code=f"{town.code}{n}", name="示例村", level=5, parent=town) for n in ("901", "902", "100")]

    with pytest.raises(NotALocalNumber):
        add_places(by=cast.administrator, places=rows)

    assert not Division.objects.filter(code__startswith=f"{town.code}90").exists()


def test_a_unit_without_a_short_name_goes_by_its_full_one(cast: Cast) -> None:
    unit = add_unit(by=cast.county, name=" 示例林业局 ", division=cast.program.jurisdiction)

    assert (unit.name, unit.short_name, unit.pinyin) == ("示例林业局", "示例林业局", "ShiLiLinYeJu")


def test_two_units_of_one_name_in_one_place_are_refused_in_words(cast: Cast) -> None:
    with pytest.raises(BrokenRule, match="该地已有同名单位") as refused:
        add_unit(by=cast.county, name=cast.near.unit.name, division=cast.program.jurisdiction)
    assert refused.value.field == "name"
    assert refused.value.constraint == "unit_unique_name"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "  "}, "name"), ({"name": "示" * 101}, "name"), ({"level": "planet"}, "level")],
)
def test_a_unit_with_a_field_out_of_shape_is_refused_at_the_field(
    cast: Cast, changes: dict[str, str], field: str
) -> None:
    values = {"name": "示例局", "division": cast.program.jurisdiction} | changes
    with pytest.raises(BadField) as refused:
        add_units(by=cast.county, units=[Unit(**values)])
    assert refused.value.field == field
    assert Unit._meta.get_field(field).verbose_name in refused.value.message


def test_a_renamed_unit_keeps_its_former_name(cast: Cast) -> None:
    unit = cast.near.unit
    before = unit.name

    rename_unit(
        by=cast.county, unit=unit, name="示例住建管理局", short_name="住建局", on=ON, held_since=dt.date(2010, 1, 1)
    )

    assert Unit.objects.get(pk=unit.pk).short_name == "住建局"
    former = UnitName.objects.get(unit=unit)
    assert (former.name, former.since, former.until) == (before, dt.date(2010, 1, 1), dt.date(2015, 5, 31))


def test_a_retired_unit_takes_its_sections_along_and_is_out_of_use(cast: Cast) -> None:
    unit, other = cast.near.unit, cast.far.unit
    section = add_unit(by=cast.county, name="办公室", division=cast.program.jurisdiction, parent=unit)

    retire_unit(by=cast.county, unit=unit, on=ON, into=other)

    section.refresh_from_db()
    assert (section.retired_on, section.merged_into) == (ON, other)
    with pytest.raises(UnitGone):
        add_unit(by=cast.county, name="新科室", division=cast.program.jurisdiction, parent=unit)
    with pytest.raises(UnitGone):
        retire_unit(by=cast.county, unit=unit, on=ON)


def test_a_unit_does_not_merge_into_itself(cast: Cast) -> None:
    with pytest.raises(MergedIntoItself):
        retire_unit(by=cast.county, unit=cast.near.unit, on=ON, into=cast.near.unit)


def test_an_account_without_a_password_lets_nobody_in(cast: Cast) -> None:
    user = create_account(by=cast.administrator, username="xin", display_name="新账号")

    assert not user.has_usable_password()
    with pytest.raises(AccountExists) as refused:
        create_account(by=cast.administrator, username=" xin", display_name="又一个")
    assert refused.value.field == "username"


def test_a_role_begins_and_ends_at_once(cast: Cast) -> None:
    user = cast.outsider
    assert not roles_in(user, cast.program.pk)

    grant = give_role(
        by=cast.administrator, user=user, role=Role.TOWN, program=cast.program, division=cast.near.town, since=ON
    )
    assert roles_in(user, cast.program.pk) == {Role.TOWN}

    end_role(by=cast.administrator, grant=grant, on=dt.date(2015, 7, 2))
    assert not roles_in(grant.user, cast.program.pk)


def test_a_town_office_needs_a_town_of_the_jurisdiction(cast: Cast) -> None:
    def give(**more: object) -> None:
        give_role(by=cast.administrator, user=cast.outsider, role=Role.TOWN, program=cast.program, since=ON, **more)

    with pytest.raises(WrongPlaceForRole):
        give(division=cast.near.place)
    with pytest.raises(OutOfPlace):
        give(division=cast.abroad.town)
    with pytest.raises(BrokenRule, match="须指定地区"):
        give()


def test_an_ended_word_is_refused_but_stays_with_rows_that_had_it(cast: Cast) -> None:
    word = cast.near.word("visit_kind")
    word.ended_on = cast.program.pinned_on

    check_word(word, cast.program, ["visit_kind"], "kind", may_have_ended=True)
    with pytest.raises(BadWord, match="已停用"):
        check_word(word, cast.program, ["visit_kind"], "kind")
    with pytest.raises(BadWord, match="不是"):
        check_word(cast.near.word("honour"), cast.program, ["visit_kind"], "kind")
    with pytest.raises(BadWord, match="不是"):
        check_word(cast.abroad.word("visit_kind"), cast.program, ["visit_kind"], "kind")


def test_history_says_who_changed_a_row_and_by_which_action(cast: Cast) -> None:
    unit = add_unit(by=cast.county, name="示例林业局", division=cast.program.jurisdiction)

    event = apps.get_model("programs", "UnitEvent").objects.get(pgh_obj_id=unit.pk)
    assert event.pgh_context.metadata == {"user": cast.county.pk, "action": "programs.actions.add_units"}


def test_a_program_that_ends_before_it_begins_names_the_day_to_mend() -> None:
    from programs.refusals import _field_of

    [constraint] = [one for one in Program._meta.constraints if one.name == "program_dates"]
    assert _field_of(constraint) == "ends_on"
