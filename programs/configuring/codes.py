"""Codes that nobody types: made from the pinyin of a name when a row of the configuration is made."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from programs.pinyin import pinyin_key

LONGEST = 40


def code_for(name: str, taken: Iterable[str]) -> str:
    """A code for a name that is not taken: 月度进展报告 is ``yue-du-jin-zhan-bao-gao``, a second one ends in ``-2``."""
    syllables = re.findall(r"[A-Z][a-z]*|[0-9]+|[a-z]+", pinyin_key(name))
    code = ""
    for syllable in syllables:
        longer = f"{code}-{syllable.lower()}" if code else syllable.lower()
        if len(longer) > LONGEST:
            break
        code = longer
    code, used = code or "item", set(taken)
    return next(
        found for found in itertools.chain([code], (f"{code}-{n}" for n in itertools.count(2))) if found not in used
    )


def next_number(codes: Iterable[str], prefix: str) -> str:
    """The next code of a numbered series: after ZY-22 comes ZY-23; a series that has none begins with ``prefix``."""
    found = [match for code in codes if (match := re.fullmatch(r"(.*?)([0-9]+)", code))]
    if not found:
        return f"{prefix}1"
    newest = max(found, key=lambda match: int(match[2]))
    return f"{newest[1]}{int(newest[2]) + 1}"
