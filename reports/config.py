"""The bulletins section of program template files."""

from __future__ import annotations

from typing import Any

from programs.templates import Reading, register_section
from reports.models import BulletinTemplate

FIELDS = (
    "code", "name", "masthead", "office", "title", "body", "report_to", "send_to", "distribute_to", "copies", "annex",
)  # fmt: skip


def bulletins(reading: Reading, content: list[Any]) -> None:
    """Bulletin templates: masthead, lists, and the text that a draft starts from."""
    for item in content:
        node = reading.take(item, FIELDS, ("code", "name", "masthead", "office", "title", "body"))
        row = BulletinTemplate(program=reading.program, **{key: node[key] for key in FIELDS if key in node})
        reading.save(row, node)


register_section("bulletins", bulletins)
