"""Times our way of doing something against a reference, run in turn in the same minute, and reports both."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """What one way of doing it took, each time, in seconds."""

    name: str
    seconds: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def in_turn(runs: int, ways: dict[str, Callable[[], object]], warm_up: int = 1) -> list[Timing]:
    """Run every way ``runs`` times, one after the other, so that a busy moment of the machine hits all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(warm_up + runs):
        for name, action in ways.items():
            taken = timed(action)
            if turn >= warm_up:
                seconds[name].append(taken)
    return [Timing(name, taken) for name, taken in seconds.items()]


def print_table(timings: list[Timing]) -> None:
    """A table for people, in milliseconds."""
    print(f"{'':28}{'median':>10}{'fastest':>10}{'slowest':>10}  ms")
    for timing in timings:
        figures = (timing.median, min(timing.seconds), max(timing.seconds))
        print(f"{timing.name:28}" + "".join(f"{figure * 1000:10.1f}" for figure in figures))


def print_result(name: str, ours: Timing, reference: Timing, limit: float) -> None:
    """The line for machines: how long ours takes, as a part of what the reference takes."""
    result = {
        "name": name,
        "median": round(ours.median, 4),
        "unit": "s",
        "reference": reference.name,
        "reference_median": round(reference.median, 4),
        "ratio": round(ours.median / reference.median, 3),
        "limit": limit,
        "sense": "max",
    }
    print(json.dumps(result, ensure_ascii=False))
