"""From what a new program may begin: a template of the catalogue, nothing, a file, or a copy of another program."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from programs.models import Program
from programs.templates import Node, catalogue, read, sections, text_of
from programs.templates.adapting import later, shift_years, without_places_outside
from programs.templates.reading import FORMAT

BLANK, FILE, COPY = "blank", "file", "copy-"
_YEAR = re.compile(r"(-?[12][0-9]{3}(年度?)?)$")


@dataclass(frozen=True)
class Card:
    """A template of the catalogue as it is offered."""

    code: str
    name: str
    about: str
    summary: str


@dataclass(frozen=True)
class Beginning:
    """Where a new program begins. ``content`` is None where a file is still to be given."""

    title: str
    content: Node | None
    source: Program | None = None
    initial: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One section of what a file would make."""

    title: str
    size: int
    unit: str
    titles: list[str]


@dataclass(frozen=True)
class Fitted:
    """A file fitted to a new program: what it would contain, and what was changed for that."""

    content: Node
    years: int
    left_out: list[str]

    @property
    def parts(self) -> list[Part]:
        """What it would contain, section by section."""
        found = [
            Part(section.title or name, section.size(given), section.unit, section.titles(given))
            for name, section in sections().items()
            if (given := self.content.get(name))
        ]
        return [part for part in found if part.size]


def cards() -> list[Card]:
    """The templates of the catalogue."""
    return [_card(path, path.stat().st_mtime) for path in catalogue().values()]


@lru_cache(maxsize=50)
def _card(path: Path, changed: float) -> Card:
    content = read(path.read_text(encoding="utf-8"))
    summary = "，".join(f"{part.title} {part.size} {part.unit}" for part in Fitted(content, 0, []).parts)
    return Card(path.stem, str(content["program"]["name"]), str(content.get("about", "")), summary)


def beginning_of(source: str, program: Program | None, today: dt.date) -> Beginning | None:
    """Where ``source`` leads: the code of a template, ``blank``, ``file``, or with a program its copy."""
    if program is not None:
        return _copy(program)
    if source == FILE:
        return Beginning("从文件新建", None)
    if source == BLANK:
        return Beginning("新建空白活动", _blank(), initial={"starts_on": today})
    path = catalogue().get(source)
    if path is None:
        return None
    content = read(path.read_text(encoding="utf-8"))
    name = content["program"]["short_name"]
    # What a demonstration says of itself is nothing to the program that is made after it.
    return Beginning(f"照“{name}”新建", content, initial={"starts_on": today}, changes={"notes": ""})


def _blank() -> Node:
    return Node({"format": FORMAT, "program": Node()})


def _copy(program: Program) -> Beginning:
    starts_on = later(program.starts_on, 1)
    initial = {
        "name": program.name,
        "short_name": f"{_YEAR.sub('', program.short_name)[:24]}{starts_on.year}",
        "code": free_code(f"{_YEAR.sub('', program.code)}-{starts_on.year}"),
        "jurisdiction": program.jurisdiction_id,
        "office": program.office,
        "starts_on": starts_on,
        "ends_on": later(program.ends_on, 1) if program.ends_on else None,
    }
    return Beginning(f"复制“{program}”到下一年度", read(text_of(program)), source=program, initial=initial)


def free_code(wanted: str) -> str:
    """A code that no program bears yet."""
    taken = set(Program.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    number, code = 1, wanted
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code


def fitted(content: Node, values: Mapping[str, Any]) -> Fitted:
    """The content for a program of these values: days moved to its years, nothing about places outside its county."""
    own = content["program"]
    began = own.get("starts_on")
    left_out: list[str] = []
    years = values["starts_on"].year - began.year if isinstance(began, dt.date) else 0
    county = values["jurisdiction"].code
    if str(own.get("jurisdiction", county)) != county:
        content, left_out = without_places_outside(content, county)
    return Fitted(shift_years(content, years), years, left_out)
