"""What all factories share: the days of the tests, and words of the row's own program."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from factory.declarations import SelfAttribute, SubFactory

if TYPE_CHECKING:
    # A call of a factory gives a row of its model, which the package's own types do not say.
    DjangoModelFactory: Any
else:
    from factory.django import DjangoModelFactory

__all__ = ["PASSWORD", "SINCE", "TODAY", "DjangoModelFactory", "at", "term"]

#: The day that "now" is in the programs of tests, and the day their work began.
TODAY = dt.date(2015, 7, 3)
SINCE = dt.date(2015, 4, 1)
#: The password of every account of the tests.
PASSWORD = "test-2015-Zhaoyuan"


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment of a day in China."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def term(vocabulary: str, **options: Any) -> Any:
    """A word of the row's own program; ``program`` may name another way to it."""
    options.setdefault("program", SelfAttribute("..program"))
    return SubFactory("tests.factories.TermFactory", vocabulary=vocabulary, **options)
