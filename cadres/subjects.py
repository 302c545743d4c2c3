"""Who can owe something: units, teams, cadres, places, pairings, and what an office ticked of them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cadres.helping import OF_HELPERS, of_helpers
from cadres.measures import MODES, PLACES
from cadres.models import Cadre, Pairing, RequirementMark, Team, TeamMember
from cadres.models.pairings import PairingQuerySet
from programs.figures.context import Context, Rows, within
from programs.figures.registry import Param, Params, SubjectKind, register_marks, register_subject
from programs.figures.requirements import evaluate_requirement
from programs.models import Division, DivisionLevel, Requirement, Unit, UnitLevel
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet
from villages.models import HouseholdTag, Village

DONE = Param("done", "已完成另一项要求的", "requirement")
UNIT_LEVELS = Param("unit_levels", "单位级别", "choices", options=tuple(UnitLevel.choices))
TARGET_TAGS = Param("tags", "对象类别", "terms", "household_tag")


@register_marks
def standing_marks(requirement: Requirement, period: Period, verdict: str) -> ScopedQuerySet:
    """Ticks and excuses that have not been taken back."""
    return RequirementMark.objects.standing().filter(
        requirement=requirement, period_start=period.start, verdict=verdict
    )


def _paired(context: Context, period: Period, who: Params) -> PairingQuerySet:
    """Pairings in force when the period, as far as it has gone, ended: who is responsible then, owes."""
    rows = Pairing.objects.active_on(min(period.end, context.day)).filter(program=context.program)
    if "modes" in who:
        rows = rows.filter(mode__in=who["modes"])
    return _placed(context, rows, who, "place_id")


def _placed(context: Context, rows: Rows, who: Params, lookup: str) -> Rows:
    if who.get("places"):
        rows = within(rows, who["places"], lookup)
    if context.place:
        rows = within(rows, [context.place], lookup)
    return rows


def owing_units(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """Units that help a place in the period; by default those that are paired with villages."""
    rows = _paired(context, period, {"modes": [Pairing.Mode.UNIT_VILLAGE], **who}).filter(unit__isnull=False)
    units = Unit.objects.filter(pk__in=rows.order_by().values("unit_id"))
    if "unit_levels" in who:
        units = units.filter(level__in=who["unit_levels"])
    return context.reach(units)


def owing_cadres(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """Cadres who help somebody in the period; of a rank, a position or a level of units if asked."""
    rows = of_helpers(_paired(context, period, who), who, min(period.end, context.day)).filter(cadre__isnull=False)
    return context.reach(Cadre.objects.filter(pk__in=rows.order_by().values("cadre_id")))


def owing_pairings(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """Pairings in the period, of those helped who bear a tag if asked."""
    rows = _paired(context, period, who)
    if "tags" in who:
        tagged = HouseholdTag.objects.filter(tag__in=context.term_ids("household_tag", who["tags"]))
        rows = rows.filter(household__in=tagged.active_on(min(period.end, context.day)).values("household_id"))
    return context.reach(rows)


def owing_teams(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """Teams in the field in the period; of certain towns, or those that have done something else, if asked."""
    day = min(period.end, context.day)
    rows = Team.objects.active_on(day).filter(program=context.program)
    rows = _placed(context, rows, who, "village_id")
    if "done" in who:
        rows = rows.filter(pk__in=_done_elsewhere(context, who["done"]).values("pk"))
    return context.reach(rows)


def owing_first_secretaries(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """First secretaries in post in the period; of teams that have done something else if asked."""
    day = min(period.end, context.day)
    rows = TeamMember.objects.active_on(day).filter(team__program=context.program, role=TeamMember.Role.FIRST_SECRETARY)
    rows = _placed(context, rows, who, "team__village_id")
    if "done" in who:
        rows = rows.filter(team_id__in=_done_elsewhere(context, who["done"]).values("pk"))
    return context.reach(rows)


def owing_towns(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """Towns of the jurisdiction in which a team stays."""
    day = min(period.end, context.day)
    rows = Division.objects.within(context.program.jurisdiction_id).filter(level=DivisionLevel.TOWN).standing_on(day)
    rows = _placed(context, rows, who, "code")
    return context.reach(rows)


def owing_county(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """The program's county itself, for what its lead office owes: a monthly report, a meeting of all."""
    return context.reach(Division.objects.filter(code=context.program.jurisdiction_id))


def owing_villages(context: Context, period: Period, who: Params) -> ScopedQuerySet:
    """Villages that are helped in the period."""
    rows = _paired(context, period, {"modes": [Pairing.Mode.UNIT_VILLAGE], **who})
    helped = rows.filter(division__isnull=False).order_by().values("division_id")
    return context.reach(Village.objects.filter(pk__in=helped))


def _done_elsewhere(context: Context, code: str) -> ScopedQuerySet:
    """Subjects that have done another requirement; reach is applied by whoever asks."""
    other = Requirement.objects.select_related("program").get(program=context.program, code=code)
    return evaluate_requirement(other, context.at(user=None, place="", period=None)).done


def _place_of_unit(context: Context) -> Any:
    rows = Pairing.objects.filter(program=context.program, unit=OuterRef("pk"), mode=Pairing.Mode.UNIT_VILLAGE)
    by_unit = rows.active_on(context.day).order_by().values("unit_id")
    return Subquery(by_unit.annotate(_place=Min("place_id")).values("_place"))


def _place_of_cadre(context: Context) -> Any:
    rows = Pairing.objects.filter(program=context.program, cadre=OuterRef("pk")).active_on(context.day)
    return Subquery(rows.order_by().values("cadre_id").annotate(_place=Min("place_id")).values("_place"))


_UNIT: dict[str, Any] = {
    "model": Unit,
    "owed": owing_units,
    "mark": "unit_id",
    "names": F("short_name"),
    "params": (MODES, UNIT_LEVELS, PLACES),
    "place": _place_of_unit,
    "unit": "pk",
    "order": ("pinyin", "pk"),
}
register_subject(SubjectKind(name="unit", label="帮扶单位", **_UNIT))
register_subject(SubjectKind(name="unit_leader", label="单位主要领导", counter="位", **_UNIT))
register_subject(
    SubjectKind(
        name="team",
        label="工作队",
        model=Team,
        owed=owing_teams,
        mark="team_id",
        names=Coalesce("unit__short_name", "name"),
        params=(PLACES, DONE),
        place=lambda context: F("village_id"),
        unit="unit_id",
        order=("unit__pinyin", "pinyin", "pk"),
    )
)
register_subject(
    SubjectKind(
        name="first_secretary",
        label="第一书记",
        counter="名",
        model=TeamMember,
        owed=owing_first_secretaries,
        mark="member_id",
        names=F("cadre__name"),
        params=(PLACES, DONE),
        place=lambda context: F("team__village_id"),
        unit="unit_id",
        order=("cadre__pinyin", "pk"),
    )
)
register_subject(
    SubjectKind(
        name="cadre",
        label="帮扶干部",
        counter="名",
        model=Cadre,
        owed=owing_cadres,
        mark="cadre_id",
        names=F("name"),
        params=(MODES, *OF_HELPERS, PLACES),
        place=_place_of_cadre,
        unit="posts__unit_id",
        order=("pinyin", "pk"),
    )
)
register_subject(
    SubjectKind(
        name="town",
        label="镇街",
        model=Division,
        owed=owing_towns,
        mark="division_id",
        names=F("short_name"),
        params=(PLACES,),
        place=lambda context: F("code"),
        unit="units",
        order=("code",),
    )
)
register_subject(
    SubjectKind(
        name="county",
        label="县区",
        model=Division,
        owed=owing_county,
        mark="division_id",
        names=F("short_name"),
        place=lambda context: F("code"),
        unit="units",
        order=("code",),
    )
)
register_subject(
    SubjectKind(
        name="village",
        label="村",
        model=Village,
        owed=owing_villages,
        mark="division_id",
        names=F("name"),
        params=(MODES, PLACES),
        place=lambda context: F("division_id"),
        unit="teams__unit_id",
        order=("pinyin", "pk"),
    )
)
register_subject(
    SubjectKind(
        name="pairing",
        label="结对",
        model=Pairing,
        owed=owing_pairings,
        mark="pairing_id",
        names=Coalesce("household__head", "member__name", "division__short_name"),
        params=(MODES, PLACES, TARGET_TAGS),
        place=lambda context: F("place_id"),
        unit="unit_id",
    )
)
