"""The charts and tables that a bulletin's text may call for, drawn when it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from programs.figures.context import Context
from programs.figures.parts import BlockResult, blocks_of, evaluate_block
from programs.models import Block
from programs.rules.wording import day_text
from reports.bulletins.annex import TeamTable
from reports.models import Bulletin
from reports.typesetting import charts
from reports.typesetting.document import Chart, Column, Table

Exhibit = Table | Chart


class Exhibits(Mapping[str, Exhibit]):
    """The program's blocks by their titles, and the annex by its own. ``taken`` holds those that were called for."""

    def __init__(self, bulletin: Bulletin, context: Context) -> None:
        self.bulletin, self.context = bulletin, context
        self.taken: dict[str, Exhibit] = {}

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """Blocks by title."""
        return {block.title: block for block in blocks_of(self.context)}

    @cached_property
    def annex(self) -> Table:
        """The annex table."""
        return TeamTable(self.bulletin, self.context).table()

    def __getitem__(self, title: str) -> Exhibit:
        if title not in self.taken:
            if title in self.blocks:
                self.taken[title] = drawn(evaluate_block(self.blocks[title], self.context))
            elif title and title == self.bulletin.annex:
                self.taken[title] = self.annex
            else:
                raise KeyError(title)
        return self.taken[title]

    def __iter__(self) -> Iterator[str]:
        yield from self.blocks
        if self.bulletin.annex:
            yield self.bulletin.annex

    def __len__(self) -> int:
        return len(list(iter(self)))


def drawn(result: BlockResult) -> Exhibit:
    """A block as a chart for paper, with its table; a block that is a table as the table alone."""
    block = result.block
    note = f"数据截至{day_text(result.context.day)}。"
    if block.chart == Block.Chart.TABLE:
        columns = (Column("名称", 3), Column(f"数量（{block.unit}）", 1, "right"))
        return Table(block.title, columns, tuple((bar.label, result.text(bar)) for bar in result.bars), note)
    if block.chart == Block.Chart.LINE:
        points = [charts.Point(bar.label, float(bar.value)) for bar in result.bars]
        chart = charts.chart(charts.line, block.title, points, ("名称", f"数量（{block.unit}）"))
    else:
        rows = [
            charts.Bar(bar.label, float(bar.value), None if bar.of is None else float(bar.of), text=result.text(bar))
            for bar in result.bars
        ]
        headings = ("名称", "已完成", "应完成") if block.requirement_id else ("名称", f"数量（{block.unit}）")
        chart = charts.chart(charts.bars, block.title, rows, headings)
    return Chart(chart.title, chart.svg, chart.table, note)
