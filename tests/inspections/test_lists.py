"""The list and the page of findings: who sees which, and what they show."""

from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import Cast
from tests.reached import check_reach
from tests.works import works_of


def test_reach(client: Client, cast: Cast) -> None:
    check_reach(client, cast, "inspections:finding", lambda works: works.finding)


def test_problems_and_praise_are_told_apart_and_grouped(client: Client, cast: Cast) -> None:
    problem = works_of(cast.near).finding
    praise = make.FindingFactory(
        program=cast.program, team=cast.far.team, praise=True, category=cast.far.word("praise_category")
    )
    client.force_login(cast.county)
    address = reverse("inspections:finding-list", args=[cast.program.code])
    for query, row in (
        ({"kind": "problem"}, problem),
        ({"kind": "praise"}, praise),
        ({"group": "attention"}, problem),
        ({"category": "prompt"}, praise),
        ({"state": "open"}, problem),
    ):
        page = client.get(address, query)
        assert [one.object for one in page.context["selection"].shown] == [row], query


def test_page_shows_rectification_and_sanction(client: Client, cast: Cast) -> None:
    finding = works_of(cast.near).finding
    make.SanctionFactory(program=cast.program, finding=finding, unit=cast.near.unit, kind=cast.near.word("sanction"))
    client.force_login(cast.county)
    page = client.get(reverse("inspections:finding-detail", args=[cast.program.code, finding.pk]))
    assert [panel.title for panel in page.context["around"].panels] == ["整改与复查", "处理"]
    assert "通报批评" in page.content.decode()
    assert "待复查" in page.content.decode()
