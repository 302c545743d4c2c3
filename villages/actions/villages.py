"""Changes to villages: profile, yearly values, tags, people, risks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from programs.changes import action, required, saved, saved_all
from programs.models import Division, DivisionLevel, Program, Term, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from villages.models import (
    Village,
    VillagePerson,
    VillageRisk,
    VillageTag,
    VillageYear,
)


class NotAVillage(Refusal):
    """Only a village-level division has a village profile."""


class AlreadyEnded(Refusal):
    """It has ended before."""


@action
def add_villages(*, by: User, villages: Iterable[Village]) -> list[Village]:
    """Give many village-level divisions a profile; the same rules as for one."""
    found = list(villages)
    for village in found:
        if village.division.level != DivisionLevel.VILLAGE:
            raise NotAVillage(f"“{village.division}”不是村级，请选择村或社区。", field="division")
        village.name = village.name.strip() or village.division.short_name
    return saved_all(found)


@action
def add_village(
    *,
    by: User,
    division: Division,
    name: str = "",
    overview: str = "",
    resources: str = "",
    economy: str = "",
    is_fictional: bool = False,
) -> Village:
    """Give a village-level division its profile (村情民意一本通)."""
    village = Village(
        division=division,
        name=name,
        overview=overview,
        resources=resources,
        economy=economy,
        is_fictional=is_fictional,
    )
    return add_villages(by=by, villages=[village])[0]


@action
def record_years(*, by: User, years: Iterable[VillageYear]) -> list[VillageYear]:
    """Enter the yearly values of many villages."""
    return saved_all(years)


@action
def record_year(
    *,
    by: User,
    village: Village,
    year: int,
    households: int | None = None,
    population: int | None = None,
    party_members: int | None = None,
    collective_income: Decimal | None = None,
    land_mu: Decimal | None = None,
) -> VillageYear:
    """Enter or change one village's values of a year."""
    row = VillageYear.objects.filter(village=village, year=year).first() or VillageYear(village=village, year=year)
    row.households, row.population, row.party_members = households, population, party_members
    row.collective_income, row.land_mu = collective_income, land_mu
    return saved(row)


@action
def tag_villages(
    *, by: User, program: Program, villages: Iterable[Village], tag: Term, since: dt.date
) -> list[VillageTag]:
    """Say of villages that they are, since a day, what a word of the program says (后进村)."""
    return saved_all((VillageTag(village=village, tag=tag, since=since) for village in villages), program)


@action
def end_village_tag(*, by: User, tag: VillageTag, on: dt.date) -> VillageTag:
    """A village no longer is what the tag says; ``on`` is its last day."""
    if tag.until is not None:
        raise AlreadyEnded(f"“{tag.tag}”已于{day_text(tag.until)}结束。", field="until")
    tag.until = on
    return saved(tag)


@action
def add_people(*, by: User, people: Iterable[VillagePerson]) -> list[VillagePerson]:
    """Put people on a village's rosters: party members, the two committees, talent outside the village."""
    return saved_all(people)


@action
def add_risk(*, by: User, village: Village, text: str, since: dt.date, measures: str = "") -> VillageRisk:
    """Note a risk of petitions or disputes in a village."""
    return saved(VillageRisk(village=village, text=text, measures=measures, since=since))


@action
def resolve_risk(*, by: User, risk: VillageRisk, on: dt.date, measures: str) -> VillageRisk:
    """A risk has been resolved; the measures say how."""
    if risk.until is not None:
        raise AlreadyEnded(f"这项隐患已于{day_text(risk.until)}化解。", field="until")
    risk.until, risk.measures = on, required(measures, "化解措施", "measures")
    return saved(risk)
