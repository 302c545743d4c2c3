"""The desk of bulletins in a real browser: the page follows the typing, figures come in by a click."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from programs.models import User
from reports.models import Bulletin
from tests.cast import Cast
from tests.reports.bulletin_samples import drafted

Enter = Callable[[Page, User], None]


def opened(page: Page, sign_in: Enter) -> tuple[Bulletin, list[str]]:
    """The desk with a draft on it, and whatever goes wrong there."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    cast = Cast()
    bulletin = drafted(cast)
    sign_in(page, cast.county)
    page.goto(f"/p/zhaoyuan/bulletins/{bulletin.pk}/")
    return bulletin, errors


def test_a_figure_put_in_by_a_click_shows_its_value_on_the_paper(page: Page, sign_in: Enter) -> None:
    """At the cursor; its chip tells what it means; saved, it is in the text."""
    bulletin, errors = opened(page, sign_in)
    paper = page.frame_locator("[data-desk-frame]")
    expect(paper.get_by_text("一、督查基本情况")).to_be_visible()
    text = page.get_by_role("textbox", name="正文")
    text.fill("")
    text.press_sequentially("各镇街共有")
    page.get_by_role("tab", name="插入数据和名单").click()
    page.get_by_placeholder("找数据，如 走访").fill("对接")
    expect(page.get_by_role("button", name="工作队", exact=False).first).to_be_hidden()
    page.get_by_role("button", name="对接到位未完成名单").click()
    expect(text).to_have_value("各镇街共有{对接到位：未完成名单}")
    page.keyboard.type("未对接。")
    page.get_by_role("tab", name="版面预览").click()
    expect(paper.locator("[data-figure='对接到位：未完成名单']")).to_have_text("示例财险、示例水务局")
    expect(paper.get_by_text("各镇街共有示例财险、示例水务局未对接。")).to_be_visible()

    chip = page.locator(".figure-chip")
    expect(chip).to_have_text("对接到位：未完成名单 示例财险、示例水务局")
    chip.click()
    about = page.locator("[data-desk-about]")
    expect(about).to_contain_text("与镇、村对接到位的工作队。")
    expect(about.get_by_role("link", name="未完成 2个")).to_have_attribute(
        "href", f"/p/zhaoyuan/bulletins/{bulletin.pk}/rows/%E5%AF%B9%E6%8E%A5%E5%88%B0%E4%BD%8D/?aspect=not_done"
    )
    about.get_by_role("button", name="关闭").click()
    expect(about).to_be_hidden()
    paper.locator("[data-figure]").click()
    expect(about).to_contain_text("2015年7月3日")

    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    bulletin.refresh_from_db()
    assert bulletin.body == "各镇街共有{对接到位：未完成名单}未对接。"
    assert errors == []


def test_a_misspelt_figure_is_told_while_typing(page: Page, sign_in: Enter) -> None:
    """By the field; saving asks, and keeps what was typed."""
    bulletin, errors = opened(page, sign_in)
    text = page.get_by_role("textbox", name="正文")
    text.fill("开头\n共{对接到}单位。")
    problem = page.locator("[data-desk-problems]")
    expect(problem).to_contain_text("第 2 行：没有名为“对接到”的数字，是不是 对接到位")
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_role("alert")).to_contain_text("还没有保存")
    expect(text).to_have_value("开头\n共{对接到}单位。")
    expect(page.frame_locator("[data-desk-frame]").get_by_text("共{对接到}单位。")).to_be_visible()
    page.get_by_role("button", name="仍保存草稿").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    bulletin.refresh_from_db()
    assert bulletin.body == "开头\n共{对接到}单位。"
    assert [error for error in errors if "400" not in error] == []


def test_the_desk_works_on_a_telephone(phone_page: Page, sign_in: Enter) -> None:
    """One column, nothing wider than the screen; a figure put in shows on the paper below."""
    _, errors = opened(phone_page, sign_in)
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    text = phone_page.get_by_role("textbox", name="正文")
    text.fill("共")
    phone_page.get_by_role("tab", name="插入数据和名单").tap()
    phone_page.get_by_role("button", name="工作队 4个").first.tap()
    expect(text).to_have_value("共{工作队}")
    phone_page.get_by_role("tab", name="版面预览").tap()
    expect(phone_page.frame_locator("[data-desk-frame]").get_by_text("共4个", exact=True)).to_be_visible()
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    assert errors == []
