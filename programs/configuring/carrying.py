"""What a copy of a program may take along beside its configuration: apps register it here at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from programs.models import Program, User


@dataclass(frozen=True)
class CarryOver:
    """Rows that start anew in a copy: how many there are, and how they come over. Lower positions come first."""

    name: str
    label: str
    about: str
    count: Callable[[Program], int]
    carry: Callable[[User, Program, Program], int]
    position: int = 100


_known: dict[str, CarryOver] = {}


def register_carry_over(carry_over: CarryOver) -> CarryOver:
    """Offer rows to be carried over into copies of a program."""
    _known[carry_over.name] = carry_over
    return carry_over


def carry_overs() -> list[CarryOver]:
    """All that can be carried over, in the order in which it comes over."""
    return sorted(_known.values(), key=lambda one: one.position)
