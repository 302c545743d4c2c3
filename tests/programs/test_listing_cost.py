"""Lists and pages ask the database the same number of questions for two rows as for twenty."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.rooms import all_routes
from tests import factories as make
from tests.cast import Cast, create_side
from tests.works import Works, works_of

LISTS = (
    "villages:village-list",
    "villages:household-list",
    "villages:member-list",
    "programs:unit-list",
    "cadres:team-list",
    "cadres:member-list",
    "cadres:cadre-list",
    "cadres:pairing-list",
    "cadres:visit-list",
    "cadres:need-list",
    "cadres:gift-list",
    "cadres:document-list",
    "cadres:meeting-list",
    "cadres:diary-list",
    "projects:project-list",
    "projects:fund-list",
    "inspections:finding-list",
)


def _cost(client: Client, address: str) -> tuple[int, Any]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries), response


def test_every_list_costs_the_same_for_2_and_for_20_rows(client: Client, cast: Cast) -> None:
    """The office of a town with two villages, and of the same town with twenty."""
    for side in (cast.near, cast.sibling):
        works_of(side)
    client.force_login(cast.town)
    addresses = {route: reverse(route, args=[cast.program.code]) for route in LISTS}
    before = {route: _cost(client, address) for route, address in addresses.items()}
    for number in range(18):
        works_of(
            create_side(cast.program, cast.near.town, f"{300 + number}", f"示例{number}局", cast.near.group, cast.words)
        )
    for route, address in addresses.items():
        queries, response = _cost(client, address)
        rows = response.context["selection"].total
        # A cadre, a pairing or a household is one of several on each side.
        assert rows >= 20, route
        assert rows >= 10 * before[route][1].context["selection"].total / 1.1, route
        assert queries == before[route][0], route


@pytest.mark.parametrize(
    ("route", "thing"),
    [
        ("villages:village-detail", lambda works: works.side.village),
        ("programs:unit-detail", lambda works: works.side.unit),
        ("cadres:team-detail", lambda works: works.side.team),
        ("cadres:cadre-detail", lambda works: works.side.secretary),
        ("villages:household-detail", lambda works: works.side.household),
    ],
)
def test_pages_of_things_cost_the_same_for_2_and_for_20_rows(
    client: Client, cast: Cast, route: str, thing: Callable[[Works], Any]
) -> None:
    """What lies around a thing is fetched with a fixed number of questions."""
    works = works_of(cast.near)
    address = reverse(route, args=[cast.program.code, thing(works).pk])
    client.force_login(cast.county)
    _add_work(cast, works, 1)
    before, _ = _cost(client, address)
    _add_work(cast, works, 18)
    after, page = _cost(client, address)
    assert max(panel.total for panel in page.context["around"].panels) >= 20
    assert after == before


def _add_work(cast: Cast, works: Works, number: int) -> None:
    side = works.side
    for _ in range(number):
        visit = make.VisitFactory(program=cast.program, division=side.place, kind=side.word("visit_kind"))
        make.VisitParticipantFactory(visit=visit, cadre=side.secretary, unit=side.unit, team=side.team)
        make.VisitHouseholdFactory(visit=visit, household=side.household)
        make.NeedFactory(
            program=cast.program,
            division=side.place,
            category=side.word("need_category"),
            responsible_team=side.team,
            household=side.household,
        )
        project = make.ProjectFactory(
            program=cast.program, unit=side.unit, team=side.team, stage=side.word("project_stage")
        )
        make.ProjectPlaceFactory(project=project, division=side.place)
        make.FindingFactory(program=cast.program, team=side.team, category=side.word("finding_category"))


def test_every_page_of_the_rail_is_there(cast: Cast) -> None:
    """What apps entered into rail and bar resolves to an address."""
    for route, _ in all_routes():
        assert reverse(route, args=[cast.program.code])
