"""Changes to inspection rounds, what inspections answered and found, its rectification and its consequences."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cadres.models import Cadre, Need, Team
from inspections.models import (
    Answer,
    ChecklistItem,
    Finding,
    Inspection,
    InspectionGroup,
    InspectionGroupMember,
    Rectification,
    Round,
    Sanction,
)
from programs import clock
from programs.changes import action, check_day, check_place, check_word, required, saved, saved_all
from programs.models import Division, Program, Term, Unit, User
from programs.refusals import BadField, Refusal
from programs.rules.wording import day_text
from projects.models import Project

YES, NO = "是", "否"


class OutsideRound(Refusal):
    """The day lies outside the round, or the team in another program."""


class BadAnswer(Refusal):
    """An answer does not fit its question."""


class NotAProblem(Refusal):
    """Only problems are put right and closed; praise is not."""


class FindingClosed(Refusal):
    """The problem has been closed."""


class FourEyes(Refusal):
    """Who fixed a problem neither checks nor closes it."""


class NothingToCheck(Refusal):
    """There is no rectification that waits for its re-check."""


class NotAccepted(Refusal):
    """A problem is closed only after a re-check found it put right."""


@action
def create_round(
    *,
    by: User,
    program: Program,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    methods: Iterable[Term] = (),
    is_announced: bool = False,
    sample_note: str = "",
) -> Round:
    """Open an inspection round with its methods, from the program's vocabulary."""
    found = list(methods)
    for method in found:
        check_word(method, program, [Term.Vocabulary.METHOD], "methods")
    row = saved(
        Round(
            program=program,
            name=required(name, "名称", "name"),
            starts_on=starts_on,
            ends_on=ends_on,
            is_announced=is_announced,
            sample_note=sample_note,
        )
    )
    row.methods.set(found)
    return row


@action
def add_group(
    *, by: User, in_round: Round, name: str, members: Iterable[Cadre] = (), head: Cadre | None = None, position: int = 0
) -> InspectionGroup:
    """Form a group of a round; its head is one of its members."""
    group = saved(InspectionGroup(round=in_round, name=required(name, "名称", "name"), position=position))
    seats = list(members)
    if head is not None and head not in seats:
        seats.insert(0, head)
    saved_all(InspectionGroupMember(group=group, cadre=cadre, is_head=cadre == head) for cadre in seats)
    return group


@action
def assign_teams(*, by: User, group: InspectionGroup, teams: Iterable[Team]) -> list[Inspection]:
    """Assign teams to a group; a team is inspected once in a round."""
    found = list(teams)
    for team in found:
        if team.program_id != group.round.program_id:
            raise OutsideRound(f"“{team}”不属于本活动，请重新选择。", field="teams")
    return saved_all(Inspection(round=group.round, group=group, team=team) for team in found)


@action
def draw_sample(*, by: User, in_round: Round, teams: Iterable[Team], seed: int, per_town: int) -> list[Team]:
    """Draw so many teams of each town. The seed is kept: the same teams and seed give the same draw again."""
    if per_town < 1:
        raise BadField("每个镇街至少抽1个。", field="per_town")
    towns: dict[str, list[Team]] = defaultdict(list)
    for team in teams:
        towns[team.village_id[:9]].append(team)

    def lot(team: Team) -> str:
        return hashlib.sha256(f"{seed}:{team.village_id}:{team.pk}".encode()).hexdigest()

    drawn = [team for town in sorted(towns) for team in sorted(towns[town], key=lot)[:per_town]]
    in_round.sample_seed, in_round.sample_note = seed, f"每个镇街随机抽{per_town}个，共{len(drawn)}个"
    saved(in_round)
    return drawn


@dataclass(frozen=True)
class InspectionDraft:
    """All that is said of one inspection; ``answers`` maps items to an answer, or to an answer and a note."""

    inspection: Inspection
    visited_on: dt.date
    methods: Sequence[Term] = ()
    answers: Mapping[ChecklistItem, str | tuple[str, str]] = field(default_factory=dict)
    notes: str = ""
    follow_up_on: dt.date | None = None


@action
def record_inspections(*, by: User, program: Program, inspections: Iterable[InspectionDraft]) -> list[Inspection]:
    """Record many inspections; the same rules as for one. What was recorded of them before is replaced."""
    drafts = list(inspections)
    through = Inspection.methods.through
    answers, methods = [], []
    for draft in drafts:
        row = draft.inspection
        _check_visited(draft, program)
        for method in draft.methods:
            check_word(method, program, [Term.Vocabulary.METHOD], "methods")
        row.visited_on, row.notes, row.follow_up_on = draft.visited_on, draft.notes.strip(), draft.follow_up_on
        row.recorded_by = by
        answers += _answers_of(draft)
        methods += [through(inspection_id=row.pk, term_id=method.pk) for method in draft.methods]
    rows = [draft.inspection for draft in drafts]
    Inspection.objects.bulk_update(rows, ["visited_on", "notes", "follow_up_on", "recorded_by"])
    Answer.objects.filter(inspection__in=rows).delete()
    through._default_manager.filter(inspection__in=rows).delete()
    saved_all(answers)
    through._default_manager.bulk_create(methods)
    return rows


@action
def record_inspection(
    *,
    by: User,
    inspection: Inspection,
    visited_on: dt.date,
    methods: Sequence[Term] = (),
    answers: Mapping[ChecklistItem, str | tuple[str, str]] | None = None,
    notes: str = "",
    follow_up_on: dt.date | None = None,
) -> Inspection:
    """Record what an inspection of one team saw: when, how, the answers, notes, and when to look again.

    An answer to an item whose condition does not hold is left out, and so is an empty one.
    """
    draft = InspectionDraft(inspection, visited_on, methods, answers or {}, notes, follow_up_on)
    return record_inspections(by=by, program=inspection.round.program, inspections=[draft])[0]


def _check_visited(draft: InspectionDraft, program: Program) -> None:
    row = draft.inspection
    if row.round.program_id != program.pk:
        raise OutsideRound("这次督查不属于本活动。")
    check_day(draft.visited_on, program, "visited_on", "督查日期")
    ends_on = row.round.ends_on or draft.visited_on
    if not row.round.starts_on <= draft.visited_on <= ends_on:
        raise OutsideRound(
            f"督查日期（{day_text(draft.visited_on)}）不在本轮督查期间（{day_text(row.round.starts_on)}至"
            f"{day_text(ends_on)}），请核对。",
            field="visited_on",
        )


def _answers_of(draft: InspectionDraft) -> list[Answer]:
    split = {item: (given, "") if isinstance(given, str) else given for item, given in draft.answers.items() if given}
    given = {item.pk: value.strip() for item, (value, _) in split.items()}
    return [
        Answer(inspection=draft.inspection, item=item, value=fitting_answer(item, value), note=note.strip())
        for item, (value, note) in split.items()
        if value.strip() and (item.only_if_id is None or given.get(item.only_if_id) == item.only_if_answer)
    ]


def fitting_answer(item: ChecklistItem, value: str) -> str:
    """The answer without spaces around it. Raises BadAnswer if the question cannot be answered so."""
    value = value.strip()
    name = f"item-{item.pk}"
    match item.kind:
        case ChecklistItem.Kind.YES_NO if value not in (YES, NO):
            raise BadAnswer(f"“{item}”请答{YES}或{NO}。", field=name)
        case ChecklistItem.Kind.CHOICE if value not in item.choices:
            raise BadAnswer(f"“{item}”请从{'、'.join(item.choices)}中选一项。", field=name)
        case ChecklistItem.Kind.NUMBER if not value.replace(".", "", 1).isdecimal():
            raise BadAnswer(f"“{item}”请填数字。", field=name)
    return value


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
        if row.division_id is None:
            row.division = row.team.village.division if row.team is not None else program.jurisdiction
        check_place(row.division, program)
        check_day(row.found_on, program, "found_on", "发现日期")
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


def _must_be_open(finding: Finding) -> None:
    if finding.kind != Finding.Kind.PROBLEM:
        raise NotAProblem("表扬无需整改。")
    if finding.closed_on is not None:
        raise FindingClosed(f"该问题已于{day_text(finding.closed_on)}销号。")


def _check_after_found(finding: Finding, on: dt.date) -> None:
    check_day(on, finding.program, "on")
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
    check_day(day, program, "decided_on", "决定日期")
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
