"""The words of numbers: every example the offices' documents give, and what must hold for all numbers."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.parsing import parse_money
from programs.rules.wording import (
    Scale,
    Wording,
    day_text,
    days_text,
    growth,
    moment_text,
    month_text,
    plain,
    share,
    stated_value,
    table_number,
    word,
    word_range,
    written_unit,
)

OVER, MORE, ABOUT, NEARLY, ORDINAL = Wording.OVER, Wording.MORE, Wording.ABOUT, Wording.NEARLY, Wording.ORDINAL

EXACT_TEXTS = [
    *[(n, "个", f"{n}个") for n in (1, 2, 4, 5, 28, 43, 96, 108, 114, 116)],
    *[(n, "户", f"{n}户") for n in (2, 3, 4, 5, 20, 40, 100, 128, 17079)],
    *[(n, "名", f"{n}名") for n in (1, 3, 5, 22, 26, 64, 114, 1455)],
    *[(n, "份", f"{n}份") for n in (1, 160)],
    *[(n, "次", f"{n}次") for n in (4, 9)],
    (5, "条段", "5条段"),
    (2, "条", "2条"),
    (8, "条", "8条"),
    (28, "间", "28间"),
    (3, "种", "3种"),
    (1, "处", "1处"),
    (12, "处", "12处"),
    (1, "口", "1口"),
    (1, "座", "1座"),
    (4, "辆", "4辆"),
    (80, "公斤", "80公斤"),
    (680, "亩", "680亩"),
    (3, "个月", "3个月"),
    (38, "起(人次)", "38起(人次)"),
    (1, "线", "1线"),
    (4, "村", "4村"),
    (10, "屯", "10屯"),
    (2750, "米", "2750米"),
    (1000, "米", "1000米"),
    (Decimal("3.50"), "米", "3.5米"),
    (24300, "立方米", "24300立方米"),
    (8159, "m³", "8159立方米"),
    (5700, "㎡", "5700平方米"),
    (1660, "平方米", "1660平方米"),
    (2180, "平方米", "2180平方米"),
    (1270, "平方米", "1270平方米"),
    (300, "元", "300元"),
    (1000, "元", "1000元"),
    (3000, "元", "3000元"),
    (4000, "元", "4000元"),
    (Decimal("1083.4"), "元", "1083.40元"),
    (Decimal("1083.00"), "元", "1083元"),
    (30000, "元", "3万元"),
    (100000, "元", "10万元"),
    (150000, "元", "15万元"),
    (200000, "元", "20万元"),
    (350000, "元", "35万元"),
    (600000, "元", "60万元"),
    (72400, "元", "7.24万元"),
    (72450, "元", "72450元"),
    (100_000_000, "元", "1亿元"),
    (123_450_000, "元", "12345万元"),
    (0, "元", "0元"),
    (0, "个", "0个"),
    (-5, "个", "-5个"),
    (-350000, "元", "-35万元"),
    (None, "个", "—"),
]


@pytest.mark.parametrize(("value", "unit", "text"), EXACT_TEXTS)
def test_exact_numbers(value: Decimal | int | None, unit: str, text: str) -> None:
    assert word(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "wording", "cut", "text"),
    [
        (303000, "元", OVER, 100_000, "30余万元"),
        (124000, "元", OVER, 10_000, "12万余元"),
        (11300, "元", OVER, 1_000, "11000余元"),
        (72400, "元", OVER, 10_000, "7万余元"),
        (203000, "元", OVER, 100_000, "20余万元"),
        (350_123_456, "元", OVER, 10_000_000, "3.5亿余元"),
        (350_123_456, "元", OVER, 100_000_000, "3亿余元"),
        (1_350_123_456, "元", OVER, 1_000_000_000, "10余亿元"),
        (5032, "吨", OVER, 1_000, "5000余吨"),
        (2134, "吨", OVER, 100, "2100余吨"),
        (34, "吨", OVER, 10, "30余吨"),
        (232, "次", OVER, 10, "230余次"),
        (232, "次", OVER, None, "200余次"),
        (211, "户", OVER, 100, "200余户"),
        (113, "个", OVER, 10, "110余个"),
        (108, "件(次)", OVER, 100, "100余件(次)"),
        (1416, "名", OVER, 100, "1400余名"),
        (7300, "颗", OVER, 1_000, "7000余颗"),
        (85, "亩", OVER, 10, "80余亩"),
        (4200, "米", OVER, 1_000, "4000余米"),
        (123456, "人", OVER, 10_000, "12万余人"),
        (Decimal("3.5"), "米", OVER, 1, "3余米"),
        (23, "人次", MORE, 10, "20多人次"),
        (303000, "元", MORE, 100_000, "30多万元"),
        (2000, "平方米", ABOUT, None, "约2000平方米"),
        (1985, "平方米", ABOUT, 100, "约2000平方米"),
        (350000, "元", ABOUT, None, "约35万元"),
        (9800, "元", NEARLY, 10_000, "近万元"),
        (9800, "元", NEARLY, None, "近万元"),
        (9000, "元", NEARLY, 10_000, "近万元"),
        (1960, "元", NEARLY, 1_000, "近2000元"),
        (1960, "元", NEARLY, None, "近2000元"),
        (196_000, "元", NEARLY, 100_000, "近20万元"),
        (99_000_000, "元", NEARLY, None, "近亿元"),
        (980, "人", NEARLY, 100, "近千人"),
        (2, "期", ORDINAL, None, "第2期"),
        (Decimal("82.7586"), "", Wording.PERCENT, None, "82.8%"),
        (12, "个", Wording.RANGE, None, "12个"),
    ],
)
def test_worded_numbers(value: Decimal | int, unit: str, wording: Wording, cut: int | None, text: str) -> None:
    assert word(value, unit, wording, cut=cut) == text
    assert word(value, unit, wording.value, cut=None if cut is None else Decimal(cut)) == text


@pytest.mark.parametrize(
    ("value", "unit", "wording", "cut", "text"),
    [
        (300_000, "元", OVER, 100_000, "30万元"),
        (120_000, "元", OVER, 10_000, "12万元"),
        (230, "次", OVER, 10, "230次"),
        (20, "人次", MORE, 10, "20人次"),
        (10_000, "元", NEARLY, 10_000, "1万元"),
        (2000, "元", NEARLY, 1_000, "2000元"),
        (232, "次", OVER, 1_000, "232次"),
        (1200, "元", NEARLY, 1_000, "1200元"),
        (0, "次", OVER, 10, "0次"),
        (-12, "次", OVER, 10, "-12次"),
    ],
)
def test_a_word_that_would_be_untrue_gives_way_to_the_exact_number(
    value: int, unit: str, wording: Wording, cut: int, text: str
) -> None:
    assert word(value, unit, wording, cut=cut) == text


def test_scale_and_decimals_can_be_forced() -> None:
    assert word(72400, "元", OVER, cut=10_000, scale=Scale.ONE) == "70000余元"
    assert word(303_456, "元", scale=Scale.WAN) == "30.35万元"
    assert word(350_000, "元", scale="one") == "350000元"
    assert word(Decimal("3.14159"), "米", decimals=2) == "3.14米"
    assert word(3, "米", decimals=1) == "3.0米"


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (50_000_000, 100_000_000, "元", "5000万到1亿元"),
        (30_000, 50_000, "元", "3万到5万元"),
        (5_000, 8_000, "元", "5000到8000元"),
        (5_000, 10_000, "元", "5000元到1万元"),
        (10, 20, "个", "10到20个"),
        (10_000, 10_000, "元", "1万元"),
        (10_000, None, "元", "1万元以上"),
        (None, 10_000, "元", "1万元以内"),
        (None, None, "元", "—"),
    ],
)
def test_ranges(low: int | None, high: int | None, unit: str, text: str) -> None:
    assert word_range(low, high, unit) == text


def test_a_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="区间的下限不能大于上限"):
        word_range(2, 1, "元")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (96, 116, "82.8%"),
        (114, 114, "100.0%"),
        (0, 116, "0.0%"),
        (0, 0, "—"),
        (3, 0, "—"),
        (None, 116, "—"),
        (1, 3, "33.3%"),
        (17078, 17079, "99.9%"),
        (1, 17079, "0.1%"),
        (128, 64, "200.0%"),
    ],
)
def test_shares(part: int | None, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_growth() -> None:
    assert growth(Decimal("112.5"), 100) == "增长12.5%"
    assert growth(97, 100) == "下降3.0%"
    assert growth(100, 100) == "持平"
    assert growth(5, 0) == growth(None, 5) == "—"


def test_numbers_in_tables() -> None:
    assert table_number(17079) == "17,079"
    assert table_number(Decimal("1083.4"), "元") == "1,083.40"
    assert table_number(Decimal("-1083.4"), "元") == "-1,083.40"
    assert table_number(350_000, "元") == "350,000"
    assert table_number(Decimal("2180.50")) == "2,180.5"
    assert table_number(None) == "—"
    assert plain(Decimal("3.50")) == "3.5"


def test_units_are_written_out() -> None:
    written = [written_unit(unit) for unit in ("㎡", "m³", " m2 ", "kg", "亩")]
    assert written == ["平方米", "立方米", "平方米", "公斤", "亩"]


def test_days() -> None:
    assert day_text(dt.date(2015, 7, 3)) == "2015年7月3日"
    assert month_text(dt.date(2015, 7, 3)) == "2015年7月"
    assert moment_text(dt.datetime(2015, 7, 3, 8, 5, tzinfo=dt.UTC)) == "2015年7月3日 08:05"
    assert day_text(None) == "—"
    assert days_text(dt.date(2015, 7, 1), dt.date(2015, 7, 14)) == "2015年7月1日至14日"
    assert days_text(dt.date(2015, 6, 29), dt.date(2015, 7, 5)) == "2015年6月29日至7月5日"
    assert days_text(dt.date(2014, 12, 29), dt.date(2015, 1, 4)) == "2014年12月29日至2015年1月4日"
    assert days_text(dt.date(2015, 7, 1), dt.date(2015, 7, 1)) == "2015年7月1日"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.5, "米"), "不能用浮点数"),
        ((True, "个"), "不能用浮点数"),
        ((Decimal("NaN"), "元"), "不是一个有限的数"),
        ((Decimal("Infinity"), "元"), "不是一个有限的数"),
        ((5, "个", "roughly"), "“roughly”不在可选之列"),
    ],
)
def test_what_cannot_be_worded_is_refused_in_words(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        word(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("cut", [0, -10, 50, Decimal("0.1"), 3])
def test_a_cut_is_a_power_of_ten(cut: Decimal | int) -> None:
    with pytest.raises(ValueError, match="截取单位"):
        word(303_000, "元", OVER, cut=cut)


def test_choices_carry_chinese_labels() -> None:
    assert ("over", "余（230余次）") in Wording.choices()
    assert {value for value, _ in Scale.choices()} == {"auto", "one", "wan", "yi"}


amounts = st.integers(1, 10**15) | st.decimals(
    Decimal("0.01"), Decimal("999999999999.99"), places=2, allow_nan=False, allow_infinity=False
)
cuts = st.integers(0, 9).map(lambda power: 10**power)
units = st.sampled_from(["元", "吨", "人次", "平方米"])


def said(text: str) -> Decimal:
    """The number in a text, read independently of the formatter."""
    digits = re.search(r"[\d.]+", text)
    number = Decimal(digits.group()) if digits else Decimal(1)
    for name, factor in {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2}.items():
        if name in text:
            number *= factor
    return number


@given(amounts, units, st.sampled_from([OVER, MORE]), cuts)
def test_over_never_exceeds_the_true_value_and_misses_less_than_the_cut(
    value: Decimal | int, unit: str, wording: Wording, cut: int
) -> None:
    text = word(value, unit, wording, cut=cut)
    if re.search("[余多]", text):
        assert said(text) < value < said(text) + cut
        assert said(text) == stated_value(value, wording, cut)
    else:
        assert value < cut or value % cut == 0
        assert text == word(value, unit)


@given(amounts, units, cuts | st.none())
def test_nearly_is_never_less_than_the_true_value(value: Decimal | int, unit: str, cut: int | None) -> None:
    text = word(value, unit, NEARLY, cut=cut)
    if text.startswith("近"):
        assert Decimal("0.9") * said(text) <= value < said(text)
    else:
        assert text == word(value, unit)


@given(amounts.filter(lambda value: value < 10**12))
def test_money_reads_back_to_the_cent(value: Decimal | int) -> None:
    assert parse_money(word(value, "元")) == value
    assert parse_money(table_number(value, "元")) == value


@given(amounts, amounts)
def test_ranges_say_both_ends(one: Decimal | int, other: Decimal | int) -> None:
    low, high = sorted((Decimal(one), Decimal(other)))
    ends = word_range(low, high, "元").split("到")
    assert (said(ends[0]), said(ends[-1])) == (low, high)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_says_all_and_nothing_only_when_true(part: int, whole: int) -> None:
    text = share(part, whole)
    assert (text == "100.0%") == (part == whole)
    assert (text == "0.0%") == (part == 0)
    assert abs(Decimal(text[:-1]) - Decimal(part) * 100 / whole) <= Decimal("0.1")
