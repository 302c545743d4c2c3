"""What was issued stays: later changes move live figures only, and the database itself refuses the rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from programs.figures.context import Context
from reports import actions
from reports.bulletins.freezing import is_intact
from reports.bulletins.paper import document_of
from reports.bulletins.values import Values
from reports.models import Bulletin, FrozenFigure, FrozenRow
from reports.typesetting.docx import render_docx
from reports.typesetting.html import to_html
from reports.typesetting.pdf import render_pdf
from tests import factories as make
from tests.cast import Cast
from tests.reports.bulletin_samples import docked, issued, signing


def test_figures_names_and_rows_are_kept_with_the_text(cast: Cast) -> None:
    """Each figure with its definition; its rows as their list showed them."""
    bulletin = issued(cast)
    assert "全市4个工作队中，2个已对接，占50.0%。" in bulletin.frozen_text
    assert "有2个工作队没有对接：示例财险、示例水务局。" in bulletin.frozen_text
    figure = bulletin.figures.get(key="对接到位")
    assert (figure.value, figure.of, figure.text, figure.definition) == (2, 4, "2个", "与镇、村对接到位的工作队。")
    assert figure.aspects["used"] == {
        "": "2个", "应完成": "4个", "完成率": "50.0%", "未完成": "2个", "未完成名单": "示例财险、示例水务局",
    }  # fmt: skip
    groups = {group["key"]: group for group in figure.aspects["groups"]}
    assert groups["not_done"]["names"] == ["示例财险", "示例水务局"]
    rows = figure.rows.filter(aspect="not_done").order_by("position")
    assert [row.object_id for row in rows] == [str(cast.farther.team.pk), str(cast.sibling.team.pk)]
    assert all(len(row.cells) == len(groups["not_done"]["columns"]) for row in rows)
    assert list(bulletin.frozen_charts) == ["对接到位（按镇街）"]
    assert len(bulletin.frozen_annex["rows"]) == 4


def test_figures_that_the_text_does_not_name_are_kept_too(cast: Cast) -> None:
    """Somebody may ask later what else was known on that day."""
    make.VisitFactory(program=cast.program, division=cast.near.place, kind=cast.near.word("visit_kind"))
    figure = issued(cast).figures.get(key="走访")
    assert (figure.value, figure.aspects["used"], figure.rows.count()) == (1, {}, 1)


def test_many_rows_behind_a_figure_that_is_not_used_are_only_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county's thousands of visits would be copied with every issue."""
    monkeypatch.setattr("reports.bulletins.freezing.MOST_ROWS_UNUSED", 1)
    for _ in range(2):
        make.VisitFactory(program=cast.program, division=cast.near.place, kind=cast.near.word("visit_kind"))
    figures = {figure.key: figure for figure in issued(cast).figures.all()}
    [group] = figures["走访"].aspects["groups"]
    assert (group["count"], group["is_complete"], figures["走访"].rows.count()) == (2, False, 0)
    assert figures["工作队"].rows.count() == 4


def test_later_changes_move_live_figures_only(cast: Cast) -> None:
    """The paper of the issue stays the same to the byte."""
    bulletin = issued(cast)
    before, pdf, word = (
        to_html(document_of(bulletin)),
        render_pdf(document_of(bulletin)),
        render_docx(document_of(bulletin)),
    )
    docked(cast, "sibling")
    cast.far.unit.short_name = "改名后的单位"
    cast.far.unit.save()
    assert Values(Context(cast.program)).resolve("对接到位", "") == "3个"
    again = Bulletin.objects.select_related("program__jurisdiction").get(pk=bulletin.pk)
    assert is_intact(again)
    assert to_html(document_of(again)) == before
    assert render_pdf(document_of(again)) == pdf
    assert render_docx(document_of(again)) == word
    assert [row.object_id for row in again.figures.get(key="对接到位").rows.filter(aspect="not_done")] == [
        str(cast.farther.team.pk),
        str(cast.sibling.team.pk),
    ]


def refused(statement: str, *parameters: Any) -> str:
    """The database's answer to a statement that it refuses."""
    with (
        pytest.raises(ProgrammingError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)
    return str(error.value)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE reports_bulletin SET title = '改'", "不能修改，只能撤回"),
        ("UPDATE reports_bulletin SET frozen_text = replace(frozen_text, '2个', '3个')", "不能修改，只能撤回"),
        ("UPDATE reports_bulletin SET state = 'draft'", "不能修改，只能撤回"),
        ("UPDATE reports_bulletin SET withdrawn_reason = '悄悄写上'", "不能修改，只能撤回"),
        ("UPDATE reports_bulletin SET state = 'withdrawn', copies = 1", "不能修改，只能撤回"),
        ("DELETE FROM reports_bulletin", "不能删除，只能撤回"),
        ("UPDATE reports_frozenfigure SET value = 3", "不能修改"),
        ("DELETE FROM reports_frozenfigure", "不能删除"),
        ("UPDATE reports_frozenrow SET name = '别人'", "不能修改"),
        ("DELETE FROM reports_frozenrow", "不能删除"),
        ("UPDATE reports_bulletinstep SET comment = '改'", "不能修改"),
        ("DELETE FROM reports_bulletinstep", "不能删除"),
    ],
)
def test_the_database_refuses_to_change_an_issued_bulletin(cast: Cast, statement: str, words: str) -> None:
    """Whoever writes SQL past the application, too."""
    issued(cast)
    assert words in refused(statement)


def test_nothing_is_added_to_an_issued_bulletin(cast: Cast) -> None:
    """Neither figures nor rows."""
    bulletin = issued(cast)
    figure = bulletin.figures.get(key="工作队")
    values = {"label": "新", "unit": "个", "text": "1个", "as_of": bulletin.as_of}
    with pytest.raises(ProgrammingError, match="不能再增加"), transaction.atomic():
        FrozenFigure.objects.create(bulletin=bulletin, key="新", **values)
    with pytest.raises(ProgrammingError, match="不能再增加"), transaction.atomic():
        FrozenRow.objects.create(figure=figure, aspect="all", position=99, model="x", object_id="1", name="新")


def test_a_withdrawn_bulletin_changes_no_more(cast: Cast) -> None:
    """It cannot be issued again, nor given another reason."""
    bulletin = actions.withdraw_bulletin(by=cast.county, bulletin=issued(cast), reason="有误")
    assert "只能撤回" in refused("UPDATE reports_bulletin SET state = 'issued' WHERE id = %s", bulletin.pk)
    assert "只能撤回" in refused("UPDATE reports_bulletin SET withdrawn_reason = '' WHERE id = %s", bulletin.pk)


def test_a_change_past_the_triggers_is_noticed(cast: Cast) -> None:
    """Whoever silences them, as the owner of the tables could, leaves content that its digest does not fit."""
    bulletin = issued(cast)
    assert is_intact(bulletin)
    row = FrozenRow.objects.filter(figure__bulletin=bulletin).order_by("pk").first()
    assert row is not None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_frozenrow DISABLE TRIGGER USER")
        cursor.execute("UPDATE reports_frozenrow SET name = '别人' WHERE id = %s", [row.pk])
        cursor.execute("ALTER TABLE reports_frozenrow ENABLE TRIGGER USER")
    assert not is_intact(bulletin)


def test_a_withdrawn_paper_says_so(cast: Cast) -> None:
    """On every page, with the day and the reason; its figures stay."""
    bulletin = actions.withdraw_bulletin(by=cast.county, bulletin=issued(cast), reason="附表有误。")
    document = document_of(bulletin)
    assert document.watermark == "已撤回"
    assert document.note == "本期简报已于2015年7月3日撤回，不得再引用。原因：附表有误。"
    assert is_intact(bulletin)


def test_a_paper_on_its_way_says_so(cast: Cast) -> None:
    """A draft that gets about must not be taken for an issue."""
    bulletin = signing(cast)
    assert document_of(bulletin).watermark == "送签稿"
    bulletin = actions.return_bulletin(by=cast.county, bulletin=bulletin, comment="改")
    assert document_of(bulletin).watermark == "草稿"
    assert document_of(bulletin).notice == ""
    bulletin.program.is_demonstration = True
    assert document_of(bulletin).notice == "演示数据"
