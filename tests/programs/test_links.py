"""Names lead to pages that open: whoever may not open a page reads the name without a link."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.programs.test_listing_cost import LISTS
from tests.works import works_of

PAGE = re.compile(r'href="(/p/[^"?#]+/[0-9]+/)["?]')


def _main(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    if not response["Content-Type"].startswith("text/html"):
        return ""
    text: str = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.parametrize("role", ["unit", "team", "cadre", "inspector"])
def test_no_name_leads_to_a_page_that_is_shut(client: Client, cast: Cast, role: str) -> None:
    """Not in a list, and not on the pages that lists lead to."""
    for side in cast.sides:
        works_of(side)
    client.force_login(cast.user(role))
    code = cast.program.code
    lists = [reverse(route, args=[code]) for route in LISTS if role != "inspector" or "villages:" not in route]
    found = {page for address in lists for page in PAGE.findall(_main(client, address))}
    assert found
    seen: set[str] = set()
    # What opens may name more.
    while found - seen:
        address = min(found - seen)
        seen.add(address)
        found |= set(PAGE.findall(_main(client, address)))


def test_a_name_out_of_reach_is_still_told(client: Client, cast: Cast) -> None:
    """An inspector reads whose need it is, though households are not for inspectors to open."""
    works = works_of(cast.near)
    household = reverse("villages:household-detail", args=[cast.program.code, cast.near.household.pk])
    need = reverse("cadres:need-detail", args=[cast.program.code, works.need.pk])
    for role, opens in (("team", True), ("inspector", False)):
        client.force_login(cast.user(role))
        page = _main(client, need)
        assert str(cast.near.household) in page
        assert (household in page) is opens
