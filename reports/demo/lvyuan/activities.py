"""What departments did in the model villages with many hands: 主题党日, campaigns, and what was given."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cadres.actions.marks import excuse_requirements
from cadres.actions.visits import VisitDraft, log_visits
from cadres.models import Cadre
from programs.models import Term
from reports.demo.base import at, dice
from reports.demo.lvyuan import names, phrases
from reports.demo.lvyuan.names import BEGAN, NOW
from reports.demo.lvyuan.world import Department, Place, World, shares

#: Each month's theme, by the stage of the work: the kind of activity and the week of the month's first day for it.
_THEMES = (
    ("clean_yards", dt.date(2020, 4, 28)),
    ("green_villages", dt.date(2020, 5, 12)),
    ("hundred_days", dt.date(2020, 6, 9)),
    ("hundred_days", dt.date(2020, 7, 7)),
    ("hundred_days", dt.date(2020, 8, 4)),
    ("model_villages", dt.date(2020, 9, 8)),
    ("model_villages", dt.date(2020, 10, 13)),
)
_SKIPPED_IN = 31
_FLOOD = dt.date(2020, 8, 1)

Gathering = tuple[Department, str, dt.date, list[Cadre]]


def gather(world: World) -> None:
    """Each department's theme days in its model village; all of its staff has taken part in one at least."""
    held = [gathering for one in world.model_departments for gathering in _theme_days(world, one)]
    amounts = _amounts(world, held)
    for one in world.model_departments:
        drafts = []
        for n, (department, kind, day, people) in enumerate(held):
            if department is one:
                draft = _draft(world, one.place, kind, day, people, phrases.THEME_SAID, phrases.THEME_DID[kind])
                drafts.append(replace(draft, quantities=amounts.get(n, ())))
        log_visits(by=one.user, program=world.program, visits=drafts)
    _excuse(world, held)
    _others(world)


def _theme_days(world: World, one: Department) -> list[Gathering]:
    weeks = {helper.cadre: helper.missing for helper in world.helpers if helper.unit_name == one.name}
    chance = dice("theme", one.name)
    held: list[Gathering] = []
    for kind, first in _THEMES:
        day = first + dt.timedelta(days=chance.randrange(4))
        if not one.is_named and kind != "clean_yards" and chance.randrange(_SKIPPED_IN) == 0:
            continue
        week = (day - BEGAN).days // 7
        there = [cadre for cadre in one.staff if week not in weeks.get(cadre, ())]
        held.append((one, kind, day, [cadre for cadre in there if chance.random() < 0.55] or there[:1]))
    for cadre in one.staff:
        if not any(cadre in people for *_, people in held):
            for _, _, day, people in held:
                if (day - BEGAN).days // 7 not in weeks.get(cadre, ()):
                    people.append(cadre)
                    break
    return held


def _amounts(world: World, held: list[Gathering]) -> dict[int, list[tuple[Term, Decimal]]]:
    """What was cleared, planted and given, dealt out so that the sums are those of the document."""
    found: dict[int, list[tuple[Term, Decimal]]] = {}

    def deal(code: str, total: int, kinds: Sequence[str], factor: str = "1", count: int = 0) -> None:
        there = [n for n, (_, kind, _, _) in enumerate(held) if kind in kinds]
        if count:
            # One gift for each model village.
            there = [next(n for n in there if held[n][0].place is place) for place in world.model_places]
        item = world.word("quantity", code)
        for n, amount in zip(there, shares(total, len(there)), strict=True):
            found.setdefault(n, []).append((item, amount * Decimal(factor)))

    deal("refuse", names.REFUSE_KG // 10, ["clean_yards", "hundred_days"], factor="0.01")
    deal("hedge", names.HEDGE, ["green_villages"])
    deal("plants", names.PLANTS, ["green_villages", "model_villages"])
    deal("seed", names.SEED, ["green_villages"], count=4)
    deal("patrol_car", names.PATROL_CARS, ["hundred_days"], count=4)
    return found


def _excuse(world: World, held: list[Gathering]) -> None:
    """Departments that held none in August were on flood duty."""
    august = {one.name for one, _, day, _ in held if day.month == 8}
    away = [one.unit for one in world.model_departments if one.name not in august]
    if away:
        excuse_requirements(
            by=world.office,
            requirement=world.program.requirements.select_related("program").get(code="theme_day"),
            subjects=away,
            reason="参加防汛值守",
            approver="区委组织部",
            on=dt.date(2020, 8, 28),
            period=_FLOOD,
        )


def _others(world: World) -> None:
    """What the youth league, the women's federation and the party school did, once or more in each model village."""
    series = (
        (names.YOUTH, "youth", dt.date(2020, 5, 30), 7, phrases.YOUTH),
        (names.WOMEN, "women_training", dt.date(2020, 6, 18), 7, phrases.WOMEN_TRAINING),
        (names.WOMEN, "women_service", dt.date(2020, 7, 16), 14, phrases.WOMEN_SERVICE),
        (names.WOMEN, "women_service", dt.date(2020, 9, 17), 7, phrases.WOMEN_SERVICE),
        (names.SCHOOL, "research", dt.date(2020, 9, 1), 3, phrases.RESEARCH),
    )
    for name, kind, first, apart, (said, did) in series:
        one = world.department(name)
        drafts = []
        for n, place in enumerate(world.model_places):
            day = min(first + dt.timedelta(days=apart * n), NOW)
            drafts.append(_draft(world, place, kind, day, one.staff[n * 5 : n * 5 + 6], said, did))
        log_visits(by=one.user, program=world.program, visits=drafts)


def _draft(world: World, place: Place, kind: str, day: dt.date, people: list[Cadre], said: str, did: str) -> VisitDraft:
    chance = dice("activity", kind, day, people[0].name, place.division.code)
    return VisitDraft(
        division=place.division,
        kind=world.word("visit_kind", kind),
        happened_at=at(day, 9, chance.randrange(0, 60, 5)),
        received_at=at(day, 18),
        participants=people,
        said=said,
        did=did,
        uuid=uuid.UUID(int=chance.getrandbits(128), version=4),
    )
