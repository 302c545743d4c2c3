"""The one place where figures become words: 35万元, 30余万元, 近2000元, 82.8%, 2015年7月3日."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Self

EMPTY = "—"
MONEY_UNIT = "元"

# What a number is first brought to when nothing says how many decimals it has: a third must not run on for ever.
_FINEST = Decimal("0.000001")
_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")
# 近 promises that little is missing; below this share of the number it names, the exact number is written.
_NEAR_SHARE = Decimal("0.9")
_WIDE = Context(prec=60)

_WRITTEN_UNITS = {
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "平米": "平方米",
    "㎥": "立方米",
    "m³": "立方米",
    "m3": "立方米",
    "立方": "立方米",
    "㎞": "公里",
    "km": "公里",
    "m": "米",
    "㎏": "公斤",
    "kg": "公斤",
    "t": "吨",
}


class Labelled(enum.StrEnum):
    """A word kept in the database beside the label people choose it by."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self:
        raise ValueError(f"“{value}”不在可选之列：{'、'.join(member.label for member in cls)}。")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Value and label of each, for a form's or a column's choices."""
        return [(member.value, member.label) for member in cls]


class Wording(Labelled):
    """How a figure is worded; the exact value is always one click away."""

    EXACT = "exact", "准确数（116个）"
    OVER = "over", "余（230余次）"
    MORE = "more", "多（20多人次）"
    ABOUT = "about", "约（约2000平方米）"
    NEARLY = "nearly", "近（近万元）"
    RANGE = "range", "区间（5000万到1亿元）"
    PERCENT = "percent", "百分比（82.8%）"
    ORDINAL = "ordinal", "第几（第2期）"


class Scale(Labelled):
    """The size in which a number is written; AUTO takes the one that reads best."""

    AUTO = "auto", "自动"
    ONE = "one", "不换算（11000余元）"
    WAN = "wan", "以万计（12万余元）"
    YI = "yi", "以亿计（1亿元）"


@dataclass(frozen=True)
class _Size:
    factor: Decimal
    suffix: str


_ONE = _Size(Decimal(1), "")
_WAN = _Size(Decimal(10_000), "万")
_YI = _Size(Decimal(100_000_000), "亿")
_SIZES = {Scale.ONE: _ONE, Scale.WAN: _WAN, Scale.YI: _YI}
# 近万元, 近千人: one of a unit drops the 1.
_LONE_NAMES = {
    Decimal(100): "百",
    Decimal(1_000): "千",
    Decimal(10_000): "万",
    Decimal(1_000_000): "百万",
    Decimal(10_000_000): "千万",
    Decimal(100_000_000): "亿",
}


def word(
    value: Decimal | int | None,
    unit: str = "",
    wording: Wording | str = Wording.EXACT,
    *,
    cut: Decimal | int | None = None,
    decimals: int | None = None,
    scale: Scale | str = Scale.AUTO,
) -> str:
    """The words in which an office prints ``value``.

    ``cut`` is the power of ten at which 余, 多, 约 and 近 cut; without one it is the value's own leading place.
    A value that stands exactly at the cut, or too small for it, is written exactly: 30万元 is never "30余万元".
    ``decimals`` fixes the decimals of an exact number; money keeps its 分 when it has any. ``scale`` forces 元, 万 or
    亿. PERCENT takes percentage points (``share`` divides and words in one step); RANGE of one number is that number
    (``word_range`` takes both ends). Nothing to say is "—". Raises ValueError, in words, for a float, a number that is
    not finite, or a wrong cut.
    """
    wording, scale = Wording(wording), Scale(scale)
    if value is None:
        return EMPTY
    number = _checked(value)
    unit = written_unit(unit)
    step = _leading_place(number) if cut is None else _checked_cut(cut)
    if wording is Wording.ORDINAL:
        return f"第{plain(number)}{unit}"
    if wording is Wording.PERCENT:
        return f"{_digits(number, 1 if decimals is None else decimals)}%"
    stated = stated_value(number, wording, cut)
    if wording in (Wording.OVER, Wording.MORE) and stated != number:
        return _over(stated, unit, "余" if wording is Wording.OVER else "多", step, scale)
    if wording is Wording.NEARLY and stated != number:
        return _near(stated, unit, step, scale)
    if wording is Wording.ABOUT:
        return f"约{_exact(stated, unit, decimals, scale)}"
    return _exact(number, unit, decimals, scale)


def stated_value(value: Decimal | int, wording: Wording | str, cut: Decimal | int | None = None) -> Decimal:
    """The number that the words name: 230 for "230余次", 2000 for "近2000元"; the value itself where they are exact."""
    wording, number = Wording(wording), _checked(value)
    step = _leading_place(number) if cut is None else _checked_cut(cut)
    if number <= 0:
        return number
    if wording in (Wording.OVER, Wording.MORE):
        floor = _multiple(number, step, ROUND_FLOOR)
        return floor if floor > 0 else number
    if wording is Wording.NEARLY:
        ceiling = _multiple(number, step, ROUND_CEILING)
        return ceiling if number >= ceiling * _NEAR_SHARE else number
    if wording is Wording.ABOUT and cut is not None:
        rounded = _multiple(number, step, ROUND_HALF_UP)
        return rounded if rounded > 0 else number
    return number


def word_range(low: Decimal | int | None, high: Decimal | int | None, unit: str = "") -> str:
    """An amount known as a range: 5000万到1亿元, 3万到5万元; one end alone is 以上 or 以内, two equal ends one number.

    Raises ValueError when the ends are the wrong way round.
    """
    unit = written_unit(unit)
    if low is None or high is None:
        if low is None and high is None:
            return EMPTY
        return f"{word(low, unit)}以上" if high is None else f"{word(high, unit)}以内"
    bottom, top = _checked(low), _checked(high)
    if bottom > top:
        raise ValueError("区间的下限不能大于上限。")
    if bottom == top:
        return word(bottom, unit)
    start, end = _exact(bottom, unit, None, Scale.AUTO), _exact(top, unit, None, Scale.AUTO)
    bare = start.removesuffix(unit)
    # "5000到1万元" would read as 5000万: a number without 万 beside one with it keeps its 元.
    mixed = bare[-1:] not in "万亿" and end.removesuffix(unit)[-1:] in "万亿"
    return f"{start if mixed else bare}到{end}"


def share(numerator: Decimal | int | None, denominator: Decimal | int | None) -> str:
    """A share as a percentage with one decimal; "—" when there is nothing to divide by.

    It says 100.0% only when nothing is missing and 0.0% only when nothing is there: beside a name in the list of
    those not done, a rounded 100.0% would be untrue.
    """
    if numerator is None or denominator is None:
        return EMPTY
    part, whole = _checked(numerator), _checked(denominator)
    if whole == 0:
        return EMPTY
    percent = (part / whole * 100).quantize(_TENTH, ROUND_HALF_UP, _WIDE)
    if percent == 100 and part != whole:
        percent += -_TENTH if part < whole else _TENTH
    if percent == 0 and part != 0:
        percent = _TENTH if (part > 0) == (whole > 0) else -_TENTH
    return f"{abs(percent) if percent == 0 else percent:f}%"


def growth(now: Decimal | int | None, before: Decimal | int | None) -> str:
    """How a figure moved against an earlier one: 增长12.5%, 下降3.0%, 持平; "—" where the earlier one is nothing."""
    if now is None or before is None:
        return EMPTY
    current, earlier = _checked(now), _checked(before)
    if earlier <= 0:
        return EMPTY
    if current == earlier:
        return "持平"
    verb = "增长" if current > earlier else "下降"
    return f"{verb}{share(abs(current - earlier), earlier)}"


def plain(value: Decimal | int | None, decimals: int | None = None) -> str:
    """A bare number without unit or thousands: 24300, 3.5; trailing zeros go unless ``decimals`` asks for them."""
    if value is None:
        return EMPTY
    return _digits(_checked(value), decimals)


def table_number(value: Decimal | int | None, unit: str = "", decimals: int | None = None) -> str:
    """A number for a table's column, thousands marked, without its unit: 17,079; money with 分 as 1,083.40."""
    if value is None:
        return EMPTY
    number = _checked(value)
    money = unit == MONEY_UNIT and decimals is None
    whole, point, rest = (_money_digits(number) if money else _digits(number, decimals)).lstrip("-").partition(".")
    return f"{'-' if number < 0 else ''}{int(whole):,}{point}{rest}"


def written_unit(unit: str) -> str:
    """The unit as it is printed: 平方米 and 立方米 are written out, for the body face has no ㎡ and no m³."""
    bare = unit.strip()
    return _WRITTEN_UNITS.get(bare, bare)


def day_text(day: dt.date | None) -> str:
    """A day as documents date themselves: 2015年7月3日."""
    return EMPTY if day is None else f"{day.year}年{day.month}月{day.day}日"


def month_text(day: dt.date | None) -> str:
    """The month a day lies in: 2015年7月."""
    return EMPTY if day is None else f"{day.year}年{day.month}月"


def moment_text(moment: dt.datetime | None) -> str:
    """A moment to the minute, in the zone it carries: 2015年7月3日 14:05."""
    return EMPTY if moment is None else f"{day_text(moment)} {moment:%H:%M}"


def days_text(start: dt.date, end: dt.date) -> str:
    """A stretch of days, what both ends share said once: 2015年6月29日至7月5日, 2015年7月1日至14日."""
    if start == end:
        return day_text(start)
    if start.year != end.year:
        return f"{day_text(start)}至{day_text(end)}"
    if start.month != end.month:
        return f"{day_text(start)}至{end.month}月{end.day}日"
    return f"{day_text(start)}至{end.day}日"


def _exact(number: Decimal, unit: str, decimals: int | None, scale: Scale) -> str:
    if scale is Scale.AUTO:
        size = _money_size(number) if unit == MONEY_UNIT and decimals is None else _ONE
    else:
        size = _SIZES[scale]
    if size is _ONE:
        digits = _money_digits(number) if unit == MONEY_UNIT and decimals is None else _digits(number, decimals)
    else:
        scaled = number / size.factor
        digits = _digits(scaled if decimals is not None else scaled.quantize(_CENT, ROUND_HALF_UP, _WIDE), decimals)
    return f"{digits}{size.suffix}{unit}"


def _money_size(number: Decimal) -> _Size:
    """万 or 亿 where two decimals say the amount in full; anything finer is written out in 元."""
    for size in (_YI, _WAN):
        if abs(number) >= size.factor and number % (size.factor * _CENT) == 0:
            return size
    return _ONE


def _over(stated: Decimal, unit: str, particle: str, step: Decimal, scale: Scale) -> str:
    """30余万元 when the cut is above 万, 12万余元 when it is 万 itself, 11000余元 below."""
    size = _round_size(stated, step) if scale is Scale.AUTO else _SIZES[scale]
    digits = _digits(stated / size.factor, None)
    if step > size.factor:
        return f"{digits}{particle}{size.suffix}{unit}"
    return f"{digits}{size.suffix}{particle}{unit}"


def _near(stated: Decimal, unit: str, step: Decimal, scale: Scale) -> str:
    if scale is Scale.AUTO and stated in _LONE_NAMES:
        return f"近{_LONE_NAMES[stated]}{unit}"
    size = _round_size(stated, step) if scale is Scale.AUTO else _SIZES[scale]
    return f"近{_digits(stated / size.factor, None)}{size.suffix}{unit}"


def _round_size(stated: Decimal, step: Decimal) -> _Size:
    """The size for a number cut at ``step``: it must not need more than two decimals, and none that the cut lacks."""
    if stated >= _YI.factor and step >= _YI.factor * _CENT:
        return _YI
    if stated >= _WAN.factor and step >= _WAN.factor:
        return _WAN
    return _ONE


def _digits(number: Decimal, decimals: int | None) -> str:
    if decimals is not None:
        if decimals < 0:
            raise ValueError("小数位数不能是负数。")
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
        return f"{abs(number) if number == 0 else number:f}"
    text = f"{number.quantize(_FINEST, ROUND_HALF_UP, _WIDE):f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _money_digits(number: Decimal) -> str:
    cents = number.quantize(_CENT, ROUND_HALF_UP, _WIDE)
    return _digits(cents, 2 if cents % 1 else 0)


def _checked(value: Decimal | int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("数值要用整数或十进制小数，不能用浮点数或文字。")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("数值不是一个有限的数。")
    return number


def is_cut(cut: Decimal | int) -> bool:
    """Whether numbers can be cut to it: 1, 10, 100 and so on."""
    return cut >= 1 and Decimal(cut) == _leading_place(Decimal(cut))


def _checked_cut(cut: Decimal | int) -> Decimal:
    step = _checked(cut)
    if not is_cut(step):
        raise ValueError("截取单位只能是1、10、100、1000、10000……")
    return step


def _leading_place(number: Decimal) -> Decimal:
    """The power of ten of a number's first digit: 1000 for 5032; never below 1."""
    return Decimal(1).scaleb(max(number.adjusted(), 0)) if number else Decimal(1)


def _multiple(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (number / step).quantize(Decimal(1), rounding, _WIDE) * step
