"""What people type is read as they mean it, or refused with a word on how to mend it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.parsing import clean_name, parse_day, parse_money, parse_money_range, parse_number
from programs.rules.wording import day_text


@pytest.mark.parametrize(
    "text",
    [
        "2015-07-03",
        "2015-7-3",
        "2015年7月3日",
        "2015 年 7 月 3 日",
        "2015年7月3号",
        "2015.7.3",
        "2015/07/03",
        "15/7/3",
        "15年7月3日",
        "20150703",
        "２０１５－０７－０３",
        "二〇一五年七月三日",
        "二○一五年七月三号",
        " 2015-07-03 00:00:00 ",
        "2015-07-03T00:00:00",
    ],
)
def test_days_as_people_write_them(text: str) -> None:
    assert parse_day(text) == dt.date(2015, 7, 3)


def test_days_in_chinese_numerals_and_two_digit_years() -> None:
    assert parse_day("二〇一五年十二月廿一日") == dt.date(2015, 12, 21)
    assert parse_day("二〇一五年十月三十一日") == dt.date(2015, 10, 31)
    assert parse_day("99.1.1") == dt.date(1999, 1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "请填写日期。请写成 2015-07-03 或 2015年7月3日"),
        ("   ", "请填写日期"),
        ("昨天", "看不懂日期“昨天”"),
        ("2015/7-3", "看不懂日期"),
        ("7月3日", "看不懂日期“7月3日”"),
        ("2015-07", "“2015-07”只有年和月，还要写明哪一天"),
        ("2015年7月", "还要写明哪一天"),
        ("2015-13-01", "没有13月，月份只能是1到12"),
        ("2015-02-29", "2015年2月只有28天，没有29日"),
        ("20150631", "2015年6月只有30天，没有31日"),
        ("2015-06-00", "没有0日"),
        ("1815-06-01", "年份 1815 不对"),
    ],
)
def test_impossible_days_are_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_day(text)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)))
def test_every_way_of_writing_a_day_reads_back(day: dt.date) -> None:
    for text in (
        day.isoformat(),
        day_text(day),
        f"{day:%Y%m%d}",
        f"{day:%y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
    ):
        assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("350000", "350000"),
        ("30万", "300000"),
        ("30万元", "300000"),
        ("1,083.40元", "1083.40"),
        ("１，０８３．４０", "1083.40"),
        ("３５万", "350000"),
        ("3.5千", "3500"),
        ("¥350,000", "350000"),
        ("人民币350000元整", "350000"),
        ("1亿", "100000000"),
        ("1亿5000万", "150000000"),
        ("3万5千元", "35000"),
        ("12万3000", "123000"),
        ("5 百 万", "5000000"),
        (".5万", "5000"),
        ("0", "0"),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert parse_money(text) == Decimal(amount)
    assert parse_money_range(text) == (Decimal(amount), Decimal(amount))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "请填写金额"),
        ("abc", "金额只能写数字，如 350000 或 35万"),
        ("35w", "金额只能写数字，如 350000 或 35万"),
        ("3a5", "金额只能写数字"),
        ("三十五万", "金额只能写数字"),
        ("元", "金额只能写数字"),
        ("3.5.1", "金额只能写数字"),
        ("1e5", "金额只能写数字"),
        ("-5", "金额不能是负数"),
        ("1.005", "金额只能精确到分"),
        ("30余万元", "请填准确的金额"),
        ("约30万", "请填准确的金额"),
        ("近万元", "请填准确的金额"),
        ("1,08", "逗号的位置不对，请写成 108"),
        ("3万5", "可以有几种读法"),
        ("1.5亿2000万", "可以有几种读法"),
        ("3千2万", "可以有几种读法"),
        ("10000亿", "金额太大"),
    ],
)
def test_wrong_amounts_are_refused_in_words(text: str, message: str) -> None:
    for read in (parse_money, parse_money_range):
        with pytest.raises(ValueError, match=message):
            read(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5000万-1亿", 50_000_000, 100_000_000),
        ("５０００万～１亿元", 50_000_000, 100_000_000),
        ("5000万到1亿元", 50_000_000, 100_000_000),
        ("3万至5万元", 30_000, 50_000),
        ("3-5万", 30_000, 50_000),
        ("3.5—5万元", 35_000, 50_000),
        ("5000-1万", 5_000, 10_000),
        ("3000元-5000元", 3_000, 5_000),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    assert parse_money_range(text) == (low, high)
    with pytest.raises(ValueError, match="不能填区间"):
        parse_money(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1亿-5000万", "区间要从小到大写，如 5000万-1亿"),
        ("3万-", "区间要写两个金额"),
        ("1万-2万-3万", "区间要写两个金额"),
        ("3万-x", "金额只能写数字"),
        ("1万-10000亿", "金额太大"),
    ],
)
def test_wrong_ranges_are_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_money_range(text)


def test_quantities() -> None:
    assert parse_number("2,180", "平方米") == 2180
    assert parse_number("80亩", "亩") == 80
    assert parse_number("2180㎡", "㎡") == 2180
    assert parse_number("1.2万") == 12000
    assert parse_number("3.5", "米") == Decimal("3.5")


@pytest.mark.parametrize(
    ("text", "decimals", "message"),
    [
        ("", 2, "请填写数量"),
        ("80余", 2, "数量只能写数字，如 2180 或 1.2万，单位是“亩”"),
        ("80元", 2, "数量只能写数字"),
        ("-3", 2, "数量不能是负数"),
        ("2.5", 0, "数量只能是整数"),
        ("2.555", 2, "数量最多保留2位小数"),
        ("9999999999999", 2, "数量太大"),
    ],
)
def test_wrong_quantities_are_refused_in_words(text: str, decimals: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_number(text, "亩", decimals=decimals)


def test_a_number_of_an_issue_is_no_quantity() -> None:
    with pytest.raises(ValueError, match="^这里只能写整数，如 12。$"):
        parse_number("三十", decimals=0)


@given(st.text(alphabet="0123456789.,万亿千元-至余aＡ 〇", max_size=12))
def test_any_typing_is_read_or_refused_in_chinese(text: str) -> None:
    for read in (parse_day, parse_money, parse_money_range, parse_number):
        refusal = ""
        try:
            read(text)
        except ValueError as error:
            refusal = str(error)
        assert not refusal or refusal.endswith("。")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  示  例 ", "示例"),
        ("西 沟 子\u3000村", "西沟子村"),
        ("（ 市 ）住建局", "（市）住建局"),
        ("第 2 期", "第2期"),
        ("IT 家园", "IT家园"),
        ("New  York 路", "New York路"),
        ("示例•某", "示例·某"),
        ("市\u200b住建局\n", "市住建局"),
        ("村（一组）", "村（一组）"),
    ],
)
def test_names_lose_stray_spaces_only(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@given(st.text())
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
