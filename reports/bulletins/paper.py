"""The paper that a bulletin is printed as: from live figures while it is drafted, from what was frozen once issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from programs.rules.wording import day_text
from reports.bulletins.exhibits import Exhibit, Exhibits
from reports.bulletins.values import Values, values_of
from reports.models import Bulletin, BulletinStep
from reports.typesetting.document import BulletinDocument, Chart, Column, Table
from reports.typesetting.text import Composition, Problem, Rendered, compose, render

NOTICE = "演示数据"
WATERMARKS = {
    Bulletin.State.DRAFT: "草稿",
    Bulletin.State.REVIEW: "草稿",
    Bulletin.State.SIGNING: "送签稿",
    Bulletin.State.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True)
class LivePaper:
    """A bulletin with its figures as they are now."""

    bulletin: Bulletin
    values: Values
    composition: Composition
    exhibits: Exhibits

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in the text cannot be printed."""
        return self.composition.problems

    @property
    def annexes(self) -> tuple[Exhibit, ...]:
        """The annex, unless the text itself calls for it at a place of its own."""
        title = self.bulletin.annex
        return (self.exhibits.annex,) if title and title not in self.exhibits.taken else ()

    @property
    def text(self) -> str:
        """The text with its figures put in."""
        return self.rendered.text

    @property
    def rendered(self) -> Rendered:
        """The text with its figures put in, and what could not be."""
        return render(self.bulletin.body, self.values.resolve)

    def document(self) -> BulletinDocument:
        """The paper."""
        return _document(self.bulletin, self.composition, self.annexes)


def live_paper(bulletin: Bulletin) -> LivePaper:
    """A bulletin as it would be printed now."""
    values = values_of(bulletin)
    exhibits = Exhibits(bulletin, values.context)
    composition = compose(bulletin.body, values.resolve, values.names(), exhibits)
    return LivePaper(bulletin, values, composition, exhibits)


def document_of(bulletin: Bulletin) -> BulletinDocument:
    """The paper of a bulletin, for the printer and for Word."""
    return frozen_document(bulletin) if bulletin.is_issued else live_paper(bulletin).document()


def frozen_document(bulletin: Bulletin, *, marks_figures: bool = False) -> BulletinDocument:
    """The paper of an issued bulletin, from what was frozen and nothing else.

    ``marks_figures`` keeps track of where the figures stand in the text, so that a page can link them to their rows.
    """
    frozen: dict[str, Exhibit] = {
        title: exhibit_from_json(content) for title, content in (bulletin.frozen_charts or {}).items()
    }
    if marks_figures:
        used = {figure.key: figure.aspects.get("used", {}) for figure in bulletin.figures.order_by("pk")}
        composition = compose(bulletin.body, lambda key, aspect: used.get(key, {}).get(aspect), inserts=frozen)
    else:
        composition = compose(bulletin.frozen_text, inserts=frozen)
    annexes = (exhibit_from_json(bulletin.frozen_annex),) if bulletin.frozen_annex else ()
    return _document(bulletin, composition, annexes)


def exhibit_as_json(exhibit: Exhibit) -> dict[str, Any]:
    """A table or chart as it is frozen."""
    table = exhibit.table if isinstance(exhibit, Chart) else exhibit
    content: dict[str, Any] = {
        "title": exhibit.title,
        "columns": [[column.title, column.width, column.align] for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "note": exhibit.note,
    }
    return content | {"svg": str(exhibit.svg)} if isinstance(exhibit, Chart) else content


def exhibit_from_json(content: dict[str, Any]) -> Exhibit:
    """A frozen table or chart as it was drawn."""
    columns = tuple(Column(*column) for column in content["columns"])
    rows = tuple(tuple(row) for row in content["rows"])
    if "svg" not in content:
        return Table(content["title"], columns, rows, content["note"])
    return Chart(content["title"], content["svg"], Table(content["title"], columns, rows), content["note"])


def _document(bulletin: Bulletin, composition: Composition, annexes: tuple[Exhibit, ...]) -> BulletinDocument:
    return BulletinDocument(
        masthead_name=bulletin.masthead,
        issue_text="" if bulletin.is_report else f"第 {bulletin.number} 期",
        office=bulletin.office,
        date=bulletin.date,
        title=bulletin.title,
        blocks=composition.blocks,
        report_to=bulletin.report_to,
        send_to=bulletin.send_to,
        distribute_to=bulletin.distribute_to,
        copies=bulletin.copies or None,
        annexes=annexes,
        note=_withdrawn(bulletin),
        watermark=WATERMARKS.get(Bulletin.State(bulletin.state), ""),
        notice=NOTICE if bulletin.program.is_demonstration else "",
        identifier=_identifier(bulletin),
    )


def _identifier(bulletin: Bulletin) -> str:
    number = f"report-{bulletin.pk}" if bulletin.is_report else bulletin.number
    return f"{bulletin.program.code}/{bulletin.year}/{number}/{bulletin.state}/{bulletin.digest}"


def _withdrawn(bulletin: Bulletin) -> str:
    if bulletin.state != Bulletin.State.WITHDRAWN:
        return ""
    step = bulletin.steps.filter(kind=BulletinStep.Kind.WITHDRAWN).order_by("-pk").first()
    on = f"已于{day_text(timezone.localdate(step.at))}" if step else "已"
    return f"本{'文稿' if bulletin.is_report else '期简报'}{on}撤回，不得再引用。原因：{bulletin.withdrawn_reason}"
