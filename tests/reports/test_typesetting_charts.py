"""Charts are small pictures with words: true to their numbers, readable without sight or script."""

from xml.etree import ElementTree as ET

import pytest

from reports.typesetting import charts
from reports.typesetting.charts import Bar, Part, Point

SVG = "{http://www.w3.org/2000/svg}"
BARS = [Bar("示例镇一", 30, 40, "/works/?town=1&done=0"), Bar("示例镇二", 20, 20), Bar("<示例>", 0, 10)]


def rects(drawing: str) -> list[dict[str, str]]:
    return [dict(rect.attrib) for rect in ET.fromstring(drawing).iter(f"{SVG}rect")]


def test_bars_are_as_long_as_their_numbers() -> None:
    widths = [float(rect["width"]) for rect in rects(charts.bars("进度", BARS))]
    owed, done = widths[0::2], widths[1::2]
    assert owed == pytest.approx([owed[0], owed[0] / 2, owed[0] / 4], abs=0.1)
    assert done == pytest.approx([owed[0] * 0.75, owed[0] / 2, 0], abs=0.1)


def test_bars_say_their_numbers_and_lead_to_their_rows() -> None:
    root = ET.fromstring(charts.bars("进度", BARS))
    assert root.findtext(f"{SVG}title") == "进度"
    assert root.get("role") == "group"
    link = root.find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == "/works/?town=1&done=0"
    assert [node.text for node in link.iter(f"{SVG}text")] == ["示例镇一", "30 / 40"]
    assert [node.text for node in root.iter(f"{SVG}title")][1:] == [
        "示例镇一 30 / 40",
        "示例镇二 20 / 20",
        "<示例> 0 / 10",
    ]


def test_without_links_it_is_an_image() -> None:
    assert ET.fromstring(charts.bars("进度", BARS[1:])).get("role") == "img"


def test_long_labels_are_cut_and_kept_whole_in_the_title() -> None:
    label = "很长的单位名称" * 8
    root = ET.fromstring(charts.bars("进度", [Bar(label, 1, 2)]))
    shown = next(root.iter(f"{SVG}text")).text or ""
    assert shown.endswith("…")
    assert len(shown) < len(label)
    assert label in [(node.text or "").partition(" ")[0] for node in root.iter(f"{SVG}title")]


def test_a_line_breaks_where_nothing_was_counted() -> None:
    points = [Point("第1周", 4), Point("第2周", 8), Point("第3周", None), Point("第4周", 2)]
    root = ET.fromstring(charts.line("每周走访", points))
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    assert [node.text for node in root.iter(f"{SVG}text")] == ["8", "2", "第1周", "第4周"]


def test_shares_fill_the_whole_bar() -> None:
    drawing = charts.stacked("阶段", [Part("规划", 10), Part("施工", 30, "/p/?stage=s")])
    shares = [rect for rect in rects(drawing) if rect["y"] == "0"]
    assert [float(rect["width"]) for rect in shares] == pytest.approx([150, 450])
    assert "规划 10" in drawing
    assert len({rect["fill"] for rect in shares}) == 2


@pytest.mark.parametrize(
    "drawing", [charts.bars("空", []), charts.line("空", []), charts.stacked("空", [Part("甲", 0)])]
)
def test_nothing_to_draw_is_said(drawing: str) -> None:
    assert "暂无数据" in drawing


def test_a_chart_on_paper_has_the_table_that_says_the_same() -> None:
    chart = charts.chart(charts.bars, "进度", BARS, ("镇街", "完成", "应完成"))
    assert chart.table.rows == (("示例镇一", "30", "40"), ("示例镇二", "20", "20"), ("<示例>", "0", "10"))
    line = charts.chart(charts.line, "走访", [Point("第1周", None), Point("第2周", 3.5)], ("周", "次"))
    assert line.table.rows == (("第1周", "—"), ("第2周", "3.5"))


def test_charts_are_small() -> None:
    assert len(charts.bars("进度", [Bar(f"示例镇{i}", i, 20) for i in range(8)])) < 2600
