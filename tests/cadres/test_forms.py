"""Who may open which form of the cadres app, and about which rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests import rows
from tests.cast import ROLES, Cast

COUNTY, OFFICE = {"county", "administrator"}, {"county", "town", "administrator"}
FIELD = {"unit", "team", "cadre"}


#: form → the row it is about, and the roles that may do it to the near side's row.
FORMS: dict[str, tuple[Any, set[str]]] = {
    "cadre-create": (None, OFFICE | {"unit"}),
    "cadre-change": (lambda side: side.secretary, OFFICE | {"unit"}),
    "post-create": (lambda side: side.secretary, OFFICE | {"unit"}),
    "post-change": (lambda side: side.secretary.posts.get(), OFFICE | {"unit"}),
    "post-end": (lambda side: side.secretary.posts.get(), OFFICE | {"unit"}),
    "team-create": (None, OFFICE),
    "team-change": (lambda side: side.team, OFFICE),
    "team-end": (lambda side: side.team, OFFICE),
    "member-join": (lambda side: side.team, OFFICE),
    "member-leave": (lambda side: side.seat, OFFICE),
    "first-secretary-change": (lambda side: side.team, OFFICE),
    "milestone-create": (lambda side: side.team, OFFICE),
    "pairing-create": (None, COUNTY),
    "pairing-end": (lambda side: side.unit_pairing, COUNTY),
    "pairing-hand-over": (lambda side: side.household_pairing, COUNTY),
    "pairing-agree": (lambda side: side.unit_pairing, COUNTY),
    "unit-retire": (lambda side: side.unit, COUNTY),
    "visit-create": (None, OFFICE | FIELD),
    "visit-correct": (rows.visit, OFFICE | FIELD),
    "visit-void": (rows.visit, OFFICE | FIELD),
    "need-create": (None, OFFICE | FIELD),
    "need-change": (rows.need, OFFICE | FIELD),
    "need-step": (rows.need, OFFICE | FIELD),
    "need-comment": (rows.need, OFFICE | {"leader"}),
    "need-close": (rows.need, OFFICE | FIELD),
    "need-reopen": (rows.need, OFFICE | FIELD),
    "need-assign": (rows.need, OFFICE | FIELD),
    "document-create": (None, OFFICE | FIELD),
    "document-change": (rows.document, OFFICE | FIELD),
    "meeting-create": (None, OFFICE | FIELD),
    "meeting-change": (rows.meeting, OFFICE | {"unit", "team"}),
    "diary-create": (None, {"team"}),
}
#: Who reaches the far side's rows, and so gets as far as being refused.
READS_FAR = {"county", "leader", "administrator"}


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_for_those_who_may_and_whose_row_it_is(cast: Cast, client: Client, name: str) -> None:
    """Without the right 403, a row out of reach 404, another program's row 404 (people and units have no program)."""
    pick, allowed = FORMS[name]
    near, far, abroad = (pick(side) for side in (cast.near, cast.far, cast.abroad)) if pick else (None, None, None)
    for role in ROLES:
        client.force_login(cast.user(role))
        assert (client.get(address(cast, name, near)).status_code == 200) == (role in allowed), role
        if pick is None:
            continue
        answer = client.get(address(cast, name, far)).status_code
        assert answer == 200 if role in allowed & READS_FAR else answer in (403, 404), role
        if role != "administrator" or hasattr(abroad, "program"):
            assert client.get(address(cast, name, abroad)).status_code in (403, 404), role
    client.force_login(cast.outsider)
    assert client.get(address(cast, name, near)).status_code == 404
    client.logout()
    assert client.get(address(cast, name, near)).status_code == 302


def test_who_reads_by_one_role_and_writes_by_another_changes_only_the_second_ones_rows(
    cast: Cast, client: Client
) -> None:
    """The contact of one unit who also inspects another village reads its visits and corrects none of them."""
    seat = make.InspectionGroupMemberFactory(group=cast.far.group)
    seat.cadre.user = cast.unit
    seat.cadre.save()
    client.force_login(cast.unit)
    seen = rows.visit(cast.far)
    assert client.get(reverse("cadres:visit-detail", args=[cast.program.code, seen.pk])).status_code == 200
    assert client.get(address(cast, "visit-correct", seen)).status_code == 403
