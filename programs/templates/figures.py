"""The sections of a program's file that say what is counted: figures with their parts, and blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from programs.figures import registry
from programs.models import Block, Figure, FigurePart, Program
from programs.templates.core import ENDED_ON
from programs.templates.reading import Node, Reading
from programs.templates.sections import Keys, register_section
from programs.templates.writing import entry

FIGURE: Keys = {
    "code": "as printed, such as ZY-4",
    "title": "what it is called",
    "definition": "how it is counted, in a sentence",
    "parts": "its numbers, at least one",
} | ENDED_ON

PART: Keys = {
    "label": "what the number is",
    "key": "the name by which texts hold it as {key}; the label if left out",
    "requirement": "code of a requirement: the number of those who have done it",
    "over": "true to count a recurring requirement over all of its periods",
    "measure": "what is counted",
    "params": "conditions on the measure",
    "operation": "share, difference, growth or product of other numbers",
    "left": "key of an earlier number",
    "right": "key of another earlier number",
    "rate": "the standard that a product multiplies with",
    "unit": "measure word",
    "wording": "exact, over, more, about, nearly, range, percent or ordinal; exact if left out",
    "cut": "what a rounded wording is cut to",
    "headline": "true to show it on the first page",
}


def read_figures(reading: Reading, content: list[Any]) -> None:
    """What is counted."""
    for position, item in enumerate(content):
        node = reading.take(item, FIGURE, ("code", "title", "parts"))
        figure = Figure(
            program=reading.program,
            code=node.get("code", ""),
            title=node.get("title", ""),
            definition=node.get("definition", ""),
            ended_on=node.get("ended_on"),
            position=position,
        )
        if reading.save(figure, node):
            for number, part in enumerate(node.get("parts") or []):
                _part(reading, figure, part, number)


def _part(reading: Reading, figure: Figure, item: Any, position: int) -> None:
    node = reading.take(item, PART, ("label", "unit"))
    row = FigurePart(
        program=reading.program,
        figure=figure,
        key=node.get("key") or node.get("label", ""),
        label=node.get("label", ""),
        over=node.get("over", False),
        unit=node.get("unit", ""),
        wording=node.get("wording", FigurePart.Wording.EXACT),
        cut=node.get("cut"),
        rate=node.get("rate"),
        operation=node.get("operation", ""),
        is_headline=node.get("headline", False),
        position=position,
    )
    _source(reading, node, row)
    for side in ("left", "right"):
        if side in node:
            setattr(row, side, reading.parts.get(node[side]))
            if getattr(row, side) is None:
                reading.wrong(node, f"前面没有引用名为“{node[side]}”的数据项。")
    if reading.save(row, node):
        reading.parts[row.key] = row


def _source(reading: Reading, node: Node, row: FigurePart | Block) -> registry.Measure | None:
    """Set the requirement or the measure of a part or block, checked."""
    if "requirement" in node:
        row.requirement = reading.requirements.get(node["requirement"])
        if row.requirement is None:
            reading.wrong(node, f"没有代号为“{node['requirement']}”的要求。")
    if "measure" not in node:
        return None
    measure = registry.measures.get(node["measure"])
    if measure is None:
        reading.wrong(node, f"没有“{node['measure']}”这种统计，可用：{'、'.join(registry.measures)}。")
        return None
    row.measure = measure.name
    row.params = reading.params(node, node.get("params"), measure.params)
    return measure


def write_figures(program: Program) -> list[Any]:
    """Figures with their parts, each on a line."""
    parts: dict[int, list[Any]] = {}
    for row in _parts(program).select_related("requirement", "left", "right"):
        said = entry(row, PART, renamed={"headline": "is_headline"})
        if row.key == row.label:
            del said["key"]
        parts.setdefault(row.figure_id, []).append(said)
    return [
        entry(figure, ("code", "title", "definition"), line=False)
        | {"parts": parts.get(figure.pk, [])}
        | entry(figure, ENDED_ON)
        for figure in Figure.objects.filter(program=program).order_by("position", "pk")
    ]


def _parts(program: Program) -> QuerySet[FigurePart]:
    return FigurePart.objects.filter(program=program).order_by("figure__position", "figure_id", "position", "pk")


def load_parts(reading: Reading) -> None:
    """Numbers that are there already, for a file without figures."""
    reading.parts |= {row.key: row for row in _parts(reading.program)}


def figure_rows(reading: Reading) -> Iterable[QuerySet[Any]]:
    """Figures; and the parts of those that stay, the last first, so that what is derived goes before its sources."""
    yield (
        FigurePart.objects.filter(figure__in=reading.kept.get(Figure, set())).order_by(
            "-figure__position", "-figure_id", "-position", "-pk"
        )
    )
    yield Figure.objects.filter(program=reading.program).order_by("position", "pk")


BLOCK: Keys = {
    "code": "lower case; texts hold its chart as 〔图：title〕",
    "title": "what it is called",
    "requirement": "code of a requirement, laid out by town",
    "measure": "what is counted",
    "params": "conditions on the measure",
    "group_by": "by what it is laid out",
    "unit": "measure word",
    "order": "natural, descending or ascending; natural if left out",
    "limit": "only the first so many",
    "at_least": "only groups of at least so many",
    "at_most": "only groups of at most so many",
    "chart": "bars, line or table; bars if left out",
    "on_dashboard": "false to keep it off the dashboard",
} | ENDED_ON


def read_blocks(reading: Reading, content: list[Any]) -> None:
    """Figures laid out by group."""
    for position, item in enumerate(content):
        node = reading.take(item, BLOCK, ("code", "title", "group_by", "unit"))
        plain = {key: node[key] for key in BLOCK if key in node and key not in ("requirement", "measure", "params")}
        row = Block(program=reading.program, position=position, **plain)
        measure = _source(reading, node, row)
        groups = measure.groups if measure else registry.REQUIREMENT_GROUPS
        if row.group_by not in groups:
            reading.wrong(node, f"不能按“{row.group_by}”分组，可用：{'、'.join(groups) or '无'}。")
        reading.save(row, node)


def write_blocks(program: Program) -> list[Any]:
    """Blocks, each on a line."""
    rows = Block.objects.filter(program=program).select_related("requirement").order_by("position", "pk")
    return [entry(row, BLOCK) for row in rows]


register_section(
    "figures",
    read_figures,
    write=write_figures,
    rows=figure_rows,
    load=load_parts,
    title="数据",
    unit="组",
    about="What is counted. A number comes from a requirement, a measure, or earlier numbers.",
    tables={"a figure": FIGURE, "a number of a figure (`parts`)": PART},
)
register_section(
    "blocks",
    read_blocks,
    write=write_blocks,
    rows=lambda reading: [Block.objects.filter(program=reading.program).order_by("position", "pk")],
    title="图表",
    unit="张",
    about="A requirement or a measure laid out by group, for the dashboard and for charts in bulletins.",
    tables={"a block": BLOCK},
)
