"""What the frame around every page shows: programs to switch between, rooms, the phone's bar, the pinned day."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from programs import clock
from programs.jobs.shown import ShownJob, shown_job, unseen_jobs
from programs.middleware import SESSION_KEY
from programs.models import Program, User
from programs.permissions import may
from programs.rooms import Door, OpenRoom, first_page, rooms_of, tabs_of


class Frame:
    """Asked by templates only for what they print; error pages print nothing that needs the database."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.here = request.resolver_match.view_name if request.resolver_match else ""

    @cached_property
    def user(self) -> User | None:
        """Whoever is signed in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def programs(self) -> list[Program]:
        """All programs the person may see, the running ones first."""
        if self.user is None:
            return []
        return list(Program.objects.visible_to(self.user).order_by("-starts_on", "pk"))

    @cached_property
    def program(self) -> Program | None:
        """The page's program, or the one that was chosen last."""
        of_page: Program | None = getattr(self.request, "program", None)
        return of_page or chosen_program(self.request, self.programs)

    @cached_property
    def rooms(self) -> list[OpenRoom]:
        """The rail."""
        return rooms_of(self.user, self.program, self.here) if self.user and self.program else []

    @cached_property
    def tabs(self) -> list[Door]:
        """The phone's bar."""
        return tabs_of(self.user, self.program, self.here) if self.user and self.program else []

    @cached_property
    def doors(self) -> list[Door]:
        """The doors of the room the page lies in."""
        return next((room.doors for room in self.rooms if room.is_here), [])

    @cached_property
    def home(self) -> str:
        """Where the program begins."""
        return first_page(self.user, self.program) if self.user and self.program else ""

    @property
    def pinned_on(self) -> dt.date | None:
        """The day the program stands still on."""
        return self.program.pinned_on if self.program else None

    @cached_property
    def today(self) -> dt.date | None:
        """The program's today."""
        return clock.today(self.program) if self.program else None

    @property
    def search_words(self) -> str:
        """What was searched for, on the page of what was found."""
        return self.request.GET.get("q", "") if self.here == "programs:search" else ""

    @cached_property
    def jobs(self) -> list[ShownJob]:
        """The person's own work in the background that runs, or has ended without being looked at."""
        if self.user is None or self.program is None:
            return []
        return [shown_job(job, self.user) for job in unseen_jobs(self.user, self.program)]

    @property
    def jobs_run(self) -> bool:
        """Whether any of it still runs, so that it is worth asking again."""
        return any(one.job.is_active for one in self.jobs)

    @cached_property
    def may_set_up(self) -> bool:
        """Whether the program is the person's to set up."""
        return bool(self.user and self.program and may(self.user, "program.view", self.program))

    @cached_property
    def may_found(self) -> bool:
        """Whether the person may begin a new program."""
        return bool(self.user and may(self.user, "program.create", None))

    @cached_property
    def may_read_suggestions(self) -> bool:
        """Whether suggestions are the person's to answer."""
        return bool(self.user and self.program and may(self.user, "suggestion.view", self.program))


def chosen_program(request: HttpRequest, programs: list[Program]) -> Program | None:
    """The program in the session, if the person may still see it; else the first."""
    code = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    return next((one for one in programs if one.code == code), programs[0] if programs else None)


def frame(request: HttpRequest) -> dict[str, Any]:
    """``frame`` in every template."""
    return {"frame": Frame(request)}
