"""Changes to inspections: what was seen of a team, the answers, and all that was found, saved as one."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inspections.actions.findings import FindingDraft, correct_findings
from inspections.actions.rounds import OutsideRound
from inspections.models import Answer, ChecklistItem, Inspection
from inspections.rules import NO, YES, applies
from programs.changes import action, check, check_word, check_work, saved_all
from programs.models import Program, Term, User
from programs.refusals import Refusal
from programs.rules.wording import day_text


class BadAnswer(Refusal):
    """An answer does not fit its question."""


class ChangedMeanwhile(Refusal):
    """Somebody else has recorded the same inspection since the form was opened."""


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
    """Record many inspections; the same rules as for one. What was recorded of them before is replaced.

    An answer that stays the same is not written again, so that history shows what was really changed.
    """
    drafts = list(inspections)
    through = Inspection.methods.through
    answers, methods = [], []
    for draft in drafts:
        row = draft.inspection
        if row.round.program_id != program.pk:
            raise OutsideRound("这次督查不属于本活动。")
        check_visited(row, draft.visited_on)
        for method in draft.methods:
            check_word(method, program, [Term.Vocabulary.METHOD], "methods")
        row.visited_on, row.notes, row.follow_up_on = draft.visited_on, draft.notes.strip(), draft.follow_up_on
        row.recorded_by = by
        answers += _answers_of(draft)
        methods += [through(inspection_id=row.pk, term_id=method.pk) for method in draft.methods]
    rows = [draft.inspection for draft in drafts]
    Inspection.objects.bulk_update(rows, ["visited_on", "notes", "follow_up_on", "recorded_by"])
    _replace_answers(rows, answers)
    through._default_manager.filter(inspection__in=rows).delete()
    through._default_manager.bulk_create(methods)
    return rows


def _replace_answers(rows: list[Inspection], answers: list[Answer]) -> None:
    before = {(row.inspection_id, row.item_id): row for row in Answer.objects.filter(inspection__in=rows)}
    new, changed = [], []
    for answer in answers:
        old = before.pop((answer.inspection_id, answer.item_id), None)
        if old is None:
            new.append(answer)
        elif (old.value, old.note) != (answer.value, answer.note):
            old.value, old.note = answer.value, answer.note
            check(old)
            changed.append(old)
    Answer.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    Answer.objects.bulk_update(changed, ["value", "note"])
    saved_all(new)


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


@action
def enter_inspection(
    *, by: User, draft: InspectionDraft, findings: Sequence[FindingDraft] = (), seen: str = ""
) -> Inspection:
    """Save an inspection's whole form: what was seen, answered, found and praised, all of it or nothing.

    ``seen`` is what ``state_of`` said when the form was opened: what a colleague has entered since is not overwritten
    unawares.
    """
    row = Inspection.objects.select_for_update(of=("self",)).select_related("recorded_by").get(pk=draft.inspection.pk)
    if seen and row.recorded_by_id not in (None, by.pk) and state_of(row) != seen:
        raise ChangedMeanwhile(
            f"打开这一页以后，{row.recorded_by}登记或修改过这次督查，您填的还没有保存。请先在新窗口打开核对；"
            "仍要按您填的保存，请再按一次“保存”。"
        )
    inspection = record_inspections(by=by, program=draft.inspection.round.program, inspections=[draft])[0]
    correct_findings(by=by, inspection=inspection, drafts=findings)
    return inspection


def state_of(inspection: Inspection) -> str:
    """A mark that changes with anything that is recorded of an inspection."""
    answers = inspection.answers.order_by("item_id").values_list("item_id", "value", "note")
    fields = ("pk", "category_id", "text", "gravity", "due_on", "responsible", "project_id")
    findings = inspection.findings.order_by("pk").values_list(*fields)
    methods = inspection.methods.order_by("pk").values_list("pk", flat=True)
    said = (inspection.visited_on, inspection.notes, inspection.follow_up_on, [*methods], [*answers], [*findings])
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def check_visited(inspection: Inspection, visited_on: dt.date) -> None:
    """Refuse a day that has not come, or lies outside the round."""
    in_round = inspection.round
    check_work(visited_on, in_round.program, "visited_on", "督查日期")
    ends_on = in_round.ends_on or visited_on
    if not in_round.starts_on <= visited_on <= ends_on:
        raise OutsideRound(
            f"督查日期（{day_text(visited_on)}）不在本轮督查期间（{day_text(in_round.starts_on)}至"
            f"{day_text(ends_on)}），请核对。",
            field="visited_on",
        )


def _answers_of(draft: InspectionDraft) -> list[Answer]:
    kept: dict[int, str] = {}
    found = []
    for item in sorted(draft.answers, key=lambda item: (item.position, item.pk)):
        given = draft.answers[item]
        value, note = (given, "") if isinstance(given, str) else given
        if value.strip() and applies(item.condition, kept):
            kept[item.pk] = fitting_answer(item, value)
            found.append(Answer(inspection=draft.inspection, item=item, value=kept[item.pk], note=note.strip()))
    return found


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
