"""Calendar periods in which something is owed or counted, their names, and the day by which it is due."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from programs.rules.wording import Labelled, day_text, days_text, month_text

_DAY = dt.timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_DAYS = {"week": 7, "fortnight": 14}
# Weeks run from Monday to Sunday, as ISO 8601 and the calendars of offices have them.
_FIRST_MONDAY = dt.date(1, 1, 1)
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_HALVES = ("上半年", "下半年")


class Cadence(Labelled):
    """How often something is owed."""

    ONCE = "once", "一次"
    WEEK = "week", "每周"
    FORTNIGHT = "fortnight", "每两周"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    YEAR = "year", "每年"


class NamedRange(Labelled):
    """What the period picker offers."""

    WEEK = "week", "本周"
    MONTH = "month", "本月"
    QUARTER = "quarter", "本季"
    YEAR = "year", "本年"
    CUSTOM = "custom", "自定"


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, the first and the last included."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"结束日期（{day_text(self.end)}）不能早于开始日期（{day_text(self.start)}）。")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.label

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """The name people know it by (2015年第27周, 2015年6月, 2015年第二季度, 2015年上半年, 2015年), or its days."""
        start, end = self.start, self.end
        if self.days == 7 and start.weekday() == 0:
            year, week, _ = start.isocalendar()
            return f"{year}年第{week}周"
        if start.day != 1 or end.day != _month_length(end.year, end.month) or start.year != end.year:
            return days_text(start, end)
        match (end.month - start.month + 1, (start.month - 1)):
            case 1, _:
                return month_text(start)
            case 3, before if before % 3 == 0:
                return f"{start.year}年{_QUARTERS[before // 3]}"
            case 6, before if before % 6 == 0:
                return f"{start.year}年{_HALVES[before // 6]}"
            case 12, _:
                return f"{start.year}年"
        return days_text(start, end)

    def clipped(self, start: dt.date | None = None, end: dt.date | None = None) -> Period | None:
        """The part of it from ``start`` to ``end``; nothing if they do not meet."""
        first = self.start if start is None else max(self.start, start)
        last = self.end if end is None else min(self.end, end)
        return Period(first, last) if first <= last else None


def period_containing(cadence: Cadence | str, day: dt.date, anchor: dt.date | None = None) -> Period:
    """The whole calendar period in which ``day`` lies.

    A fortnight is counted from ``anchor``, the program's first day; what is owed once has one period, from ``anchor``
    to ``day``. Raises ValueError when those two have no anchor, or when the day of the latter lies before it.
    """
    cadence = Cadence(cadence)
    if cadence is Cadence.ONCE:
        return Period(_needed(anchor), day)
    if cadence in _DAYS:
        length = _DAYS[cadence]
        base = _FIRST_MONDAY if cadence is Cadence.WEEK else _needed(anchor)
        start = day - ((day - base).days % length) * _DAY
        return Period(start, start + (length - 1) * _DAY)
    months = _MONTHS[cadence]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return Period(dt.date(day.year, first, 1), dt.date(day.year, last, _month_length(day.year, last)))


def periods_between(
    cadence: Cadence | str, start: dt.date, end: dt.date, anchor: dt.date | None = None
) -> list[Period]:
    """The whole periods that cover ``start`` to ``end``, in order; the first and last may reach beyond.

    Fortnights are counted from ``anchor``, by default from ``start``. Nothing when ``end`` lies before ``start``.
    """
    cadence = Cadence(cadence)
    if end < start:
        return []
    if cadence is Cadence.ONCE:
        return [Period(start, end)]
    anchor = start if anchor is None else anchor
    periods = [period_containing(cadence, start, anchor)]
    while periods[-1].end < end:
        periods.append(period_containing(cadence, periods[-1].end + _DAY, anchor))
    return periods


def previous(cadence: Cadence | str, period: Period, anchor: dt.date | None = None) -> Period | None:
    """The period before one; what is owed once has none."""
    cadence = Cadence(cadence)
    if cadence is Cadence.ONCE:
        return None
    return period_containing(cadence, period.start - _DAY, anchor or period.start)


def due_day(period: Period, due_dom: int | None = None, *, days_after: int | None = None) -> dt.date:
    """The last day on which what a period owes is still in time: that day itself counts (温泉街道: 每月28日前).

    ``due_dom`` is the day of the month, in a quarter or longer of its last month, moved to the month's end where the
    month is shorter; in a week or fortnight the n-th day. ``days_after`` counts days after the period. Without either
    it is the period's last day.
    """
    if due_dom is not None and days_after is not None:
        raise ValueError("截止日只能定一种：几号，或期满后几天。")
    if days_after is not None:
        if days_after < 0:
            raise ValueError("期满后的天数不能是负数。")
        return period.end + days_after * _DAY
    if due_dom is None:
        return period.end
    if not 1 <= due_dom <= 31:
        raise ValueError("截止日须在1到31之间。")
    if period.days < 28:
        return min(period.start + (due_dom - 1) * _DAY, period.end)
    month_end = _month_length(period.end.year, period.end.month)
    return max(period.start, min(period.end.replace(day=min(due_dom, month_end)), period.end))


def named_range(
    name: NamedRange | str, today: dt.date, *, start: dt.date | None = None, end: dt.date | None = None
) -> Period:
    """The period behind a choice of the picker; 自定 takes its own two days.

    Raises ValueError when 自定 lacks one of them or has them the wrong way round.
    """
    name = NamedRange(name)
    if name is not NamedRange.CUSTOM:
        return period_containing(Cadence(name.value), today)
    if start is None or end is None:
        raise ValueError("自定时段要填开始日期和结束日期。")
    return Period(start, end)


def _needed(anchor: dt.date | None) -> dt.date:
    if anchor is None:
        raise ValueError("这种时段从活动开始日期算起，请先填活动的开始日期。")
    return anchor


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
