"""For which days and which place a page of figures was asked, as its address says."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from programs import clock
from programs.figures.context import Context
from programs.models import Division, DivisionLevel, Program, User
from programs.rules.parsing import parse_day
from programs.rules.periods import NamedRange, Period, named_range

WHOLE = ("all", "活动以来")
NAMED: list[tuple[str, str]] = [WHOLE, *NamedRange.choices()]


@dataclass
class Asked:
    """A question as the period and town pickers put it, and the context that answers it."""

    context: Context
    period: str
    start: str
    end: str
    town: str
    towns: list[Division]
    errors: list[str] = field(default_factory=list)

    @property
    def periods(self) -> list[tuple[str, str]]:
        """What the period picker offers."""
        return NAMED

    @property
    def query(self) -> str:
        """The question as the end of an address, so that links keep it."""
        values = {"period": self.period if self.period != WHOLE[0] else "", "town": self.town}
        if self.period == NamedRange.CUSTOM:
            values |= {"start": self.start, "end": self.end}
        return urlencode({key: value for key, value in values.items() if value})

    @property
    def place_name(self) -> str:
        """The town asked for, or the whole jurisdiction."""
        chosen = next((town for town in self.towns if town.code == self.town), None)
        return str(chosen or self.context.program.jurisdiction)


def ask(program: Program, user: User, query: QueryDict) -> Asked:
    """Read period and town from an address; what is wrong is said and ignored."""
    towns = _towns(program, user)
    period, town = query.get("period", WHOLE[0]), query.get("town", "")
    asked = Asked(
        Context(program, user), period, query.get("start", "").strip(), query.get("end", "").strip(), town, towns
    )
    if town and town not in {one.code for one in towns}:
        asked.town = ""
        asked.errors.append("没有这个镇街，已显示全部。")
    span = _span(asked, program)
    asked.context = Context(program, user, period=span, place=asked.town)
    return asked


def _span(asked: Asked, program: Program) -> Period | None:
    if asked.period == WHOLE[0]:
        return None
    try:
        if asked.period != NamedRange.CUSTOM:
            return named_range(NamedRange(asked.period), clock.today(program))
        days = [parse_day(text) if text else None for text in (asked.start, asked.end)]
        return named_range(NamedRange.CUSTOM, clock.today(program), start=days[0], end=days[1])
    except ValueError as error:
        asked.errors.append(f"{error}已显示活动以来的数据。")
        asked.period = WHOLE[0]
        return None


def _towns(program: Program, user: User) -> list[Division]:
    rows = Division.objects.within(program.jurisdiction_id).filter(level=DivisionLevel.TOWN)
    return list(rows.standing_on(clock.today(program)).visible_to(user).order_by("code"))
