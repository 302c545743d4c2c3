"""Who reaches which rows through which page: one table for all lists and pages of things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import STRANGERS, Cast
from tests.works import Works, works_of

#: Which sides of the cast somebody sees in the lists of their program.
WHOLE = frozenset({"near", "sibling", "far", "farther"})
NEAR = frozenset({"near"})
NOTHING: frozenset[str] = frozenset()
#: The reach of each role; that of cadres differs by what it is about.
REACH = {
    "county": WHOLE,
    "leader": WHOLE,
    "administrator": WHOLE,
    "town": frozenset({"near", "sibling"}),
    "unit": NEAR,
    "team": NEAR,
    "inspector": NEAR,
}

Find = Callable[[Works], Any]


def check_reach(
    client: Client, cast: Cast, noun: str, find: Find, *, cadre: frozenset[str] = NOTHING, by: str = "pk", **others: Any
) -> None:
    """The list of each role holds exactly the rows of the sides it sees; their pages open, no others.

    ``noun`` is the URL name without its verb; an empty ``by`` means that there is a list but no page. ``others`` are
    roles that see something else than usual; None means that the page is not for them at all.
    """
    works = {name: works_of(getattr(cast, name)) for name in sorted(WHOLE)}
    works["abroad"] = works_of(cast.abroad)
    rows = {name: find(one) for name, one in works.items()}
    for role, seen in (REACH | {"cadre": cadre} | others).items():
        client.force_login(cast.user(role))
        page = client.get(reverse(f"{noun}-list", args=[cast.program.code]))
        if seen is None:
            assert page.status_code == 403, role
            continue
        assert page.status_code == 200, role
        listed = {row.object.pk for row in page.context["selection"].shown}
        assert {name for name, row in rows.items() if row.pk in listed} == seen, role
        for name, row in rows.items() if by else ():
            response = client.get(reverse(f"{noun}-detail", args=[cast.program.code, getattr(row, by)]))
            assert response.status_code == (200 if name in seen else 404), (role, name)
    check_strangers(client, cast, noun, rows["near"], by)


def check_strangers(client: Client, cast: Cast, noun: str, row: Any, by: str) -> None:
    """Whoever has no role in the program finds neither the list nor the page; nobody sees them without signing in."""
    addresses = [reverse(f"{noun}-list", args=[cast.program.code])]
    if by:
        addresses.append(reverse(f"{noun}-detail", args=[cast.program.code, getattr(row, by)]))
    for address in addresses:
        client.logout()
        assert client.get(address).status_code == 302
        for stranger in STRANGERS:
            client.force_login(cast.user(stranger))
            assert client.get(address).status_code == 404, stranger
