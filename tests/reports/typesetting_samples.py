"""Made-up papers for the tests of typesetting, in the shape of a 督查通报, and readers of the PDFs they become."""

import datetime
from dataclasses import dataclass
from typing import Any

import pymupdf

from reports.typesetting import charts
from reports.typesetting.document import BulletinDocument, Column, Table
from reports.typesetting.text import compose, parse

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM

TEXT = """\
近期，示例市帮扶办组织5个督查组，通过入村询问村干部和群众、查看有关材料、实地察看等办法，对全市116个工作队进行了督查。现通报如下：
一、督查基本情况
多数部门和单位能够按照要求，及时选派队员进村入户，办实事、解难题，各镇街安排具体、调度经常，全市帮扶工作起步平稳。
（一）镇街调度
各镇街把帮扶工作列入议事日程，建立联系后进村、工作队例会、日常调度等制度；有的镇编印了“村情民意一本通”，交到每个工作队手里。
（二）队伍到位。全市“第一书记”已有114名到村，党员组织关系全部转移；2个单位没有按要求与镇村对接，由所在镇街督促。
1、部门单位领导带头，行动较快。116个单位中，有96个单位的主要领导到过所包村，同镇村干部一道商量办法，“从长计议、分步实施”。
（1）示范带动。有的队员一到村就挨户走访，摸清家底，投入资金35万元，铺路约2000平方米，新上配电室1处。
二、督查发现的问题
一是有20个单位的主要领导没有到过所包村。二是有的工作队没有制定计划（不少于3项），重大帮扶事项迟迟没有规划。
"""

FILLER = "帮扶工作队要同村两委一道把群众最关心的事情排出先后一件一件办到底"


def bulletin(text: str = TEXT, **changes: Any) -> BulletinDocument:
    values: dict[str, Any] = {
        "masthead_name": "示例市后进村帮扶\n工作简报",
        "issue_text": "第 2 期",
        "office": "示例市帮扶工作领导小组办公室",
        "date": datetime.date(2015, 7, 3),
        "title": "示例市帮扶工作督查情况通报",
        "blocks": parse(text),
        "report_to": "上级领导小组办公室，市级班子领导成员",
        "distribute_to": "各镇街，各部门、各单位，各驻村工作队，存档",
        "copies": 160,
    }
    return BulletinDocument(**values | changes)


def teams(count: int = 116) -> Table:
    columns = (
        Column("序号", 1, "right"),
        Column("镇街", 2),
        Column("村", 2),
        Column("帮扶单位", 3),
        Column("到村", 1, "center"),
        Column("资金（元）", 2, "right"),
    )
    rows = tuple(
        (str(i), f"示例镇{i % 14}", f"示例村{i}", f"示例单位{i}", "是" if i % 6 else "否", f"{i * 1000:,}")
        for i in range(1, count + 1)
    )
    return Table("工作队一览表", columns, rows, note="数据截至2015年7月3日。")


def progress() -> Any:
    rows = [charts.Bar("对接到位", 114, 116), charts.Bar("主要领导到村", 96, 116)]
    return charts.chart(charts.bars, "工作进展", rows, ("事项", "完成", "应完成"))


def with_chart() -> BulletinDocument:
    composition = compose(f"{TEXT}〔图：进展〕\n", inserts={"进展": progress()})
    return bulletin(blocks=composition.blocks, annexes=(teams(),))


@dataclass(frozen=True)
class Glyph:
    char: str
    x: float
    right: float
    y: float
    size: float
    font: str


def opened(pdf: bytes) -> Any:
    return pymupdf.open(stream=pdf)


def glyphs(page: Any) -> list[Glyph]:
    """Every character of a page in the order it was drawn, with its baseline."""
    return [
        Glyph(char["c"], char["origin"][0], char["bbox"][2], char["origin"][1], span["size"], span["font"])
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        for char in span["chars"]
    ]


def lines(page: Any) -> list[list[Glyph]]:
    """The lines of the type area, from top to bottom."""
    rows: dict[float, list[Glyph]] = {}
    for glyph in glyphs(page):
        if TOP < glyph.y < BOTTOM and glyph.char.strip():
            rows.setdefault(round(glyph.y, 1), []).append(glyph)
    return [sorted(rows[y], key=lambda glyph: glyph.x) for y in sorted(rows)]


def type_area(document: Any) -> str:
    """All characters inside the type areas, in the order they were drawn, without white space."""
    drawn = (glyph for page in document for glyph in glyphs(page) if TOP < glyph.y < BOTTOM)
    return squeezed("".join(glyph.char for glyph in drawn))


def squeezed(text: str) -> str:
    return "".join(text.split())
