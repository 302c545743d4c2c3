"""A whole inspection on a telephone, by tapping: from the village on the list to the record and its correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AbstractBaseUser
from playwright.sync_api import Page, expect

from inspections.models import ChecklistItem, Finding, Inspection
from tests import factories as make
from tests.cast import Cast

SMALLEST = 44
#: What can be pressed on the form: of a radio button or tick box, and of a hidden box, it is the label.
TARGETS = """() => {
  const form = document.querySelector("form.form-page");
  const found = form.querySelectorAll("button, select, textarea, summary, a, label:has(input), input[type=text]");
  return Array.from(found)
    .filter((one) => one.checkVisibility() && !one.classList.contains("visually-hidden"))
    .map((one) => [one.textContent.trim().slice(0, 20) || one.name, one.getBoundingClientRect().height]);
}"""


@pytest.fixture
def cast(site: str) -> Cast:
    """The cast on the running site, with a checklist."""
    cast = Cast()
    came = make.ChecklistItemFactory(program=cast.program, text="领导是否到村", position=1)
    kinds = ChecklistItem.Kind
    make.ChecklistItemFactory(
        program=cast.program, text="到村几次", kind=kinds.NUMBER, only_if=came, only_if_answer="是", position=2
    )
    make.ChecklistItemFactory(
        program=cast.program, text="日记", kind=kinds.CHOICE, choices=["完整", "不详", "缺记"], position=3
    )
    return cast


def fits(page: Page) -> bool:
    """Whether nothing runs out of the screen sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_whole_inspection_by_tapping(
    cast: Cast, phone_page: Page, sign_in: Callable[[Page, AbstractBaseUser], None]
) -> None:
    page = phone_page
    sign_in(page, cast.inspector)
    page.goto(f"/p/{cast.program.code}/tours/")
    assert fits(page)
    expect(page.locator(".round-progress")).to_contain_text("已督查 0 / 1")
    page.get_by_role("link", name=str(cast.near.village)).tap()

    expect(page.locator("h1")).to_have_text(f"登记督查：{cast.near.village}")
    assert fits(page)
    times = page.get_by_label("到村几次", exact=True)
    expect(times).to_be_hidden()
    came = page.get_by_role("group", name="领导是否到村")
    came.get_by_text("是", exact=True).tap()
    expect(times).to_be_visible()
    times.fill("2")
    page.get_by_role("group", name="日记").get_by_text("不详").tap()

    page.get_by_role("button", name="加一个问题").tap()
    problem = page.locator("[data-rows=problems] [data-row]")
    problem.get_by_label("类别").select_option(label="日记不详")
    problem.get_by_label("情况").fill("日记只有几个字。")
    page.get_by_role("button", name="加一条表扬").tap()
    praise = page.locator("[data-rows=praise] [data-row]")
    praise.get_by_label("类别").select_option(label="行动迅速")
    praise.get_by_label("情况").fill("当月进村。")
    assert [(name, height) for name, height in page.evaluate(TARGETS) if height < SMALLEST] == []
    assert fits(page)
    page.get_by_role("button", name="保存", exact=True).last.tap()

    expect(page.get_by_role("status").first).to_contain_text("1个问题，1条表扬")
    expect(page.locator(".round-progress")).to_contain_text("已督查 1 / 1")
    row = Inspection.objects.get(pk=cast.near.inspection.pk)
    assert (row.recorded_by, row.visited_on) == (cast.inspector, dt.date(2015, 6, 26))
    assert dict(row.answers.values_list("item__text", "value")) == {
        "领导是否到村": "是",
        "到村几次": "2",
        "日记": "不详",
    }
    assert set(row.findings.values_list("kind", "text")) == {("problem", "日记只有几个字。"), ("praise", "当月进村。")}

    page.get_by_role("link", name=str(cast.near.village)).tap()
    page.get_by_role("link", name="修改督查记录").tap()
    came.get_by_text("否", exact=True).tap()
    expect(times).to_be_hidden()
    page.locator("[data-rows=problems] [data-row]").get_by_label("情况").fill("日记五月以来没有记。")
    page.locator("[data-rows=praise] [data-row]").get_by_text("删去这一行").tap()
    page.get_by_role("button", name="保存", exact=True).last.tap()

    expect(page.get_by_role("status").first).to_contain_text("“到村几次”不适用，没有保存")
    assert dict(row.answers.values_list("item__text", "value")) == {"领导是否到村": "否", "日记": "不详"}
    assert [found.text for found in Finding.objects.all()] == ["日记五月以来没有记。"]
