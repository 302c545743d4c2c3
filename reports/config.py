"""The bulletins section of program template files."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programs.models import Program
from programs.templates import Reading, entry, register_section
from reports.models import BulletinTemplate

KEYS = {
    "code": "lower case",
    "name": "what it is called where a new bulletin is begun",
    "layout": "bulletin (red masthead, numbered; the default) or report (a plain text: a summary, a report)",
    "coverage": "what its figures are about: program (the default), or for a report one town or one village",
    "masthead": "the red head of a bulletin; \\n breaks its line",
    "office": "the office named beside the date",
    "title": "the title; 〔地名〕 and 〔年〕 in it, the office or the text become the place and the year",
    "body": "the text, one paragraph to a line; {key} holds a figure, {key：名单} its names, 〔图：title〕 a chart",
    "report_to": "报",
    "send_to": "送",
    "distribute_to": "发",
    "copies": "how many are printed",
    "annex": "title of the table of all teams; none if left out",
    "ended_on": "the day from which it is no longer offered",
}


def bulletins(reading: Reading, content: list[Any]) -> None:
    """Bulletin templates: masthead, lists, and the text that a draft starts from."""
    for item in content:
        node = reading.take(item, KEYS, ("code", "name", "office", "title", "body"))
        row = BulletinTemplate(program=reading.program, **{key: node[key] for key in KEYS if key in node})
        reading.save(row, node)


def write_bulletins(program: Program) -> list[dict[str, Any]]:
    """Bulletin templates, key by key."""
    return [entry(row, KEYS, line=False) for row in _templates(program)]


def _templates(program: Program) -> QuerySet[BulletinTemplate]:
    return BulletinTemplate.objects.filter(program=program).order_by("pk")


register_section(
    "bulletins",
    bulletins,
    write=write_bulletins,
    rows=lambda reading: [_templates(reading.program)],
    title="简报",
    unit="种",
    about="Bulletins: masthead, who receives it, and the text that a draft starts from, with live figures.",
    tables={"a bulletin": KEYS},
)
