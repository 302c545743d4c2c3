"""Changes to a program's figures and to the charts and tables made of them."""

from __future__ import annotations

from typing import Any

from programs.changes import action, required, saved
from programs.configuring.codes import code_for, next_number
from programs.configuring.rows import InUse, delete_row, end_row, opened
from programs.configuring.uses import in_words, uses_of
from programs.models import Block, Figure, FigurePart, Program, User
from programs.refusals import BadField

#: What begins the numbers of the figures of a program that has none yet.
SERIES = "数据-"


@action
def add_part(
    *, by: User, program: Program, label: str, figure: Figure | None, definition: str = "", **values: Any
) -> FigurePart:
    """Add a figure: as a part of one that exists, or as one of its own, named like its part."""
    label = required(label, "名称", "label")
    if FigurePart.objects.filter(program=program, key=label).exists():
        raise BadField(f"已有名为“{label}”的数据，请换一个名称：简报按名称引用数据，不能重名。", field="label")
    heading = _heading(program, figure, label, definition)
    position = max(heading.parts.values_list("position", flat=True), default=-1) + 1
    return saved(FigurePart(program=program, figure=heading, key=label, label=label, position=position, **values))


@action
def change_part(
    *, by: User, part: FigurePart, version: str | None, figure: Figure | None, definition: str, **values: Any
) -> FigurePart:
    """Change where a figure comes from or how it is worded; texts go on calling it by the name it was given first."""
    found = opened(part, version)
    for name, value in values.items():
        setattr(found, name, value)
    found.label = required(found.label, "名称", "label")
    _must_not_rest_on_itself(found)
    before = found.figure
    is_alone = not before.parts.exclude(pk=found.pk).exists()
    if figure == before or (figure is None and is_alone):
        before.definition = definition
        saved(before)
        return saved(found)
    found.figure = _heading(found.program, figure, found.label, definition)
    saved(found)
    if is_alone:
        before.delete()
    return found


def _heading(program: Program, figure: Figure | None, title: str, definition: str) -> Figure:
    """The heading asked for, or a new one at the end of the list; one that says what it means goes on saying it."""
    if figure is None:
        rows = list(Figure.objects.filter(program=program).order_by("position", "pk"))
        code = next_number((row.code for row in rows), SERIES)
        position = max((row.position for row in rows), default=-1) + 1
        figure = Figure(program=program, code=code, title=title, position=position)
    figure.definition = figure.definition or definition
    return saved(figure)


@action
def delete_part(*, by: User, part: FigurePart) -> None:
    """Delete a figure that nothing names, with its heading if it was the last under it."""
    figure = part.figure
    delete_row(by=by, row=part, program=part.program)
    if not figure.parts.exists():
        figure.delete()


@action
def end_figure(*, by: User, figure: Figure) -> Figure:
    """Put a figure out of use unless something in use still names it."""
    used = uses_of(figure.program, list(figure.parts.select_related("program").order_by("position", "pk")))
    for part in figure.parts.order_by("position", "pk"):
        if words := in_words(used[part.pk]):
            raise InUse(f"“{part}”{words}，停用后那里就没有数字了。请先改那里，再停用。")
    return end_row(by=by, row=figure, program=figure.program)


def _must_not_rest_on_itself(part: FigurePart) -> None:
    ahead, seen = [part.left, part.right], set[int]()
    while ahead:
        one = ahead.pop()
        if one is None or one.pk in seen:
            continue
        if one.pk == part.pk:
            raise BadField(f"“{part}”不能由它自己推算，请另选一项。", field="left")
        seen.add(one.pk)
        ahead += [one.left, one.right]


@action
def add_block(*, by: User, program: Program, title: str, **values: Any) -> Block:
    """Add a chart or table at the end of the list."""
    rows = list(Block.objects.filter(program=program).order_by("position", "pk"))
    title = _own_title(title, rows)
    row = Block(
        program=program,
        code=code_for(title, (one.code for one in rows)),
        title=title,
        position=max((one.position for one in rows), default=-1) + 1,
        **values,
    )
    return saved(row)


@action
def change_block(*, by: User, block: Block, version: str | None, title: str, **values: Any) -> Block:
    """Change a chart or table; texts call it by its title, so a title in use stays."""
    found = opened(block, version)
    title = _own_title(title, list(Block.objects.filter(program=found.program_id).exclude(pk=found.pk)))
    if title != found.title and (words := in_words(uses_of(found.program, [found])[found.pk])):
        raise InUse(f"“{found}”{words}，那里按这个名称引用它。请先改那里，再改名称。", field="title")
    for name, value in (values | {"title": title}).items():
        setattr(found, name, value)
    return saved(found)


def _own_title(title: str, rows: list[Block]) -> str:
    title = required(title, "名称", "title")
    if any(row.title == title for row in rows):
        raise BadField(f"已有名为“{title}”的图表，请换一个名称：简报按名称引用图表，不能重名。", field="title")
    return title
