"""Reading a program's file: YAML that knows its lines, and rows checked, made or changed from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models

from programs.figures import registry
from programs.models import FigurePart, Program, Requirement, Term
from programs.refusals import Refusal
from programs.templates.comparing import RowChange, difference, identity_of

FORMAT = 1
#: A file longer than this is no program's configuration.
MOST_CHARACTERS = 500_000


class BadTemplate(Refusal):
    """A template file is wrong. ``lines`` holds one sentence for each thing to mend, with its line."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("模板有误，未做任何改动：\n" + "\n".join(lines))
        self.lines = lines


class Node(dict[str, Any]):
    """A mapping of the file that knows its line."""

    line: int = 0


class _Loader(yaml.SafeLoader):
    """Safe loading, with line numbers, without silent double keys, and without references that could explode."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse ``*name``: a small file must not stand for a huge one."""
        if self.check_event(yaml.AliasEvent):
            raise BadTemplate([f"第 {self.peek_event().start_mark.line + 1} 行：不能用“*”引用别处的内容，请写全。"])
        return super().compose_node(parent, index)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Node:
    found = Node()
    found.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if isinstance(key, int) and not isinstance(key, bool):
            key = str(key)
        if not isinstance(key, str):
            raise BadTemplate([f"第 {line} 行：名称“{key}”要写成文字（必要时加引号）。"])
        if key in found:
            raise BadTemplate([f"第 {line} 行：“{key}”写了两次。"])
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """A day; what is none (2015-02-30) stays text, and the field it stands in says so."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read(text: str) -> Node:
    """The content of a program's file. Raises ``BadTemplate`` with the line of what is no YAML."""
    if len(text) > MOST_CHARACTERS:
        raise BadTemplate([f"第 1 行：文件太长（{len(text):,} 字），活动配置不会超过 {MOST_CHARACTERS:,} 字。"])
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader of our own
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise BadTemplate([f"第 {line} 行：格式不对（缩进、冒号或引号），无法读取。"]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position if isinstance(error.position, int) else 0) + 1
        raise BadTemplate([f"第 {line} 行：有不能识别的字符，请用 UTF-8 保存成纯文本。"]) from error
    except (RecursionError, ValueError) as error:
        raise BadTemplate(["第 1 行：不是活动的配置文件，无法读取。"]) from error
    if not isinstance(found, Node) or not isinstance(found.get("program"), Node):
        raise BadTemplate(["第 1 行：不是活动的配置文件，缺少“program”。"])
    if found.get("format") != FORMAT:
        raise BadTemplate([f"第 1 行：版本应为“format: {FORMAT}”。"])
    return found


#: Where an entry names others.
_LEANING = ("requirement", "left", "right", "only_if", "problem_group", "parent", "part", "who", "params")


def _names_in(node: Node) -> Iterator[str]:
    """What an entry leans on, by name."""
    for key in (*_LEANING, "evidence_params"):
        given = node.get(key)
        for value in given.values() if isinstance(given, dict) else [given]:
            yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


@dataclass
class Reading:
    """A template being read: the program, what has been made so far, and what is wrong."""

    program: Program
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    parts: dict[str, FigurePart] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    #: Whether rows that are there already are changed; otherwise the program is new.
    updating: bool = False
    day: dt.date | None = None
    changes: list[RowChange] = field(default_factory=list)
    kept: dict[type[models.Model], set[Any]] = field(default_factory=dict)
    section: str = ""
    at: Any = None
    #: Names of entries that are wrong, and the entries themselves.
    failed: set[str] = field(default_factory=set)
    marked: dict[int, Node] = field(default_factory=dict)

    def wrong(self, node: Any, text: str) -> None:
        """Note something to mend, with its line.

        What is wrong only because it leans on something wrong is not told: mending the one mends the other.
        """
        if isinstance(node, Node):
            self.marked[id(node)] = node
            name = node.get("code") or node.get("key") or node.get("label")
            leans = any(found in self.failed for found in _names_in(node) if found != name)
            if isinstance(name, str):
                self.failed.add(name)
            if leans:
                return
        line = getattr(node, "line", 0) or getattr(self.at, "line", 0) or "?"
        self.problems.append(f"第 {line} 行：{text}")

    def take(self, node: Any, allowed: Iterable[str], needed: Iterable[str] = ()) -> Node:
        """A mapping with known keys only; what is unknown or missing is noted."""
        self.at = node if isinstance(node, Node) else self.at
        if not isinstance(node, Node):
            self.wrong(node, f"“{node}”应当写成若干“名称: 内容”。")
            return Node()
        for key in node:
            if key not in allowed:
                self.wrong(node, f"不认识“{key}”，可用：{'、'.join(allowed)}。")
        # What is named and left empty is as if it were not there.
        given = Node({key: value for key, value in node.items() if value is not None})
        given.line, node = node.line, given
        for key in needed:
            if node.get(key) in (None, ""):
                self.wrong(node, f"缺少“{key}”。")
        return node

    def save(self, row: models.Model, node: Any) -> bool:
        """Check and save a row; what its model refuses is noted with the line.

        While an existing program is updated, a row of the same code is changed instead of added.
        """
        known = self._known(row, node) if self.updating else None
        try:
            row.full_clean()
        except ValidationError as error:
            was_wrong = id(node) in self.marked
            for name, messages in error.message_dict.items():
                if name == "__all__" and was_wrong:
                    continue
                where = "" if name == "__all__" else f"“{name}”"
                self.wrong(node, f"{where}{'；'.join(messages)}")
            return False
        change = difference(self.section, known, row)
        if change is not None:
            self.changes.append(change)
            row.save()
        self.kept.setdefault(type(row), set()).add(row.pk)
        return True

    def _known(self, row: models.Model, node: Any) -> models.Model | None:
        """The row of the program that a row of the file is about; the latter takes its place."""
        same = identity_of(row)
        known = type(row)._base_manager.filter(**same).first() if same else None
        if known is None:
            return None
        if known.pk in self.kept.get(type(row), ()):
            self.wrong(node, f"“{row}”写了两次。")
        row.pk = known.pk
        row._state.adding = False
        return known

    def params(self, node: Any, given: Any, declared: Iterable[registry.Param]) -> dict[str, Any]:
        """Filters checked against what is declared for them."""
        known = {param.name: param for param in declared}
        if given is not None and not isinstance(given, dict):
            self.wrong(node, f"条件“{given}”应写成 {{名称: 内容}}。")
            return {}
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
