"""The life of a program: made from a file or as a copy, changed by a file, started, ended, opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from programs import clock
from programs.actions import give_role
from programs.changes import action, saved
from programs.configuring.carrying import carry_overs
from programs.models import Program, Role, User
from programs.permissions import PERMISSIONS
from programs.refusals import BadField, Refusal
from programs.rules.wording import day_text
from programs.scoping import grants_of
from programs.templates import Difference, Node, change_by, make_program
from programs.templates.reading import BadTemplate

#: What a file may say of a demonstration and a real program must not take over.
NOT_TAKEN: dict[str, Any] = {"is_demonstration": False, "pinned_on": None}


class WrongState(Refusal):
    """The program is not in the state that this takes."""


class CodeTaken(Refusal):
    """Another program bears the code."""


class OutsideOwnCounty(Refusal):
    """A county office sets up programs for its own county only."""


@action
def found_program(
    *,
    by: User,
    content: Node,
    values: Mapping[str, Any],
    source: Program | None = None,
    carry: Iterable[str] = (),
) -> Program:
    """Make a new program, as a draft, from what a file says; ``values`` are its own name, county, office and days.

    With ``source`` it is a copy, and ``carry`` names what comes along. Whoever makes it runs it.
    """
    check_own_county(by, values["jurisdiction"].code)
    if Program.objects.filter(code=values["code"]).exists():
        raise CodeTaken(f"代号“{values['code']}”已被别的活动使用，请换一个。", field="code")
    program = make_program(content, {**values, **NOT_TAKEN, "state": Program.State.DRAFT})
    if not _keeps_everything(by):
        since = min(clock.today(program), program.starts_on)
        give_role(by=by, user=by, role=Role.COUNTY, program=program, since=since)
    if source is not None:
        wanted = set(carry)
        for one in carry_overs():
            if one.name in wanted:
                one.carry(by, source, program)
    return program


def check_own_county(by: User, code: str) -> None:
    """Refuse a county in which somebody runs no program; who keeps the whole system may choose any."""
    if _keeps_everything(by):
        return
    keepers = PERMISSIONS["program.create"]
    own = Program.objects.visible_to(by, keepers).values_list("jurisdiction_id", flat=True)
    if not any(code.startswith(one) for one in own):
        raise OutsideOwnCounty("只能为本县（市、区）新建活动，请选择您所在的辖区。", field="jurisdiction")


def _keeps_everything(user: User) -> bool:
    return any(grant.dimension == "everything" for grant in grants_of(user))


@action
def import_configuration(
    *, by: User, program: Program, content: Node, with_program: bool, expected: str = ""
) -> Difference:
    """Make a program's configuration what a file says. ``expected`` is the revision whose difference was looked at."""
    now = Program.objects.select_for_update().get(pk=program.pk)
    if expected and str(now.revision) != expected:
        raise BadTemplate(["第 1 行：看过差别以后，活动的配置又有人改过。请重新看一遍差别再导入。"])
    return change_by(now, content, with_program=with_program)


@action
def start_program(*, by: User, program: Program) -> Program:
    """A draft begins to run: everybody in it sees it, and work is logged."""
    row = Program.objects.select_for_update().get(pk=program.pk)
    if not row.is_draft:
        raise WrongState(f"“{row}”{row.get_state_display()}，不用再启动。")
    row.state = Program.State.RUNNING
    return saved(row)


@action
def end_program(*, by: User, program: Program, on: dt.date) -> Program:
    """A program is over: it stands still on its last day, is read and printed, and takes no more work."""
    row = Program.objects.select_for_update().get(pk=program.pk)
    if not row.is_running:
        raise WrongState(f"“{row}”{row.get_state_display()}，不能结束。")
    if on < row.starts_on:
        raise BadField(f"结束日期不能早于活动开始的{day_text(row.starts_on)}。", field="on")
    if on > clock.today(row):
        raise BadField(f"结束日期不能晚于今天（{day_text(clock.today(row))}）。", field="on")
    row.state, row.ends_on, row.pinned_on = Program.State.ENDED, on, on
    return saved(row)


@action
def reopen_program(*, by: User, program: Program, ends_on: dt.date | None) -> Program:
    """A program that was ended too early runs on."""
    row = Program.objects.select_for_update().get(pk=program.pk)
    if not row.has_ended:
        raise WrongState(f"“{row}”{row.get_state_display()}，不用重新打开。")
    if ends_on is not None and ends_on < row.starts_on:
        raise BadField(f"结束日期不能早于活动开始的{day_text(row.starts_on)}。", field="ends_on")
    row.state, row.ends_on, row.pinned_on = Program.State.RUNNING, ends_on, None
    return saved(row)
