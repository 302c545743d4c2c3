"""The papers section of program files."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programs.models import Program
from programs.templates import Node, Reading, entry, register_section
from reports.models import Paper
from reports.papers.kinds import PaperKind, TextPart, paper_kinds

KEYS = {
    "kind": f"one of {', '.join(Paper.Kind.values)}",
    "title": "the title; the usual one of its kind if left out",
    "names_in_print": "true where people's names may be printed for all to see",
    "texts": "its parts in the program's own words, by key",
}


def papers(reading: Reading, content: list[Any]) -> None:
    """Papers in the program's own words, checked against the parts that their kind has."""
    for item in content:
        node = reading.take(item, KEYS, ("kind",))
        kind = paper_kinds().get(str(node.get("kind", "")))
        if kind is None:
            reading.wrong(node, f"没有“{node.get('kind')}”这种印刷品，可用：{'、'.join(paper_kinds())}。")
            continue
        if node.get("names_in_print") is not None and not isinstance(node["names_in_print"], bool):
            reading.wrong(node, "“names_in_print”只能是 true 或 false。")
            continue
        row = Paper(
            program=reading.program,
            kind=kind.code,
            title=str(node.get("title", "")),
            names_in_print=node.get("names_in_print", False),
            texts=_texts(reading, node, kind),
        )
        reading.save(row, node)


def _texts(reading: Reading, node: Node, kind: PaperKind) -> dict[str, str]:
    given = node.get("texts", Node())
    if not isinstance(given, Node):
        reading.wrong(node, "“texts”应当写成若干“名称: 文字”。")
        return {}
    known = {part.key: part for part in kind.parts}
    found = {}
    for key, value in given.items():
        if key not in known:
            reading.wrong(given, f"不认识“{key}”，可用：{'、'.join(known)}。")
            continue
        text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
        if problem := problem_of(known[key], text):
            reading.wrong(given, f"“{key}”{problem}")
        found[key] = text.strip()
    return found


def problem_of(part: TextPart, text: str) -> str:
    """What is wrong with the wording of a part; empty if it fits the paper."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > part.lines:
        return f"最多 {part.lines} 行，现在有 {len(lines)} 行。"
    for line in lines:
        if len(line.strip()) > part.longest:
            return f"每行不超过 {part.longest} 个字，“{line.strip()[:12]}…”有 {len(line.strip())} 个字。"
    return ""


def write_papers(program: Program) -> list[dict[str, Any]]:
    """Papers, key by key; parts that were left to the usual words are left out."""
    found = []
    for row in _papers(program):
        written = entry(row, KEYS, line=False)
        if row.texts:
            written["texts"] = dict(row.texts)
        found.append(written)
    return found


def _papers(program: Program) -> QuerySet[Paper]:
    return Paper.objects.filter(program=program).order_by("kind", "pk")


register_section(
    "papers",
    papers,
    write=write_papers,
    rows=lambda reading: [_papers(reading.program)],
    title="印刷品",
    unit="种",
    about="Printed papers in the program's own words: cards, handbooks, boards, booklets.",
    tables={"a paper": KEYS}
    | {f"texts of {kind.code}": {part.key: part.about for part in kind.parts} for kind in paper_kinds().values()},
)
