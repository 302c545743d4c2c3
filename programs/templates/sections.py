"""The sections of a program's file: how each is read, written, described, and which rows are its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from programs.models import Program

if TYPE_CHECKING:
    from programs.templates.reading import Reading

#: The keys of one kind of entry: key → what it says, in English, for the description of the format.
Keys = Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """One part of a program's file.

    ``read`` makes rows from its content; ``write`` gives the content that would make the program's rows again;
    ``rows`` gives the rows that are its own, so that what a file no longer has can be ended. ``title`` and ``unit``
    are its words on pages, ``about`` and ``tables`` describe it for those who write files. ``shape`` is what its
    content must be: a list or a mapping.
    """

    name: str
    read: Callable[[Reading, Any], None]
    write: Callable[[Program], Any] | None = None
    rows: Callable[[Reading], Iterable[models.QuerySet[Any]]] | None = None
    load: Callable[[Reading], None] | None = None
    title: str = ""
    unit: str = "项"
    about: str = ""
    tables: Mapping[str, Keys] = field(default_factory=dict)
    shape: type = list

    def size(self, content: Any) -> int:
        """How many entries a file has in it."""
        if isinstance(content, dict):
            return sum(len(part) if isinstance(part, list | dict) else 1 for part in content.values())
        return len(content) if isinstance(content, list) else 0

    def titles(self, content: Any) -> list[str]:
        """What the entries of a list are called."""
        if not isinstance(content, list):
            return []
        return [_title(item) for item in content if isinstance(item, dict)]


_sections: dict[str, Section] = {}


def register_section(name: str, read: Callable[[Reading, Any], None], **more: Any) -> Section:
    """Let an app read and write its own section of program files; called at start-up. See ``Section``."""
    _sections[name] = Section(name, read, **more)
    return _sections[name]


def sections() -> dict[str, Section]:
    """All sections in the order in which they are read: those of lower apps first."""
    return _sections


def _title(item: dict[str, Any]) -> str:
    name = str(item.get("title") or item.get("name") or item.get("text") or item.get("label") or item.get("code") or "")
    code = str(item.get("code", ""))
    return f"{code} {name}" if code.isupper() and name != code else name
