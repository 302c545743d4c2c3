"""Changes to needs: raised, worked on, commented, closed with a reason, reopened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cadres.models import Cadre, Need, NeedStep, Team, Visit
from programs.changes import action, check, check_place, check_work, required, saved, saved_all
from programs.models import Division, Program, Term, Unit, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from villages.models import Household


class NeedClosed(Refusal):
    """The need has been closed; it has to be reopened first."""


class NeedOpen(Refusal):
    """Only a closed need is reopened."""


class NoEvidence(Refusal):
    """The program closes needs only with evidence or the household's word."""


class DueBeforeRaised(Refusal):
    """A need cannot be due before it was raised."""


@action
def raise_needs(*, by: User, program: Program, needs: Iterable[Need]) -> list[Need]:
    """Enter many needs; the same rules as for one."""
    found = list(needs)
    for need in found:
        need.program, need.recorded_by = program, by
        need.text = required(need.text, "诉求内容", "text")
        check_place(need.division, program)
        check_work(need.raised_on, program, "raised_on", "提出日期")
        if need.due_on is not None and need.due_on < need.raised_on:
            raise DueBeforeRaised(
                f"办理期限（{day_text(need.due_on)}）早于提出日期（{day_text(need.raised_on)}），请核对。",
                field="due_on",
            )
    return saved_all(found, program)


@action
def raise_need(
    *,
    by: User,
    program: Program,
    division: Division,
    category: Term,
    text: str,
    raised_on: dt.date,
    household: Household | None = None,
    visit: Visit | None = None,
    persons: int = 1,
    due_on: dt.date | None = None,
    responsible_unit: Unit | None = None,
    responsible_team: Team | None = None,
    responsible_cadre: Cadre | None = None,
) -> Need:
    """Enter a need (诉求): what is asked for, who answers for it and by when."""
    need = Need(
        division=division,
        household=household,
        visit=visit,
        category=category,
        text=text,
        persons=persons,
        raised_on=raised_on,
        due_on=due_on,
        responsible_unit=responsible_unit,
        responsible_team=responsible_team,
        responsible_cadre=responsible_cadre,
    )
    return raise_needs(by=by, program=program, needs=[need])[0]


@action
def add_need_steps(*, by: User, steps: Iterable[tuple[Need, dt.date, str]]) -> list[NeedStep]:
    """Note what was done about many open needs; the same rules as for one."""
    found = []
    for need, on, text in steps:
        _must_be_open(need)
        found.append(_checked_step(need, NeedStep.Kind.ACTION, on, required(text, "办理经过", "text"), by))
    return saved_all(found)


@action
def add_need_step(*, by: User, need: Need, on: dt.date, text: str) -> NeedStep:
    """Note what was done about an open need."""
    return add_need_steps(by=by, steps=[(need, on, text)])[0]


@action
def comment_need(*, by: User, need: Need, on: dt.date, text: str) -> NeedStep:
    """Note a leader's comment on a need, open or closed."""
    return _step(need, NeedStep.Kind.COMMENT, on, required(text, "点评", "text"), by)


@dataclass(frozen=True)
class Closing:
    """How a need is closed: when, why, on whose word, and whether it was solved."""

    need: Need
    on: dt.date
    reason: str
    evidence: str = ""
    solved: bool = True


@action
def close_needs(*, by: User, closings: Iterable[Closing]) -> list[Need]:
    """Close many needs (销号); the same rules as for one."""
    found = list(closings)
    steps = []
    for closing in found:
        need, reason = closing.need, required(closing.reason, "销号理由", "close_reason")
        _must_be_open(need)
        if need.program.settings.get("need_close_needs_evidence") and not closing.evidence.strip():
            raise NoEvidence(f"“{need.program}”规定销号须附群众确认或佐证，请填写。", field="close_evidence")
        steps.append(_checked_step(need, NeedStep.Kind.CLOSED, closing.on, reason, by))
        need.closed_on, need.close_reason = closing.on, reason
        need.close_evidence, need.solved = closing.evidence.strip(), closing.solved
        check(need)
    needs = [closing.need for closing in found]
    saved_all(steps)
    Need.objects.bulk_update(needs, ["closed_on", "close_reason", "close_evidence", "solved"], batch_size=1000)
    return needs


@action
def close_need(*, by: User, need: Need, on: dt.date, reason: str, evidence: str = "", solved: bool = True) -> Need:
    """Close a need (销号) with a reason; with evidence or the household's word too, where the program says so."""
    return close_needs(by=by, closings=[Closing(need, on, reason, evidence, solved)])[0]


@action
def reopen_need(*, by: User, need: Need, on: dt.date, reason: str, due_on: dt.date | None = None) -> Need:
    """Take up a closed need again, perhaps with a new due day; the closing stays in its steps."""
    if need.closed_on is None:
        raise NeedOpen("该诉求尚未销号，可直接登记办理经过。")
    _step(need, NeedStep.Kind.REOPENED, on, required(reason, "重新办理的原因", "reason"), by)
    need.closed_on, need.close_reason, need.close_evidence, need.solved = None, "", "", False
    need.due_on = due_on or need.due_on
    return saved(need)


@action
def assign_need(
    *,
    by: User,
    need: Need,
    on: dt.date,
    to: Cadre | Unit | Team,
    due_on: dt.date | None = None,
) -> Need:
    """Say who answers for an open need from now on."""
    _must_be_open(need)
    need.responsible_cadre = to if isinstance(to, Cadre) else None
    need.responsible_unit = to if isinstance(to, Unit) else None
    need.responsible_team = to if isinstance(to, Team) else None
    need.due_on = due_on or need.due_on
    _step(need, NeedStep.Kind.ACTION, on, f"交{to}办理。", by)
    return saved(need)


def _step(need: Need, kind: str, on: dt.date, text: str, by: User) -> NeedStep:
    return saved(_checked_step(need, kind, on, text, by))


def _checked_step(need: Need, kind: str, on: dt.date, text: str, by: User) -> NeedStep:
    check_work(on, need.program, "on")
    if on < need.raised_on:
        raise DueBeforeRaised(
            f"日期（{day_text(on)}）早于诉求提出之日（{day_text(need.raised_on)}），请核对。", field="on"
        )
    return NeedStep(need=need, kind=kind, on=on, text=text, by=by)


def _must_be_open(need: Need) -> None:
    if need.closed_on is not None:
        raise NeedClosed(f"该诉求已于{day_text(need.closed_on)}销号，如需再办，请先重新办理。")
