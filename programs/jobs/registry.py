"""Which kinds of long work there are; apps register theirs at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programs.jobs.running import Work


@dataclass(frozen=True)
class JobKind:
    """A kind of long work: its name for people, what does it, and the measure word of its progress."""

    name: str
    label: str
    function: Callable[[Work], None]
    unit: str = "项"


_kinds: dict[str, JobKind] = {}


def register_job(kind: str, label: str, function: Callable[[Work], None], *, unit: str = "项") -> JobKind:
    """Let jobs of a kind be started. ``function`` must be able to begin again after it was interrupted anywhere."""
    _kinds[kind] = JobKind(kind, label, function, unit)
    return _kinds[kind]


def job_kind(kind: str) -> JobKind | None:
    """A kind by name; None for one that a former version knew."""
    return _kinds.get(kind)
