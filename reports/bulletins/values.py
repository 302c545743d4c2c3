"""What each token of a bulletin's text says: the figure it names, in words, with what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from inspections.models import InspectionGroup
from programs.figures.context import Context
from programs.figures.parts import PartResult, evaluate_part, parts_of
from programs.figures.registry import measures
from programs.models import FigurePart, Term
from programs.rules import wording
from reports.models import Bulletin
from reports.typesetting.text import tokens

#: What may stand behind the colon of a token of a requirement: its word → which subjects.
COUNTS = {"应完成": "owed", "已完成": "done", "未完成": "not_done", "免除": "excused"}
NAMES = {"名单": "done", "已完成名单": "done", "未完成名单": "not_done", "免除名单": "excused", "应完成名单": "owed"}
RATE, NUMBER, LIST = "完成率", "数", "名单"
NOBODY = "无"

#: What is no name of anybody: words of the program, and the office's own inspection groups.
_ALWAYS_NAMED = (Term, InspectionGroup)


@dataclass(frozen=True)
class Value:
    """One token in words. ``aspect`` is which subjects of a requirement it is about, "" for the figure itself."""

    name: str
    text: str
    part: PartResult
    aspect: str = ""
    is_list: bool = False

    @property
    def brief(self) -> str:
        """The words, a long list cut to its first names."""
        if not self.is_list or len(self.text) <= 24:
            return self.text
        names = self.text.split("、")
        return f"{'、'.join(names[:2])}等{len(names)}个名称"


class Values:
    """All that a text may say about a program on a day. Everything is asked in one context, so that nothing disagrees.

    With ``names_units`` off a list of units or people is only counted: 20个单位.
    """

    def __init__(self, context: Context, *, names_units: bool = True) -> None:
        self.context = context
        self.names_units = names_units
        self._found: dict[tuple[str, str], Value | None] = {}

    @cached_property
    def parts(self) -> dict[str, PartResult]:
        """The program's figures by the name that texts call them by, in order."""
        return {part.key: evaluate_part(part, self.context) for part in parts_of(self.context)}

    def names(self) -> list[str]:
        """Every name that a token may bear."""
        return [name for key, part in self.parts.items() for name in names_of(key, part.part)]

    def resolve(self, key: str, aspect: str) -> str | None:
        """The words of a token; None for a name that means nothing."""
        value = self.value(key, aspect)
        return None if value is None else value.text

    def value(self, key: str, aspect: str) -> Value | None:
        """A token with what stands behind it."""
        if (key, aspect) not in self._found:
            part = self.parts.get(key)
            self._found[key, aspect] = None if part is None else self._value(part, key, aspect)
        return self._found[key, aspect]

    def in_text(self, text: str) -> list[Value]:
        """The figures of a text in the order in which they first appear; unknown ones are left out."""
        asked = dict.fromkeys((token.key, token.aspect) for token in tokens(text))
        return [value for key, aspect in asked if (value := self.value(key, aspect)) is not None]

    def used(self, text: str) -> dict[str, str]:
        """The words of every figure of a text by the name of its token."""
        return {value.name: value.text for value in self.in_text(text)}

    def _value(self, part: PartResult, key: str, aspect: str) -> Value | None:
        name = f"{key}：{aspect}" if aspect else key
        if aspect and aspect not in _aspects_of(part.part):
            return None
        if not aspect:
            return Value(name, part.text, part)
        if aspect == NUMBER:
            return Value(name, wording.plain(part.value), part)
        if aspect == RATE:
            return Value(name, part.rate, part)
        if aspect in COUNTS:
            count = part.count(COUNTS[aspect])
            return Value(name, part.word(count, count), part, COUNTS[aspect])
        subjects = NAMES[aspect] if part.judged is not None else ""
        return Value(name, self._list(part, subjects), part, subjects, is_list=True)

    def _list(self, part: PartResult, subjects: str) -> str:
        names = part.names(subjects)
        if not names:
            return NOBODY
        if part.series is not None:
            return "、".join(names)
        model = part.rows(subjects).model
        if self.names_units or issubclass(model, _ALWAYS_NAMED):
            return "、".join(names)
        return f"{part.word(len(names), len(names))}{model._meta.verbose_name}"


def values_of(bulletin: Bulletin) -> Values:
    """What the figures of a bulletin's text say on its as-of day, for the whole program or its place."""
    context = Context(bulletin.program, as_of=bulletin.as_of, place=bulletin.place_id or "")
    return Values(context, names_units=bulletin.names_units)


def names_of(key: str, part: FigurePart) -> list[str]:
    """The names of all tokens that a figure has."""
    return [key, *(f"{key}：{aspect}" for aspect in _aspects_of(part))]


def moved(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """Figures of a text that say something else than before: name, words before, words now."""
    return [(name, before[name], text) for name, text in after.items() if name in before and before[name] != text]


def _aspects_of(part: FigurePart) -> tuple[str, ...]:
    if part.requirement_id is not None:
        return (*COUNTS, RATE, NUMBER, *NAMES)
    if part.operation:
        return (NUMBER,)
    return (NUMBER, LIST) if measures[part.measure].name_of is not None else (NUMBER,)


def is_named(part: PartResult) -> bool:
    """Whether what stands behind a figure has names that a text may list."""
    return part.judged is not None or (part.measure is not None and part.measure.name_of is not None)
