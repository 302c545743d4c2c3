"""Changes to bulletins: from the draft over review and signature to the issue, which nothing changes afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import File
from django.db.models import Max

from inspections.models import Round
from programs import clock
from programs.changes import action, check_day, required, saved
from programs.models import Division, DivisionLevel, Program, User
from programs.refusals import Refusal
from reports.bulletins.freezing import FiguresMoving, digest_of, freeze
from reports.bulletins.paper import LivePaper, live_paper
from reports.bulletins.values import moved
from reports.models import Bulletin, BulletinStep, BulletinTemplate, Coverage, Layout

State, Kind = Bulletin.State, BulletinStep.Kind

#: What the office may change of a bulletin that is not issued.
EDITABLE = (
    "year", "number", "date", "as_of", "masthead", "office", "title", "body", "report_to", "send_to",
    "distribute_to", "copies", "annex", "names_units",
)  # fmt: skip
_FROM_TEMPLATE = (
    "layout", "masthead", "office", "title", "body", "report_to", "send_to", "distribute_to", "copies", "annex",
)  # fmt: skip


class NotPrintable(Refusal):
    """The text names figures, charts or tables that do not exist."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved the bulletin since it was opened."""


class WrongState(Refusal):
    """The bulletin does not stand where this step begins."""


class FiguresMoved(Refusal):
    """Figures say something else than when the text was sent for signature. ``changes`` has name, before and now."""

    def __init__(self, message: str, changes: list[tuple[str, str, str]]) -> None:
        super().__init__(message, field="accepts_changes")
        self.changes = changes


class WrongPlace(Refusal):
    """The template writes about a town or a village, and another place was given."""


class HalfSigned(Refusal):
    """A signature on paper has a signer and a day."""


def version_of(bulletin: Bulletin) -> str:
    """A fingerprint of what the office may change, by which a later save notices an earlier one."""
    content = [str(getattr(bulletin, name)) for name in EDITABLE]
    return hashlib.sha256("\0".join([bulletin.state, *content]).encode()).hexdigest()[:16]


@action
def draft_bulletin(
    *,
    by: User,
    template: BulletinTemplate,
    date: dt.date | None = None,
    number: int | None = None,
    place: Division | None = None,
    names_units: bool = True,
) -> Bulletin:
    """Begin the next issue of the year from a template; figures are those of the program's today.

    A plain text has no number; one about a town or a village counts what lies there.
    """
    _check_place(template, place)
    return saved(begun(by=by, template=template, date=date, number=number, place=place, names_units=names_units))


def begun(
    *,
    by: User,
    template: BulletinTemplate,
    date: dt.date | None = None,
    number: int | None = None,
    place: Division | None = None,
    names_units: bool = True,
) -> Bulletin:
    """What a bulletin from a template begins as, not saved."""
    program = template.program
    today = clock.today(program)
    date = date or today
    is_report = template.layout == Layout.REPORT
    rounds = Round.objects.filter(program=program, starts_on__lte=today).order_by("-starts_on", "-pk")
    names = {"〔地名〕": str(place or program.jurisdiction), "〔年〕": str(date.year)}
    content = {name: _put(names, _text(getattr(template, name))) for name in _FROM_TEMPLATE}
    return Bulletin(
        program=program,
        template=template,
        round=None if is_report else rounds.first(),
        place=place,
        year=date.year,
        number=None if is_report else number or next_number(program, date.year),
        date=date,
        as_of=today,
        names_units=names_units,
        drafted_by=by,
        **content,
    )


@action
def change_bulletin(
    *, by: User, bulletin: Bulletin, version: str, accepts_problems: bool = False, **values: Any
) -> Bulletin:
    """Save what was typed, unless somebody saved in between or the text names what does not exist.

    ``accepts_problems`` saves the draft all the same; it cannot be issued so.
    """
    row = _locked(bulletin)
    _must_be(row, State.DRAFT, State.REVIEW, doing="修改")
    if version != version_of(row):
        raise ChangedMeanwhile(
            f"您打开之后，{row.called}已被保存过。您写的内容还在下面，没有保存；请对照别人保存的内容，合并后再点保存。",
            field="body",
        )
    for name, value in values.items():
        if not (row.is_report and name in ("number", "masthead")):
            setattr(row, name, _text(value))
    row.year = row.date.year
    check_day(row.as_of, row.program, "as_of", "数据截至日")
    if not accepts_problems:
        must_be_printable(live_paper(row))
    return saved(row)


@action
def submit_bulletin(*, by: User, bulletin: Bulletin, comment: str = "", at: dt.datetime | None = None) -> Bulletin:
    """拟稿 → 核稿."""
    row = _locked(bulletin)
    if row.is_report:
        raise WrongState("普通文稿不经核稿、送签，改好后直接定稿。")
    _must_be(row, State.DRAFT, doing="提交核稿")
    return _step(row, by, Kind.SUBMITTED, State.REVIEW, at, live_paper(row), comment=comment)


@action
def pass_bulletin(*, by: User, bulletin: Bulletin, comment: str = "", at: dt.datetime | None = None) -> Bulletin:
    """核稿 → 送签; the words of all figures are kept, so that the issue notices what moved since."""
    row = _locked(bulletin)
    _must_be(row, State.REVIEW, doing="送签")
    return _step(row, by, Kind.REVIEWED, State.SIGNING, at, live_paper(row), comment=comment)


@action
def return_bulletin(*, by: User, bulletin: Bulletin, comment: str, at: dt.datetime | None = None) -> Bulletin:
    """退回修改: from review or signature back to the draft, with what is to be changed."""
    row = _locked(bulletin)
    _must_be(row, State.REVIEW, State.SIGNING, doing="退回")
    comment = required(comment, "退回意见", "comment")
    return _step(row, by, Kind.RETURNED, State.DRAFT, at, comment=comment)


@action
def issue_bulletin(
    *,
    by: User,
    bulletin: Bulletin,
    signer: str = "",
    signed_on: dt.date | None = None,
    scan: File[Any] | None = None,
    comment: str = "",
    accepts_changes: bool = False,
    at: dt.datetime | None = None,
) -> Bulletin:
    """送签 → 签发: freeze text, figures, names and rows for ever. A signature on paper is registered with it."""
    row = _locked(bulletin)
    _must_be(row, State.SIGNING, doing="签发")
    signer = signer.strip()
    if bool(signer) != bool(signed_on) or (scan and not signer):
        field = "signed_on" if signer else "signer"
        raise HalfSigned("登记纸质签发须同时写明签发人和签发日期；扫描件可以没有。", field=field)
    if signed_on:
        check_day(signed_on, row.program, "signed_on", "签发日期")
    paper = live_paper(row)
    must_be_printable(paper)
    changes = figures_moved(row, paper)
    if changes and not accepts_changes:
        raise FiguresMoved(f"送签以后有{len(changes)}处数字变了。请核对，确认按现在的数字签发，或退回修改。", changes)
    values = {"signer": signer, "signed_on": signed_on, "comment": comment.strip(), "scan": scan or ""}
    return _frozen(row, by, Kind.ISSUED, at, paper, **values)


@action
def finish_report(*, by: User, bulletin: Bulletin, comment: str = "", at: dt.datetime | None = None) -> Bulletin:
    """定稿: a plain text is finished by who drafts it; text, figures, names and rows are frozen for ever."""
    row = _locked(bulletin)
    if not row.is_report:
        raise WrongState("简报要经核稿、送签后签发，不能直接定稿。")
    _must_be(row, State.DRAFT, doing="定稿")
    paper = live_paper(row)
    must_be_printable(paper)
    return _frozen(row, by, Kind.FINISHED, at, paper, comment=comment.strip())


@action
def withdraw_bulletin(*, by: User, bulletin: Bulletin, reason: str, at: dt.datetime | None = None) -> Bulletin:
    """撤回: an issued bulletin stays as it is, but page, PDF and Word say that it no longer holds, and why."""
    row = _locked(bulletin)
    _must_be(row, State.ISSUED, doing="撤回")
    row.withdrawn_reason = required(reason, "撤回原因", "reason")
    return _step(row, by, Kind.WITHDRAWN, State.WITHDRAWN, at, comment=row.withdrawn_reason)


@action
def discard_bulletin(*, by: User, bulletin: Bulletin) -> None:
    """Throw a draft away; its number is free again. History keeps what it was."""
    row = _locked(bulletin)
    _must_be(row, State.DRAFT, doing="删除")
    row.delete()


def figures_moved(bulletin: Bulletin, paper: LivePaper) -> list[tuple[str, str, str]]:
    """Figures that say something else now than when the text was sent for signature: name, before, now."""
    step = bulletin.steps.filter(kind=Kind.REVIEWED).order_by("-pk").first()
    return moved(step.figures, paper.values.used(bulletin.body)) if step else []


def _locked(bulletin: Bulletin) -> Bulletin:
    return Bulletin.objects.select_for_update(of=("self",)).select_related("program__jurisdiction").get(pk=bulletin.pk)


def _must_be(bulletin: Bulletin, *states: str, doing: str) -> None:
    if bulletin.state not in states:
        wanted = "或".join(f"“{State(state).label}”" for state in states)
        label = bulletin.state_label
        raise WrongState(f"{bulletin.called}现在是“{label}”，{wanted}时才能{doing}。请刷新页面看最新情况。")


def must_be_printable(paper: LivePaper) -> None:
    """Refuse a text that names what does not exist, each thing with its line."""
    if paper.problems:
        raise NotPrintable("\n".join(map(str, paper.problems)), field="body")


def _frozen(
    bulletin: Bulletin, by: User, kind: str, at: dt.datetime | None, paper: LivePaper, **values: Any
) -> Bulletin:
    try:
        freeze(paper, by=by)
    except FiguresMoving:
        raise NotPrintable("有人正在登记数据，数字和名单对不上。什么都没有改变，请再点一次。") from None
    bulletin.state = State.ISSUED
    bulletin.issued_at = at or clock.now(bulletin.program)
    bulletin.issued_program_id = None if bulletin.place_id else bulletin.program_id
    bulletin.digest = digest_of(bulletin)
    saved(bulletin)
    _record(bulletin, by, kind, bulletin.issued_at, paper, **values)
    return bulletin


def _check_place(template: BulletinTemplate, place: Division | None) -> None:
    wanted = {Coverage.TOWN: (DivisionLevel.TOWN, "镇街"), Coverage.VILLAGE: (DivisionLevel.VILLAGE, "村")}
    if template.coverage not in wanted:
        if place is not None:
            raise WrongPlace(f"“{template}”写整个活动，不选地方。", field="place")
        return
    level, noun = wanted[Coverage(template.coverage)]
    if place is None or place.level != level:
        raise WrongPlace(f"“{template}”写一个{noun}，请选一个{noun}。", field="place")


def _put(names: dict[str, str], value: Any) -> Any:
    if isinstance(value, str):
        for name, said in names.items():
            value = value.replace(name, said)
    return value


def _step(
    bulletin: Bulletin,
    by: User,
    kind: str,
    state: str,
    at: dt.datetime | None,
    paper: LivePaper | None = None,
    comment: str = "",
) -> Bulletin:
    if paper is not None:
        must_be_printable(paper)
    bulletin.state = state
    saved(bulletin)
    _record(bulletin, by, kind, at or clock.now(bulletin.program), paper, comment=comment.strip())
    return bulletin


def _record(
    bulletin: Bulletin, by: User, kind: str, at: dt.datetime, paper: LivePaper | None, **values: Any
) -> BulletinStep:
    figures = paper.values.used(bulletin.body) if paper else {}
    return saved(BulletinStep(bulletin=bulletin, kind=kind, by=by, at=at, figures=figures, **values))


def _text(value: Any) -> Any:
    """Text with one kind of line end, however the browser sent it."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def next_number(program: Program, year: int) -> int:
    """The number that the next issue of a year gets."""
    return (Bulletin.objects.filter(program=program, year=year).aggregate(last=Max("number"))["last"] or 0) + 1
