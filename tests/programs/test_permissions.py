"""What a role may do: who writes, who only reads, and what the guard answers."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from programs.models import Program, Role
from programs.permissions import PERMISSIONS, guard, may, public
from tests.cast import ROLES, Cast

#: What each role may do besides looking. Whoever widens the table says so here.
MAY = {
    "county": {
        *(
            "village.create",
            "village.change",
            "household.change",
            "route.change",
            "site.change",
            "group.change",
            "duty.record",
            "leave.create",
            "leave.decide",
            "unit.change",
            "cadre.change",
            "team.change",
            "pairing.change",
        ),
        *("visit.create", "visit.correct", "need.create", "need.change", "need.comment", "document.create"),
        *("meeting.create", "project.create", "project.change", "requirement.mark", "round.change"),
        *("inspection.record", "finding.create", "finding.rectify", "finding.check", "bulletin.draft", "report.draft"),
        *(
            "bulletin.issue",
            *("card.print", "handbook.print", "board.print", "booklet.print"),
            "export.create",
            "sanction.create",
            "suggestion.create",
            "program.create",
            "program.change",
            "assessment.change",
        ),
    },
    "town": {
        *(
            "village.create",
            "village.change",
            "household.change",
            "site.change",
            "duty.record",
            "leave.create",
            "leave.decide",
            "cadre.change",
            "team.change",
            "visit.create",
            "visit.correct",
        ),
        *("need.create", "need.change", "need.comment", "document.create", "meeting.create", "project.create"),
        *("project.change", "requirement.mark", "finding.create", "finding.rectify", "export.create"),
        *("card.print", "handbook.print", "board.print", "booklet.print", "report.draft", "suggestion.create"),
    },
    "unit": {
        *(
            "cadre.change",
            "group.change",
            "visit.create",
            "visit.correct",
            "need.create",
            "need.change",
            "document.create",
        ),
        *("meeting.create", "project.create", "project.change", "finding.rectify", "export.create"),
        *("assessment.self", "card.print", "handbook.print", "board.print", "report.draft", "suggestion.create"),
    },
    "team": {
        *(
            "village.change",
            "household.change",
            "leave.create",
            "visit.create",
            "visit.correct",
            "need.create",
            "need.change",
        ),
        *("diary.create", "document.create", "meeting.create", "project.create", "project.change"),
        *("finding.rectify", "assessment.self", "card.print", "board.print", "booklet.print"),
        *("report.draft", "suggestion.create"),
    },
    "cadre": {
        *("visit.create", "visit.correct", "need.create", "need.change", "document.create", "meeting.create"),
        *("card.print", "handbook.print", "board.print", "suggestion.create"),
    },
    "inspector": {"inspection.record", "finding.create", "finding.check", "suggestion.create"},
    "leader": {"need.comment", "export.create", "booklet.print", "suggestion.create"},
}


@pytest.mark.parametrize("role", MAY)
def test_what_a_role_may_do(cast: Cast, role: str) -> None:
    """Exactly this in the own program, and nothing in another."""
    user = cast.user(role)
    doing = {name for name in PERMISSIONS if not name.endswith(".view")}
    assert {name for name in doing if may(user, name, cast.program)} == MAY[role]
    assert not any(may(user, name, cast.abroad.program) for name in PERMISSIONS)


def test_an_administrator_may_do_everything_but_what_is_somebodys_own(cast: Cast) -> None:
    """A diary and one's own score are for those whose they are, and only who inspects has a tour."""
    refused = {name for name in PERMISSIONS if not may(cast.administrator, name, cast.program)}
    assert refused == {"diary.create", "assessment.self", "tour.view"}


def test_who_has_no_role_may_nothing(cast: Cast) -> None:
    """An account alone opens nothing."""
    assert not any(may(cast.outsider, name, cast.program) for name in PERMISSIONS)
    assert not any(may(AnonymousUser(), name, cast.program) for name in PERMISSIONS)


def test_everybody_may_say_something_and_see_their_home() -> None:
    """Suggestions are for all, and nobody is left without a first page."""
    for name in ("home.view", "suggestion.create", "account.view"):
        assert PERMISSIONS[name] == frozenset(Role)


def test_an_unknown_permission_is_an_error(cast: Cast) -> None:
    """A misspelt right must not silently mean no."""
    with pytest.raises(KeyError):
        may(cast.county, "vist.create", cast.program)
    with pytest.raises(KeyError):
        guard("vist.create")


# The guard


@guard("requirement.mark")
def marking(request: HttpRequest, program: Program, code: str = "") -> HttpResponse:
    return HttpResponse(f"{program.code}/{code}")


@guard("account.view")
def account(request: HttpRequest) -> HttpResponse:
    return HttpResponse("account")


def request_of(user: object) -> HttpRequest:
    request = RequestFactory().get("/p/zhaoyuan/marks/", {"page": "2"})
    request.user = user  # type: ignore[assignment]
    return request


@pytest.mark.parametrize("role", ["county", "town", "administrator"])
def test_the_guard_hands_over_the_program(cast: Cast, role: str) -> None:
    """In place of its code, together with the other parts of the address."""
    assert marking(request_of(cast.user(role)), program="zhaoyuan", code="plan").content == b"zhaoyuan/plan"


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("county", "town", "administrator")])
def test_a_missing_right_is_403(cast: Cast, role: str) -> None:
    """The program is theirs, the right is not."""
    with pytest.raises(PermissionDenied):
        marking(request_of(cast.user(role)), program="zhaoyuan")


@pytest.mark.parametrize("role", ["outsider", "neighbour"])
def test_a_program_out_of_reach_does_not_exist(cast: Cast, role: str) -> None:
    """404 and not 403: strangers do not learn which programs there are."""
    with pytest.raises(Http404):
        marking(request_of(cast.user(role)), program="zhaoyuan")


def test_who_is_signed_out_is_sent_to_the_sign_in_page(cast: Cast) -> None:
    """And comes back to the same address with its page number."""
    answer = marking(request_of(AnonymousUser()), program="zhaoyuan")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/p/zhaoyuan/marks/%3Fpage%3D2")


def test_pages_outside_programs_ask_for_any_role(cast: Cast) -> None:
    """Somebody with a role anywhere may open their account page; an account without a role may not."""
    assert account(request_of(cast.cadre)).status_code == 200
    with pytest.raises(PermissionDenied):
        account(request_of(cast.outsider))


def test_guards_can_be_listed() -> None:
    """Each view says which right it asks for, or that it is public."""
    assert marking.permission == "requirement.mark"  # type: ignore[attr-defined]
    assert public(lambda request: HttpResponse()).permission is None  # type: ignore[attr-defined]
