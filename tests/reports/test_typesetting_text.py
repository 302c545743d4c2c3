"""Plain text becomes blocks: numbering makes headings, braces hold figures, and no character is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.typesetting.document import Column, Table
from reports.typesetting.text import Kind, compose, parse, render, suggest, tokens

NAMES = ["ZY-1", "ZY-4", "ZY-4：未完成", "对接到位"]
VALUES = {("ZY-1", ""): "116", ("ZY-4", ""): "96", ("ZY-4", "未完成"): "示例单位一、示例单位二"}


def resolve(key: str, aspect: str) -> str | None:
    return VALUES.get((key, aspect))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、督查基本情况", Kind.H1),
        ("十二、附则", Kind.H1),
        ("（一）镇街调度", Kind.H2),
        ("(一)镇街调度", Kind.H2),
        ("1、对接及时", Kind.H3),
        ("1. 对接及时", Kind.H3),
        ("１２．对接及时", Kind.H3),
        ("（1）示范带动", Kind.H4),
        ("（１）示范带动", Kind.H4),
        ("一要加强领导", Kind.PARAGRAPH),
        ("1.5万元已经到位", Kind.PARAGRAPH),
        ("2015年7月3日", Kind.PARAGRAPH),
        ("（以下简称帮扶办）", Kind.PARAGRAPH),
    ],
)
def test_numbering_decides_the_level(line: str, kind: Kind) -> None:
    (block,) = parse(line)
    assert block.kind is kind
    assert block.text == line
    assert bool(block.head) is (kind is not Kind.PARAGRAPH)


def test_a_numbered_first_sentence_is_a_heading_that_runs_into_its_paragraph() -> None:
    (block,) = parse("1、部门单位领导带头，行动较快。116个单位中有96个到过村。")
    assert (block.kind, block.level) == (Kind.H3, 3)
    assert block.head_text == "1、部门单位领导带头，行动较快。"
    assert block.body_text == "116个单位中有96个到过村。"


def test_a_long_numbered_sentence_is_a_paragraph() -> None:
    sentence = "1、" + "各镇街区要加强对工作队的管理，" * 5 + "定期研究。其他照旧。"
    (block,) = parse(sentence)
    assert (block.kind, block.head, block.body_text) == (Kind.PARAGRAPH, (), sentence)


def test_blocks_know_their_line_and_drop_layout_white_space_only() -> None:
    blocks = parse("　　第一段 有空格。\r\n\n\t二、标题 \n")
    assert [(block.line, block.text) for block in blocks] == [(1, "第一段 有空格。"), (3, "二、标题")]


@given(st.text(alphabet=st.sampled_from("一二（）()1１.．、。！第书记“”{}｛｝：:〔〕表图A \u3000\t\n"), max_size=80))
def test_no_character_is_lost(text: str) -> None:
    blocks = compose(text, resolve, NAMES).blocks
    unresolved = [block for block in blocks if not any(run.figure in NAMES for run in (*block.head, *block.body))]
    assert unresolved == list(blocks)
    assert "\n".join(block.text for block in blocks) == "\n".join(
        line.strip(" \t\u3000") for line in text.split("\n") if line.strip(" \t\u3000")
    )


def test_tokens_are_found_in_either_width() -> None:
    found = tokens("全市{ZY-1}个，\n没到的是｛ ZY-4 : 未完成 ｝。")
    assert [(token.key, token.aspect, token.line, token.name) for token in found] == [
        ("ZY-1", "", 1, "ZY-1"),
        ("ZY-4", "未完成", 2, "ZY-4：未完成"),
    ]
    assert found[1].source == "｛ ZY-4 : 未完成 ｝"


def test_figures_are_put_in_and_unknown_ones_named_with_their_line() -> None:
    rendered = render("共{ZY-1}个。\n到村{ZY-44}个，{}，余下}", resolve, NAMES)
    assert rendered.text == "共116个。\n到村{ZY-44}个，{}，余下}"
    assert [str(problem) for problem in rendered.problems] == [
        "第 2 行：没有名为“ZY-44”的数字，是不是 ZY-4、ZY-1、ZY-4：未完成？",
        "第 2 行：花括号里没有写数字的名称。",
        "第 2 行：花括号“}”没有成对。",
    ]


def test_composition_keeps_which_words_are_figures() -> None:
    composition = compose("1、到村{ZY-4}个。其余是{ZY-4：未完成}，见{某数}。", resolve, NAMES)
    (block,) = composition.blocks
    assert [(run.text, run.figure) for run in block.head] == [("1、到村", ""), ("96", "ZY-4"), ("个。", "")]
    assert [(run.text, run.figure, run.is_missing) for run in block.body] == [
        ("其余是", "", False),
        ("示例单位一、示例单位二", "ZY-4：未完成", False),
        ("，见", "", False),
        ("{某数}", "某数", True),
        ("。", "", False),
    ]
    assert [problem.name for problem in composition.problems] == ["某数"]


def test_suggestions_are_the_nearest_names() -> None:
    assert suggest("对接", NAMES) == ("对接到位",)
    assert suggest("毫不相干", NAMES) == ()


def test_tables_are_put_in_by_name() -> None:
    table = Table("工作队一览", (Column("村"),), (("示例村",),))
    composition = compose("〔表：工作队一览〕\n〔表：工作队〕", inserts={"工作队一览": table})
    assert composition.blocks[0].insert is table
    assert composition.blocks[1].text == "〔表：工作队〕"
    assert [str(problem) for problem in composition.problems] == ["第 2 行：没有名为“工作队”的表，是不是 工作队一览？"]
