"""The checklist section of program template files."""

from __future__ import annotations

from typing import Any

from inspections.models import ChecklistItem
from programs.templates import Reading, register_section


def checklist(reading: Reading, content: list[Any]) -> None:
    """Questions in their order; one that applies only under a condition names an earlier one."""
    made: dict[str, ChecklistItem] = {}
    fields = ("code", "text", "kind", "choices", "only_if", "only_if_answer", "requirement")
    for position, item in enumerate(content):
        node = reading.take(item, fields, ("code", "text"))
        values = {key: node[key] for key in fields if key in node and key not in ("only_if", "requirement")}
        if "only_if" in node:
            values["only_if"] = made.get(node["only_if"])
            if values["only_if"] is None:
                reading.wrong(node, f"前面没有代号为“{node['only_if']}”的问题。")
        if "requirement" in node:
            values["requirement"] = reading.requirements.get(node["requirement"])
            if values["requirement"] is None:
                reading.wrong(node, f"没有代号为“{node['requirement']}”的要求。")
        row = ChecklistItem(program=reading.program, position=position, **values)
        if reading.save(row, node):
            made[row.code] = row


register_section("checklist", checklist)
