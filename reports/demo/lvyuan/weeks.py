"""Half a year of weeks: who went down to their households, who did not, and who was excused."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator
from random import Random

from cadres.actions.marks import excuse_requirements
from cadres.actions.visits import HeardNeed, VisitDraft, VisitedHousehold, log_visits
from cadres.models import Visit
from programs.models import User
from reports.demo.base import at, dice
from reports.demo.lvyuan import names, phrases
from reports.demo.lvyuan.names import NOW
from reports.demo.lvyuan.world import Helper, World, mondays

_NEED_IN, _OUT_IN = 34, 21
_EXCUSED_IN = 9
_TOGETHER = 2


def miss(world: World) -> None:
    """Which cadres of made-up departments and villages stay away in which week; the document blames nobody."""
    missing = [*names.MISSING, names.STILL_TO_COME]
    for helper in world.helpers:
        if not helper.may_fail:
            continue
        chance = dice("miss", helper.key)
        # Some are more reliable than others.
        leaning = chance.choice((0.2, 0.5, 0.8, 1.0, 1.2, 1.6, 2.2))
        helper.missing = {n for n, share in enumerate(missing) if chance.random() * 100 < share * leaning}


def visit(world: World) -> None:
    """Every week all the others: pairs of one department together, village and town cadres alone."""
    drafts: dict[User, list[VisitDraft]] = defaultdict(list)
    for party in _parties(world):
        drafts[party[0].recorder] += _of_party(world, party)
    for user, found in drafts.items():
        log_visits(by=user, program=world.program, visits=sorted(found, key=lambda draft: draft.happened_at))


def excuse(world: World) -> None:
    """Some of those who stayed away were ill or on duty elsewhere, and are excused for that week."""
    requirement = world.program.requirements.select_related("program").get(code="weekly_visit")
    for n, monday in enumerate(mondays()[:-1]):
        away = [one.cadre for m, one in enumerate(world.helpers) if n in one.missing and (m + n) % _EXCUSED_IN == 0]
        reason = "参加防汛值守" if n in (15, 16) else "请假"
        excuse_requirements(
            by=world.office,
            requirement=requirement,
            subjects=away,
            reason=reason,
            approver="区委组织部",
            on=min(monday + dt.timedelta(days=6), NOW),
            period=monday,
        )


def _parties(world: World) -> Iterator[list[Helper]]:
    for place in world.places:
        party: list[Helper] = []
        for helper in place.helpers:
            alone = helper.rank != names.RANK_DEPARTMENT
            if party and (alone or party[0].unit_name != helper.unit_name or len(party) == _TOGETHER):
                yield party
                party = []
            party.append(helper)
        yield party


def _of_party(world: World, party: list[Helper]) -> Iterator[VisitDraft]:
    chance = dice("weeks", party[0].key)
    entry, cleaning = world.word("visit_kind", "entry"), world.word("visit_kind", "cleaning")
    publicity = world.word("visit_kind", "publicity")
    weekday, hour = chance.randrange(6), chance.randrange(8, 17)
    several = party[0].rank == names.RANK_VILLAGE
    for n, monday in enumerate(mondays()):
        gone = [helper for helper in party if n not in helper.missing]
        if not gone:
            continue
        day = min(monday + dt.timedelta(days=(weekday + chance.randrange(2)) % 6), NOW)
        minute = chance.randrange(0, 60, 5)
        visited = []
        for helper in gone:
            for step in range(3 if several else 1):
                household = helper.households[(n * (3 if several else 1) + step) % len(helper.households)]
                out = chance.randrange(_OUT_IN) == 0
                visited.append(
                    VisitedHousehold(household, Visit.Outcome.PHONE if out else "", phrases.ABSENT_NOTE if out else "")
                )
        yield VisitDraft(
            division=gone[0].place.division,
            kind=chance.choices((entry, cleaning, publicity), (6, 3, 1))[0],
            happened_at=at(day, hour, minute),
            received_at=at(day, 20, minute),
            participants=[helper.cadre for helper in gone],
            households=visited,
            said=chance.choice(phrases.SAID),
            did=chance.choice(phrases.DID),
            needs=[_need(world, gone[0], day, chance)] if chance.randrange(_NEED_IN) == 0 else (),
            uuid=uuid.UUID(int=chance.getrandbits(128), version=4),
        )


def _need(world: World, helper: Helper, day: dt.date, chance: Random) -> HeardNeed:
    category = chance.choice(sorted(phrases.NEEDS))
    return HeardNeed(
        category=world.word("need_category", category),
        text=chance.choice(phrases.NEEDS[category]),
        household=chance.choice(helper.households),
        due_on=day + dt.timedelta(days=chance.choice((15, 20, 30))),
        responsible=helper.cadre,
    )
