"""Setting a requirement in a real browser: fields follow what is chosen, the result follows the typing."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from programs.models import Requirement, User
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[Page, User], None]


def test_a_requirement_shows_what_it_would_yield_while_it_is_set(page: Page, sign_in: SignIn) -> None:
    """Nothing typed is lost by a choice, and the calendar works on a field that came later."""
    cast = Cast()
    make.MilestoneFactory(team=cast.near.team, kind=cast.near.word("milestone", "docked"))
    sign_in(page, cast.county)
    page.goto("/p/zhaoyuan/setup/requirements/new/")
    page.get_by_label("名称").fill("对接到位")
    page.get_by_label("由谁完成").select_option(label="工作队")
    expect(page.get_by_label("已完成另一项要求的")).to_be_visible()
    page.get_by_label("凭什么算完成").select_option(label="工作队节点")
    page.get_by_label("对接到位", exact=True).check()
    preview = page.get_by_role("region", name="结果预览")
    expect(preview).to_contain_text("现在应由4个工作队完成，已完成1个，未完成3个")
    expect(page.get_by_label("名称")).to_have_value("对接到位")
    page.get_by_label("多久一次").select_option(label="每月")
    expect(page.get_by_label("每月几号截止")).to_be_visible()
    expect(page.get_by_role("button", name="日历")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert not Requirement.objects.exists()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已新增要求“对接到位”。")).to_be_visible()
    expect(page.get_by_text("每个工作队 每月 做到 对接到位 至少1项")).to_be_visible()
