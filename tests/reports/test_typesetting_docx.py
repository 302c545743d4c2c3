"""The Word file says what the PDF says, in the faces an office expects."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.typesetting.docx import render_docx, template_path
from scripts.make_docx_template import main as make_template
from tests.reports.typesetting_samples import bulletin, squeezed, teams, with_chart


@pytest.fixture(scope="module")
def word() -> Any:
    return docx.Document(io.BytesIO(render_docx(with_chart())))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def face(document: Any, start: str) -> str:
    paragraph = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(start))
    styles = [paragraph.runs[0].style, paragraph.style]
    fonts = [style.element.find(f".//{qn('w:rFonts')}") for style in styles]
    return next(font.get(qn("w:eastAsia")) for font in fonts if font is not None)


def test_its_characters_are_those_of_the_document() -> None:
    source = bulletin()
    document = docx.Document(io.BytesIO(render_docx(source)))
    expected = [
        *source.masthead_name.split("\n"),
        source.issue_text,
        f"{source.office}\t{source.date_text}",
        source.title,
        *(block.text for block in source.blocks),
    ]
    assert texts(document) == expected
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [
        f"报：{source.report_to}",
        f"发：{source.distribute_to}",
        "（共印160份）",
    ]


def test_runs_name_the_faces_of_official_documents(word: Any) -> None:
    assert face(word, "近期") == "仿宋_GB2312"
    assert face(word, "示例市帮扶工作督查情况通报") == "方正小标宋简体"
    assert face(word, "一、督查基本情况") == "黑体"
    assert face(word, "（一）镇街调度") == "楷体_GB2312"
    assert face(word, "（二）队伍到位。") == "楷体_GB2312"
    assert face(word, "1、部门单位领导带头") == "仿宋_GB2312"


def test_headings_are_headings(word: Any) -> None:
    levels = {paragraph.text: paragraph.style.name for paragraph in word.paragraphs}
    assert levels["一、督查基本情况"] == "Heading 1"
    assert levels["（一）镇街调度"] == "Heading 2"


def test_page_and_lines_have_their_measures(word: Any) -> None:
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert margins == tuple(pytest.approx(Mm(margin), abs=1000) for margin in (37, 35, 28, 26))
    body = word.styles["公文正文"]
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert body.font.size == Pt(16)
    assert body.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"


def test_pages_are_numbered_right_on_odd_and_left_on_even_ones(word: Any) -> None:
    assert word.settings.odd_and_even_pages_header_footer
    section = word.sections[0]
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        paragraph = footer.paragraphs[0]
        assert paragraph.alignment is not None
        assert paragraph.alignment.name == side
        assert " PAGE " in [node.text for node in paragraph._p.iter(qn("w:instrText"))]


def test_the_annex_table_is_complete_and_repeats_its_head(word: Any) -> None:
    table = next(table for table in word.tables if len(table.rows) == 117)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == [column.title for column in teams().columns]
    assert rows[1:] == [list(row) for row in teams().rows]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {cell.paragraphs[0].style.name for cell in table.columns[5].cells[1:]} == {"公文表右"}
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == pytest.approx(8844, abs=6)
    assert widths[3] == 3 * widths[0]


def test_a_chart_becomes_its_table(word: Any) -> None:
    table = next(table for table in word.tables if len(table.rows) == 3)
    assert [cell.text for cell in table.rows[1].cells] == ["对接到位", "114", "116"]


def test_words_with_meaning_to_the_template_are_only_words() -> None:
    text = "<w:p> & {{ office }} {% if %} \x0b甲"
    document = docx.Document(io.BytesIO(render_docx(bulletin(text, annexes=()))))
    assert squeezed("<w:p>&{{office}}{%if%}甲") in map(squeezed, texts(document))


def test_draft_and_demonstration_are_said_on_every_page() -> None:
    document = docx.Document(io.BytesIO(render_docx(bulletin(watermark="草稿", notice="演示数据"))))
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "草稿　演示数据"


def test_the_same_document_gives_the_same_file() -> None:
    assert render_docx(bulletin()) == render_docx(bulletin())


def test_the_template_is_what_its_script_makes(tmp_path: Path) -> None:
    make_template(tmp_path / "made.docx")
    with zipfile.ZipFile(tmp_path / "made.docx") as made, zipfile.ZipFile(template_path()) as kept:
        assert made.namelist() == kept.namelist()
        for name in made.namelist():
            assert made.read(name) == kept.read(name), name
