"""Identity numbers of citizens: eighteen characters of which the last checks the others (GB 11643)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def parse_identity(text: str) -> str:
    """An identity number as people write it, with spaces or a small x. Raises ValueError that says what is wrong."""
    typed = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _SHAPE.fullmatch(typed):
        raise ValueError("身份证号应为 18 位，前 17 位是数字，末位是数字或 X。")
    try:
        dt.date(int(typed[6:10]), int(typed[10:12]), int(typed[12:14]))
    except ValueError:
        raise ValueError("身份证号第 7 到 14 位不是一个日期，请核对有没有写错。") from None
    if typed[-1] != check_character(typed):
        raise ValueError("身份证号与末位的校验码不符，请核对有没有写错。")
    return typed


def check_character(number: str) -> str:
    """The last character that the first seventeen digits ask for."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]
