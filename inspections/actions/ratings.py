"""Ratings: households by their village (星级户), cadres by those they help, villages by villages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from cadres.models import Cadre
from inspections.models import Rating
from programs.changes import action, check_place, check_work, required, saved_all
from programs.models import Division, Program, User
from programs.refusals import BadField
from villages.models import Household


@action
def rate_all(*, by: User, program: Program, ratings: Iterable[Rating]) -> list[Rating]:
    """Enter many ratings; the same rules as for one."""
    found = list(ratings)
    for row in found:
        row.program = program
        row.title = required(row.title, "评议名称", "title")
        row.by = required(row.by, "评议人", "by")
        check_work(row.on, program, "on", "评议日期")
        place = row.household.division if row.household is not None else row.division
        if place is not None:
            check_place(place, program)
        if not 0 <= row.value <= row.scale:
            raise BadField(f"得分须在0与满分{row.scale}之间。", field="value")
    return saved_all(found, program)


@action
def rate(
    *,
    by: User,
    program: Program,
    title: str,
    rated: Household | Cadre | Division,
    value: Decimal,
    scale: int,
    rated_by: str,
    on: dt.date,
) -> Rating:
    """Enter how a household, a cadre or a village was rated, by whom and when."""
    row = Rating(program=program, title=title, value=value, scale=scale, by=rated_by, on=on)
    match rated:
        case Household():
            row.household = rated
        case Cadre():
            row.cadre = rated
        case Division():
            row.division = rated
    return rate_all(by=by, program=program, ratings=[row])[0]
