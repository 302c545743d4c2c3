"""Who reaches which rows: the one table of roles and models, and what must never widen it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadres.models import Cadre, Need, Pairing, Team, Visit
from inspections.models import Finding, Inspection
from programs.models import Division, Export, Job, Program, Role, RoleGrant, Suggestion, Unit, User
from programs.scoping import Grant, ScopedQuerySet, register_grants, roles_in
from projects.models import Fund, Project
from reports.models import Bulletin, FrozenFigure, FrozenRow
from tests import factories as make
from tests.cast import ROLES, STRANGERS, Cast, Side
from tests.rows import ROWS
from villages.models import Household, Member, Village

#: n: the row of the role's own village, unit, team or household; s: of the next village of the same town; f: of the
#: other town; a: of another county's program. What a member of the program may see of a bulletin has a test of its own.
REACH = """
                      county town unit team cadre inspector leader administrator outsider neighbour
Division              nsf    ns   n    n    n     n         nsf    nsfa          -        a
DivisionName          nsf    ns   -    n    -     n         nsf    nsfa          -        a
Unit                  nsf    ns   n    n    n     n         nsf    nsfa          -        a
UnitName              nsf    ns   n    n    -     n         nsf    nsfa          -        a
RoleGrant             -      -    -    -    -     -         -      nsfa          -        -
Program               nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Term                  nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Requirement           nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Figure                nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
FigurePart            nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Block                 nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Job                   nsf    -    -    -    -     -         nsf    nsfa          -        a
JobFile               nsf    -    -    -    -     -         nsf    nsfa          -        a
Export                nsf    -    -    -    -     -         nsf    nsfa          -        a
Suggestion            nsf    -    -    -    -     -         nsf    nsfa          -        a
Village               nsf    ns   n    n    n     n         nsf    nsfa          -        a
VillageYear           nsf    ns   n    n    -     n         nsf    nsfa          -        a
VillageTag            nsf    ns   n    n    -     n         nsf    nsfa          -        a
VillagePerson         nsf    ns   -    n    -     n         nsf    nsfa          -        a
VillageRisk           nsf    ns   -    n    -     n         nsf    nsfa          -        a
Route                 nsf    -    -    -    -     -         nsf    nsfa          -        a
Site                  nsf    ns   n    n    -     n         nsf    nsfa          -        a
Household             nsf    ns   n    n    n     n         nsf    nsfa          -        a
Member                nsf    ns   n    n    n     n         nsf    nsfa          -        a
HouseholdTag          nsf    ns   n    n    n     n         nsf    nsfa          -        a
MemberTag             nsf    ns   n    n    n     n         nsf    nsfa          -        a
Hardship              nsf    ns   n    n    n     n         nsf    nsfa          -        a
Honour                nsf    ns   n    n    n     n         nsf    nsfa          -        a
Cadre                 nsf    ns   n    n    n     n         nsf    nsfa          -        a
Post                  nsf    ns   n    n    n     n         nsf    nsfa          -        a
Team                  nsf    ns   n    n    -     n         nsf    nsfa          -        a
TeamMember            nsf    ns   n    n    -     n         nsf    nsfa          -        a
Milestone             nsf    ns   n    n    -     n         nsf    nsfa          -        a
CadreGroup            nsf    -    n    -    -     -         nsf    nsfa          -        a
GroupSeat             nsf    -    -    -    n     -         nsf    nsfa          -        a
Pairing               nsf    ns   n    n    n     n         nsf    nsfa          -        a
Visit                 nsf    ns   n    n    n     n         nsf    nsfa          -        a
VisitParticipant      nsf    ns   n    n    n     n         nsf    nsfa          -        a
VisitHousehold        nsf    ns   n    n    n     n         nsf    nsfa          -        a
Gift                  nsf    ns   n    n    n     n         nsf    nsfa          -        a
VisitQuantity         nsf    ns   n    n    n     n         nsf    nsfa          -        a
Need                  nsf    ns   n    n    n     n         nsf    nsfa          -        a
NeedStep              nsf    ns   n    n    n     n         nsf    nsfa          -        a
Diary                 nsf    ns   n    n    n     n         nsf    nsfa          -        a
Duty                  nsf    ns   n    n    n     n         nsf    nsfa          -        a
Leave                 nsf    ns   n    n    n     n         nsf    nsfa          -        a
Meeting               nsf    ns   n    n    -     n         nsf    nsfa          -        a
MeetingItem           nsf    ns   n    n    -     n         nsf    nsfa          -        a
Document              nsf    ns   n    n    n     n         nsf    nsfa          -        a
DocumentPart          nsf    ns   n    n    n     n         nsf    nsfa          -        a
RequirementMark       nsf    ns   n    n    -     n         nsf    nsfa          -        a
Project               nsf    ns   n    n    -     n         nsf    nsfa          -        a
ProjectPlace          nsf    ns   n    n    -     n         nsf    nsfa          -        a
StageEntry            nsf    ns   n    n    -     n         nsf    nsfa          -        a
Quantity              nsf    ns   n    n    -     n         nsf    nsfa          -        a
Progress              nsf    ns   n    n    -     n         nsf    nsfa          -        a
Fund                  nsf    ns   n    n    -     n         nsf    nsfa          -        a
FundMovement          nsf    ns   n    n    -     n         nsf    nsfa          -        a
Donation              nsf    ns   n    n    -     n         nsf    nsfa          -        a
Round                 nsf    nsf  -    nsf  -     nsf       nsf    nsfa          -        a
InspectionGroup       nsf    nsf  -    n    -     n         nsf    nsfa          -        a
InspectionGroupMember nsf    nsf  -    n    n     n         nsf    nsfa          -        a
ChecklistItem         nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Inspection            nsf    ns   n    n    -     n         nsf    nsfa          -        a
Answer                nsf    ns   n    n    -     n         nsf    nsfa          -        a
Finding               nsf    ns   n    n    -     n         nsf    nsfa          -        a
Rectification         nsf    ns   n    n    -     n         nsf    nsfa          -        a
Sanction              nsf    -    n    -    -     -         nsf    nsfa          -        a
Rating                nsf    ns   -    n    -     n         nsf    nsfa          -        a
AssessmentItem        nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Assessment            nsf    -    n    -    -     -         nsf    nsfa          -        a
AssessmentPoint       nsf    -    n    -    -     -         nsf    nsfa          -        a
BulletinTemplate      nsf    -    -    -    -     -         nsf    nsfa          -        a
CardRemark            nsf    -    -    -    -     -         nsf    nsfa          -        a
ContactCard           nsf    -    -    -    -     -         nsf    nsfa          -        a
NoticeBoard           nsf    -    -    -    -     -         nsf    nsfa          -        a
Paper                 nsf    nsf  nsf  nsf  nsf   nsf       nsf    nsfa          -        a
Bulletin              nsf    -    -    -    -     -         nsf    nsfa          -        a
BulletinStep          nsf    -    -    -    -     -         nsf    nsfa          -        a
FrozenFigure          nsf    -    -    -    -     -         nsf    nsfa          -        a
FrozenRow             nsf    -    -    -    -     -         nsf    nsfa          -        a
"""


def reach() -> dict[str, dict[str, str]]:
    """The table, by model and role."""
    head, *lines = REACH.strip().splitlines()
    roles = head.split()
    return {name: dict(zip(roles, cells, strict=True)) for name, *cells in map(str.split, lines)}


@pytest.fixture
def sides(cast: Cast) -> dict[str, Side]:
    return {"n": cast.near, "s": cast.sibling, "f": cast.far, "a": cast.abroad}


def visible(model: Any, user: Any) -> set[Any]:
    """The keys of the rows that a user reaches; none of them twice."""
    keys = list(model.objects.visible_to(user).values_list("pk", flat=True))
    assert len(keys) == len(set(keys))
    return set(keys)


def test_every_role_reaches_its_own_rows_and_no_others(cast: Cast, sides: dict[str, Side]) -> None:
    """The whole table at once: own yes, foreign no, for every model and everybody of the cast."""
    users = {role: cast.user(role) for role in ROLES + STRANGERS}
    found: dict[str, dict[str, str]] = {}
    for model, build in ROWS.items():
        point = transaction.savepoint()
        made = {letter: build(side).pk for letter, side in sides.items()}
        found[model.__name__] = {
            role: "".join(letter for letter, key in made.items() if key in visible(model, user)) or "-"
            for role, user in users.items()
        }
        transaction.savepoint_rollback(point)
    assert found == reach()


def test_the_table_leaves_no_model_out() -> None:
    """Whoever adds a model says who reaches its rows."""
    assert set(reach()) == {model.__name__ for model in ROWS}


@pytest.mark.parametrize("role", ROLES[:-2])
def test_only_issued_bulletins_are_for_everybody(cast: Cast, role: str) -> None:
    """Drafts belong to the county office; what was issued is read by all who take part, with its figures and rows."""
    draft = make.BulletinFactory(program=cast.program)
    row: Any = make.FrozenRowFactory(figure__bulletin__program=cast.program)
    figure, issued = row.figure, make.issue(row.figure.bulletin)
    foreign = make.issue(make.BulletinFactory(program=cast.abroad.program))
    user = cast.user(role)
    found = visible(Bulletin, user)
    assert issued.pk in found
    assert foreign.pk not in found
    assert (draft.pk in found) == (role == "county")
    assert figure.pk in visible(FrozenFigure, user)
    assert row.pk in visible(FrozenRow, user)


@pytest.mark.parametrize("model", [Visit, Need, Job, Suggestion, Export], ids=lambda model: model.__name__)
def test_people_reach_what_they_wrote_themselves(cast: Cast, model: Any) -> None:
    """A unit's contact sees again what was recorded for others, and the job that was started."""
    me, program, far = cast.unit, cast.program, cast.far
    makers: dict[Any, Any] = {
        Visit: lambda: make.VisitFactory(
            program=program, division=far.place, kind=far.word("visit_kind"), recorded_by=me
        ),
        Need: lambda: make.NeedFactory(
            program=program, division=far.place, category=far.word("need_category"), recorded_by=me
        ),
        Job: lambda: make.JobFactory(program=program, owner=me),
        Suggestion: lambda: make.SuggestionFactory(program=program, user=me),
        Export: lambda: make.ExportFactory(program=program, user=me),
    }
    mine = makers[model]()
    assert mine.pk in visible(model, me)
    assert mine.pk not in visible(model, cast.team)


# Unknown users, roles and paths


def test_nobody_in_particular_reaches_nothing(cast: Cast) -> None:
    """Signed out, or with an account that was closed: no rows."""
    closed = make.UserFactory(administrator=True, is_active=False)
    for model, build in ROWS.items():
        point = transaction.savepoint()
        build(cast.near)
        assert visible(model, AnonymousUser()) == set(), model
        assert visible(model, closed) == set(), model
        transaction.savepoint_rollback(point)


@pytest.fixture
def strange_grants() -> Iterator[None]:
    """Somebody registers reach of a kind that no model knows."""
    from programs import scoping

    def strange(user: User) -> list[Grant]:
        return [Grant("visitor", None, "weather", 1)] if user.username == "stranger" else []

    register_grants(strange)
    yield
    scoping._sources.remove(strange)


def test_an_unknown_role_or_path_means_no_rows(cast: Cast, strange_grants: None) -> None:
    """A role that the table of permissions does not know, with a dimension that no model declares."""
    stranger = make.UserFactory(username="stranger")
    assert roles_in(stranger, cast.program.pk) == {"visitor"}
    assert all(not visible(model, stranger) for model in ROWS)


def test_a_model_without_paths_is_nobodys(cast: Cast) -> None:
    """Who forgets to declare how rows are reached has hidden them from all but the administrator."""
    RoleGrant.objects.get_or_create(user=cast.county, role=Role.COUNTY, program=cast.program, since=make.SINCE)
    assert RoleGrant.objects.all().reach_paths == {}
    assert visible(RoleGrant, cast.county) == set()
    assert visible(RoleGrant, cast.administrator)


# Time and place of a grant


def test_an_ended_role_reaches_nothing(cast: Cast) -> None:
    """The day after its last day."""
    user = make.UserFactory()
    make.RoleGrantFactory(user=user, program=cast.program, until=make.TODAY - dt.timedelta(days=1))
    assert visible(Village, user) == set()


@pytest.mark.parametrize(("since", "reaches"), [(make.TODAY, True), (make.TODAY + dt.timedelta(days=1), False)])
def test_a_role_reaches_from_its_first_day(cast: Cast, since: dt.date, reaches: bool) -> None:
    """The first day counts; the program's own day decides, not the wall clock."""
    user = make.UserFactory()
    make.RoleGrantFactory(user=user, program=cast.program, since=since)
    assert bool(visible(Village, user)) is reaches


def test_a_member_who_left_the_team_reaches_nothing(cast: Cast) -> None:
    """The last day in the team still counts, the next no longer."""
    seat = cast.near.seat
    seat.until = make.TODAY
    seat.save()
    assert visible(Team, cast.team) == {cast.near.team.pk}
    seat.until = make.TODAY - dt.timedelta(days=1)
    seat.save()
    assert visible(Team, User.objects.get(pk=cast.team.pk)) == set()


def test_a_cadre_whose_pairing_ended_reaches_nothing(cast: Cast) -> None:
    """Who no longer helps a household no longer sees it."""
    pairing = cast.near.household_pairing
    pairing.until = make.TODAY - dt.timedelta(days=1)
    pairing.save()
    assert visible(Household, cast.cadre) == set()


def test_an_inspector_reaches_nothing_before_the_round(cast: Cast) -> None:
    """An unannounced round does not show itself through the reach of those who will inspect."""
    cast.round.starts_on = make.TODAY + dt.timedelta(days=1)
    cast.round.ends_on = None
    cast.round.save()
    assert visible(Team, cast.inspector) == set()


def test_an_administrator_of_one_program_stays_in_it(cast: Cast) -> None:
    """The role may be given for a single program."""
    user = make.UserFactory()
    make.RoleGrantFactory(user=user, program=cast.abroad.program, role=Role.ADMINISTRATOR)
    assert visible(Program, user) == {cast.abroad.program.pk}
    assert visible(Team, user) == {cast.abroad.team.pk}


def test_two_roles_reach_what_either_does(cast: Cast) -> None:
    """A town's office whose head also answers for a unit elsewhere."""
    make.RoleGrantFactory(user=cast.town, program=cast.program, role=Role.UNIT, unit=cast.far.unit)
    teams = {side.team.pk for side in (cast.near, cast.sibling, cast.far)}
    assert visible(Team, cast.town) == teams


def test_reach_in_one_role_only(cast: Cast) -> None:
    """Who inspects one village and answers for another may change rows of the second only."""
    make.RoleGrantFactory(user=cast.inspector, program=cast.program, role=Role.UNIT, unit=cast.far.unit)
    teams = Team.objects.visible_to(cast.inspector, {Role.UNIT})
    assert set(teams) == {cast.far.team}
    assert not Team.objects.visible_to(cast.inspector, {Role.COUNTY}).exists()


def test_a_row_is_reached_within_its_own_program_only(cast: Cast) -> None:
    """Another program works with the same unit in the same village: its team and its pairings stay its own."""
    near, other = cast.near, make.ProgramFactory(jurisdiction=cast.program.jurisdiction)
    team = make.TeamFactory(program=other, village=near.village, unit=near.unit)
    pairing = make.PairingFactory(program=other, unit=near.unit, division=near.place)
    for role in ("county", "town", "unit", "team", "inspector", "leader"):
        assert team.pk not in visible(Team, cast.user(role)), role
        assert pairing.pk not in visible(Pairing, cast.user(role)), role


# Whatever the grants

SAMPLED = (Division, Unit, Village, Household, Member, Cadre, Team, Pairing, Project, Fund, Inspection, Finding, Visit)
PLACES = ("near", "sibling", "far", "farther", "abroad")
one_grant = st.tuples(
    st.sampled_from([Role.COUNTY, Role.LEADER, Role.TOWN, Role.UNIT, Role.ADMINISTRATOR]), st.sampled_from(PLACES)
)


@pytest.fixture
def peopled(cast: Cast, sides: dict[str, Side]) -> Cast:
    """A row of each sampled model on every side."""
    for place in PLACES:
        for model in SAMPLED:
            ROWS[model](getattr(cast, place))
    return cast


def person_with(cast: Cast, grants: Any) -> User:
    """An account with the given roles, each held on one side."""
    user: User = make.UserFactory()
    for role, place in grants:
        side: Side = getattr(cast, place)
        where: Any = {Role.TOWN: {"division": side.town}, Role.UNIT: {"unit": side.unit}}.get(role, {})
        make.RoleGrantFactory(user=user, program=side.program, role=role, **where)
    return user


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grants=st.sets(one_grant, max_size=4))
def test_several_roles_reach_exactly_what_each_reaches(peopled: Cast, grants: set[Any]) -> None:
    """No combination of roles opens a row that none of them opens alone, and no filter does either."""
    with transaction.atomic():
        together = person_with(peopled, sorted(grants))
        alone = [person_with(peopled, [grant]) for grant in grants]
        for model in SAMPLED:
            found = visible(model, together)
            assert found == set().union(*(visible(model, person) for person in alone))
            everything: ScopedQuerySet = model._default_manager.all()
            assert set(everything.filter(pk__in=found).visible_to(together).values_list("pk", flat=True)) == found
            assert not everything.exclude(pk__in=found).visible_to(together).exists()
        transaction.set_rollback(True)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES))
def test_a_town_sees_nothing_outside_its_code(peopled: Cast, place: str) -> None:
    """Everything that has a place lies within the town's code."""
    side: Side = getattr(peopled, place)
    with transaction.atomic():
        user = person_with(peopled, [(Role.TOWN, place)])
        paths: dict[Any, str] = {
            Division: "code",
            Village: "pk",
            Household: "division_id",
            Team: "village_id",
            Pairing: "place_id",
        }
        for model, path in paths.items():
            codes = model.objects.visible_to(user).values_list(path, flat=True)
            assert codes
            assert all(code.startswith(side.town.code) for code in codes)
        transaction.set_rollback(True)
