"""The list and the page of units: who sees which, and what they show."""

from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import Cast
from tests.reached import NEAR, check_reach
from tests.works import works_of


def test_reach(client: Client, cast: Cast) -> None:
    check_reach(client, cast, "programs:unit", lambda works: works.side.unit, cadre=NEAR)


def test_units_whose_leader_did_not_come_are_found(client: Client, cast: Cast) -> None:
    visit = make.VisitFactory(program=cast.program, division=cast.near.place, kind=cast.near.word("visit_kind"))
    make.VisitParticipantFactory(visit=visit, cadre=cast.near.leader, unit=cast.near.unit, principal=True)
    works_of(cast.far)
    client.force_login(cast.county)
    address = reverse("programs:unit-list", args=[cast.program.code])
    came = client.get(address, {"led": "yes"}).context["selection"]
    assert [row.object for row in came.shown] == [cast.near.unit]
    stayed = client.get(address, {"led": "no"}).context["selection"]
    assert {row.object for row in stayed.shown} == {side.unit for side in cast.sides} - {cast.near.unit}


def test_page_of_unit_links_to_everything_around_it(client: Client, cast: Cast) -> None:
    works = works_of(cast.near)
    client.force_login(cast.county)
    page = client.get(reverse("programs:unit-detail", args=[cast.program.code, cast.near.unit.pk]))
    for route, thing in (
        ("cadres:team-detail", cast.near.team),
        ("villages:village-detail", cast.near.village),
        ("cadres:pairing-detail", cast.near.unit_pairing),
        ("cadres:cadre-detail", cast.near.leader),
        ("cadres:visit-detail", works.visit),
        ("cadres:document-detail", works.document),
        ("projects:project-detail", works.project),
        ("inspections:finding-detail", works.finding),
    ):
        assert reverse(route, args=[cast.program.code, thing.pk]) in page.content.decode(), route


def test_parts_of_a_page_lead_to_exactly_their_rows(client: Client, cast: Cast) -> None:
    """The list behind "在列表中查看" has as many rows as the part said."""
    for side in cast.sides:
        works_of(side)
    client.force_login(cast.county)
    for route, thing in (
        ("programs:unit-detail", cast.near.unit),
        ("villages:village-detail", cast.near.village),
        ("cadres:team-detail", cast.near.team),
        ("cadres:cadre-detail", cast.near.secretary),
        ("villages:household-detail", cast.near.household),
    ):
        page = client.get(reverse(route, args=[cast.program.code, thing.pk]))
        parts = [part for part in page.context["around"].panels if part.all_url]
        assert parts
        for part in parts:
            listed = client.get(part.all_url).context["selection"]
            assert listed.total == part.total, (route, part.title)
            assert not listed.errors
