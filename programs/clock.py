"""A program's "now": the wall clock, or the day a demonstration or an ended program is pinned to."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from programs.models import Program


def today(program: Program) -> dt.date:
    """The day that "now" means in a program. Nothing else in the project asks for today."""
    return program.pinned_on or timezone.localdate()


def now(program: Program) -> dt.datetime:
    """The moment that "now" means in a program: on a pinned day, noon."""
    if program.pinned_on is None:
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(program.pinned_on, dt.time(12)))


def is_pinned(program: Program) -> bool:
    """Whether the program stands still, so that pages must say so."""
    return program.pinned_on is not None
