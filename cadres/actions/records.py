"""Changes to papers received, meetings held and diaries written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cadres.models import Cadre, Diary, Document, DocumentPart, Meeting, MeetingItem, Team
from programs.changes import action, check_place, check_work, required, saved, saved_all
from programs.models import Division, Program, Term, Unit, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from villages.models import Household


class PartsMissing(Refusal):
    """The kind of document demands parts that are not there."""


class UnknownPart(Refusal):
    """The kind of document has no such part."""


class NotInTeam(Refusal):
    """The cadre is not in the team on that day."""


@dataclass(frozen=True)
class DocumentDraft:
    """All that is said of a document before it is received; ``parts`` maps a part's name to its text."""

    kind: Term
    title: str
    division: Division
    received_on: dt.date
    unit: Unit | None = None
    team: Team | None = None
    cadre: Cadre | None = None
    household: Household | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    text: str = ""
    file: Any = ""
    parts: Mapping[str, str] = field(default_factory=dict)


@action
def receive_documents(*, by: User, program: Program, documents: Iterable[DocumentDraft]) -> list[Document]:
    """Receive many documents; the same rules as for one."""
    drafts = list(documents)
    for draft in drafts:
        check_place(draft.division, program)
        check_work(draft.received_on, program, "received_on", "收到日期")
        _check_parts(draft.kind, draft.parts)
    rows = saved_all((_document_of(draft, program, by) for draft in drafts), program)
    saved_all(
        DocumentPart(document=row, name=name, text=text.strip())
        for row, draft in zip(rows, drafts, strict=True)
        for name, text in draft.parts.items()
    )
    return rows


@action
def receive_document(
    *,
    by: User,
    program: Program,
    kind: Term,
    title: str,
    division: Division,
    received_on: dt.date,
    unit: Unit | None = None,
    team: Team | None = None,
    cadre: Cadre | None = None,
    household: Household | None = None,
    period_start: dt.date | None = None,
    period_end: dt.date | None = None,
    text: str = "",
    file: Any = "",
    parts: Mapping[str, str] | None = None,
) -> Document:
    """Receive a plan, report, agreement … with all the parts that its kind demands (四个明确)."""
    draft = DocumentDraft(
        kind=kind,
        title=title,
        division=division,
        received_on=received_on,
        unit=unit,
        team=team,
        cadre=cadre,
        household=household,
        period_start=period_start,
        period_end=period_end,
        text=text,
        file=file,
        parts=parts or {},
    )
    return receive_documents(by=by, program=program, documents=[draft])[0]


def _check_parts(kind: Term, parts: Mapping[str, str]) -> None:
    missing = [name for name in kind.parts if not parts.get(name, "").strip()]
    if missing:
        raise PartsMissing(f"“{kind}”须写明{'、'.join(missing)}，请补充后再提交。", field="parts")
    unknown = [name for name in parts if name not in kind.parts]
    if unknown:
        raise UnknownPart(f"“{kind}”没有“{'、'.join(unknown)}”这一部分，请写入正文。", field="parts")


def _document_of(draft: DocumentDraft, program: Program, by: User) -> Document:
    return Document(
        program=program,
        kind=draft.kind,
        title=required(draft.title, "标题", "title"),
        division=draft.division,
        unit=draft.unit,
        team=draft.team,
        cadre=draft.cadre,
        household=draft.household,
        period_start=draft.period_start,
        period_end=draft.period_end,
        received_on=draft.received_on,
        text=draft.text,
        file=draft.file,
        recorded_by=by,
    )


@action
def change_document(*, by: User, document: Document, parts: Mapping[str, str] | None = None, **values: Any) -> Document:
    """Correct a document and its parts; history keeps what they said before. Its kind stays."""
    for name, value in values.items():
        setattr(document, name, value)
    document.title = required(document.title, "标题", "title")
    check_place(document.division, document.program)
    check_work(document.received_on, document.program, "received_on", "收到日期")
    if parts is not None:
        _check_parts(document.kind, parts)
        document.parts.exclude(name__in=parts).delete()
        known = {part.name: part for part in document.parts.all()}
        for name, text in parts.items():
            part = known.get(name) or DocumentPart(document=document, name=name)
            part.text = text.strip()
            saved(part)
    return saved(document, document.program)


@dataclass(frozen=True)
class MeetingDraft:
    """All that is said of a meeting before it is entered; ``items`` pairs a side with its text."""

    kind: Term
    on: dt.date
    division: Division
    title: str
    unit: Unit | None = None
    team: Team | None = None
    attendees: str = ""
    items: Sequence[tuple[str, str]] = ()


@action
def hold_meetings(*, by: User, program: Program, meetings: Iterable[MeetingDraft]) -> list[Meeting]:
    """Enter many meetings; the same rules as for one."""
    drafts = list(meetings)
    for draft in drafts:
        check_place(draft.division, program)
        check_work(draft.on, program, "on", "会议日期")
    rows = saved_all(
        (
            Meeting(
                program=program,
                kind=draft.kind,
                on=draft.on,
                division=draft.division,
                unit=draft.unit,
                team=draft.team,
                title=required(draft.title, "议题", "title"),
                attendees=draft.attendees,
                recorded_by=by,
            )
            for draft in drafts
        ),
        program,
    )
    saved_all(
        MeetingItem(meeting=row, side=side, text=text)
        for row, draft in zip(rows, drafts, strict=True)
        for side, text in draft.items
    )
    return rows


@action
def hold_meeting(
    *,
    by: User,
    program: Program,
    kind: Term,
    on: dt.date,
    division: Division,
    title: str,
    unit: Unit | None = None,
    team: Team | None = None,
    attendees: str = "",
    items: Sequence[tuple[str, str]] = (),
) -> Meeting:
    """Enter a meeting (例会, 座谈, 调度) that was held, with each side's points, decisions and follow-up."""
    draft = MeetingDraft(
        kind=kind, on=on, division=division, title=title, unit=unit, team=team, attendees=attendees, items=items
    )
    return hold_meetings(by=by, program=program, meetings=[draft])[0]


@action
def change_meeting(
    *, by: User, meeting: Meeting, items: Sequence[tuple[str, str]] | None = None, **values: Any
) -> Meeting:
    """Correct a meeting; items given replace those it had, and history keeps them."""
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.title = required(meeting.title, "议题", "title")
    check_place(meeting.division, meeting.program)
    check_work(meeting.on, meeting.program, "on", "会议日期")
    before = [(item.side, item.text) for item in meeting.items.order_by("pk")]
    if items is not None and list(items) != before:
        meeting.items.all().delete()
        saved_all(MeetingItem(meeting=meeting, side=side, text=text) for side, text in items)
    return saved(meeting, meeting.program)


@action
def write_diaries(*, by: User, program: Program, diaries: Iterable[Diary]) -> list[Diary]:
    """Enter many days of diaries; the same rules as for one, but that who was in the team is for the caller to know."""
    found = list(diaries)
    for diary in found:
        check_work(diary.on, program, "on")
    return saved_all(found)


@action
def write_diary(*, by: User, team: Team, cadre: Cadre, on: dt.date, text: str) -> Diary:
    """Write or rewrite one day of a member's 驻村日记."""
    must_be_in(team, cadre, on)
    diary = Diary.objects.filter(team=team, cadre=cadre, on=on).first() or Diary(team=team, cadre=cadre, on=on)
    diary.text = text.strip()
    check_work(on, team.program, "on")
    return saved(diary)


def must_be_in(team: Team, cadre: Cadre, on: dt.date) -> None:
    """Refuse a day on which the cadre was not in the team."""
    if not team.members.active_on(on).filter(cadre=cadre).exists():
        raise NotInTeam(f"“{cadre}”在{day_text(on)}不是“{team}”的队员，请核对日期或人员。", field="cadre")
