"""Tokens of a bulletin's text say what the engine says, in words that read on; names that mean nothing are told."""

from __future__ import annotations

import datetime as dt

import pytest

from cadres.models import Milestone
from programs.figures.context import Context
from reports.bulletins.paper import live_paper
from reports.bulletins.values import Values, moved
from tests import factories as make
from tests.cast import Cast
from tests.reports.bulletin_samples import drafted, told


@pytest.fixture
def values(cast: Cast) -> Values:
    """What the program's figures say."""
    told(cast)
    return Values(Context(cast.program))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("对接到位", "2个"),
        ("对接到位：应完成", "4个"),
        ("对接到位：已完成", "2个"),
        ("对接到位：未完成", "2个"),
        ("对接到位：免除", "0个"),
        ("对接到位：完成率", "50.0%"),
        ("对接到位：数", "2"),
        ("对接到位：名单", "示例农商银行、示例住建局"),
        ("对接到位：未完成名单", "示例财险、示例水务局"),
        ("对接到位：免除名单", "无"),
        ("工作队", "4个"),
        ("督查方式：名单", "入村询问、实地察看"),
        ("走访：数", "0"),
    ],
)
def test_a_token_reads_on(values: Values, name: str, words: str) -> None:
    """The number with its unit; names in the order of their pinyin, joined as an office joins them."""
    assert values.resolve(*name.partition("：")[::2]) == words


@pytest.mark.parametrize("name", ["没有的", "", "对接到位：领导", "工作队：未完成", "走访：名单", "对接到位：名单："])
def test_a_name_that_means_nothing_has_no_words(values: Values, name: str) -> None:
    """Counts that a figure lacks, and lists of what has no names, are unknown like any misspelling."""
    assert values.resolve(*name.partition("：")[::2]) is None


def test_units_that_are_not_named_are_counted(cast: Cast) -> None:
    """Words of the program and the office's own groups are nobody's names and stay."""
    told(cast)
    values = Values(Context(cast.program), names_units=False)
    assert values.resolve("对接到位", "未完成名单") == "2个工作队"
    assert values.resolve("督查方式", "名单") == "入村询问、实地察看"


def test_nothing_owed_has_no_share(cast: Cast) -> None:
    """— instead of a share of nothing."""
    told(cast)
    for team in cast.program.teams.all():
        team.until = team.since
        team.save()
    values = Values(Context(cast.program))
    assert values.resolve("对接到位", "完成率") == "—"
    assert values.resolve("对接到位", "") == "0个"
    assert values.resolve("对接到位", "未完成名单") == "无"


def test_everything_is_as_of_one_day(cast: Cast) -> None:
    """What came after the bulletin's day does not count in it."""
    bulletin = drafted(cast)
    Milestone.objects.filter(team=cast.far.team).update(reached_on=dt.date(2015, 7, 2))
    assert "2个已对接，占50.0%" in live_paper(bulletin).text
    bulletin.as_of = dt.date(2015, 7, 1)
    assert "1个已对接，占25.0%" in live_paper(bulletin).text


def test_a_misspelt_figure_is_told_with_its_line_and_what_may_be_meant(cast: Cast) -> None:
    """The office can mend it without asking anybody."""
    bulletin = drafted(cast, body="开头\n共{对接到}。\n〔图：对接到位〕\n单个{花括号")
    problems = [str(problem) for problem in live_paper(bulletin).problems]
    assert problems[0].startswith("第 2 行：没有名为“对接到”的数字，是不是 对接到位")
    assert problems[1] == "第 3 行：没有名为“对接到位”的图，是不是 对接到位（按镇街）？"
    assert problems[2] == "第 4 行：花括号“{”没有成对。"


def test_the_annex_has_every_team_with_what_it_owes(cast: Cast) -> None:
    """By team, in the order of places; what only few owe has no column; problems are those of the round."""
    bulletin = drafted(cast)
    make.RequirementFactory(
        program=cast.program, code="few", name="少数", subject="team", who={"places": [cast.near.place.code]}
    )
    make.FindingFactory(
        program=cast.program, team=cast.near.team, round=cast.round, category=cast.near.word("finding_category")
    )
    table = live_paper(bulletin).annexes[0]
    assert [column.title for column in table.columns] == ["序号", "镇街", "村", "帮扶单位", "对接到位", "督查发现问题"]
    assert [row[3:] for row in table.rows] == [
        ("示例农商银行", "是", "0"),
        ("示例财险", "否", "0"),
        ("示例住建局", "是", "1"),
        ("示例水务局", "否", "0"),
    ]


def test_the_annex_of_a_bulletin_that_names_no_units_is_by_town(cast: Cast) -> None:
    """So that nobody is named by the back door."""
    bulletin = drafted(cast)
    bulletin.names_units = False
    table = live_paper(bulletin).annexes[0]
    assert [row[1:4] for row in table.rows] == [("示例西街道", "2", "1/2"), ("示例东镇", "2", "1/2")]
    assert "示例住建局" not in str(table)


def test_what_moved_is_told_by_name_before_and_now() -> None:
    """A figure that was not there before has not moved."""
    assert moved({"甲": "1个", "乙": "2个"}, {"甲": "1个", "乙": "3个", "丙": "4个"}) == [("乙", "2个", "3个")]
