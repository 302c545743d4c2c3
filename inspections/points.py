"""How what is counted becomes points: plain arithmetic, so that everybody can check it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

RATE, MISS, EACH, QUOTA, FLAT = "rate", "miss", "each", "quota", "flat"
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Marking:
    """What an item gives: its weight, what is taken off or added for each, and between which ends it stays."""

    rule: str
    weight: Decimal
    deduct_each: Decimal = Decimal(0)
    bonus_each: Decimal = Decimal(0)
    bonus_cap: Decimal = Decimal(0)
    quota: Decimal | None = None
    may_be_negative: bool = False

    @property
    def most(self) -> Decimal:
        """The most that can be reached."""
        return self.weight + self.bonus_cap


@dataclass(frozen=True)
class Counted:
    """What was counted: how many, and of how many where that is known; ``praised`` is what earns a bonus."""

    value: Decimal | int
    of: Decimal | int | None = None
    praised: int = 0


def points(marking: Marking, counted: Counted) -> Decimal | None:
    """The points for what was counted; None where nothing was owed or assigned, so that nothing can be judged.

    Never more than the weight and the cap on the bonus together, never below zero unless the item says otherwise.
    """
    value = Decimal(counted.value)
    bonus = marking.bonus_each * counted.praised
    match marking.rule:
        case "rate":
            if not counted.of:
                return None
            found = marking.weight * value / Decimal(counted.of)
        case "miss":
            if not counted.of:
                return None
            found = marking.weight - marking.deduct_each * (Decimal(counted.of) - value)
        case "quota":
            assert marking.quota is not None
            found = marking.weight - marking.deduct_each * max(Decimal(0), marking.quota - value)
            bonus += marking.bonus_each * max(Decimal(0), value - marking.quota)
        case "flat":
            if counted.of is not None and not counted.of:
                return None
            missed = value < counted.of if counted.of is not None else value > 0
            found = marking.weight - (marking.deduct_each if missed else 0)
        case _:
            found = marking.weight - marking.deduct_each * value
    found += min(bonus, marking.bonus_cap)
    if not marking.may_be_negative:
        found = max(Decimal(0), found)
    return min(found, marking.most).quantize(_CENT, ROUND_HALF_UP)
