"""Rules of inspections as plain functions: drawing a sample, and which questions of a checklist apply."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

K = TypeVar("K")

YES, NO = "是", "否"


def drawn(candidates: Iterable[tuple[str, str, K]], *, seed: int, per_town: int) -> list[K]:
    """Draw so many of each town. Candidates are (town, name of the lot, thing).

    Each lot is a hash of the seed and its name, the smallest are drawn: the same candidates and seed give the same draw
    again, and a candidate that comes or goes changes nothing in other towns.
    """
    towns: dict[str, list[tuple[str, str, K]]] = defaultdict(list)
    for town, name, thing in candidates:
        towns[town].append((hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(), name, thing))
    return [thing for town in sorted(towns) for _, _, thing in sorted(towns[town], key=_lot)[:per_town]]


def _lot(entry: tuple[str, str, K]) -> tuple[str, str]:
    return entry[0], entry[1]


def applies(condition: tuple[int, str] | None, given: Mapping[int, str]) -> bool:
    """Whether a question is asked: always, or if the question it hangs on was answered as it says."""
    return condition is None or given.get(condition[0], "").strip() == condition[1]
