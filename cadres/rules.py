"""Plain rules of the days of team members: which tier answers for leave, which days are worked."""

from __future__ import annotations

import calendar
import datetime as dt

#: Leave of more days than this goes to the county, unless the program says otherwise.
TOWN_DAYS = 3


def is_for_town(days: int, *, is_trip: bool, town_days: int) -> bool:
    """Whether the town answers: trips for the village always, leave up to so many days."""
    return is_trip or days <= town_days


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday; days off beyond that are entered as rest."""
    return day.weekday() < 5


def days_of_month(month: dt.date) -> list[dt.date]:
    """All days of the month in which a day lies."""
    last = calendar.monthrange(month.year, month.month)[1]
    return [month.replace(day=number) for number in range(1, last + 1)]


def month_after(month: dt.date, count: int = 1) -> dt.date:
    """The first day of the month so many months later; earlier ones by a negative count."""
    number = month.year * 12 + month.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)
