"""第 2 期 of 3 July 2015, as the demonstration issues it: facts, figures and structure of the document, printed."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO
from pathlib import Path

import docx
import pymupdf
import pytest
from django.core.management import CommandError, call_command

from programs.models import Program, User
from reports import actions
from reports.bulletins.freezing import is_intact
from reports.bulletins.paper import document_of
from reports.models import Bulletin
from reports.typesetting.text import Kind
from tests.reports.typesetting_samples import lines, squeezed, type_area

CHART = "主要领导到村走访（按镇街）"
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def bulletin() -> Bulletin:
    """The issue."""
    return Bulletin.objects.select_related("program__jurisdiction").get(program__code="zhaoyuan", year=2015, number=2)


def test_it_is_the_issue_of_the_document(bulletin: Bulletin) -> None:
    """ZY-18: number, day, whom it goes to, how many were printed; issued over all steps, and intact."""
    assert (bulletin.date, bulletin.copies, bulletin.state) == (dt.date(2015, 7, 3), 160, "issued")
    assert bulletin.report_to == "烟台市选派“第一书记”工作领导小组办公室，市级班子领导成员"
    assert bulletin.distribute_to == "各镇街区党（工）委，市直各部门、驻招有关单位，各驻村工作队，存档"
    assert [step.kind for step in bulletin.steps.order_by("at")] == ["submitted", "reviewed", "issued"]
    assert is_intact(bulletin)


def test_it_has_the_three_parts_of_the_document(bulletin: Bulletin) -> None:
    """And a chart in the text."""
    blocks = document_of(bulletin).blocks
    parts = [block.head_text for block in blocks if block.kind is Kind.H1]
    assert parts == ["一、督查基本情况", "二、督查发现的问题", "三、下步工作要求"]
    assert sum(block.insert is not None for block in blocks) == 1


@pytest.mark.parametrize(
    "words",
    [
        "组成5个督查组，采取入村询问村干部和群众、查看有关材料、实地察看等方式，对全市116个帮扶工作队",
        "全市116个帮扶部门和单位中，有96个单位的主要领导到包帮村走访，占82.8%",
        "有20个单位的主要领导没有到包帮村走访，分别是：平安财险、平安人寿、",
        "全市116个工作队中，114个已与镇村对接到位",
        "平安财险、平安人寿至今没有与包帮镇村对接到位",
        "应转党员组织关系114名，已转114名",
        "112个工作队制定了全年工作计划，109个制定了三年规划，111个开展了走访调查，108个提交了三项重大帮扶事项",
        "有8个单位没有提交三项重大帮扶事项，分别是：平安财险、平安人寿、",
        "高档苗木80余亩，整治绿化街道2条、上山道路8条，共4000余米",
        "总投资5000万到1亿元",
        "村内路面约2000平方米",
        "筹集资金35万元",
        "5个工作队的驻村工作日记没有记",
        "给予通报批评、扣发驻村补贴、取消单位及本人年度评优资格等处理",
    ],
)
def test_its_figures_are_those_of_the_document(bulletin: Bulletin, words: str) -> None:
    """In words that read on; nothing of it was typed."""
    assert words in bulletin.frozen_text
    assert words not in bulletin.body


def test_its_annex_has_all_teams_and_agrees_with_the_text(bulletin: Bulletin) -> None:
    """116 lines; its columns count what the text says."""
    [annex] = document_of(bulletin).annexes
    columns = [column.title for column in annex.columns]
    assert columns[:4] == ["序号", "镇街", "村", "帮扶单位"]
    assert len(annex.rows) == 116
    told = {
        "主要领导到村走访": 96,
        "对接到位": 114,
        "组织关系转移到村": 114,
        "制定全年工作计划": 112,
        "制定三年规划": 109,
        "开展走访调查": 111,
    }
    for name, number in told.items():
        assert sum(row[columns.index(name)] == "是" for row in annex.rows) == number, name
    matters = [row[columns.index("提交三项重大帮扶事项")] for row in annex.rows]
    assert sum(int(number) >= 3 for number in matters) == 108


def test_the_command_prints_it(bulletin: Bulletin, tmp_path: Path) -> None:
    """Every character of the text comes back from both files; the PDF says on each page what it is."""
    pdf, word = tmp_path / "2.pdf", tmp_path / "2.docx"
    answer = StringIO()
    call_command("bulletin", "zhaoyuan", issue=2, pdf=pdf, docx=word, verify=True, stdout=answer)
    assert bulletin.digest in answer.getvalue()
    before, after = (squeezed(part) for part in bulletin.frozen_text.split(f"〔图：{CHART}〕"))
    with pymupdf.open(pdf) as printed:
        # The drawing's own words come last on its page.
        drawn = "".join(f"{town}{done}/{owed}" for town, done, owed in bulletin.frozen_charts[CHART]["rows"])
        read = type_area(printed).replace(drawn, "")
        assert before in read
        assert after in read
        assert len(lines(printed[1])) == 22
        assert all("演示数据" in page.get_text() for page in printed)
        assert len(printed) % 2 == 0
        assert "（共印160份）" in squeezed(printed[-1].get_text())
        assert [entry[1] for entry in printed.get_toc() if entry[0] == 2][:1] == ["一、督查基本情况"]
    paragraphs = squeezed("".join(paragraph.text for paragraph in docx.Document(str(word)).paragraphs))
    assert before in paragraphs
    assert after in paragraphs
    again = tmp_path / "again.pdf"
    call_command("bulletin", "zhaoyuan", issue=2, year=2015, pdf=again, stdout=StringIO())
    assert again.read_bytes() == pdf.read_bytes()


@pytest.mark.parametrize(
    ("program", "options", "words"),
    [
        ("nowhere", {"issue": 2, "verify": True}, "没有代号为“nowhere”的活动。现有：zhaoyuan"),
        ("zhaoyuan", {"issue": 9, "verify": True}, "没有这一期简报。现有：2015年第2期。"),
        ("zhaoyuan", {"issue": 2, "year": 2014, "verify": True}, "没有这一期简报"),
        ("zhaoyuan", {"issue": 2}, "请写明要什么"),
        ("zhaoyuan", {"issue": 2, "pdf": Path("/nowhere/2.pdf")}, "写不了“/nowhere/2.pdf”"),
    ],
)
def test_the_command_refuses_in_words(program: str, options: dict[str, object], words: str) -> None:
    """And says what there is."""
    with pytest.raises(CommandError, match=re.escape(words)):
        call_command("bulletin", program, **options, stdout=StringIO())


def test_the_command_says_that_a_draft_is_one(tmp_path: Path) -> None:
    """On the screen and across every page."""
    template = Program.objects.get(code="zhaoyuan").bulletin_templates.get()
    actions.draft_bulletin(by=User.objects.get(username="xianban"), template=template)
    said = StringIO()
    call_command("bulletin", "zhaoyuan", issue=3, docx=tmp_path / "3.docx", stdout=StringIO(), stderr=said)
    assert "还没有签发（拟稿）" in said.getvalue()
    with pytest.raises(CommandError, match="还没有签发，没有校验值"):
        call_command("bulletin", "zhaoyuan", issue=3, verify=True, stdout=StringIO(), stderr=said)
