"""Changes to what an office knows of a requirement: ticked with a source, excused with a reason, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from cadres.models import Cadre, Pairing, RequirementMark, Team, TeamMember
from programs import clock
from programs.changes import action, check_work, required, saved, saved_all
from programs.models import Division, Requirement, Unit, User
from programs.refusals import Refusal
from programs.rules.periods import Cadence, period_containing
from villages.models import Village

Subject = Unit | Team | TeamMember | Cadre | Division | Village | Pairing

_FIELD_OF: dict[type, str] = {
    Unit: "unit",
    Team: "team",
    TeamMember: "member",
    Cadre: "cadre",
    Division: "division",
    Village: "division",
    Pairing: "pairing",
}
_FIELD_OWED = {
    Requirement.Subject.UNIT: "unit",
    Requirement.Subject.UNIT_LEADER: "unit",
    Requirement.Subject.TEAM: "team",
    Requirement.Subject.FIRST_SECRETARY: "member",
    Requirement.Subject.CADRE: "cadre",
    Requirement.Subject.TOWN: "division",
    Requirement.Subject.VILLAGE: "division",
    Requirement.Subject.PAIRING: "pairing",
    Requirement.Subject.COUNTY: "division",
}


class TakesNoMarks(Refusal):
    """The requirement is judged by records only."""


class WrongSubject(Refusal):
    """The requirement is owed by another kind of subject."""


class AlreadyWithdrawn(Refusal):
    """The mark has been taken back before."""


def period_start_of(requirement: Requirement, day: dt.date) -> dt.date:
    """The first day of the requirement's period in which ``day`` lies; for what is owed once, the day it begins."""
    begins = requirement.starts_on or requirement.program.starts_on
    if requirement.cadence == Requirement.Cadence.ONCE:
        return begins
    return period_containing(Cadence(requirement.cadence), day, begins).start


@action
def mark_requirements(
    *,
    by: User,
    requirement: Requirement,
    subjects: Iterable[Subject],
    on: dt.date,
    source: str,
    period: dt.date | None = None,
    note: str = "",
) -> list[RequirementMark]:
    """Tick many subjects of one requirement; the same rules as for one."""
    if not requirement.takes_marks:
        raise TakesNoMarks(f"“{requirement}”只凭工作记录认定，不能直接登记，请补录相应的记录。")
    check_work(on, requirement.program, "on", "完成日期")
    return saved_all(
        _mark_of(
            requirement,
            subject,
            period or on,
            by,
            verdict=RequirementMark.Verdict.DONE,
            on=on,
            source=source,
            reason=note,
        )
        for subject in subjects
    )


@action
def mark_requirement(
    *,
    by: User,
    requirement: Requirement,
    subject: Subject,
    on: dt.date,
    source: str,
    period: dt.date | None = None,
    note: str = "",
) -> RequirementMark:
    """Tick that a subject did what is asked, on a day, known by telephone, papers or on site.

    ``period`` is any day of the period it counts for; by default the one that ``on`` lies in.
    """
    return mark_requirements(
        by=by, requirement=requirement, subjects=[subject], on=on, source=source, period=period, note=note
    )[0]


@action
def excuse_requirements(
    *,
    by: User,
    requirement: Requirement,
    subjects: Iterable[Subject],
    reason: str,
    approver: str,
    on: dt.date | None = None,
    period: dt.date | None = None,
) -> list[RequirementMark]:
    """Excuse many subjects (请假, 防汛, 空缺, 中途接手) for a period, with one reason and who approved it."""
    day = on or clock.today(requirement.program)
    check_work(day, requirement.program, "on", "批准日期")
    return saved_all(
        _mark_of(
            requirement,
            subject,
            period or day,
            by,
            verdict=RequirementMark.Verdict.EXCUSED,
            on=day,
            reason=required(reason, "免除原因", "reason"),
            approver=required(approver, "批准人", "approver"),
        )
        for subject in subjects
    )


@action
def excuse_requirement(
    *,
    by: User,
    requirement: Requirement,
    subject: Subject,
    reason: str,
    approver: str,
    on: dt.date | None = None,
    period: dt.date | None = None,
) -> RequirementMark:
    """Excuse one subject; the same rules as for many."""
    return excuse_requirements(
        by=by,
        requirement=requirement,
        subjects=[subject],
        reason=reason,
        approver=approver,
        on=on,
        period=period,
    )[0]


@action
def withdraw_mark(*, by: User, mark: RequirementMark) -> RequirementMark:
    """Take a tick or an excuse back; the record stays, withdrawn."""
    if mark.withdrawn_at is not None:
        raise AlreadyWithdrawn("这条登记已经撤回。")
    mark.withdrawn_at = timezone.now()
    return saved(mark)


def _mark_of(
    requirement: Requirement,
    subject: Subject,
    period: dt.date,
    by: User,
    *,
    verdict: str,
    on: dt.date,
    source: str = "",
    reason: str = "",
    approver: str = "",
) -> RequirementMark:
    field = _FIELD_OF[type(subject)]
    if field != _FIELD_OWED[Requirement.Subject(requirement.subject)]:
        raise WrongSubject(
            f"“{requirement}”由{requirement.get_subject_display()}完成，“{subject}”不是。", field="subject"
        )
    target = subject.division if isinstance(subject, Village) else subject
    mark = RequirementMark(
        requirement=requirement,
        period_start=period_start_of(requirement, period),
        verdict=verdict,
        on=on,
        source=source,
        reason=reason.strip(),
        approver=approver,
        recorded_by=by,
    )
    setattr(mark, field, target)
    return mark
