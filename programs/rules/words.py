"""What a program calls its people, teams and ways of pairing; sentences put into a program's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

Names = dict[str, Any]


class Word(NamedTuple):
    """A word that a program may replace: its default, and what it stands for."""

    default: str
    about: str


#: Words that stand in sentences all over the pages.
WORDS: dict[str, Word] = {
    "team": Word("工作队", "驻在村里的队伍"),
    "first_secretary": Word("第一书记", "队伍里由组织派任、每队同时只有一位的负责人"),
    "head": Word("队长", "队伍的领队"),
    "member": Word("队员", "队伍的成员"),
    "helping_unit": Word("帮扶单位", "派出力量、承担帮扶的单位"),
    "helping_cadre": Word("帮扶干部", "结对帮扶的干部"),
    "principal": Word("主要领导", "单位的一把手"),
    "deputy": Word("分管领导", "单位里分管帮扶的领导"),
}

#: Words of closed lists, by list and name.
GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "pairing_modes": (
        "结对方式",
        {
            "leader_place": "领导挂点",
            "unit_village": "部门包村",
            "cadre_household": "干部帮户",
            "one_to_one": "一帮一",
            "several_to_one": "几帮一",
            "branch": "支部帮",
            "territorial": "属地包联",
        },
    ),
    "ranks": ("责任次序", {"1": "第一责任人", "2": "第二责任人", "3": "第三责任人"}),
    "roles": (
        "平台角色",
        {
            "county": "县级办公室",
            "town": "镇街办公室",
            "unit": "单位联络员",
            "team": "驻村工作队",
            "cadre": "帮扶干部",
            "inspector": "督查组成员",
            "leader": "领导（只读）",
            "administrator": "系统管理员",
        },
    ),
}

#: What a program may do without: a team without a first secretary, a county without branches that help.
MAY_BE_HIDDEN = frozenset({"first_secretary", "head", "pairing_modes"})
#: The longest word that still fits where it is printed.
LONGEST = 12
#: A role that is called as what it stands for, unless the program says otherwise.
_SAME_AS = {("roles", "cadre"): "helping_cadre"}
_IN_VILLAGE = "驻村"
#: Which word a label is; where two lists share one, what stands in sentences comes first.
_BY_DEFAULT: dict[str, tuple[str, ...]] = {
    default: (key, name) for key, (_, known) in GROUPS.items() for name, default in known.items()
} | {known.default: (key,) for key, known in WORDS.items()}


def word(names: Names, key: str, name: str = "") -> str:
    """What a program calls ``key``, or ``name`` in the list ``key``; empty if it does without."""
    if not name:
        given = names.get(key)
        return "" if given is False else str(given or WORDS[key].default)
    given = (names.get(key) or {}).get(name)
    if given is False:
        return ""
    if given:
        return str(given)
    if (key, name) == ("roles", "team"):
        return _team_in_village(word(names, "team"))
    same = _SAME_AS.get((key, name))
    return word(names, same) if same else GROUPS[key][1][name]


def say(names: Names, text: str) -> str:
    """A sentence in the default words, put into the program's own. Words that a program does without stay."""
    return _put(names)(text) if names else text


def call(names: Names, label: str) -> str:
    """A label that stands alone, in the program's words; empty if it names what the program does without."""
    if not names:
        return label
    if (key := _BY_DEFAULT.get(label)) is not None:
        return word(names, *key)
    return say(names, label)


def lacks(names: Names, text: str) -> bool:
    """Whether a text speaks of something that the program does without."""
    return any(known.default in text for key, known in WORDS.items() if names.get(key) is False)


def choices(names: Names, offered: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as a program calls them, without those it does without."""
    named = [(value, call(names, label) if isinstance(label, str) else label) for value, label in offered]
    return [(value, label) for value, label in named if label]


def label_of(key: str) -> str:
    """What a key of a program's names stands for, in the default words."""
    return WORDS[key].default if key in WORDS else GROUPS[key][0]


def _team_in_village(team: str) -> str:
    return team if team.startswith(_IN_VILLAGE) else f"{_IN_VILLAGE}{team}"


def _put(names: Names) -> Callable[[str], str]:
    return _compiled(json.dumps({key: names[key] for key in sorted(names) if key in WORDS}, ensure_ascii=False))


@lru_cache(maxsize=200)
def _compiled(content: str) -> Callable[[str], str]:
    names = json.loads(content)
    said = {known.default: word(names, key) or known.default for key, known in WORDS.items()}
    said[f"{_IN_VILLAGE}{WORDS['team'].default}"] = _team_in_village(said[WORDS["team"].default])
    said |= {f"（含{known.default}）": "" for key, known in WORDS.items() if names.get(key) is False}
    # The longest first, and only once: a new word may hold an old one. What is quoted is somebody's name: it stays.
    pattern = re.compile("|".join(["“[^”]*”", *sorted(map(re.escape, said), key=len, reverse=True)]))
    return lambda text: pattern.sub(lambda found: said.get(found[0], found[0]), text)
