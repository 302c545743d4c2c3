"""Template files: what is wrong is named by its line and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs.models import Block, Figure, FigurePart, Program, Requirement, Term
from programs.templates import BadTemplate, catalogue, create_program, read
from tests import factories as make

pytestmark = pytest.mark.django_db

GOOD = """\
format: 1
program:
  code: sample
  name: 示例结对帮扶
  short_name: 示例帮扶
  jurisdiction: "370685"
  office: 示例办公室
  starts_on: 2020-01-01
vocabularies:
  visit_kind:
    - {code: entry, label: 入户走访}
requirements:
  - {code: weekly, name: 每周走访, subject: cadre, evidence: visit, evidence_params: {kinds: [entry]}, cadence: week}
figures:
  - code: SL-1
    title: 走访
    parts:
      - {label: 本周已走访, requirement: weekly, unit: 名}
      - {label: 走访, measure: visits, params: {kinds: [entry]}, unit: 次, wording: over, cut: 10}
blocks:
  - {code: weeks, title: 每周走访, measure: visits, group_by: week, unit: 次, chart: line}
"""


@pytest.fixture(autouse=True)
def _county() -> None:
    make.DivisionFactory(code="370685")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "program.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_program_is_made_without_a_line_of_code(tmp_path: Path) -> None:
    program = create_program(written(tmp_path, GOOD), code="mine")
    assert program.code == "mine"
    assert program.requirements.get().cadence == "week"
    assert [part.key for part in FigurePart.objects.order_by("position")] == ["本周已走访", "走访"]


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_what_is_shipped_is_right(code: str) -> None:
    make.DivisionFactory(code=read(catalogue()[code].read_text())["program"]["jurisdiction"])
    program = create_program(code)
    for model in (Term, Requirement, Figure, Block):
        assert model.objects.filter(program=program).exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("subject: cadre", "subject: nobody", 13, "subject"),
        ("kinds: [entry]}, cadence", "kinds: [entree]}, cadence", 13, "没有“entree”"),
        ("cadence: week", "cadence: daily", 13, "daily"),
        ("measure: visits, params", "measure: votes, params", 19, "没有“votes”这种统计"),
        ("requirement: weekly", "requirement: monthly", 18, "monthly"),
        ("group_by: week", "group_by: colour", 21, "不能按“colour”分组"),
        ("cut: 10", "colour: red", 19, "不认识“colour”"),
        ('jurisdiction: "370685"', 'jurisdiction: "990000"', 3, "不在行政区划表中"),
        ("starts_on: 2020-01-01", "starts_on: 早春", 3, "starts_on"),
        ("label: 走访, measure", "label: 本周已走访, measure", 19, "已有这个引用名"),
        ("blocks:", "blocks:\n - [", 22, "格式不对"),
        ("format: 1", "format: 7", 1, "版本应为"),
        ("  short_name: 示例帮扶", "  code: again", 5, "写了两次"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_changes_nothing(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    with pytest.raises(BadTemplate) as refused:
        create_program(written(tmp_path, GOOD.replace(old, new, 1)))
    assert says in str(refused.value)
    assert any(f"第 {line} 行" in said for said in refused.value.lines), refused.value.lines
    assert not Program.objects.exists()
