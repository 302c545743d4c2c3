"""Changes to problems and praise: entered, put right, re-checked, closed, and their consequences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from cadres.models import Cadre, Need, Team
from inspections.models import Finding, Inspection, Rectification, Round, Sanction
from programs import clock
from programs.changes import action, check_place, check_work, required, saved, saved_all
from programs.models import Division, Program, Term, Unit, User
from programs.refusals import BadField, Refusal
from programs.rules.wording import day_text
from projects.models import Project


class NotAProblem(Refusal):
    """Only problems are put right and closed; praise is not."""


class FindingClosed(Refusal):
    """The problem has been closed."""


class FindingInUse(Refusal):
    """What has been put right or had consequences is not taken back."""


class FourEyes(Refusal):
    """Who fixed a problem neither checks nor closes it."""


class NothingToCheck(Refusal):
    """There is no rectification that waits for its re-check."""


class NotAccepted(Refusal):
    """A problem is closed only after a re-check found it put right."""


@dataclass(frozen=True)
class FindingDraft:
    """What is said of one problem or praise on an inspection's form; ``finding`` is the one it corrects."""

    category: Term
    text: str
    gravity: str = Finding.Gravity.MINOR
    due_on: dt.date | None = None
    responsible: str = ""
    project: Project | None = None
    finding: Finding | None = None
    is_removed: bool = False


@action
def add_findings(*, by: User, program: Program, findings: Iterable[Finding]) -> list[Finding]:
    """Enter many problems and praises; the same rules as for one."""
    found = list(findings)
    for row in found:
        row.program, row.recorded_by = program, by
        row.kind = _kind_of(row.category)
        row.text = required(row.text, "情况", "text")
        if row.inspection is not None:
            row.round = row.inspection.round
            row.team = row.team or row.inspection.team
        if row.team is not None:
            row.unit = row.unit or row.team.unit
        if not row.division_id:
            row.division = row.team.village.division if row.team is not None else program.jurisdiction
        check_place(row.division, program)
        check_work(row.found_on, program, "found_on", "发现日期")
    return saved_all(found, program)


@action
def add_finding(
    *,
    by: User,
    program: Program,
    category: Term,
    text: str,
    found_on: dt.date,
    inspection: Inspection | None = None,
    in_round: Round | None = None,
    team: Team | None = None,
    unit: Unit | None = None,
    division: Division | None = None,
    project: Project | None = None,
    need: Need | None = None,
    gravity: str = Finding.Gravity.MINOR,
    due_on: dt.date | None = None,
    responsible: str = "",
) -> Finding:
    """Enter a problem, or praise if its category is of that vocabulary, about a team, a unit or a place.

    From an inspection it takes round and team, from a team its unit and village, unless others are given.
    """
    row = Finding(
        inspection=inspection,
        round=in_round,
        category=category,
        gravity=gravity,
        division=division,
        team=team,
        unit=unit,
        project=project,
        need=need,
        text=text,
        found_on=found_on,
        due_on=due_on,
        responsible=responsible,
    )
    return add_findings(by=by, program=program, findings=[row])[0]


@action
def correct_findings(*, by: User, inspection: Inspection, drafts: Iterable[FindingDraft]) -> list[Finding]:
    """Enter, correct and take back what an inspection found; gives what is new.

    A new one that says the same as one already there is that one: a phone without a signal sends twice.
    """
    program, found_on = inspection.round.program, inspection.visited_on or clock.today(inspection.round.program)
    there = {row.pk: row for row in inspection.findings.select_related("category")}
    said = {(row.category_id, row.text) for row in there.values()}
    new: list[Finding] = []
    for draft in drafts:
        if draft.finding is not None and draft.finding.pk not in there:
            continue
        if draft.finding is None:
            if not draft.is_removed and (draft.category.pk, draft.text.strip()) not in said:
                new.append(_said(Finding(inspection=inspection, found_on=found_on), draft))
        elif draft.is_removed:
            _take_back(there[draft.finding.pk])
        elif _words_of(there[draft.finding.pk]) != _words_of(row := _said(copy(there[draft.finding.pk]), draft)):
            row.text, row.kind = required(row.text, "情况", "text"), _kind_of(draft.category)
            saved(row, program)
    for row in inspection.findings.exclude(found_on=found_on).filter(closed_on__isnull=True):
        row.found_on = found_on
        saved(row)
    return add_findings(by=by, program=program, findings=new)


def _said(row: Finding, draft: FindingDraft) -> Finding:
    row.category, row.text, row.gravity, row.project = draft.category, draft.text, draft.gravity, draft.project
    row.due_on, row.responsible = draft.due_on, draft.responsible.strip()
    return row


def _words_of(row: Finding) -> tuple[Any, ...]:
    return row.category_id, row.text, row.gravity, row.project_id, row.due_on, row.responsible


def _take_back(row: Finding) -> None:
    if row.rectifications.exists() or row.sanctions.exists():
        raise FindingInUse(f"“{row}”已有整改或处理记录，不能删除。可改写内容，或复查后销号。")
    row.delete()


def _kind_of(category: Term) -> str:
    if category.vocabulary == Term.Vocabulary.PRAISE_CATEGORY:
        return Finding.Kind.PRAISE
    return Finding.Kind.PROBLEM


@action
def rectify(*, by: User, finding: Finding, on: dt.date, text: str) -> Rectification:
    """Report what was done about a problem; it then waits for its re-check."""
    _must_be_open(finding)
    _check_after_found(finding, on)
    return saved(Rectification(finding=finding, on=on, text=required(text, "整改情况", "text"), fixed_by=by))


@action
def recheck(*, by: User, finding: Finding, on: dt.date, verdict: str, comment: str = "") -> Rectification:
    """Say whether the last rectification holds; not by the person who entered it. 退回 needs a comment."""
    _must_be_open(finding)
    row = finding.rectifications.filter(verdict="").order_by("-on", "-pk").select_for_update().first()
    if row is None:
        raise NothingToCheck("没有待复查的整改，请先登记整改情况。")
    if row.fixed_by_id == by.pk:
        raise FourEyes("复查人不能是整改登记人，请由他人复查。", field="checked_by")
    _check_after_found(finding, on)
    if verdict == Rectification.Verdict.RETURNED:
        comment = required(comment, "退回的意见", "comment")
    row.checked_on, row.checked_by, row.verdict, row.comment = on, by, verdict, comment.strip()
    return saved(row)


@action
def close_finding(*, by: User, finding: Finding, on: dt.date) -> Finding:
    """Close a problem (销号) whose last re-check was good; not by the person who fixed it."""
    _must_be_open(finding)
    last = finding.rectifications.order_by("-on", "-pk").first()
    if last is None or last.verdict != Rectification.Verdict.ACCEPTED:
        raise NotAccepted("复查结论为“整改到位”后才能销号，请先复查。")
    if last.fixed_by_id == by.pk:
        raise FourEyes("销号人不能是整改登记人，请由他人销号。")
    _check_after_found(finding, on)
    finding.closed_on = on
    return saved(finding)


@action
def judge(*, by: User, finding: Finding, on: dt.date, verdict: str, comment: str = "") -> Rectification:
    """Re-check a problem and close it if it has been put right; the one who entered the rectification does neither."""
    row = recheck(by=by, finding=finding, on=on, verdict=verdict, comment=comment)
    if verdict == Rectification.Verdict.ACCEPTED:
        close_finding(by=by, finding=finding, on=on)
    return row


def _must_be_open(finding: Finding) -> None:
    if finding.kind != Finding.Kind.PROBLEM:
        raise NotAProblem("表扬无需整改。")
    if finding.closed_on is not None:
        raise FindingClosed(f"该问题已于{day_text(finding.closed_on)}销号。")


def _check_after_found(finding: Finding, on: dt.date) -> None:
    check_work(on, finding.program, "on")
    if on < finding.found_on:
        raise BadField(f"日期早于问题发现之日（{day_text(finding.found_on)}），请核对。", field="on")


@action
def sanction(
    *,
    by: User,
    program: Program,
    kind: Term,
    decided_by: str,
    unit: Unit | None = None,
    cadre: Cadre | None = None,
    finding: Finding | None = None,
    decided_on: dt.date | None = None,
    note: str = "",
) -> Sanction:
    """Record a consequence (通报批评, 扣发驻村补贴, 取消评优资格) for a unit or a person, and who decided it."""
    day = decided_on or clock.today(program)
    check_work(day, program, "decided_on", "决定日期")
    return saved(
        Sanction(
            program=program,
            kind=kind,
            finding=finding,
            unit=unit,
            cadre=cadre,
            decided_by=required(decided_by, "决定机关", "decided_by"),
            decided_on=day,
            note=note,
        ),
        program,
    )
