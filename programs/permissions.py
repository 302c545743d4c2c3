"""What a role may do: the one table, and the guard that every view wears."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from programs import clock
from programs.models import Program, Role
from programs.scoping import roles_in

if TYPE_CHECKING:
    from programs.models import User
    from programs.scoping import AnyUser

COUNTY, TOWN, UNIT, TEAM, CADRE = Role.COUNTY, Role.TOWN, Role.UNIT, Role.TEAM, Role.CADRE
INSPECTOR, LEADER, ADMINISTRATOR = Role.INSPECTOR, Role.LEADER, Role.ADMINISTRATOR
EVERYBODY = frozenset(Role)
OFFICES = frozenset({COUNTY, TOWN, ADMINISTRATOR})
FIELD = frozenset({UNIT, TEAM, CADRE})

#: permission → the roles that have it. Which rows it applies to is ``programs.scoping``'s business.
PERMISSIONS: dict[str, frozenset[str]] = {
    "home.view": EVERYBODY,
    "dashboard.view": EVERYBODY,
    "figure.view": EVERYBODY,
    "village.view": EVERYBODY,
    "village.create": OFFICES,
    "village.change": OFFICES | {TEAM},
    "household.view": OFFICES | FIELD | {LEADER},
    "household.change": OFFICES | {TEAM},
    "route.change": frozenset({COUNTY, ADMINISTRATOR}),
    "site.change": OFFICES,
    "unit.view": EVERYBODY,
    "unit.change": frozenset({COUNTY, ADMINISTRATOR}),
    "cadre.view": EVERYBODY,
    "cadre.change": OFFICES | {UNIT},
    "team.view": EVERYBODY,
    "team.change": OFFICES,
    "group.view": EVERYBODY,
    "group.change": frozenset({COUNTY, UNIT, ADMINISTRATOR}),
    "duty.view": EVERYBODY,
    "duty.record": OFFICES,
    "leave.view": EVERYBODY,
    "leave.create": OFFICES | {TEAM},
    "leave.decide": OFFICES,
    "pairing.view": EVERYBODY,
    "pairing.change": frozenset({COUNTY, ADMINISTRATOR}),
    "visit.view": EVERYBODY,
    "visit.create": OFFICES | FIELD,
    "visit.correct": OFFICES | FIELD,
    "need.view": EVERYBODY,
    "need.create": OFFICES | FIELD,
    "need.change": OFFICES | FIELD,
    "need.comment": OFFICES | {LEADER},
    "diary.view": EVERYBODY,
    "diary.create": frozenset({TEAM}),
    "document.view": EVERYBODY,
    "document.create": OFFICES | FIELD,
    "meeting.view": EVERYBODY,
    "meeting.create": OFFICES | FIELD,
    "project.view": EVERYBODY,
    "project.create": OFFICES | {UNIT, TEAM},
    "project.change": OFFICES | {UNIT, TEAM},
    "fund.view": EVERYBODY,
    "requirement.view": EVERYBODY,
    "requirement.mark": OFFICES,
    "round.view": OFFICES | {INSPECTOR, LEADER},
    "round.change": frozenset({COUNTY, ADMINISTRATOR}),
    "tour.view": frozenset({INSPECTOR}),
    "inspection.record": frozenset({COUNTY, INSPECTOR, ADMINISTRATOR}),
    "finding.view": EVERYBODY,
    "finding.create": frozenset({COUNTY, TOWN, INSPECTOR, ADMINISTRATOR}),
    "finding.rectify": OFFICES | {UNIT, TEAM},
    "finding.check": frozenset({COUNTY, INSPECTOR, ADMINISTRATOR}),
    "sanction.create": frozenset({COUNTY, ADMINISTRATOR}),
    "assessment.view": EVERYBODY,
    "assessment.self": frozenset({UNIT, TEAM}),
    "assessment.change": frozenset({COUNTY, ADMINISTRATOR}),
    "bulletin.view": EVERYBODY,
    "bulletin.draft": frozenset({COUNTY, ADMINISTRATOR}),
    "report.draft": OFFICES | {UNIT, TEAM},
    "bulletin.issue": frozenset({COUNTY, ADMINISTRATOR}),
    "export.create": OFFICES | {LEADER, UNIT},
    "suggestion.create": EVERYBODY,
    "suggestion.view": frozenset({COUNTY, ADMINISTRATOR}),
    "card.print": OFFICES | FIELD,
    "handbook.print": OFFICES | {UNIT, CADRE},
    "board.print": OFFICES | FIELD,
    "booklet.print": OFFICES | {TEAM, LEADER},
    "job.view": EVERYBODY,
    "account.view": EVERYBODY,
    "program.view": frozenset({COUNTY, ADMINISTRATOR}),
    "program.change": frozenset({COUNTY, ADMINISTRATOR}),
    "program.create": frozenset({COUNTY, ADMINISTRATOR}),
}

#: Work that happens in the field: nobody may do it while the program is being prepared, or after it is over.
FIELD_WORK = frozenset(
    f"{noun}.{verb}"
    for noun, verbs in {
        "visit": ("create", "correct"),
        "need": ("create", "change", "comment"),
        "diary": ("create",),
        "document": ("create",),
        "meeting": ("create",),
        "project": ("create", "change"),
        "requirement": ("mark",),
        "inspection": ("record",),
        "finding": ("create", "rectify", "check"),
        "sanction": ("create",),
    }.items()
    for verb in verbs
)


class StandsStill(PermissionDenied):
    """Refused for the state of the program, whoever asks; the message says so."""


def standing_still(program: Program) -> str:
    """Why no field work is logged, and what to do."""
    if program.is_draft:
        return f"“{program}”还在筹备，启动以后才能登记工作。请县级办公室在“活动设置”中启动活动。"
    return f"“{program}”已经结束，不再登记工作。确需补登，请县级办公室在“活动设置”中重新打开活动。"


class ProgramRequest(HttpRequest):
    """A request that has passed a guard: somebody is signed in, and the program is one of theirs."""

    program: Program
    user: User


def may(user: AnyUser, permission: str, program: Program | None) -> bool:
    """Whether a user may do ``permission`` in a program. An unknown permission is an error, not a no."""
    if program is not None and permission in FIELD_WORK and not program.is_running:
        return False
    return bool(roles_in(user, program.pk if program else None) & PERMISSIONS[permission])


def guard(permission: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a view run only for those who may; the view gets the Program in place of its code.

    Signed-out people go to the sign-in page; a program out of reach is 404; a missing right is 403.
    """
    allowed = PERMISSIONS[permission]

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, program: str | None = None, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if program is None:
                if not roles_in(request.user, None) & allowed:
                    raise PermissionDenied
                return view(request, **kwargs)
            found = get_object_or_404(
                Program.objects.visible_to(request.user).select_related("jurisdiction"), code=program
            )
            if not roles_in(request.user, found.pk) & allowed:
                raise PermissionDenied
            if permission in FIELD_WORK and not found.is_running:
                raise StandsStill(standing_still(found))
            request.program = found  # type: ignore[attr-defined]
            request.today = clock.today(found)  # type: ignore[attr-defined]
            return view(request, program=found, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that anybody may open."""
    view.permission = None  # type: ignore[attr-defined]
    return view
