"""Making a program from a file, changing one by a file, and trying out either without leaving a trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from programs import clock
from programs.models import Block, Figure, Program, Requirement
from programs.templates.comparing import ENDED, REMOVED, RowChange, change_of
from programs.templates.core import change_program, program_of, write_program
from programs.templates.reading import FORMAT, BadTemplate, Node, Reading, read
from programs.templates.sections import Section, sections
from programs.templates.writing import dump

CATALOGUE = Path(__file__).parent.parent / "catalogue"
#: What a file has beside its sections; ``about`` says in a sentence for whom a template of the catalogue is.
FRAME = ("format", "about", "program")


def catalogue() -> dict[str, Path]:
    """The template files shipped with the app, by code."""
    return {path.stem: path for path in sorted(CATALOGUE.glob("*.yaml"))}


def content_of(program: Program) -> dict[str, Any]:
    """A program's whole configuration; no rows of work and no accounts are in it."""
    found: dict[str, Any] = {"format": FORMAT, "program": write_program(program)}
    for name, section in sections().items():
        content = section.write(program) if section.write else None
        if content:
            found[name] = content
    return found


def text_of(program: Program) -> str:
    """A program's configuration as a file."""
    head = f"# {program.name}：活动配置，不含工作记录和账号。\n"
    return head + dump(content_of(program))


@transaction.atomic
def create_program(source: str | Path, **changes: Any) -> Program:
    """Make a program from a template: a code of the catalogue, or a file. ``changes`` replace fields of the program.

    All or nothing: ``BadTemplate`` names every line to mend and leaves the database as it was.
    """
    path = catalogue().get(source) if isinstance(source, str) else source
    if path is None:
        raise BadTemplate([f"没有代号为“{source}”的模板。"])
    return make_program(read(path.read_text(encoding="utf-8")), changes)


@transaction.atomic
def make_program(content: Node, changes: Mapping[str, Any]) -> Program:
    """Make a program from what a file says; ``changes`` replace fields of the program."""
    reading = Reading(program_of(content["program"], dict(changes)))
    _read_sections(reading, content)
    return reading.program


@dataclass(frozen=True)
class Difference:
    """What a file would change in a program, section by section."""

    changes: list[RowChange] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[RowChange]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind == kind]


@transaction.atomic
def change_by(program: Program, content: Node, *, with_program: bool) -> Difference:
    """Make a program's configuration what a file says. What the file no longer has is ended, what it adds is added.

    Sections that the file lacks stay as they are. ``with_program`` also takes over name, office and days; code and
    jurisdiction never change.
    """
    row = Program.objects.select_for_update().get(pk=program.pk)
    reading = Reading(row, updating=True, day=clock.today(program))
    if with_program:
        reading.section = "program"
        change_program(reading, content["program"])
    _read_sections(reading, content)
    absent = [section.title for name, section in sections().items() if name not in content and section.write]
    return Difference(reading.changes, absent)


def difference_of(program: Program, content: Node, *, with_program: bool) -> Difference:
    """What ``change_by`` would do: it is done and taken back, so that the two cannot disagree."""
    with transaction.atomic():
        found = change_by(program, content, with_program=with_program)
        transaction.set_rollback(True)
    return found


def try_making(content: Node, changes: Mapping[str, Any]) -> None:
    """Make a program and take it back; raises what making it would raise."""
    with transaction.atomic():
        make_program(content, changes)
        transaction.set_rollback(True)


def _read_sections(reading: Reading, content: Node) -> None:
    for name in content:
        if name not in FRAME and name not in sections():
            reading.wrong(content, f"不认识“{name}”这一节。")
    for name, section in sections().items():
        if reading.updating and name not in content:
            if section.load:
                section.load(reading)
            continue
        reading.section = name
        _read_section(reading, section, content.get(name), content)
        if reading.updating and not reading.problems:
            _end_the_rest(reading, section)
    if reading.problems:
        raise BadTemplate(reading.problems)


def _read_section(reading: Reading, section: Section, content: Any, whole: Node) -> None:
    if content is not None and not isinstance(content, section.shape):
        wanted = "列表，每项以“-”开头" if section.shape is list else "若干“名称: 内容”"
        reading.wrong(whole, f"“{section.name}”这一节应写成{wanted}。")
        return
    try:
        section.read(reading, content or section.shape())
    except (TypeError, ValueError, AttributeError, KeyError):
        # A list where a word belongs, and the like: nothing that the fields themselves could refuse in words.
        reading.wrong(reading.at, f"“{section.name}”这一节里，这里的写法不对，请对照格式说明修改。")


def _end_the_rest(reading: Reading, section: Section) -> None:
    """End, or in a draft take away, what the file no longer has."""
    for rows in section.rows(reading) if section.rows else ():
        for row in rows.exclude(pk__in=reading.kept.get(rows.model, set())):
            if not hasattr(row, "ended_on"):
                if not _taken_away(row):
                    reading.wrong(reading.at, f"“{row}”还被别的数据引用，不能去掉。请保留它，或一并改掉引用它的。")
                    continue
                reading.changes.append(change_of(section.name, REMOVED, row))
            elif row.ended_on is None:
                _end(reading, section, row, reading.day)


def _end(reading: Reading, section: Section, row: Any, day: dt.date | None) -> None:
    if reading.program.is_draft and _taken_away(row):
        reading.changes.append(change_of(section.name, REMOVED, row))
        return
    # For these the day of the end is the last on which they hold; a word is gone on it.
    holds = isinstance(row, Requirement | Figure | Block)
    row.ended_on = day - dt.timedelta(days=1) if day and holds else day
    row.save(update_fields=["ended_on"])
    reading.changes.append(change_of(section.name, ENDED, row))


def _taken_away(row: Any) -> bool:
    """Delete a row that nothing hangs on."""
    key = row.pk
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError):
        row.pk = key
        return False
    return True
