"""What counts as done, as far as helpers and their work go."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q

from cadres.helping import OF_HELPED, of_helped
from cadres.measures import BOTH_SIDES, LEADERSHIP, MODES, VISIT_KINDS, heard_both_sides
from cadres.models import (
    Diary,
    Document,
    Duty,
    Meeting,
    Milestone,
    Pairing,
    VisitHousehold,
    VisitParticipant,
)
from programs.figures.context import Context, Rows, moments
from programs.figures.registry import (
    Evidence,
    Param,
    Params,
    register_evidence,
)
from programs.rules.periods import Period
from programs.scoping import ScopedQuerySet


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
    """Pairings in force with households, or people, of a category, or with places of a level."""
    day = min(period.end, until)
    rows = Pairing.objects.active_on(day).filter(program=context.program)
    if "modes" in params:
        rows = rows.filter(mode__in=params["modes"])
    return of_helped(context, rows, params, day)


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
            "county": "division_id",
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
        subjects={
            "unit": "unit_id",
            "team": "team_id",
            "town": "division_id",
            "village": "division_id",
            "county": "division_id",
        },
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
        params=(MODES, *OF_HELPED),
    )
)
