"""The sections of program template files that inspections own: the checklist and what is assessed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from inspections.models import AssessmentItem, ChecklistItem
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

ITEM_KEYS = {
    "code": "lower case",
    "title": "what is assessed",
    "weight": "points for doing all of it",
    "source": "figure, findings or people",
    "part": "key of the number, for figure; it is counted for each unit or team by itself",
    "rule": "rate, miss, each, quota or flat; none for people",
    "categories": "for findings: codes of the categories that count; all if left out",
    "quota": "for quota: how many are expected",
    "deduct_each": "points taken off for each",
    "bonus_each": "points added for each over the quota, or for each praise",
    "bonus_cap": "the most that is added",
    "may_be_negative": "true to let it fall below zero",
    "ended_on": "the day from which it is no longer assessed",
}


def assessment(reading: Reading, content: list[Any]) -> None:
    """What is assessed, in order; numbers and categories are named by what stands before."""
    vocabularies = ("finding_category", "praise_category")
    plain = [key for key in ITEM_KEYS if key not in ("part", "categories")]
    for position, item in enumerate(content):
        node = reading.take(item, ITEM_KEYS, ("code", "title", "weight", "source"))
        row = AssessmentItem(
            program=reading.program, position=position, **{key: node[key] for key in plain if key in node}
        )
        if "part" in node:
            row.part = reading.parts.get(node["part"])
            if row.part is None:
                reading.wrong(node, f"前面没有引用名为“{node['part']}”的数据项。")
        words = []
        for code in node.get("categories") or []:
            found = next((reading.terms[name, code] for name in vocabularies if (name, code) in reading.terms), None)
            if found is None:
                reading.wrong(node, f"词表里没有“{code}”这一类发现。")
            else:
                words.append(found)
        if reading.save(row, node):
            row.categories.set(words)


def write_assessment(program: Program) -> list[dict[str, Any]]:
    """Items, each on a line."""
    written = []
    for row in _items(program).select_related("part").prefetch_related("categories"):
        said = entry(row, [key for key in ITEM_KEYS if key != "categories"])
        if codes := [word.code for word in row.categories.all()]:
            said["categories"] = codes
        written.append(said)
    return written


def _items(program: Program) -> QuerySet[AssessmentItem]:
    return AssessmentItem.objects.filter(program=program).order_by("position", "pk")


register_section(
    "assessment",
    assessment,
    write=write_assessment,
    rows=lambda reading: [_items(reading.program).order_by("-position", "-pk")],
    title="考核指标",
    unit="项",
    about="What units, sections or teams are assessed by at the end of the year, and how counts become points.",
    tables={"an item": ITEM_KEYS},
)
