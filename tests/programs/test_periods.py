"""Periods: their names, how they tile the calendar, and the day by which something is due."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.periods import (
    Cadence,
    NamedRange,
    Period,
    due_day,
    named_range,
    period_containing,
    periods_between,
    previous,
)

DAY = dt.timedelta(days=1)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("cadence", "start", "end", "label"),
    [
        (Cadence.WEEK, "2015-06-29", "2015-07-05", "2015年第27周"),
        (Cadence.FORTNIGHT, "2015-06-28", "2015-07-11", "2015年6月28日至7月11日"),
        (Cadence.MONTH, "2015-07-01", "2015-07-31", "2015年7月"),
        (Cadence.QUARTER, "2015-07-01", "2015-09-30", "2015年第三季度"),
        (Cadence.HALF_YEAR, "2015-07-01", "2015-12-31", "2015年下半年"),
        (Cadence.YEAR, "2015-01-01", "2015-12-31", "2015年"),
        (Cadence.ONCE, "2015-03-22", "2015-07-03", "2015年3月22日至7月3日"),
    ],
)
def test_the_period_a_day_lies_in(cadence: Cadence, start: str, end: str, label: str) -> None:
    period = period_containing(cadence, d("2015-07-03"), anchor=d("2015-03-22"))
    assert (period.start, period.end, period.label) == (d(start), d(end), label)
    assert str(period) == label
    assert period_containing(cadence.value, d("2015-07-03"), anchor=d("2015-03-22")) == period


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2014-12-29", "2015-01-04", "2015年第1周"),
        ("2015-02-01", "2015-02-28", "2015年2月"),
        ("2016-02-01", "2016-02-29", "2016年2月"),
        ("2016-02-01", "2016-02-28", "2016年2月1日至28日"),
        ("2015-02-01", "2015-04-30", "2015年2月1日至4月30日"),
        ("2015-04-01", "2015-06-30", "2015年第二季度"),
        ("2015-01-01", "2015-06-30", "2015年上半年"),
        ("2015-02-01", "2015-07-31", "2015年2月1日至7月31日"),
        ("2014-01-01", "2015-12-31", "2014年1月1日至2015年12月31日"),
        ("2015-07-03", "2015-07-03", "2015年7月3日"),
    ],
)
def test_names_of_periods(start: str, end: str, label: str) -> None:
    assert Period(d(start), d(end)).label == label


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="结束日期（2015年7月2日）不能早于开始日期（2015年7月3日）"):
        Period(d("2015-07-03"), d("2015-07-02"))


def test_both_ends_belong_to_a_period() -> None:
    july = Period(d("2015-07-01"), d("2015-07-31"))
    assert d("2015-07-01") in july
    assert d("2015-07-31") in july
    assert d("2015-08-01") not in july
    assert july.days == 31
    assert july.clipped(end=d("2015-07-03")) == Period(d("2015-07-01"), d("2015-07-03"))
    assert july.clipped(start=d("2015-08-01")) is None


def test_the_28th_counts() -> None:
    june = period_containing(Cadence.MONTH, d("2015-06-10"))
    assert due_day(june, 28) == d("2015-06-28")


@pytest.mark.parametrize(
    ("cadence", "day", "due_dom", "due"),
    [
        (Cadence.MONTH, "2015-02-10", 31, "2015-02-28"),
        (Cadence.MONTH, "2016-02-10", 30, "2016-02-29"),
        (Cadence.MONTH, "2015-04-10", 31, "2015-04-30"),
        (Cadence.QUARTER, "2015-05-10", 28, "2015-06-28"),
        (Cadence.HALF_YEAR, "2015-05-10", 31, "2015-06-30"),
        (Cadence.YEAR, "2015-05-10", 20, "2015-12-20"),
        (Cadence.WEEK, "2015-07-03", 5, "2015-07-03"),
        (Cadence.WEEK, "2015-07-03", 28, "2015-07-05"),
        (Cadence.FORTNIGHT, "2015-07-03", 10, "2015-07-10"),
    ],
)
def test_due_days_stay_inside_their_period(cadence: Cadence, day: str, due_dom: int, due: str) -> None:
    assert due_day(period_containing(cadence, d(day), anchor=d("2015-07-01")), due_dom) == d(due)


def test_due_after_the_period_or_at_its_end() -> None:
    june = period_containing(Cadence.MONTH, d("2015-06-10"))
    assert due_day(june) == d("2015-06-30")
    assert due_day(june, days_after=5) == d("2015-07-05")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"due_dom": 0}, "1到31"),
        ({"due_dom": 32}, "1到31"),
        ({"days_after": -1}, "不能是负数"),
        ({"due_dom": 5, "days_after": 5}, "只能定一种"),
    ],
)
def test_impossible_due_days_are_refused(arguments: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        due_day(Period(d("2015-06-01"), d("2015-06-30")), **arguments)


def test_fortnights_and_what_is_owed_once_need_the_programs_first_day() -> None:
    for cadence in (Cadence.FORTNIGHT, Cadence.ONCE):
        with pytest.raises(ValueError, match="活动的开始日期"):
            period_containing(cadence, d("2015-07-03"))
    with pytest.raises(ValueError, match="不能早于开始日期"):
        period_containing(Cadence.ONCE, d("2015-03-01"), anchor=d("2015-03-22"))


def test_named_ranges_of_the_picker() -> None:
    today = d("2015-07-03")
    labels = {name: named_range(name, today).label for name in NamedRange if name is not NamedRange.CUSTOM}
    assert labels == {"week": "2015年第27周", "month": "2015年7月", "quarter": "2015年第三季度", "year": "2015年"}
    custom = named_range("custom", today, start=d("2015-05-01"), end=d("2015-07-03"))
    assert custom.label == "2015年5月1日至7月3日"
    assert [label for _, label in NamedRange.choices()] == ["本周", "本月", "本季", "本年", "自定"]


def test_a_range_of_ones_own_needs_both_days_in_order() -> None:
    with pytest.raises(ValueError, match="开始日期和结束日期"):
        named_range(NamedRange.CUSTOM, d("2015-07-03"), start=d("2015-05-01"))
    with pytest.raises(ValueError, match="不能早于开始日期"):
        named_range(NamedRange.CUSTOM, d("2015-07-03"), start=d("2015-05-01"), end=d("2015-04-30"))
    with pytest.raises(ValueError, match="“decade”不在可选之列"):
        named_range("decade", d("2015-07-03"))


days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
recurring = st.sampled_from([cadence for cadence in Cadence if cadence is not Cadence.ONCE])


@given(recurring, days, st.integers(0, 800), days)
def test_periods_tile_the_range_without_gap_or_overlap(
    cadence: Cadence, start: dt.date, length: int, anchor: dt.date
) -> None:
    end = start + length * DAY
    periods = periods_between(cadence, start, end, anchor)
    assert start in periods[0]
    assert end in periods[-1]
    for earlier, later in pairwise(periods):
        assert later.start == earlier.end + DAY
    assert len({period.label for period in periods}) == len(periods)


@given(recurring, days, days)
def test_every_day_of_a_period_leads_back_to_it(cadence: Cadence, day: dt.date, anchor: dt.date) -> None:
    period = period_containing(cadence, day, anchor)
    assert day in period
    assert period_containing(cadence, period.start, anchor) == period_containing(cadence, period.end, anchor) == period


@given(recurring, days, days)
def test_the_previous_period_ends_the_day_before(cadence: Cadence, day: dt.date, anchor: dt.date) -> None:
    period = period_containing(cadence, day, anchor)
    before = previous(cadence, period, anchor)
    assert before is not None
    assert before.end == period.start - DAY
    assert period_containing(cadence, before.start, anchor) == before


def test_what_is_owed_once_has_one_period_and_none_before() -> None:
    (period,) = periods_between(Cadence.ONCE, d("2015-03-22"), d("2015-07-03"))
    assert period == Period(d("2015-03-22"), d("2015-07-03"))
    assert previous(Cadence.ONCE, period) is None
    assert periods_between(Cadence.MONTH, d("2015-07-03"), d("2015-07-02")) == []


@given(recurring, days, days, st.integers(1, 31))
def test_a_due_day_lies_in_its_period_and_a_later_one_is_never_earlier(
    cadence: Cadence, day: dt.date, anchor: dt.date, due_dom: int
) -> None:
    period = period_containing(cadence, day, anchor)
    assert due_day(period, due_dom) in period
    assert due_day(period, due_dom) <= due_day(period, min(due_dom + 1, 31))
