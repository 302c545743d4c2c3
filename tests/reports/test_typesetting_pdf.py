"""The printed bulletin is measured: lines, edges, pages, characters, and what a reader's program sees."""

import dataclasses
import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
import weasyprint

from reports.typesetting import justify, quick
from reports.typesetting.document import BulletinDocument
from reports.typesetting.html import to_html, words
from reports.typesetting.pdf import render_pdf
from reports.typesetting.text import compose, parse
from tests.reports.typesetting_samples import (
    BOTTOM,
    FILLER,
    LEFT,
    MM,
    RIGHT,
    TOP,
    bulletin,
    glyphs,
    lines,
    opened,
    squeezed,
    teams,
    type_area,
    with_chart,
)

PITCH = 225 * MM / 22


@pytest.fixture(scope="module")
def document() -> BulletinDocument:
    return with_chart()


@pytest.fixture(scope="module")
def pdf(document: BulletinDocument) -> bytes:
    return render_pdf(document)


@pytest.fixture
def printed(pdf: bytes) -> Iterator[Any]:
    with opened(pdf) as file:
        yield file


@pytest.fixture
def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def full_pages(text: str) -> Any:
    return opened(render_pdf(bulletin(text)))


# Lines and characters


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    page = full_pages("\n".join([FILLER * 40] * 2))[1]
    rows = lines(page)
    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}
    steps = [after[0].y - before[0].y for before, after in itertools.pairwise(rows)]
    assert steps == pytest.approx([PITCH] * 21, abs=0.2)
    assert {round(glyph.size, 1) for row in rows for glyph in row} == {16}
    assert rows[0][0].x == pytest.approx(LEFT, abs=0.1)
    assert rows[0][0].y - 16 > TOP - PITCH / 2
    assert rows[-1][0].y < BOTTOM


@pytest.mark.parametrize(
    "text",
    [
        FILLER * 60,
        "工作队有5名队员，2015年7月3日到村，共走访116户，“第一书记”说：“要多办实事。”" * 40,
        "一、二、三、四，五，六；七；八：九。十！（甲）（乙）《丙》“丁”" * 50,
    ],
)
def test_every_full_line_ends_at_the_same_straight_edge(text: str) -> None:
    rows = lines(full_pages(text)[1])[:-1]
    edges = [row[-1].right for row in rows]
    assert len(edges) == 21
    assert max(edges) - min(edges) < 0.5
    assert edges[0] == pytest.approx(RIGHT, abs=0.5)
    assert [row[0].x for row in rows] == pytest.approx([LEFT] * 21, abs=0.1)


def test_what_a_line_lacks_is_shared_among_its_gaps() -> None:
    page = full_pages("甲" * 25 + "乙，" + "丙" * 30)[0]
    short = next(row for row in lines(page) if row[0].char == "甲")
    assert "".join(glyph.char for glyph in short) == "甲" * 25
    steps = [after.x - before.x for before, after in itertools.pairwise(short)]
    assert max(steps) - min(steps) < 0.1


def test_no_line_begins_or_ends_with_a_forbidden_mark() -> None:
    document = full_pages("各镇街、各部门，（含驻招单位）“第一书记”：《办法》；" * 60)
    for row in (row for page in document for row in lines(page)):
        assert row[0].char not in "，。、；：！？）》”"
        assert row[-1].char not in "（《“"


def test_rare_characters_keep_the_22_lines() -> None:
    text = (FILLER * 3 + "示例㛃、示例堃、示例䶮、示例𬭚同志说，面积120㎡。") * 12
    with full_pages(text) as document:
        rows = lines(document[1])
        assert len(rows) == 22
        fonts = {glyph.char: glyph.font for row in rows for glyph in row}
    assert [fonts[char] for char in "㛃䶮𬭚㎡"] == ["BabelStone-Han"] * 4
    assert [fonts[char] for char in "帮1"] == ["FandolFang"] * 2


def test_weasyprint_is_the_version_the_straight_edge_was_written_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert weasyprint.__version__ == justify.WEASYPRINT_VERSION
    monkeypatch.setattr(justify, "WEASYPRINT_VERSION", "0")
    with pytest.raises(RuntimeError, match="WeasyPrint 0"):
        justify.install()


# Characters


def test_the_text_read_back_is_the_text_that_was_given() -> None:
    document = bulletin()
    expected = "".join(
        [
            document.masthead_name,
            document.issue_text,
            document.office,
            document.date_text,
            document.title,
            *(block.text for block in document.blocks),
            f"报：{document.report_to}",
            f"发：{document.distribute_to}",
            "（共印160份）",
        ]
    )
    with opened(render_pdf(document)) as printed:
        assert type_area(printed) == squeezed(expected)


def test_every_character_of_gb2312_comes_back() -> None:
    characters = []
    for code in range(0xA1A1, 0xF7FF):
        try:
            characters.append(code.to_bytes(2, "big").decode("gb2312"))
        except UnicodeDecodeError:
            continue
    text = "".join(char for char in characters if char.strip())
    with opened(render_pdf(bulletin("甲" + text, masthead_name="简报", title="通报"))) as printed:
        read = type_area(printed)
        assert not any(
            "Noto" in glyph.font for page in printed for row in lines(page) for glyph in row if glyph.size < 16.1
        )
    assert text in read


def test_words_with_meaning_in_html_are_only_words() -> None:
    text = "<b>不是标签</b> & \"引号\" '撇号' {{ 变量 }} \x0b控制符"
    with opened(render_pdf(bulletin(text))) as printed:
        assert squeezed("<b>不是标签</b>&\"引号\"'撇号'{{变量}}控制符") in type_area(printed)
    assert words("甲的“乙”丙", "screen") == "甲的“乙”丙"


# Faces, headings, masthead


def test_each_part_is_set_in_its_face(printed: Any) -> None:
    row_of = {"".join(glyph.char for glyph in row): row for page in printed for row in lines(page)}

    def face(start: str) -> tuple[str, float]:
        row = next(row for text, row in row_of.items() if text.startswith(start))
        return row[0].font, round(row[0].size, 1)

    assert face("一、督查基本情况") == ("FandolHei", 16)
    assert face("（一）镇街调度") == ("FandolKai", 16)
    assert face("1、部门单位领导带头") == ("FandolFang", 16)
    assert face("示例市帮扶工作督查情况通报") == ("Noto-Serif-CJK-SC-Bold", 22)
    run_in = next(row for text, row in row_of.items() if text.startswith("（二）队伍到位。"))
    assert [glyph.font for glyph in run_in[:9]] == ["FandolKai"] * 8 + ["FandolFang"]
    assert run_in[0].x == pytest.approx(LEFT + 2 * 15.79, abs=0.3)


def test_the_masthead_is_red_with_a_red_rule(printed: Any) -> None:
    spans = [
        span for block in printed[0].get_text("dict")["blocks"] for line in block["lines"] for span in line["spans"]
    ]
    name = [span for span in spans if span["color"] == 0xC8161D]
    assert squeezed("".join(span["text"] for span in name)) == "示例市后进村帮扶工作简报"
    rules = [
        drawing
        for drawing in printed[0].get_drawings()
        if (drawing["color"] or drawing["fill"]) == pytest.approx((0.784, 0.086, 0.114), abs=0.01)
    ]
    assert any(drawing["rect"].width == pytest.approx(156 * MM, abs=0.5) for drawing in rules)


def test_notice_and_watermark_are_on_every_page() -> None:
    with opened(render_pdf(bulletin(notice="演示数据", watermark="草稿", annexes=(teams(40),)))) as printed:
        assert len(printed) >= 3
        for page in printed:
            text = page.get_text()
            assert text.count("演示数据") == 1
            assert text.count("草稿") == 1


# Pages


def page_number(page: Any) -> tuple[str, float, float] | None:
    below = [glyph for glyph in glyphs(page) if glyph.y > BOTTOM and glyph.char.strip()]
    return ("".join(glyph.char for glyph in below), below[0].x, below[-1].right) if below else None


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(printed: Any) -> None:
    for number, page in enumerate(printed, start=1):
        found = page_number(page)
        assert found is not None
        text, left, right = found
        assert text == f"—{number}—"
        if number % 2:
            assert right == pytest.approx(RIGHT - 14, abs=1)
        else:
            assert left == pytest.approx(LEFT + 14, abs=1)


@pytest.mark.parametrize("paragraphs", [0, 12, 14, 16, 18, 30, 38])
def test_the_colophon_is_at_the_foot_of_an_even_last_page(paragraphs: int) -> None:
    document = bulletin("\n".join(["帮扶工作队要到村到户。"] * paragraphs))
    with opened(render_pdf(document)) as printed:
        assert len(printed) % 2 == 0
        last = lines(printed[-1])
        foot = "".join(glyph.char for glyph in last[-1])
        assert foot == "（共印160份）"
        assert BOTTOM - 30 < last[-1][0].y < BOTTOM
        assert sum("共印" in page.get_text() for page in printed) == 1
        body = [glyph.char for page in printed for row in lines(page) for glyph in row]
        assert body.count("户") == paragraphs
        numbered = [page_number(page) for page in printed]
        # A blank page before the 版记, and the page of the 版记 then, bear no number.
        blank = [number for number, page in enumerate(printed) if not lines(page)]
        assert [number for number, found in enumerate(numbered) if found is None] == (
            [blank[0], blank[0] + 1] if blank else []
        )


def test_a_bulletin_without_addressees_has_no_colophon() -> None:
    with opened(render_pdf(bulletin(report_to="", distribute_to="", copies=None))) as printed:
        assert "报：" not in type_area(printed)


# Tables and charts


def test_an_annex_of_116_rows_is_complete_with_its_head_on_each_page(printed: Any) -> None:
    pages = [page for page in printed if "示例单位" in page.get_text()]
    assert len(pages) > 2
    for page in pages:
        assert squeezed(page.get_text()).count("帮扶单位到村资金（元）") == 1
    text = squeezed("".join(page.get_text() for page in pages))
    assert [int(number) for number in re.findall(r"示例单位(\d+)[是否]", text)] == list(range(1, 117))
    assert "116,000" in text


def test_numbers_of_a_table_end_at_the_same_edge(printed: Any) -> None:
    page = next(page for page in printed if "示例单位9" in page.get_text())
    ends = {round(row[-1].right, 1) for row in lines(page) if row[-1].char == "0" and len(row) > 10}
    assert len(ends) == 1


def test_a_chart_is_drawn_with_its_words(printed: Any) -> None:
    page = next(page for page in printed if "工作进展" in page.get_text())
    assert "114/116" in squeezed(page.get_text())
    assert any(drawing["fill"] == pytest.approx((0.549, 0.114, 0.094), abs=0.01) for drawing in page.get_drawings())


# What a reader's program sees


def test_fonts_are_embedded(reader: pypdf.PdfReader) -> None:
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)
            names.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    assert {"FandolFang", "FandolHei", "FandolKai", "Noto-Serif-CJK-SC-Bold", "Noto-Serif-CJK-SC"} <= names


def test_outline_follows_the_headings(reader: pypdf.PdfReader) -> None:
    def titles(items: list[Any], depth: int = 0) -> Iterator[tuple[int, str]]:
        for item in items:
            if isinstance(item, list):
                yield from titles(item, depth + 1)
            else:
                yield depth, item.title

    assert list(titles(reader.outline)) == [
        (0, "示例市帮扶工作督查情况通报"),
        (1, "一、督查基本情况"),
        (2, "（一）镇街调度"),
        (2, "（二）队伍到位"),
        (3, "1、部门单位领导带头，行动较快"),
        (4, "（1）示范带动"),
        (1, "二、督查发现的问题"),
        (1, "工作队一览表"),
    ]


def test_metadata_name_the_issue(reader: pypdf.PdfReader) -> None:
    about = reader.metadata
    assert about is not None
    assert about.title == "示例市帮扶工作督查情况通报"
    assert about.author == "示例市帮扶工作领导小组办公室"
    assert about.subject == "示例市后进村帮扶工作简报 第 2 期"
    assert about["/CreationDate"] == "D:20150703"
    assert reader.root_object["/Lang"] == "zh-CN"


def test_the_file_is_tagged(reader: pypdf.PdfReader) -> None:
    assert reader.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF object, not a bool
    kinds: dict[str, int] = {}

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, pypdf.generic.DictionaryObject) and "/S" in element:
            kinds[element["/S"]] = kinds.get(element["/S"], 0) + 1
            if element["/S"] == "/Figure":
                assert element["/Alt"] == "工作进展"
            children = element.get("/K", [])
            for child in children if isinstance(children, list) else [children]:
                walk(child)

    walk(reader.root_object["/StructTreeRoot"]["/K"][0])
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 3
    assert kinds["/Figure"] == 1
    assert kinds["/TH"] >= 6
    assert kinds["/TD"] == 116 * 6


def test_the_same_document_gives_the_same_file(document: BulletinDocument, pdf: bytes) -> None:
    assert render_pdf(document) == pdf
    assert render_pdf(dataclasses.replace(document, identifier="另一期")) != pdf


def test_short_cuts_change_nothing_in_the_file(document: BulletinDocument) -> None:
    rare = bulletin("短。\n示例㛃", title="", annexes=(teams(3),), notice="演示数据", watermark="草稿")
    taken = [render_pdf(document), render_pdf(rare)]
    quick.uninstall()
    try:
        assert [render_pdf(document), render_pdf(rare)] == taken
    finally:
        quick.install()


# The preview


def test_the_preview_marks_figures_and_leaves_characters_alone() -> None:
    composition = compose("共{ZY-1}个，{某数}。", lambda key, aspect: "116" if key == "ZY-1" else None)
    page = to_html(bulletin(blocks=composition.blocks), "screen")
    assert '共<span class="figure" data-figure="ZY-1">116</span>个' in page
    assert '<span class="figure missing" data-figure="某数">{某数}</span>' in page
    assert "\u200b" not in page


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("全市帮扶工作督查情况通报", ["全市帮扶工作督查情况通报"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        (
            "关于全市后进村帮扶工作和“第一书记”驻村情况的通报",
            ["关于全市后进村帮扶工作和", "“第一书记”驻村情况的通报"],
        ),
    ],
)
def test_long_titles_break_into_like_lines(title: str, expected: list[str]) -> None:
    page = to_html(bulletin(title=title, blocks=parse("正文。")), "screen")
    assert "<br />".join(expected) in page
