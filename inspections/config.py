"""The checklist section of program template files."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from inspections.models import ChecklistItem
from programs.models import Program
from programs.templates import Reading, entry, register_section

KEYS = {
    "code": "lower case; later questions name it by this",
    "text": "the question",
    "kind": "yes_no, choice, number or text; yes_no if left out",
    "choices": "what may be chosen",
    "only_if": "code of an earlier question that it hangs on",
    "only_if_answer": "the answer to that question for which it is asked",
    "requirement": "code of a requirement whose record proposes the answer",
    "ended_on": "the day from which it is no longer asked",
}


def checklist(reading: Reading, content: list[Any]) -> None:
    """Questions in their order; one that applies only under a condition names an earlier one."""
    made: dict[str, ChecklistItem] = {}
    for position, item in enumerate(content):
        node = reading.take(item, KEYS, ("code", "text"))
        values = {key: node[key] for key in KEYS if key in node and key not in ("only_if", "requirement")}
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


def write_checklist(program: Program) -> list[dict[str, Any]]:
    """Questions, each on a line."""
    return [entry(row, KEYS) for row in _questions(program).select_related("only_if", "requirement")]


def _questions(program: Program) -> QuerySet[ChecklistItem]:
    return ChecklistItem.objects.filter(program=program).order_by("position", "pk")


register_section(
    "checklist",
    checklist,
    write=write_checklist,
    rows=lambda reading: [_questions(reading.program).order_by("-position", "-pk")],
    title="督查清单",
    unit="问",
    about="What is asked of every inspected team.",
    tables={"a question": KEYS},
)
