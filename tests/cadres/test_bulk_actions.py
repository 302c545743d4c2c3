"""Many at once follow the same rules as one: a single wrong row refuses all, and the number of questions is fixed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cadres.actions.needs import Closing, NeedClosed, add_need_steps, close_needs
from cadres.actions.pairings import NobodyHelped, pair_all
from cadres.actions.visits import NobodyWent, VisitDraft, log_visits
from cadres.models import Need, NeedStep, Pairing, Visit, VisitParticipant
from programs.refusals import BadField, BrokenRule, InFuture
from tests import factories as make
from tests.cast import Cast
from villages.actions import HouseholdGone, add_households, add_members, give_honours
from villages.models import Honour, Household, Member

ON = dt.date(2015, 6, 1)
MANY = 60
#: Statements that a bulk action may take, however many rows: savepoints, snapshots, one insert for each table.
AT_MOST = 14


def _households(cast: Cast, count: int = MANY) -> list[Household]:
    return [Household(division=cast.near.place, number=f"9{n:03d}", head=f"示例户主{n:03d}") for n in range(count)]


def _visit(cast: Cast, **changes: Any) -> VisitDraft:
    values = {
        "division": cast.near.place,
        "kind": cast.near.word("visit_kind"),
        "happened_at": make.at(ON, 9),
        "participants": [cast.near.helper],
        "households": [cast.near.household],
    }
    return VisitDraft(**(values | changes))  # type: ignore[arg-type]


def test_many_households_take_as_many_statements_as_few(cast: Cast, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(AT_MOST):
        households = add_households(by=cast.county, households=_households(cast))
    with django_assert_max_num_queries(AT_MOST):
        pair_all(
            by=cast.county,
            program=cast.program,
            pairings=[
                Pairing(mode=Pairing.Mode.CADRE_HOUSEHOLD, cadre=cast.near.helper, household=one, since=ON)
                for one in households
            ],
        )
    with django_assert_max_num_queries(AT_MOST):
        log_visits(by=cast.county, program=cast.program, visits=[_visit(cast, households=[one]) for one in households])
    assert VisitParticipant.objects.filter(visit__households__household__in=households).count() == MANY


def test_one_household_twice_refuses_all_of_them(cast: Cast) -> None:
    rows = _households(cast)
    rows[-1].number = rows[0].number
    with pytest.raises(BrokenRule, match="该村组已有这个户编号"):
        add_households(by=cast.county, households=rows)
    assert not Household.objects.filter(number__startswith="9").exists()


def test_one_pairing_without_somebody_helped_refuses_all(cast: Cast) -> None:
    before = Pairing.objects.count()
    [household] = add_households(by=cast.county, households=_households(cast, 1))
    good = Pairing(mode=Pairing.Mode.CADRE_HOUSEHOLD, cadre=cast.near.helper, household=household, since=ON)
    nobody = Pairing(mode=Pairing.Mode.CADRE_HOUSEHOLD, cadre=cast.near.helper, since=ON)
    with pytest.raises(NobodyHelped):
        pair_all(by=cast.county, program=cast.program, pairings=[good, nobody])
    assert Pairing.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"happened_at": make.at(dt.date(2015, 7, 20), 9)}, InFuture),
        ({"participants": []}, NobodyWent),
    ],
)
def test_one_wrong_visit_refuses_all(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    before = Visit.objects.count()
    with pytest.raises(refusal):
        log_visits(by=cast.county, program=cast.program, visits=[_visit(cast), _visit(cast, **changes)])
    assert Visit.objects.count() == before


def test_a_visit_to_another_villages_household_refuses_all(cast: Cast) -> None:
    before = Visit.objects.count()
    elsewhere = _visit(cast, households=[cast.far.household])
    with pytest.raises(BadField, match="请核对村或农户"):
        log_visits(by=cast.county, program=cast.program, visits=[_visit(cast), elsewhere])
    assert Visit.objects.count() == before


def test_needs_are_worked_on_and_closed_together_or_not_at_all(cast: Cast, django_assert_max_num_queries: Any) -> None:
    needs = [make.NeedFactory(program=cast.program, division=cast.near.place, raised_on=ON) for _ in range(5)]
    rows = list(Need.objects.filter(pk__in=[one.pk for one in needs]).select_related("program").order_by("pk"))
    with django_assert_max_num_queries(AT_MOST):
        add_need_steps(by=cast.county, steps=[(need, ON, "已联系") for need in rows])
    with pytest.raises(NeedClosed):
        close_needs(by=cast.county, closings=[Closing(rows[0], ON, "办了"), Closing(rows[0], ON, "又办了")])
    assert not Need.objects.filter(pk=rows[0].pk, closed_on__isnull=False).exists()
    assert not NeedStep.objects.filter(need=rows[0], kind=NeedStep.Kind.CLOSED).exists()

    rows[0].refresh_from_db()
    with django_assert_max_num_queries(AT_MOST):
        close_needs(by=cast.county, closings=[Closing(need, ON, "办了", solved=need != rows[1]) for need in rows])
    assert Need.objects.filter(pk__in=[one.pk for one in rows], closed_on=ON, solved=True).count() == 4


def test_members_and_honours_of_a_household_that_left_are_refused(cast: Cast) -> None:
    gone = make.HouseholdFactory(division=cast.near.place, moved_out_on=ON)
    before = Member.objects.count()
    with pytest.raises(HouseholdGone):
        add_members(
            by=cast.county,
            members=[Member(household=cast.near.household, name="示例成员"), Member(household=gone, name="示例成员")],
        )
    assert Member.objects.count() == before
    family = cast.near.word("honour")
    with pytest.raises(InFuture):
        give_honours(
            by=cast.county,
            program=cast.program,
            honours=[
                Honour(household=cast.near.household, kind=family, given_on=ON),
                Honour(household=cast.near.household, kind=family, given_on=dt.date(2015, 7, 20)),
            ],
        )
    assert not Honour.objects.exists()
