"""Changes to projects and funds: started, moved through stages and states, counted, finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cadres.models import Team
from programs.changes import action, check_place, check_work, required, saved, saved_all
from programs.models import Division, Program, Term, Unit, User
from programs.refusals import BadField, Refusal
from programs.rules.wording import day_text
from projects.models import Donation, Fund, FundMovement, Progress, Project, ProjectPlace, Quantity, StageEntry
from villages.models import Household, Member


class NoPlace(Refusal):
    """A project lies in at least one place."""


class StageGoesBack(Refusal):
    """A stage cannot be entered before the day the last one was entered."""


class ProjectOver(Refusal):
    """The project has been finished or given up."""


class NoFinalStage(Refusal):
    """The program's vocabulary has no stage that means finished."""


class StateGoesBack(Refusal):
    """A fund cannot reach a state before the day it reached the last one."""


class MoreThanTheFund(Refusal):
    """A movement carries no more than the fund holds."""


@dataclass(frozen=True)
class ProjectDraft:
    """All that is said of a project before it is entered; ``stages`` in order, as (stage, entered on, note)."""

    name: str
    places: Sequence[Division]
    submitted_on: dt.date
    category: Term | None = None
    unit: Unit | None = None
    section: Unit | None = None
    team: Team | None = None
    is_promised: bool = False
    summary: str = ""
    started_on: dt.date | None = None
    due_on: dt.date | None = None
    due_text: str = ""
    stages: Sequence[tuple[Term, dt.date, str]] = ()
    quantities: Sequence[Quantity] = ()
    progress: Sequence[tuple[dt.date, str]] = ()


@action
def start_projects(*, by: User, program: Program, projects: Iterable[ProjectDraft]) -> list[Project]:
    """Enter many projects; the same rules as for one."""
    drafts = list(projects)
    rows = saved_all((_project_of(draft, program) for draft in drafts), program)
    pairs = list(zip(rows, drafts, strict=True))
    saved_all(ProjectPlace(project=row, division=place) for row, draft in pairs for place in draft.places)
    saved_all(
        (
            StageEntry(project=row, stage=stage, entered_on=day, note=note)
            for row, draft in pairs
            for stage, day, note in draft.stages
        ),
        program,
    )
    for row, draft in pairs:
        for quantity in draft.quantities:
            quantity.project = row
    saved_all((quantity for draft in drafts for quantity in draft.quantities), program)
    saved_all(
        Progress(project=row, on=day, text=text, recorded_by=by) for row, draft in pairs for day, text in draft.progress
    )
    return rows


@action
def start_project(
    *,
    by: User,
    program: Program,
    name: str,
    places: Sequence[Division],
    submitted_on: dt.date,
    category: Term | None = None,
    unit: Unit | None = None,
    section: Unit | None = None,
    team: Team | None = None,
    is_promised: bool = False,
    summary: str = "",
    started_on: dt.date | None = None,
    due_on: dt.date | None = None,
    due_text: str = "",
    stages: Sequence[tuple[Term, dt.date, str]] = (),
    quantities: Sequence[Quantity] = (),
    progress: Sequence[tuple[dt.date, str]] = (),
) -> Project:
    """Enter a project or 重大帮扶事项 in one or several places, with the stages it has been through so far."""
    draft = ProjectDraft(
        name=name,
        places=places,
        submitted_on=submitted_on,
        category=category,
        unit=unit,
        section=section,
        team=team,
        is_promised=is_promised,
        summary=summary,
        started_on=started_on,
        due_on=due_on,
        due_text=due_text,
        stages=stages,
        quantities=quantities,
        progress=progress,
    )
    return start_projects(by=by, program=program, projects=[draft])[0]


def _project_of(draft: ProjectDraft, program: Program) -> Project:
    if not draft.places:
        raise NoPlace("请选择项目所在的镇村。", field="places")
    for place in draft.places:
        check_place(place, program, "places")
    check_work(draft.submitted_on, program, "submitted_on", "提交日期")
    row = Project(
        program=program,
        name=required(draft.name, "名称", "name"),
        category=draft.category,
        unit=draft.unit or (draft.team.unit if draft.team else None),
        section=draft.section,
        team=draft.team,
        is_promised=draft.is_promised,
        submitted_on=draft.submitted_on,
        summary=draft.summary,
        started_on=draft.started_on,
        due_on=draft.due_on,
        due_text=draft.due_text,
    )
    for stage, day, _ in draft.stages:
        _move_to(row, stage, day, program)
    return row


@action
def change_project(*, by: User, project: Project, places: Sequence[Division], **values: Any) -> Project:
    """Correct what a project says of itself and where it lies; stages, money and progress are changed by their own."""
    if not places:
        raise NoPlace("请选择项目所在的镇村。", field="places")
    for place in places:
        check_place(place, project.program, "places")
    for name, value in values.items():
        setattr(project, name, value)
    project.name = required(project.name, "名称", "name")
    check_work(project.submitted_on, project.program, "submitted_on", "提交日期")
    project.places.exclude(division__in=places).delete()
    known = set(project.places.values_list("division_id", flat=True))
    saved_all(ProjectPlace(project=project, division=place) for place in places if place.pk not in known)
    return saved(project, project.program)


@action
def enter_stage(*, by: User, project: Project, stage: Term, on: dt.date, note: str = "") -> Project:
    """A project enters a stage on a day, not before the day it entered the last one. A final stage finishes it."""
    _must_go_on(project)
    _move_to(project, stage, on, project.program)
    saved(StageEntry(project=project, stage=stage, entered_on=on, note=note), project.program)
    return saved(project, project.program)


def _move_to(project: Project, stage: Term, on: dt.date, program: Program) -> None:
    check_work(on, program, "entered_on", "进入日期")
    if project.stage_since is not None and on < project.stage_since:
        raise StageGoesBack(
            f"进入“{stage}”的日期（{day_text(on)}）早于进入“{project.stage}”的日期"
            f"（{day_text(project.stage_since)}），请核对。",
            field="entered_on",
        )
    project.stage, project.stage_since = stage, on
    project.finished_on = on if stage.is_final else None


@action
def finish(*, by: User, project: Project, on: dt.date, note: str = "") -> Project:
    """A project is finished: it enters the program's final stage (完工)."""
    final = project.program.terms.filter(vocabulary=Term.Vocabulary.PROJECT_STAGE, is_final=True, ended_on=None)
    stage = final.order_by("position", "pk").first()
    if stage is None:
        raise NoFinalStage("本活动的项目阶段里没有“终点”，请先在词表中设置。", field="stage")
    return enter_stage(by=by, project=project, stage=stage, on=on, note=note)


@action
def give_up(*, by: User, project: Project, on: dt.date, reason: str) -> Project:
    """A project is given up (终止), with the reason in its progress."""
    _must_go_on(project)
    add_progress(by=by, project=project, on=on, text=required(reason, "终止原因", "reason"))
    project.ended_on = on
    return saved(project)


@action
def set_due(*, by: User, project: Project, due_on: dt.date | None, due_text: str = "") -> Project:
    """Say by when a project is due: a day, and the words if they are less precise (7月上旬)."""
    _must_go_on(project)
    project.due_on, project.due_text = due_on, due_text.strip()
    return saved(project)


@action
def add_quantity(
    *,
    by: User,
    project: Project,
    item: Term,
    planned: Decimal | None = None,
    done: Decimal | None = None,
    done_on: dt.date | None = None,
    is_approximate: bool = False,
) -> Quantity:
    """Add a physical amount to a project: planned, done or both."""
    row = Quantity(
        project=project, item=item, planned=planned, done=done, done_on=done_on, is_approximate=is_approximate
    )
    return saved(row, project.program)


@action
def record_quantity(
    *, by: User, quantity: Quantity, done: Decimal, on: dt.date, is_approximate: bool = False
) -> Quantity:
    """Say how much of a planned amount is done by now."""
    check_work(on, quantity.project.program, "done_on", "完成日期")
    quantity.done, quantity.done_on, quantity.is_approximate = done, on, is_approximate
    return saved(quantity, quantity.project.program)


@action
def add_progress(*, by: User, project: Project, on: dt.date, text: str) -> Progress:
    """Note how a project goes."""
    check_work(on, project.program, "on")
    return saved(Progress(project=project, on=on, text=required(text, "进展情况", "text"), recorded_by=by))


def _must_go_on(project: Project) -> None:
    if project.ended_on is not None:
        raise ProjectOver(f"“{project}”已于{day_text(project.ended_on)}终止，不能再改动。")
    if project.finished_on is not None:
        raise ProjectOver(f"“{project}”已于{day_text(project.finished_on)}完成，不能再改动。")


@dataclass(frozen=True)
class FundDraft:
    """All that is said of a fund before it is entered; ``states`` in order, as (state, reached on, note)."""

    division: Division
    source: Term
    purpose: str
    low: Decimal
    recorded_on: dt.date
    high: Decimal | None = None
    kind: str = Fund.Kind.MONEY
    project: Project | None = None
    unit: Unit | None = None
    team: Team | None = None
    household: Household | None = None
    member: Member | None = None
    states: Sequence[tuple[Term, dt.date, str]] = ()


@action
def add_funds(*, by: User, program: Program, funds: Iterable[FundDraft]) -> list[Fund]:
    """Enter many funds; the same rules as for one."""
    drafts = list(funds)
    rows = saved_all((_fund_of(draft, program) for draft in drafts), program)
    saved_all(
        (
            FundMovement(fund=row, state=state, on=day, low=row.low, high=row.high, note=note)
            for row, draft in zip(rows, drafts, strict=True)
            for state, day, note in draft.states
        ),
        program,
    )
    return rows


@action
def add_fund(
    *,
    by: User,
    program: Program,
    division: Division,
    source: Term,
    purpose: str,
    low: Decimal,
    recorded_on: dt.date,
    high: Decimal | None = None,
    kind: str = Fund.Kind.MONEY,
    project: Project | None = None,
    unit: Unit | None = None,
    team: Team | None = None,
    household: Household | None = None,
    member: Member | None = None,
    states: Sequence[tuple[Term, dt.date, str]] = (),
) -> Fund:
    """Enter money, goods, a loan or investment by source, in yuan: an amount, or a range from ``low`` to ``high``."""
    draft = FundDraft(
        division=division,
        source=source,
        purpose=purpose,
        low=low,
        high=high,
        recorded_on=recorded_on,
        kind=kind,
        project=project,
        unit=unit,
        team=team,
        household=household,
        member=member,
        states=states,
    )
    return add_funds(by=by, program=program, funds=[draft])[0]


def _fund_of(draft: FundDraft, program: Program) -> Fund:
    check_place(draft.division, program)
    check_work(draft.recorded_on, program, "recorded_on", "登记日期")
    if draft.project is not None and draft.project.program_id != program.pk:
        raise BadField("所选项目不属于本活动，请重新选择。", field="project")
    row = Fund(
        program=program,
        division=draft.division,
        project=draft.project,
        unit=draft.unit,
        team=draft.team,
        household=draft.household,
        member=draft.member,
        kind=draft.kind,
        source=draft.source,
        purpose=required(draft.purpose, "用途", "purpose"),
        low=draft.low,
        high=draft.low if draft.high is None else draft.high,
        recorded_on=draft.recorded_on,
    )
    for state, day, _ in draft.states:
        _reach(row, state, day, program)
    return row


@action
def move_fund(
    *,
    by: User,
    fund: Fund,
    state: Term,
    on: dt.date,
    low: Decimal | None = None,
    high: Decimal | None = None,
    note: str = "",
) -> FundMovement:
    """A fund, or a part of it, reaches a state (争取, 落实, 到位, 支出) on a day; without an amount, all of it."""
    lower = fund.low if low is None else low
    upper = (fund.high if low is None else low) if high is None else high
    if upper > fund.high:
        raise MoreThanTheFund("变动金额超过了这笔资金的总额，请核对。", field="high")
    _reach(fund, state, on, fund.program)
    movement = saved(FundMovement(fund=fund, state=state, on=on, low=lower, high=upper, note=note), fund.program)
    saved(fund, fund.program)
    return movement


def _reach(fund: Fund, state: Term, on: dt.date, program: Program) -> None:
    check_work(on, program, "on")
    if fund.state_since is not None and on < fund.state_since:
        raise StateGoesBack(
            f"“{state}”的日期（{day_text(on)}）早于“{fund.state}”的日期（{day_text(fund.state_since)}），请核对。",
            field="on",
        )
    fund.state, fund.state_since = state, on


@action
def add_donation(
    *,
    by: User,
    fund: Fund,
    amount: Decimal,
    on: dt.date,
    donor_unit: Unit | None = None,
    donor: str = "",
    donors: int = 1,
) -> Donation:
    """Enter one donor's share of a fund (yuan): a unit, a named donor, or a number of donors together."""
    check_work(on, fund.program, "on", "捐款日期")
    return saved(Donation(fund=fund, donor_unit=donor_unit, donor=donor, donors=donors, amount=amount, on=on))
