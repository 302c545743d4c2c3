"""Who can owe something, and what counts as done, as far as helpers and their work go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cadres.measures import BOTH_SIDES, LEADERSHIP, MODES, PLACES, VISIT_KINDS, heard_both_sides
from cadres.models import (
    Cadre,
    Diary,
    Document,
    Duty,
    Meeting,
    Milestone,
    Pairing,
    RequirementMark,
    Team,
    TeamMember,
    VisitHousehold,
    VisitParticipant,
)
from cadres.models.pairings import PairingQuerySet
from programs.figures.context import Context, Rows, moments, within
from programs.figures.registry import (
    Evidence,
    Param,
    Params,
    SubjectKind,
    register_evidence,
    register_marks,
    register_subject,
)
from programs.figures.requirements import evaluate_requirement
from programs.models import Division, DivisionLevel, Requirement, Unit, UnitLevel
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet
from villages.models import HouseholdTag, Village

DONE = Param("done", "已完成另一项要求的", "requirement")
UNIT_LEVELS = Param("unit_levels", "单位级别", "choices", options=tuple(UnitLevel.choices))
ROLES = Param("roles", "身份", "choices", options=tuple(TeamMember.Role.choices))
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
    """Cadres who help somebody in the period."""
    rows = _paired(context, period, who).filter(cadre__isnull=False)
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
    rows = Division.objects.within(context.program.jurisdiction_id).filter(level=DivisionLevel.TOWN).current()
    rows = _placed(context, rows, who, "code")
    return context.reach(rows)


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
        params=(MODES, PLACES),
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


def visit_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """People on visits that stand. A unit's leader counts only in a village that the unit is paired with."""
    span = Period(period.start, max(period.start, min(period.end, until)))
    start, end = moments(span)
    if subject == "pairing":
        rows = VisitHousehold.objects.filter(
            visit__program=context.program,
            visit__is_current=True,
            visit__is_void=False,
            visit__happened_at__gte=start,
            visit__happened_at__lt=end,
            visit__participants__cadre_id=F("household__pairings__cadre_id"),
        )
        return _of_kinds(context, rows, params, "visit__kind")
    rows = VisitParticipant.objects.filter(
        visit__program=context.program,
        visit__is_current=True,
        visit__is_void=False,
        visit__happened_at__gte=start,
        visit__happened_at__lt=end,
    )
    rows = _of_kinds(context, rows, params, "visit__kind")
    if "leadership" in params:
        rows = rows.filter(leadership__in=params["leadership"])
    if subject in ("unit", "unit_leader"):
        paired = Pairing.objects.filter(
            program=context.program, unit=OuterRef("unit_id"), place_id=OuterRef("visit__division_id")
        )
        rows = rows.filter(Exists(paired))
    return rows


def _of_kinds(context: Context, rows: Rows, params: Params, lookup: str) -> Rows:
    if "kinds" not in params:
        return rows
    return rows.filter(**{f"{lookup}__in": context.term_ids("visit_kind", params["kinds"])})


def document_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """Documents of the period they are for (or, where they name none, of the day they came) received in time."""
    rows = Document.objects.filter(program=context.program, received_on__lte=until)
    rows = rows.filter(
        Q(period_start__gte=period.start, period_start__lte=period.end)
        | Q(period_start__isnull=True, received_on__gte=period.start)
    )
    if "kinds" in params:
        rows = rows.filter(kind__in=context.term_ids("document_kind", params["kinds"]))
    return rows


def meeting_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """Meetings held in the period; those at which both sides had their say if asked."""
    rows = Meeting.objects.filter(program=context.program, on__gte=period.start, on__lte=min(period.end, until))
    if "kinds" in params:
        rows = rows.filter(kind__in=context.term_ids("meeting_kind", params["kinds"]))
    if params.get("both_sides"):
        rows = heard_both_sides(rows)
    return rows


def milestone_evidence(
    context: Context, period: Period, until: dt.date, params: Params, subject: str
) -> ScopedQuerySet:
    """Milestones reached."""
    rows = Milestone.objects.filter(
        team__program=context.program, reached_on__gte=period.start, reached_on__lte=min(period.end, until)
    )
    return rows.filter(kind__in=context.term_ids("milestone", params.get("kinds", [])))


def diary_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """Days with a diary."""
    return Diary.objects.filter(team__program=context.program, on__gte=period.start, on__lte=min(period.end, until))


def duty_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """Days on duty; a reported trip for the village counts."""
    return Duty.objects.filter(
        team__program=context.program,
        on__gte=period.start,
        on__lte=min(period.end, until),
        state__in=[Duty.State.PRESENT, Duty.State.REPORTED],
    )


def agreement_evidence(
    context: Context, period: Period, until: dt.date, params: Params, subject: str
) -> ScopedQuerySet:
    """Pairings whose agreement was signed."""
    return Pairing.objects.filter(
        program=context.program, agreed_on__gte=period.start, agreed_on__lte=min(period.end, until)
    )


def target_evidence(context: Context, period: Period, until: dt.date, params: Params, subject: str) -> ScopedQuerySet:
    """Pairings in force with households, or people, of a category, or with places."""
    rows = Pairing.objects.active_on(min(period.end, until)).filter(program=context.program)
    if "modes" in params:
        rows = rows.filter(mode__in=params["modes"])
    if "tags" in params:
        tags = context.term_ids("household_tag", params["tags"])
        rows = rows.filter(household__tags__tag__in=tags, household__tags__until__isnull=True)
    if "person_tags" in params:
        tags = context.term_ids("person_tag", params["person_tags"])
        rows = rows.filter(member__tags__tag__in=tags, member__tags__until__isnull=True)
    return rows


register_evidence(
    Evidence(
        name="visit",
        label="走访",
        verb="开展",
        model=VisitParticipant,
        rows=visit_evidence,
        on="visit__happened_at",
        subjects={
            "unit": "unit_id",
            "unit_leader": "unit_id",
            "team": "team_id",
            "cadre": "cadre_id",
            "village": "visit__division_id",
            "pairing": "household__pairings__pk",
            "first_secretary": "cadre__memberships__pk",
        },
        params=(VISIT_KINDS, LEADERSHIP),
    )
)
register_evidence(
    Evidence(
        name="document",
        label="材料",
        verb="报送",
        counter="份",
        model=Document,
        rows=document_evidence,
        on="received_on",
        subjects={
            "unit": "unit_id",
            "team": "team_id",
            "cadre": "cadre_id",
            "village": "division_id",
            "town": "division_id",
        },
        params=(Param("kinds", "材料种类", "terms", "document_kind"),),
    )
)
register_evidence(
    Evidence(
        name="meeting",
        label="会议",
        verb="召开",
        model=Meeting,
        rows=meeting_evidence,
        on="on",
        subjects={"unit": "unit_id", "team": "team_id", "town": "division_id", "village": "division_id"},
        params=(Param("kinds", "会议种类", "terms", "meeting_kind"), BOTH_SIDES),
    )
)
register_evidence(
    Evidence(
        name="milestone",
        label="工作队节点",
        verb="做到",
        counter="项",
        model=Milestone,
        rows=milestone_evidence,
        on="reached_on",
        subjects={"team": "team_id", "first_secretary": "member_id"},
        params=(Param("kinds", "节点", "terms", "milestone"),),
    )
)
register_evidence(
    Evidence(
        name="diary",
        label="驻村日记",
        verb="记",
        counter="篇",
        model=Diary,
        rows=diary_evidence,
        on="on",
        subjects={"team": "team_id", "cadre": "cadre_id"},
    )
)
register_evidence(
    Evidence(
        name="duty",
        label="在岗",
        verb="",
        counter="天",
        model=Duty,
        rows=duty_evidence,
        on="on",
        subjects={"team": "team_id", "cadre": "cadre_id"},
    )
)
register_evidence(
    Evidence(
        name="agreement",
        label="签订协议",
        verb="",
        model=Pairing,
        rows=agreement_evidence,
        on="agreed_on",
        subjects={"unit": "unit_id", "cadre": "cadre_id", "team": "team_id", "pairing": "pk"},
    )
)
register_evidence(
    Evidence(
        name="pairing",
        label="结对到户到村",
        verb="",
        counter="个",
        model=Pairing,
        rows=target_evidence,
        on="since",
        subjects={"unit": "unit_id", "cadre": "cadre_id", "team": "team_id"},
        params=(MODES, TARGET_TAGS, Param("person_tags", "人员类别", "terms", "person_tag")),
    )
)
