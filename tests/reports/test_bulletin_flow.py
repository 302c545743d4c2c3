"""From the draft to the issue: who may do what when, what is refused in words, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from programs.refusals import BrokenRule, Refusal
from reports import actions
from reports.models import Bulletin, BulletinStep
from tests import factories as make
from tests.cast import Cast
from tests.reports.bulletin_samples import changed, docked, drafted, issued, signing, told

DAY = dt.date(2015, 7, 3)


def test_a_draft_begins_from_the_template_with_the_next_number(cast: Cast) -> None:
    """The program's today, the latest round, and the number after the last of the year."""
    make.BulletinFactory(program=cast.program, year=2015, number=4)
    make.BulletinFactory(program=cast.program, year=2014, number=9)
    latest = make.RoundFactory(program=cast.program, name="第二轮督查", starts_on=dt.date(2015, 7, 1), ends_on=None)
    bulletin = drafted(cast)
    assert (bulletin.year, bulletin.number, bulletin.date, bulletin.as_of) == (2015, 5, DAY, DAY)
    assert bulletin.round == latest
    assert bulletin.state == Bulletin.State.DRAFT
    assert bulletin.copies == 160


def test_a_number_is_given_once_a_year(cast: Cast) -> None:
    """In the words of the constraint, by the field."""
    template = told(cast)
    actions.draft_bulletin(by=cast.county, template=template, number=2)
    with pytest.raises(BrokenRule, match="该年已有这一期") as refusal:
        actions.draft_bulletin(by=cast.county, template=template, number=2)
    assert refusal.value.field == "number"


def test_an_unknown_figure_is_not_saved_unless_the_office_insists(cast: Cast) -> None:
    """The good version stays until then; and then it cannot go on."""
    bulletin = drafted(cast)
    body = "共{没有的}单位。"
    with pytest.raises(actions.NotPrintable, match="第 1 行：没有名为“没有的”的数字") as refusal:
        changed(bulletin, cast.county, body=body)
    assert refusal.value.field == "body"
    bulletin.refresh_from_db()
    assert "{工作队}" in bulletin.body
    version = actions.version_of(bulletin)
    saved = actions.change_bulletin(
        by=cast.county, bulletin=bulletin, version=version, accepts_problems=True, body=body
    )
    assert saved.body == body
    with pytest.raises(actions.NotPrintable):
        actions.submit_bulletin(by=cast.county, bulletin=saved)


def test_the_later_of_two_savings_is_told(cast: Cast) -> None:
    """It overwrites only when somebody who has seen the other's text says so."""
    bulletin = drafted(cast)
    version = actions.version_of(bulletin)
    changed(bulletin, cast.county, title="先保存的标题")
    with pytest.raises(actions.ChangedMeanwhile, match="没有保存"):
        actions.change_bulletin(by=cast.administrator, bulletin=bulletin, version=version, title="后保存的标题")
    bulletin.refresh_from_db()
    assert bulletin.title == "先保存的标题"
    assert changed(bulletin, cast.administrator, title="合并后的标题").title == "合并后的标题"


def test_figures_of_a_day_to_come_are_refused(cast: Cast) -> None:
    """Nothing can be known of tomorrow."""
    with pytest.raises(Refusal, match="数据截至日.*晚于今天") as refusal:
        changed(drafted(cast), cast.county, as_of=DAY + dt.timedelta(days=1))
    assert refusal.value.field == "as_of"


def test_the_year_follows_the_date(cast: Cast) -> None:
    """Numbers begin anew each year."""
    assert changed(drafted(cast), cast.county, date=dt.date(2016, 1, 4)).year == 2016


def test_the_way_to_the_issue_is_recorded(cast: Cast) -> None:
    """Who did what, and what the figures were then; a signature on paper with name, day and scan."""
    bulletin = actions.submit_bulletin(by=cast.county, bulletin=drafted(cast))
    bulletin = actions.return_bulletin(by=cast.administrator, bulletin=bulletin, comment="第二部分太长。")
    assert bulletin.state == Bulletin.State.DRAFT
    bulletin = actions.submit_bulletin(by=cast.county, bulletin=bulletin)
    bulletin = actions.pass_bulletin(by=cast.administrator, bulletin=bulletin, comment="可。")
    bulletin = actions.issue_bulletin(
        by=cast.county,
        bulletin=bulletin,
        signer="办公室主任",
        signed_on=DAY,
        scan=ContentFile(b"%PDF-1.7", name="签批.pdf"),
    )
    assert bulletin.state == Bulletin.State.ISSUED
    steps = list(BulletinStep.objects.filter(bulletin=bulletin).order_by("pk"))
    assert [(step.kind, step.by, step.comment) for step in steps] == [
        ("submitted", cast.county, ""),
        ("returned", cast.administrator, "第二部分太长。"),
        ("submitted", cast.county, ""),
        ("reviewed", cast.administrator, "可。"),
        ("issued", cast.county, ""),
    ]
    assert steps[3].figures["对接到位"] == "2个"
    assert (steps[4].signer, steps[4].signed_on, steps[4].scan.read()) == ("办公室主任", DAY, b"%PDF-1.7")


def test_a_return_says_what_to_change(cast: Cast) -> None:
    """Silence helps nobody."""
    with pytest.raises(Refusal, match="请填写退回意见"):
        actions.return_bulletin(by=cast.county, bulletin=signing(cast), comment="  ")


@pytest.mark.parametrize(
    "half", [{"signer": "办公室主任"}, {"signed_on": DAY}, {"scan": ContentFile(b"x", name="a.pdf")}]
)
def test_half_a_signature_is_refused(cast: Cast, half: dict[str, object]) -> None:
    """Name and day belong together; a scan alone says nothing."""
    with pytest.raises(actions.HalfSigned, match="须同时写明签发人和签发日期"):
        actions.issue_bulletin(by=cast.county, bulletin=signing(cast), **half)


def test_steps_are_taken_in_order(cast: Cast) -> None:
    """Each refusal says where the bulletin stands."""
    bulletin = drafted(cast)
    with pytest.raises(actions.WrongState, match="现在是“拟稿”，“送签”时才能签发"):
        actions.issue_bulletin(by=cast.county, bulletin=bulletin)
    with pytest.raises(actions.WrongState, match="“核稿”时才能送签"):
        actions.pass_bulletin(by=cast.county, bulletin=bulletin)
    with pytest.raises(actions.WrongState, match="“已签发”时才能撤回"):
        actions.withdraw_bulletin(by=cast.county, bulletin=bulletin, reason="错")
    bulletin = actions.submit_bulletin(by=cast.county, bulletin=bulletin)
    with pytest.raises(actions.WrongState, match="“拟稿”时才能删除"):
        actions.discard_bulletin(by=cast.county, bulletin=bulletin)
    bulletin = actions.pass_bulletin(by=cast.county, bulletin=bulletin)
    with pytest.raises(actions.WrongState, match="“拟稿”或“核稿”时才能修改"):
        changed(bulletin, cast.county, title="新标题")


def test_figures_that_moved_since_the_signature_are_shown_before_the_issue(cast: Cast) -> None:
    """The signer signed 2个; somebody docked since."""
    bulletin = signing(cast)
    docked(cast, "sibling")
    with pytest.raises(actions.FiguresMoved, match="送签以后有4处数字变了") as refusal:
        actions.issue_bulletin(by=cast.county, bulletin=bulletin)
    assert ("对接到位", "2个", "3个") in refusal.value.changes
    bulletin = actions.issue_bulletin(by=cast.county, bulletin=bulletin, accepts_changes=True)
    assert "3个已对接" in bulletin.frozen_text


def test_a_withdrawn_bulletin_says_why(cast: Cast) -> None:
    """And stays otherwise as it was issued."""
    bulletin = issued(cast)
    with pytest.raises(Refusal, match="请填写撤回原因"):
        actions.withdraw_bulletin(by=cast.county, bulletin=bulletin, reason="")
    withdrawn = actions.withdraw_bulletin(by=cast.county, bulletin=bulletin, reason="附表有误。")
    assert (withdrawn.state, withdrawn.withdrawn_reason) == ("withdrawn", "附表有误。")
    assert withdrawn.frozen_text == bulletin.frozen_text


def test_a_draft_can_be_thrown_away_and_its_number_used_again(cast: Cast) -> None:
    """An issued one cannot."""
    bulletin = drafted(cast)
    actions.submit_bulletin(by=cast.county, bulletin=bulletin)
    actions.return_bulletin(by=cast.county, bulletin=bulletin, comment="不发了。")
    actions.discard_bulletin(by=cast.county, bulletin=bulletin)
    assert not Bulletin.objects.filter(pk=bulletin.pk).exists()
    assert actions.next_number(cast.program, 2015) == 1
