"""The description of the file format, written from what the apps have registered, so that it stays true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from programs.figures import registry
from programs.models import Block, FigurePart, Requirement
from programs.templates.core import PROGRAM
from programs.templates.sections import Keys, sections

HEAD = """\
# The file of a program

<!-- Written by `manage.py describe_templates`; change what it says where the apps register it. -->

A program's whole configuration is one YAML file: the templates in `programs/catalogue/` are such files,
活动设置 → 导出配置文件 writes one, 新建活动 → 从配置文件 and 活动设置 → 导入配置文件 read one. It holds no rows of
work and no accounts.

- Every entry of a section is a mapping; the order of a list is the order on pages. What is left out has its usual
  value.
- Rows are known by `code` (numbers of figures by `key`). Imported into a program that is there, a code that is known
  is changed, a new one added, and one that the file no longer has is ended (`ended_on`), or, in a draft in which
  nobody used it, taken away. A section that the file lacks is left alone.
- Division codes and other numbers with leading zeros go into quotes. Days are written 2026-03-01.
- A wrong file is refused as a whole, with the line and the reason in Chinese. References (`&`, `*`) are not taken.

```yaml
format: 1
about: for whom this template is, in a sentence (templates of the catalogue only)
program:
  code: shili
  name: 示例市结对帮扶
  short_name: 示例帮扶
  jurisdiction: "370685"
  office: 示例市帮扶办公室
  starts_on: 2026-03-01
vocabularies:
  visit_kind:
    - {code: entry, label: 入户走访}
requirements:
  - {code: weekly, name: 每周走访, subject: cadre, evidence: visit, evidence_params: {kinds: [entry]}, cadence: week}
figures:
  - code: SL-1
    title: 走访
    parts:
      - {label: 本周已走访, requirement: weekly, unit: 名, headline: true}
      - {label: 走访, measure: visits, params: {kinds: [entry]}, unit: 次}
```
"""
CONDITIONS = """\
## Conditions

`who`, `evidence_params` and `params` narrow what is counted. Each takes the conditions named below; a condition is
one of:

| kind | written as |
|---|---|
| terms, term | codes of a vocabulary in a list; one code |
| choices, choice | some of the values named, in a list; one of them |
| places | division codes within the jurisdiction, in quotes, in a list |
| flag | true or false |
| day | a day in quotes |
| number | a number |
| requirement | the code of an earlier requirement |
| vocabulary | the name of a vocabulary |
"""


def description() -> str:
    """The whole text, in Markdown."""
    parts = [HEAD, "## `program`\n", _table(PROGRAM)]
    for name, section in sections().items():
        parts += [f"## `{name}`" + (f" {section.title}" if section.title else "") + "\n", f"{section.about}\n"]
        for title, keys in section.tables.items():
            if len(section.tables) > 1:
                parts.append(f"**{title[:1].upper()}{title[1:]}**\n")
            parts.append(_table(keys))
    parts += [CONDITIONS, *_subjects(), *_evidences(), *_measures(), *_choices()]
    return "\n".join(parts).rstrip() + "\n"


def _table(keys: Keys) -> str:
    rows = "".join(f"| `{key}` | {_cell(about)} |\n" for key, about in keys.items())
    return f"| key | |\n|---|---|\n{rows}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _subjects() -> Iterator[str]:
    yield "## Subjects: who can owe something\n"
    rows = [(kind.name, kind.label, _params(kind.params)) for kind in registry.subject_kinds.values()]
    yield _rows(("subject", "", "conditions in `who`"), rows)


def _evidences() -> Iterator[str]:
    yield "## Evidence: what counts as done\n"
    rows = [
        (one.name, one.label, "、".join(f"`{name}`" for name in one.subjects), _params(one.params))
        for one in registry.evidences.values()
    ]
    yield _rows(("evidence", "", "of these subjects", "conditions in `evidence_params`"), rows)


def _measures() -> Iterator[str]:
    yield "## Measures: what can be counted\n"
    rows = [
        (
            one.name,
            one.label,
            _params(one.params),
            "、".join(f"`{key}` {group.label}" for key, group in one.groups.items()),
        )
        for one in registry.measures.values()
    ]
    yield _rows(("measure", "", "conditions in `params`", "`group_by` of blocks"), rows)


def _choices() -> Iterator[str]:
    yield "## Fixed values\n"
    known = {
        "cadence": Requirement.Cadence,
        "wording": FigurePart.Wording,
        "operation": FigurePart.Operation,
        "order": Block.Order,
        "chart": Block.Chart,
    }
    rows = [(name, "", "、".join(f"`{value}` {label}" for value, label in one.choices)) for name, one in known.items()]
    laid_out = "、".join(f"`{key}` {label}" for key, label in registry.REQUIREMENT_GROUPS.items())
    yield _rows(("key", "", "values"), [*rows, ("group_by", "of a block of a requirement", laid_out)])


def _params(params: Iterable[registry.Param]) -> str:
    return "；".join(_param(param) for param in params)


def _param(param: registry.Param) -> str:
    told = f"`{param.name}` {param.label} ({param.kind}"
    if param.vocabulary:
        told += f" of `{param.vocabulary}`"
    if param.options:
        told += ": " + ", ".join(f"`{value}`" for value, _ in param.options)
    return f"{told})"


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| `{name}` | {' | '.join(_cell(cell) for cell in cells)} |" for name, *cells in rows]
    return "\n".join(lines) + "\n"
