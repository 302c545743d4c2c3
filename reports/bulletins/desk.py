"""What the desk shows beside the text: the figures in it as chips, and everything that may be put into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from programs.figures.parts import PartResult
from programs.figures.requirements import ASPECTS
from programs.rules import wording
from reports.bulletins.paper import LivePaper
from reports.bulletins.values import LIST, RATE, Value, Values, is_named
from reports.models import Bulletin


@dataclass(frozen=True)
class Chip:
    """A figure of the text with its value; ``url`` opens its rows, ``about_url`` says what it means."""

    value: Value
    url: str
    about_url: str


@dataclass(frozen=True)
class Token:
    """Something that may be put into the text: its name there, and what it would say now."""

    source: str
    label: str
    text: str


@dataclass(frozen=True)
class Offer:
    """A figure with all its tokens."""

    name: str
    definition: str
    tokens: tuple[Token, ...]

    @property
    def main(self) -> Token:
        """The figure itself."""
        return self.tokens[0]

    @property
    def others(self) -> tuple[Token, ...]:
        """Its counts, its share and its lists of names."""
        return self.tokens[1:]


@dataclass(frozen=True)
class Side:
    """The rows behind one aspect of a figure: how it is called, how many there are, and where they are."""

    label: str
    text: str
    url: str


def chips_of(paper: LivePaper) -> list[Chip]:
    """The figures of the text in the order in which they appear."""
    return [
        Chip(value, rows_url(paper.bulletin, value), about_url(paper.bulletin, value.name))
        for value in paper.values.in_text(paper.bulletin.body)
    ]


def rows_url(bulletin: Bulletin, value: Value) -> str:
    """The rows behind a token."""
    return side_url(bulletin, value.part.part.key, value.aspect)


def side_url(bulletin: Bulletin, key: str, aspect: str) -> str:
    """The rows behind an aspect of a figure of a bulletin."""
    address = reverse("reports:bulletin-rows", args=[bulletin.program.code, bulletin.pk, key])
    return f"{address}?{urlencode({'aspect': aspect})}" if aspect else address


def about_url(bulletin: Bulletin, name: str) -> str:
    """Where a token is explained."""
    address = reverse("reports:bulletin-figure", args=[bulletin.program.code, bulletin.pk])
    return f"{address}?{urlencode({'name': name})}"


def sides_of(bulletin: Bulletin, part: PartResult) -> list[Side]:
    """What lies behind a figure: who did, who did not, who was excused; or all its rows."""
    key = part.part.key
    if part.series is not None:
        return [Side("各期", part.text, side_url(bulletin, key, ""))]
    if part.result is not None:
        return [
            Side(label, part.word(part.count(aspect), part.count(aspect)), side_url(bulletin, key, aspect))
            for aspect, label in ASPECTS.items()
        ]
    if part.part.operation:
        sides = [side for side in part.sides if side is not None]
        return [Side(side.part.label, side.text, side_url(bulletin, side.part.key, "")) for side in sides]
    return [Side("明细", part.text, side_url(bulletin, key, ""))]


def offers_of(values: Values) -> list[Offer]:
    """Every figure of the program with what it says now. Lists are counted, not read."""
    return [Offer(key, part.part.figure.definition, tuple(_tokens(key, part))) for key, part in values.parts.items()]


def exhibits_of(paper: LivePaper) -> list[Token]:
    """The charts and tables that may be put into the text."""
    annex = paper.bulletin.annex
    return [
        Token(f"〔{'表' if title == annex else '图'}：{title}〕", title, "附表" if title == annex else "图")
        for title in paper.exhibits
    ]


def _tokens(key: str, part: PartResult) -> Iterator[Token]:
    yield Token(f"{{{key}}}", key, part.text)
    if part.judged is not None:
        for word, aspect in (("应完成", "owed"), ("未完成", "not_done"), ("免除", "excused")):
            count = part.count(aspect)
            yield Token(f"{{{key}：{word}}}", word, part.word(count, count))
        yield Token(f"{{{key}：{RATE}}}", RATE, part.rate)
        for word, aspect in (("未完成名单", "not_done"), ("已完成名单", "done")):
            yield Token(f"{{{key}：{word}}}", word, f"{part.count(aspect)}个名称")
    elif is_named(part):
        yield Token(f"{{{key}：{LIST}}}", LIST, f"{wording.plain(part.value)}个名称")
