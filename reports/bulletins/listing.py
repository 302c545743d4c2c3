"""The list of bulletins, and where each has its page."""

from __future__ import annotations

from programs.links import register_page
from programs.listing import ChoiceFilter, Column, Create, DaysFilter, Link, Listing, Mark, register_listing
from reports.models import Bulletin, Layout

TONES = {
    Bulletin.State.DRAFT: "quiet",
    Bulletin.State.REVIEW: "soon",
    Bulletin.State.SIGNING: "soon",
    Bulletin.State.ISSUED: "done",
    Bulletin.State.WITHDRAWN: "late",
}

register_listing(
    Listing(
        model=Bulletin,
        title="简报和文稿",
        noun="简报和文稿",
        counter="份",
        permission="bulletin.view",
        route="reports:bulletin-list",
        create=Create("拟新稿", "reports:bulletin-create", "report.draft"),
        search=("title", "masthead"),
        search_hint="标题",
        order=("-date", "-number"),
        prepare=lambda rows, _: rows.select_related("drafted_by", "program", "place"),
        name_of=None,
        empty_hint="简报签发后，活动中的每个人都能在这里看到；写一个村或镇街的总结，由那里的工作队、办公室拟。",
        columns=(
            Column(
                key="number",
                label="期号",
                value=lambda row, _: Link("文稿" if row.is_report else str(row), row),
                sort=("year", "number"),
                width=16,
            ),
            Column(
                key="title",
                label="标题",
                value=lambda row, _: Link(row.title.replace("\n", ""), row),
                width=40,
                wraps=True,
            ),
            Column(key="date", label="日期", value="date", sort=("date",), kind="day", width=14),
            Column(
                key="state",
                label="状态",
                value=lambda row, _: Mark(row.state_label, TONES[Bulletin.State(row.state)]),
                sort=("state",),
                width=10,
            ),
            Column(
                key="place",
                label="写哪里",
                value=lambda row, _: str(row.place or row.program.short_name),
                sort=("place__pinyin",),
                width=16,
            ),
            Column(key="copies", label="印数", value="copies", sort=("copies",), kind="number", width=8),
            Column(key="drafted_by", label="拟稿", value=lambda row, _: str(row.drafted_by), width=14),
        ),
        filters=(
            ChoiceFilter(key="layout", label="样式", lookup="layout", options=Layout),
            ChoiceFilter(key="state", label="状态", lookup="state", options=Bulletin.State),
            DaysFilter(key="date", label="日期", lookup="date", more=True),
        ),
    )
)
register_page(Bulletin, "reports:bulletin-detail")
