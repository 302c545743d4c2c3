"""Program template files: a program's configuration read from YAML, checked as a whole, and made into rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction

from programs.figures import registry
from programs.models import Block, Division, Figure, FigurePart, Program, Requirement, Term
from programs.refusals import Refusal

CATALOGUE = Path(__file__).parent / "catalogue"
FORMAT = 1


class BadTemplate(Refusal):
    """A template file is wrong. ``lines`` holds one sentence for each thing to mend, with its line."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("模板有误，未做任何改动：\n" + "\n".join(lines))
        self.lines = lines


class Node(dict[str, Any]):
    """A mapping of the file that knows its line."""

    line: int = 0


class _Loader(yaml.SafeLoader):
    """Safe loading, with line numbers and without silent double keys."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Node:
    found = Node()
    found.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise BadTemplate([f"第 {key_node.start_mark.line + 1} 行：“{key}”写了两次。"])
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@dataclass
class Reading:
    """A template being read: the program, what has been made so far, and what is wrong."""

    program: Program
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    parts: dict[str, FigurePart] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def wrong(self, node: Any, text: str) -> None:
        """Note something to mend, with its line."""
        self.problems.append(f"第 {getattr(node, 'line', 0) or '?'} 行：{text}")

    def take(self, node: Any, allowed: Iterable[str], needed: Iterable[str] = ()) -> Node:
        """A mapping with known keys only; what is unknown or missing is noted."""
        if not isinstance(node, Node):
            self.wrong(node, f"“{node}”应当写成若干“名称: 内容”。")
            return Node()
        for key in node:
            if key not in allowed:
                self.wrong(node, f"不认识“{key}”，可用：{'、'.join(allowed)}。")
        for key in needed:
            if node.get(key) in (None, ""):
                self.wrong(node, f"缺少“{key}”。")
        return node

    def save(self, row: models.Model, node: Any) -> bool:
        """Check and save a row; what its model refuses is noted with the line."""
        try:
            row.full_clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                where = "" if name == "__all__" else f"“{name}”"
                self.wrong(node, f"{where}{'；'.join(messages)}")
            return False
        row.save()
        return True

    def params(self, node: Any, given: Any, declared: Iterable[registry.Param]) -> dict[str, Any]:
        """Filters checked against what is declared for them."""
        known = {param.name: param for param in declared}
        for name, value in (given or {}).items():
            if name not in known:
                self.wrong(node, f"条件“{name}”不适用，可用：{'、'.join(known) or '无'}。")
            else:
                self._check_param(node, known[name], value)
        return dict(given or {})

    def _check_param(self, node: Any, param: registry.Param, value: Any) -> None:
        many = value if isinstance(value, list) else [value]
        if param.kind in ("terms", "choices", "places") and not isinstance(value, list):
            self.wrong(node, f"“{param.name}”应写成列表，如 [甲, 乙]。")
        if param.kind in ("terms", "term"):
            vocabularies = (
                [param.vocabulary, "praise_category"] if "finding" in param.vocabulary else [param.vocabulary]
            )
            for code in many:
                if not any((vocabulary, code) in self.terms for vocabulary in vocabularies):
                    self.wrong(node, f"词表 {param.vocabulary} 没有“{code}”。")
        elif param.kind in ("choices", "choice"):
            options = dict(param.options)
            for item in many:
                if item not in options:
                    self.wrong(node, f"“{param.name}”没有“{item}”这一项，可用：{'、'.join(options)}。")
        elif param.kind == "places":
            for code in many:
                if not isinstance(code, str) or not code.startswith(self.program.jurisdiction_id):
                    self.wrong(node, f"地点“{code}”不在辖区 {self.program.jurisdiction_id} 内（代码要加引号）。")
        elif param.kind == "flag" and not isinstance(value, bool):
            self.wrong(node, f"“{param.name}”只能是 true 或 false。")
        elif param.kind == "requirement" and value not in self.requirements:
            self.wrong(node, f"前面没有代号为“{value}”的要求。")
        elif param.kind == "vocabulary" and value not in Term.Vocabulary.values:
            self.wrong(node, f"没有“{value}”这个词表。")


Section = Callable[[Reading, list[Any]], None]
_sections: dict[str, Section] = {}


def register_section(name: str, section: Section) -> None:
    """Let a higher app read its own section of template files."""
    _sections[name] = section


def catalogue() -> dict[str, Path]:
    """The template files shipped with the app, by code."""
    return {path.stem: path for path in sorted(CATALOGUE.glob("*.yaml"))}


def read(text: str) -> Node:
    """The content of a template file. Raises ``BadTemplate`` with the line of what is no YAML."""
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader of our own
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise BadTemplate([f"第 {line} 行：格式不对（缩进、冒号或引号），无法读取。"]) from error
    if not isinstance(found, Node) or not isinstance(found.get("program"), Node):
        raise BadTemplate(["第 1 行：不是活动模板，缺少“program”。"])
    if found.get("format") != FORMAT:
        raise BadTemplate([f"第 1 行：模板版本应为“format: {FORMAT}”。"])
    return found


@transaction.atomic
def create_program(source: str | Path, **changes: Any) -> Program:
    """Make a program from a template: a code of the catalogue, or a file. ``changes`` replace fields of the program.

    All or nothing: ``BadTemplate`` names every line to mend and leaves the database as it was.
    """
    path = catalogue().get(source) if isinstance(source, str) else source
    if path is None:
        raise BadTemplate([f"没有代号为“{source}”的模板。"])
    content = read(path.read_text(encoding="utf-8"))
    reading = Reading(_program(content["program"], changes))
    sections = {"vocabularies": _vocabularies, "requirements": _requirements, "figures": _figures, "blocks": _blocks}
    for name in content:
        if name not in {"format", "program", *sections, *_sections}:
            reading.wrong(content, f"不认识“{name}”这一节。")
    for name, section in {**sections, **_sections}.items():
        section(reading, content.get(name) or [])
    if reading.problems:
        raise BadTemplate(reading.problems)
    return reading.program


_PROGRAM_FIELDS = (
    "code", "name", "short_name", "jurisdiction", "office", "starts_on", "ends_on", "pinned_on", "is_demonstration",
    "asks_position", "asks_photos", "notes",
)  # fmt: skip


def _program(node: Node, changes: dict[str, Any]) -> Program:
    values = {key: value for key, value in node.items() if key in _PROGRAM_FIELDS} | changes
    program = Program(**{key: value for key, value in values.items() if key != "jurisdiction"})
    reading = Reading(program)
    reading.take(node, _PROGRAM_FIELDS, ("code", "name", "short_name", "jurisdiction", "office", "starts_on"))
    place = values.get("jurisdiction")
    found = place if isinstance(place, Division) else Division.objects.filter(code=str(place)).first()
    if found is None:
        reading.wrong(node, f"辖区代码“{place}”不在行政区划表中，请先导入区划。")
        raise BadTemplate(reading.problems)
    program.jurisdiction = found
    reading.save(program, node)
    if reading.problems:
        raise BadTemplate(reading.problems)
    return program


def _vocabularies(reading: Reading, content: Any) -> None:
    content = content or {}
    # Groups of problems come first: categories name them as their parent.
    for vocabulary in sorted(content, key=lambda name: name != "problem_group"):
        if vocabulary not in Term.Vocabulary.values:
            reading.wrong(content, f"没有“{vocabulary}”这个词表。")
            continue
        for position, item in enumerate(content[vocabulary]):
            node = reading.take(item, ("code", "label", "unit", "parent", "parts", "is_final"), ("code", "label"))
            parent = reading.terms.get(("problem_group", node.get("parent", "")))
            if node.get("parent") and parent is None:
                reading.wrong(node, f"词表 problem_group 没有“{node['parent']}”。")
            term = Term(
                program=reading.program,
                vocabulary=vocabulary,
                code=node.get("code", ""),
                label=node.get("label", ""),
                unit=node.get("unit", ""),
                parent=parent,
                parts=node.get("parts", []),
                is_final=node.get("is_final", False),
                position=position,
            )
            if reading.save(term, node):
                reading.terms[vocabulary, term.code] = term


_REQUIREMENT_FIELDS = (
    "code", "name", "rule", "subject", "who", "evidence", "evidence_params", "at_least", "cadence", "due_on", "due_day",
    "starts_on", "takes_marks", "problem_group",
)  # fmt: skip


def _requirements(reading: Reading, content: list[Any]) -> None:
    for position, item in enumerate(content):
        node = reading.take(item, _REQUIREMENT_FIELDS, ("code", "name", "subject", "evidence"))
        subject = registry.subject_kinds.get(node.get("subject", ""))
        evidence = registry.evidences.get(node.get("evidence", ""))
        if subject is None or evidence is None:
            reading.wrong(
                node,
                f"“subject”可用：{'、'.join(registry.subject_kinds)}；“evidence”可用：{'、'.join(registry.evidences)}。",
            )
            continue
        if subject.name not in evidence.subjects:
            reading.wrong(node, f"“{evidence.label}”不能作为{subject.label}的凭据。")
        values = {key: node[key] for key in _REQUIREMENT_FIELDS if key in node}
        values["who"] = reading.params(node, node.get("who"), subject.params)
        values["evidence_params"] = reading.params(node, node.get("evidence_params"), evidence.params)
        if "problem_group" in node:
            values["problem_group"] = reading.terms.get(("problem_group", node["problem_group"]))
            if values["problem_group"] is None:
                reading.wrong(node, f"词表 problem_group 没有“{node['problem_group']}”。")
        row = Requirement(program=reading.program, position=position, **values)
        if reading.save(row, node):
            reading.requirements[row.code] = row


def _figures(reading: Reading, content: list[Any]) -> None:
    for position, item in enumerate(content):
        node = reading.take(item, ("code", "title", "definition", "parts"), ("code", "title", "parts"))
        figure = Figure(
            program=reading.program,
            code=node.get("code", ""),
            title=node.get("title", ""),
            definition=node.get("definition", ""),
            position=position,
        )
        if reading.save(figure, node):
            for number, part in enumerate(node.get("parts") or []):
                _part(reading, figure, part, number)


_PART_FIELDS = (
    "label", "key", "requirement", "over", "measure", "params", "operation", "left", "right", "rate", "unit", "wording",
    "cut", "headline",
)  # fmt: skip


def _part(reading: Reading, figure: Figure, item: Any, position: int) -> None:
    node = reading.take(item, _PART_FIELDS, ("label", "unit"))
    row = FigurePart(
        program=reading.program,
        figure=figure,
        key=node.get("key") or node.get("label", ""),
        label=node.get("label", ""),
        unit=node.get("unit", ""),
        wording=node.get("wording", FigurePart.Wording.EXACT),
        cut=node.get("cut"),
        rate=node.get("rate"),
        operation=node.get("operation", ""),
        over=node.get("over", False),
        is_headline=node.get("headline", False),
        position=position,
    )
    _source(reading, node, row)
    for side in ("left", "right"):
        if side in node:
            setattr(row, side, reading.parts.get(node[side]))
            if getattr(row, side) is None:
                reading.wrong(node, f"前面没有引用名为“{node[side]}”的数据项。")
    if reading.save(row, node):
        reading.parts[row.key] = row


def _source(reading: Reading, node: Node, row: FigurePart | Block) -> registry.Measure | None:
    """Set the requirement or the measure of a part or block, checked."""
    if "requirement" in node:
        row.requirement = reading.requirements.get(node["requirement"])
        if row.requirement is None:
            reading.wrong(node, f"没有代号为“{node['requirement']}”的要求。")
    if "measure" not in node:
        return None
    measure = registry.measures.get(node["measure"])
    if measure is None:
        reading.wrong(node, f"没有“{node['measure']}”这种统计，可用：{'、'.join(registry.measures)}。")
        return None
    row.measure = measure.name
    row.params = reading.params(node, node.get("params"), measure.params)
    return measure


_BLOCK_FIELDS = (
    "code", "title", "requirement", "measure", "params", "group_by", "unit", "order", "limit", "at_least", "at_most",
    "chart", "on_dashboard",
)  # fmt: skip


def _blocks(reading: Reading, content: list[Any]) -> None:
    for position, item in enumerate(content):
        node = reading.take(item, _BLOCK_FIELDS, ("code", "title", "group_by", "unit"))
        plain = {
            key: node[key] for key in _BLOCK_FIELDS if key in node and key not in ("requirement", "measure", "params")
        }
        row = Block(program=reading.program, position=position, **plain)
        measure = _source(reading, node, row)
        groups = measure.groups if measure else registry.REQUIREMENT_GROUPS
        if row.group_by not in groups:
            reading.wrong(node, f"不能按“{row.group_by}”分组，可用：{'、'.join(groups) or '无'}。")
        reading.save(row, node)
