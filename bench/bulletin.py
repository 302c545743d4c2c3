"""A bulletin's PDF from a warm process, against Chromium printing the same HTML."""

import datetime
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import django

from bench._common import in_turn, print_result, print_table
from reports.typesetting import charts
from reports.typesetting.document import BulletinDocument, Column, Table
from reports.typesetting.html import to_html
from reports.typesetting.pool import PdfPool
from reports.typesetting.text import compose

RUNS = 7
LIMIT = 0.6

PARAGRAPHS = (
    "各帮扶部门和单位及时选派队员进村入户，办实事、解难题；各镇街安排具体、调度经常，全市帮扶工作起步平稳，116个单位中有96个单位的"
    "主要领导到过所包村，同镇村干部一道商量办法，研究“三年规划”和全年计划，投入资金35万元，铺路约2000平方米。",
    "督查中，有20个单位的主要领导没有到过所包村；有的工作队没有制定全年工作计划，8个工作队没有报齐三项重大帮扶事项；有的驻村工作日记"
    "没有记或者记得很简单，“第一书记”要对照年初定下的目标，找准切入点，倒排工期，抓紧推进。",
)


def paper() -> BulletinDocument:
    """A 督查通报 of nine pages: three parts of text, a chart, and an annex of 116 teams."""
    towns = [f"示例镇{number}" for number in range(1, 15)]
    rows = [charts.Bar(town, 3 + number % 6, 9) for number, town in enumerate(towns)]
    chart = charts.chart(charts.bars, "各镇街主要领导到村情况", rows, ("镇街", "到村", "应到"))
    text = []
    for part in ("一、督查基本情况", "二、督查发现的问题", "三、下步工作要求"):
        text += [part, *("（一）安排部署。" + paragraph for paragraph in PARAGRAPHS), *PARAGRAPHS]
    text.append("〔图：到村〕")
    columns = (
        Column("序号", 1, "right"),
        Column("镇街", 2),
        Column("村", 2),
        Column("帮扶单位", 4),
        Column("到村", 1, "center"),
        Column("事项", 1, "right"),
        Column("资金（元）", 2, "right"),
    )
    teams = tuple(
        (str(i), towns[i % 14], f"示例村{i}", f"示例帮扶单位{i}", "是" if i % 6 else "否", str(i % 4), f"{i * 1370:,}")
        for i in range(1, 117)
    )
    return BulletinDocument(
        masthead_name="示例市后进村帮扶\n工作简报",
        issue_text="第 2 期",
        office="示例市帮扶工作领导小组办公室",
        date=datetime.date(2015, 7, 3),
        title="示例市帮扶工作督查情况通报",
        blocks=compose("\n".join(text), inserts={"到村": chart}).blocks,
        report_to="上级领导小组办公室，市级班子领导成员",
        distribute_to="各镇街，各部门、各单位，各驻村工作队，存档",
        copies=160,
        annexes=(Table("116支工作队一览表", columns, teams),),
        notice="演示数据",
    )


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("本机没有 Chromium，无法对比。")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    html = to_html(paper())
    pool = PdfPool()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "bulletin.html"), Path(folder, "bulletin.pdf")
        source.write_text(html)

        def by_chromium() -> None:
            # Two that print at once must not share a profile, so each run has its own, as on a server.
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
                options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
                paths = [f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri()]
                subprocess.run([chromium, *options, *paths], check=True, capture_output=True)

        ours, reference = in_turn(
            RUNS, {"WeasyPrint, warm process": lambda: pool.render_html(html), "Chromium": by_chromium}, warm_up=2
        )
        if not target.read_bytes().startswith(b"%PDF"):
            raise SystemExit("Chromium 没有生成 PDF。")
    pool.close()
    print_table([ours, reference])
    print_result("bulletin", ours, reference, LIMIT)


if __name__ == "__main__":
    main()
