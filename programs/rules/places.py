"""The short names by which people know divisions: 西沟子村, not 西沟子村民委员会."""

from __future__ import annotations

import re

# The national rules give towns and villages numbers below 600 in their last three digits. What stands above is given
# locally: demonstration places, and what a county adds before the list has it.
LOCAL_NUMBERS_FROM = "600"

# The committees in their many written forms, slips of the national list included (村民员委会, 村民委, 村委会会).
_VILLAGE_COMMITTEE = re.compile(r"村民{0,2}员?委员?会{0,2}员?$")
_HERDERS_COMMITTEE = re.compile(r"(?<=村)牧民?委员?会$|(?<=嘎查)(?:嘎查)?(?:人民)?委员?会$")
_COMMUNITY_COMMITTEE = re.compile(r"(?<=社区)(?:居民?|家)?(?:管理)?委?员?会{0,2}$")
_RESIDENTS_COMMITTEE = re.compile(r"居民?(?:管理)?委员?会?$")
# Names that already hold their kind take no 村 after them.
_WHOLE = ("村", "社区", "嘎查")
# Remarks of the list's compilers, as against places (…村（滨河）), which stay.
_REMARKS = re.compile(r"（(?:省级|部分|农村社区|社区|村委会|居委会|特殊村委会|特殊社区)）")


def short_division_name(name: str, level: int) -> str:
    """The name people say and print; only villages and communities (level 5) are shortened.

    西沟子村民委员会 is 西沟子村, 多福巷社区居委会 is 多福巷社区, 巴音敖包嘎查委员会 is 巴音敖包嘎查.
    A residents' committee that is not called 社区 keeps 居委会, for 东街 alone would be another thing.
    """
    if level != 5:
        return name
    stem, bracket = _split_bracket(_REMARKS.sub("", name) or name)
    return (_without_committee(stem) or stem) + bracket


def _split_bracket(name: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+?)((?:（[^（）]*）)+)", name)
    return (found[1], found[2]) if found else (name, "")


def _without_committee(name: str) -> str:
    name = _COMMUNITY_COMMITTEE.sub("", _HERDERS_COMMITTEE.sub("", name))
    if found := _VILLAGE_COMMITTEE.search(name):
        stem = name[: found.start()]
        return stem if stem.endswith(_WHOLE) or not stem else f"{stem}村"
    if found := _RESIDENTS_COMMITTEE.search(name):
        return f"{name[: found.start()]}居委会"
    return name
