"""What a program consists of, as its settings page lists it: apps register their sections here at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from programs.models import Program


@dataclass(frozen=True)
class SetupSection:
    """One line of the settings page: where a part of the configuration is looked at and changed.

    ``url_name`` takes the program's code. ``count`` says how many there are; ``unit`` is its measure word.
    """

    title: str
    url_name: str
    count: Callable[[Program], int] | None = None
    unit: str = "项"
    about: str = ""
    icon: str = "list"
    position: int = 100


@dataclass(frozen=True)
class SetupLine:
    """A section as the page shows it for one program."""

    section: SetupSection
    url: str
    count: int | None


_sections: dict[str, SetupSection] = {}


def register_setup_section(
    title: str,
    url_name: str,
    count: Callable[[Program], int] | None = None,
    *,
    unit: str = "项",
    about: str = "",
    icon: str = "list",
    position: int = 100,
) -> SetupSection:
    """Put a part of the configuration on the settings page. ``position`` orders the lines; lower comes first."""
    section = SetupSection(title, url_name, count, unit, about, icon, position)
    _sections[url_name] = section
    return section


def setup_lines(program: Program) -> list[SetupLine]:
    """The sections of a program's settings in their order, with how many each has."""
    ordered = sorted(_sections.values(), key=lambda section: section.position)
    return [
        SetupLine(section, reverse(section.url_name, args=[program.code]), section.count and section.count(program))
        for section in ordered
    ]
