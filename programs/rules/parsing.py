"""Reading what people type: days, amounts and names; a refusal says what is wrong and how to mend it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from decimal import Decimal

from programs.rules.wording import plain

_DAY_HELP = "请写成 2015-07-03 或 2015年7月3日"
_MONEY_HELP = "金额只能写数字，如 350000 或 35万"
_EARLIEST, _LATEST = 1900, 2100
# A county's books hold no larger amount, and the columns no more digits.
_MOST = Decimal("1000000000000")
_CENT = Decimal("0.01")

_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE_DIGIT = f"[{''.join(_CHINESE_DIGITS)}]"
_FACTORS = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 1_000_000_000,
    "百亿": 10_000_000_000,
    "千亿": 100_000_000_000,
}
_SCALE = "|".join(sorted(filter(None, _FACTORS), key=len, reverse=True))
_TERM = re.compile(rf"([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)({_SCALE})?")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_RANGE_MARK = re.compile(r"[-‐‑–—―~〜至到]+")
_VAGUE = re.compile(r"[约余多近几]|左右|上下")
_YEN = re.compile(r"^(人民币)?[¥￥]?|(元整|圆整|元|圆|块钱|块)$")

# Chinese characters and the punctuation that belongs to them; a space beside one is a slip of typesetting or copying.
_WIDE = "\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U000323af“”·"
_STRAY = re.compile(rf"(?<=[{_WIDE}]) +(?=[{_WIDE}0-9A-Za-z])|(?<=[0-9A-Za-z]) +(?=[{_WIDE}])")
_DOTS = re.compile(r"(?<=[\u4e00-\u9fff])\s*[•・‧∙･⋅]\s*(?=[\u4e00-\u9fff])")


def parse_day(text: str) -> dt.date:
    """A day as people write it: 2015-07-03, 2015年7月3日, 2015.7.3, 15/7/3, 20150703, 二〇一五年七月三日.

    Two digits of a year mean 1950 to 2049. Raises ValueError that names the impossible part.
    """
    typed = _tidy(text)
    if not typed:
        raise ValueError(f"请填写日期。{_DAY_HELP}。")
    typed = re.sub(r"(?<=[0-9日号])[Tt]?0{1,2}:00(:00)?(\.0+)?$", "", typed)
    parts = _day_parts(_chinese_numbers(typed))
    if parts is None:
        if re.search(r"[0-9]", typed) and re.fullmatch(r"([0-9]{2}|[0-9]{4})[-/.年][0-9]{1,2}月?", typed):
            raise ValueError(f"“{text.strip()}”只有年和月，还要写明哪一天。{_DAY_HELP}。")
        raise ValueError(f"看不懂日期“{text.strip()}”。{_DAY_HELP}。")
    year_text, month_text, day_of_month_text = parts
    year, month, day = int(year_text), int(month_text), int(day_of_month_text)
    if len(year_text) == 2:
        year += 2000 if year < 50 else 1900
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(f"年份 {year} 不对，请写四位数的年份，如 2015。")
    if not 1 <= month <= 12:
        raise ValueError(f"没有{month}月，月份只能是1到12。{_DAY_HELP}。")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"{year}年{month}月只有{last}天，没有{day}日。")
    return dt.date(year, month, day)


def parse_money(text: str) -> Decimal:
    """An amount in 元, to the 分: 1,083.40元, 30万, ３５万, 3.5千, 1亿5000万.

    Raises ValueError for letters, vague words, negative amounts, more than two decimals and a range.
    """
    typed = _money_text(text)
    if len(_range_ends(typed)) > 1:
        raise ValueError("这里只能填一个金额，不能填区间。")
    return _checked_money(_amount(_YEN.sub("", typed), _MONEY_HELP))


def parse_money_range(text: str) -> tuple[Decimal, Decimal]:
    """An amount that may be a range, low end first: 5000万-1亿, 3-5万, 3万到5万元; one amount is both ends.

    The first number takes the 万 of the second where it would otherwise be the smaller unit's: 3-5万 means 3万到5万.
    """
    typed = _money_text(text)
    ends = _range_ends(typed)
    if len(ends) > 2 or not all(ends):
        raise ValueError("区间要写两个金额，如 5000万-1亿。")
    if len(ends) == 1:
        amount = parse_money(text)
        return amount, amount
    first, second = ends
    low, high = (_amount(_YEN.sub("", end), _MONEY_HELP) for end in ends)
    scale = _TERM.fullmatch(_YEN.sub("", second))
    if scale and scale[2] and re.fullmatch(r"[0-9.,]+", first) and low < high / _FACTORS[scale[2]]:
        low *= _FACTORS[scale[2]]
    if low > high:
        raise ValueError("区间要从小到大写，如 5000万-1亿。")
    return _checked_money(low), _checked_money(high)


def parse_number(text: str, unit: str = "", *, decimals: int = 2) -> Decimal:
    """A quantity, with or without its unit: 2,180, 3.5米, 1.2万. Raises ValueError in words."""
    typed = _tidy(text).removesuffix(_tidy(unit)) if unit else _tidy(text)
    if not typed:
        raise ValueError("请填写数量，如 2180。")
    if typed.startswith(("-", "−")):
        raise ValueError("数量不能是负数。")
    # What is counted whole and without a unit may be an issue's number or a place in an order.
    plain = "这里只能写整数，如 12" if not decimals and not unit else "数量只能写数字，如 2180 或 1.2万"
    number = _amount(typed, f"{plain}{f'，单位是“{unit}”' if unit else ''}")
    if number >= _MOST:
        raise ValueError("数量太大，请核对有没有多写了零。")
    if number != round(number, decimals):
        raise ValueError(f"数量最多保留{decimals}位小数。" if decimals else "数量只能是整数。")
    return number


def clean_name(text: str) -> str:
    """A name without invisible characters and without stray spaces between its Chinese characters: “王  某” is 王某.

    Latin words keep one space between them; the dot of a name such as 买买提·示例 becomes the common one.
    """
    visible = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cf", "Cc")
    )
    single = _DOTS.sub("·", re.sub(" +", " ", visible).strip())
    return _STRAY.sub("", single)


def _tidy(text: str) -> str:
    """Full-width forms made plain, all spaces and invisible characters gone."""
    plain_forms = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain_forms if not c.isspace() and unicodedata.category(c) != "Cf")


def _day_parts(typed: str) -> tuple[str, str, str] | None:
    found = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", typed)
    found = found or re.fullmatch(r"([0-9]{4}|[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})[日号]?", typed)
    if found:
        return found[1], found[2], found[3]
    parted = re.fullmatch(r"([0-9]{4}|[0-9]{2})([-/.、])([0-9]{1,2})\2([0-9]{1,2})[日号]?", typed)
    return (parted[1], parted[3], parted[4]) if parted else None


def _chinese_numbers(typed: str) -> str:
    """二〇一五年七月二十三日 in digits; text that is not wholly such a date stays."""
    found = re.fullmatch(rf"({_CHINESE_DIGIT}{{2}}|{_CHINESE_DIGIT}{{4}})年(.{{1,3}})月(.{{1,3}}?)[日号]?", typed)
    if not found:
        return typed
    year = "".join(_CHINESE_DIGITS[digit] for digit in found[1])
    month, day = _below_hundred(found[2]), _below_hundred(found[3])
    return typed if month is None or day is None else f"{year}年{month}月{day}日"


def _below_hundred(text: str) -> int | None:
    text = text.replace("廿", "二十").replace("卅", "三十")
    found = re.fullmatch(r"(?:([一二三]?)(十))?([一二三四五六七八九]?)", text)
    if not found or not text:
        return None
    tens = int(_CHINESE_DIGITS.get(found[1] or "一", "1")) if found[2] else 0
    return tens * 10 + int(_CHINESE_DIGITS.get(found[3], "0"))


def _money_text(text: str) -> str:
    typed = _tidy(text)
    if not typed:
        raise ValueError("请填写金额，如 350000 或 35万。")
    if typed.startswith(("-", "−")):
        raise ValueError("金额不能是负数。")
    if _VAGUE.search(typed):
        raise ValueError("请填准确的金额，如 303000 或 30.3万；打印时的“余”“约”由系统加上。")
    return typed


def _range_ends(typed: str) -> list[str]:
    return _RANGE_MARK.split(typed)


def _amount(bare: str, help_text: str) -> Decimal:
    """One number of Arabic digits with its 万 or 亿; descending terms add up (1亿5000万, 12万3000)."""
    total, place = Decimal(0), 0
    above: int | None = None
    while place < len(bare):
        term = _TERM.match(bare, place)
        if term is None or above == 1:
            raise ValueError(f"{help_text}。")
        digits, factor = term[1], _FACTORS[term[2] or ""]
        if "," in digits and not _GROUPED.fullmatch(digits):
            raise ValueError(f"“{digits}”里逗号的位置不对，请写成 {plain(Decimal(digits.replace(',', '')))}。")
        value = Decimal(digits.replace(",", "")) * factor
        # 3万5 is 35000 to some and 30005 to others; a bare number must fill the place right below the one above it.
        if above is not None and ("." in bare[:place] or value >= above or (factor == 1 and value < above / 10)):
            raise ValueError(f"“{bare}”可以有几种读法，请只写一个单位，如 35000 或 3.5万。")
        total, place, above = total + value, term.end(), factor
    if above is None:
        raise ValueError(f"{help_text}。")
    return total


def _checked_money(amount: Decimal) -> Decimal:
    if amount >= _MOST:
        raise ValueError("金额太大，请核对有没有多写了零。")
    if amount != amount.quantize(_CENT):
        raise ValueError("金额只能精确到分，小数点后最多两位。")
    return amount
