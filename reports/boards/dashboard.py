"""The program dashboard: headline figures, obligations, and blocks with their charts and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString

from programs.figures.context import Context
from programs.figures.parts import Bar, BlockResult, PartResult, blocks_of, evaluate_block, evaluate_part, parts_of
from programs.figures.requirements import Result, evaluate_requirement
from programs.models import Block, Requirement
from programs.rules import wording
from reports.boards.asked import Asked
from reports.typesetting import charts

HEADLINES = 6
# The red of official papers is kept for what one presses; bars of what is done are green, mere numbers are slate.
SHARES = charts.Look(done="#1b6e3c")
NUMBERS = charts.Look(done="#55677a")
CHART_WIDTH = 420


@dataclass(frozen=True)
class Headline:
    """A headline figure: words, share, and the addresses of its rows."""

    result: PartResult
    url: str
    not_done_url: str = ""

    @property
    def has_share(self) -> bool:
        """Whether it is a number out of a number."""
        return self.result.of is not None


@dataclass(frozen=True)
class Obligation:
    """A requirement as a line: done of owed, how late, and where its rows and its grid are."""

    result: Result
    url: str
    grid_url: str

    @property
    def rate(self) -> str:
        """Done of owed."""
        return wording.share(self.result.counts["done"], self.result.counts["owed"])

    @property
    def tone(self) -> str:
        """Green when nothing is missing, red when something is past due, else amber."""
        if not self.result.counts["not_done"]:
            return "done"
        return "late" if self.result.is_late else "soon"


@dataclass(frozen=True)
class Panel:
    """A block as a chart with its table beside it."""

    result: BlockResult
    chart: SafeString | None
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def block(self) -> Block:
        """The block shown."""
        return self.result.block


@dataclass(frozen=True)
class Board:
    """Everything the dashboard shows."""

    headlines: list[Headline]
    obligations: list[Obligation]
    panels: list[Panel]


def rows_url(context: Context, key: str, aspect: str = "", query: str = "") -> str:
    """The address of the rows behind a part."""
    address = reverse("reports:figure-rows", args=[context.program.code, key])
    ends = [text for text in (f"aspect={aspect}" if aspect else "", query) if text]
    return f"{address}?{'&'.join(ends)}" if ends else address


def block_url(context: Context, block: Block, key: Any, query: str = "", aspect: str = "") -> str:
    """The address of the rows of one group of a block."""
    address = reverse("reports:block-rows", args=[context.program.code, block.code])
    ends = [f"key={quote(str(key if key is not None else ''))}", f"aspect={aspect}" if aspect else "", query]
    return f"{address}?{'&'.join(text for text in ends if text)}"


def requirement_url(requirement: Requirement, code: str, aspect: str, query: str = "") -> str:
    """The address of the subjects of one aspect of a requirement."""
    address = reverse("reports:requirement-rows", args=[code, requirement.code])
    return "&".join(text for text in (f"{address}?aspect={aspect}", query) if text)


def requirements_of(context: Context) -> list[Requirement]:
    """The program's requirements in use."""
    found = context.configuration.requirements
    return [one for one in found if one.ended_on is None or one.ended_on >= context.day]


def board(asked: Asked) -> Board:
    """The dashboard for what was asked. Queries: one for each figure, requirement and block, whatever the rows."""
    context, query = asked.context, asked.query
    return Board(_headlines(context, query), obligations(context, query), _panels(context, query))


def _headlines(context: Context, query: str) -> list[Headline]:
    chosen = [part for part in parts_of(context) if part.is_headline][:HEADLINES]
    found = []
    for part in chosen:
        result = evaluate_part(part, context)
        has_names = part.requirement_id and not part.over
        not_done = rows_url(context, part.key, "not_done", query) if has_names else ""
        found.append(Headline(result, rows_url(context, part.key, query=query), not_done))
    return found


def obligations(context: Context, query: str = "") -> list[Obligation]:
    """Every requirement of the program that somebody in reach owes."""
    found = []
    for requirement in requirements_of(context):
        result = evaluate_requirement(requirement, context)
        if not result.counts["owed"] and not result.counts["excused"]:
            continue
        grid = reverse("reports:requirement-grid", args=[context.program.code, requirement.code])
        url = requirement_url(requirement, context.program.code, "done", query)
        found.append(Obligation(result, url, grid))
    return found


def _panels(context: Context, query: str) -> list[Panel]:
    return [panel(evaluate_block(block, context), query) for block in blocks_of(context) if block.on_dashboard]


def panel(result: BlockResult, query: str = "") -> Panel:
    """A block with its chart, its table, and the address of each group's rows."""
    block, context = result.block, result.context
    rows = [
        {
            "bar": bar,
            "text": result.text(bar),
            "url": block_url(context, block, bar.key, query),
            "not_done_url": block_url(context, block, bar.key, query, "not_done") if bar.of is not None else "",
        }
        for bar in result.bars
    ]
    return Panel(result, _chart(block, rows), rows)


def drawn_panel(result: BlockResult) -> Panel:
    """A block that is not saved, with its chart and its table: its rows have no addresses yet."""
    rows = [{"bar": bar, "text": result.text(bar), "url": "", "not_done_url": ""} for bar in result.bars]
    return Panel(result, _chart(result.block, rows), rows)


def _chart(block: Block, rows: list[dict[str, Any]]) -> SafeString | None:
    if block.chart == Block.Chart.TABLE or not rows:
        return None
    if block.chart == Block.Chart.LINE:
        points = [charts.Point(row["bar"].label, _height(row["bar"])) for row in rows]
        return charts.line(block.title, points, look=NUMBERS, width=CHART_WIDTH)
    return charts.bars(
        block.title,
        [
            charts.Bar(
                row["bar"].label,
                float(row["bar"].value),
                None if row["bar"].of is None else float(row["bar"].of),
                row["url"],
                row["text"],
            )
            for row in rows
        ],
        look=SHARES if block.requirement_id else NUMBERS,
        width=CHART_WIDTH,
    )


def _height(bar: Bar) -> float:
    """Where a bar's point lies on a line: its percentage where it is out of a number."""
    if bar.of is None:
        return float(bar.value)
    return round(100 * float(bar.value) / float(bar.of), 1) if bar.of else 0.0
