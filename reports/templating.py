"""Changes to the templates that bulletins and plain texts begin from, and what one would print today."""

from __future__ import annotations

from typing import Any

from programs.changes import action, required, saved
from programs.configuring.codes import code_for
from programs.configuring.rows import opened
from programs.models import Division, DivisionLevel, Program, User
from reports.actions import begun, must_be_printable
from reports.bulletins.paper import LivePaper, live_paper
from reports.models import BulletinTemplate, Coverage

_LEVELS = {Coverage.TOWN: DivisionLevel.TOWN, Coverage.VILLAGE: DivisionLevel.VILLAGE}


@action
def add_template(*, by: User, program: Program, name: str, **values: Any) -> BulletinTemplate:
    """Add a template whose text can be printed today."""
    name = required(name, "模板名称", "name")
    taken = BulletinTemplate.objects.filter(program=program).values_list("code", flat=True)
    row = BulletinTemplate(program=program, code=code_for(name, taken), name=name, **values)
    must_be_printable(specimen(row, by))
    return saved(row)


@action
def change_template(*, by: User, template: BulletinTemplate, version: str | None, **values: Any) -> BulletinTemplate:
    """Change a template; drafts that have begun from it keep their text."""
    found = opened(template, version)
    for name, value in values.items():
        setattr(found, name, value)
    found.name = required(found.name, "模板名称", "name")
    must_be_printable(specimen(found, by))
    return saved(found)


def specimen(template: BulletinTemplate, by: User) -> LivePaper:
    """What a bulletin from the template would print today; one about a place as it would be for the first of them."""
    return live_paper(begun(by=by, template=template, place=_some_place(template)))


def _some_place(template: BulletinTemplate) -> Division | None:
    level = _LEVELS.get(Coverage(template.coverage))
    if level is None:
        return None
    rows = Division.objects.within(template.program.jurisdiction_id).filter(level=level).current()
    return rows.order_by("code").first()
