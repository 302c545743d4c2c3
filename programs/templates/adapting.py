"""Fitting a file to another year or another county before it becomes a program."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from programs.templates.reading import Node

#: Days that say what was so, not what is to come.
PAST = frozenset({"ended_on", "pinned_on"})


def shift_years(content: Any, years: int) -> Any:
    """The same content with its days so many years later."""
    if not years:
        return content
    return _shifted(content, years)


def _shifted(content: Any, years: int) -> Any:
    if isinstance(content, dict):
        found = Node({key: one if key in PAST else _shifted(one, years) for key, one in content.items()})
        found.line = getattr(content, "line", 0)
        return found
    if isinstance(content, list):
        return [_shifted(one, years) for one in content]
    if isinstance(content, dt.date) and not isinstance(content, dt.datetime):
        return later(content, years)
    return content


def later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes the 28th."""
    year = min(max(day.year + years, dt.MINYEAR), dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def without_places_outside(content: Node, jurisdiction: str) -> tuple[Node, list[str]]:
    """The content without what speaks of places outside a jurisdiction, and the names of what was left out.

    What hangs on something left out goes with it: numbers of a requirement, shares of a number, charts. Texts keep
    their place, marked as to be filled in.
    """
    out = _LeftOut(jurisdiction)
    found = Node(content)
    found.line = content.line
    found["requirements"] = [one for one in _rows(content, "requirements") if not out.requirement(one)]
    figures = []
    for figure in _rows(content, "figures"):
        parts = figure.get("parts") if isinstance(figure, dict) else None
        if not isinstance(parts, list):
            figures.append(figure)
            continue
        kept = [part for part in parts if not out.part(part)]
        if kept or not parts:
            whole = Node(figure | {"parts": kept})
            whole.line = figure.line
            figures.append(whole)
    found["figures"] = figures
    found["blocks"] = [one for one in _rows(content, "blocks") if not out.block(one)]
    if not out.names:
        return content, []
    for name in content:
        if name not in ("format", "program", "names", "vocabularies", "requirements", "figures", "blocks"):
            found[name] = out.rest(content[name])
    return found, out.names


def _rows(content: Node, name: str) -> list[Any]:
    rows = content.get(name)
    return rows if isinstance(rows, list) else []


class _LeftOut:
    """What is left out, by kind."""

    def __init__(self, jurisdiction: str) -> None:
        self.jurisdiction = jurisdiction
        self.requirements: set[str] = set()
        self.keys: set[str] = set()
        self.names: list[str] = []

    def requirement(self, row: Any) -> bool:
        """Whether a requirement goes."""
        if not isinstance(row, dict) or not self._hangs(row, "who", "evidence_params"):
            return False
        self.requirements.add(str(row.get("code")))
        self.names.append(f"要求“{row.get('name', row.get('code'))}”")
        return True

    def part(self, row: Any) -> bool:
        """Whether a number goes."""
        if not isinstance(row, dict):
            return False
        gone = self._hangs(row, "params") or {row.get("left"), row.get("right")} & self.keys
        if gone:
            self.keys.add(str(row.get("key") or row.get("label")))
            self.names.append(f"数据“{row.get('label')}”")
        return bool(gone)

    def block(self, row: Any) -> bool:
        """Whether a chart goes."""
        gone = isinstance(row, dict) and self._hangs(row, "params")
        if gone:
            self.names.append(f"图表“{row.get('title')}”")
        return gone

    def rest(self, content: Any) -> Any:
        """Another app's section: no longer naming what went, its texts with a gap to be filled in."""
        if isinstance(content, dict):
            kept = {key: self.rest(one) for key, one in content.items() if not self._names(key, one)}
            found = Node(kept)
            found.line = getattr(content, "line", 0)
            return found
        if isinstance(content, list):
            return [self.rest(one) for one in content]
        if isinstance(content, str) and "{" in content:
            return re.sub(r"\{([^{}：:]+)([：:][^{}]*)?\}", self._gap, content)
        return content

    def _names(self, key: str, value: Any) -> bool:
        if key in ("requirement", "part") and isinstance(value, str):
            return value in (self.requirements if key == "requirement" else self.keys)
        return False

    def _gap(self, found: re.Match[str]) -> str:
        return f"（待填：{found[1]}）" if found[1] in self.keys else found[0]

    def _hangs(self, row: dict[str, Any], *conditions: str) -> bool:
        if row.get("requirement") in self.requirements:
            return True
        for name in conditions:
            given = row.get(name)
            if isinstance(given, dict) and any(self._outside(value) for value in _values(given)):
                return True
        return False

    def _outside(self, value: tuple[str, Any]) -> bool:
        key, one = value
        if key == "places":
            return not str(one).startswith(self.jurisdiction)
        return isinstance(one, str) and one in self.requirements


def _values(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            yield key, one
