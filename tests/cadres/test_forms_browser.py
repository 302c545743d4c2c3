"""Forms in a real browser: choosing by typing, rows, errors that are reached, what is not lost, and a thumb's size."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Page, expect

from cadres.models import Need, Visit
from programs.models import User
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[Page, User], None]
#: What is pressed or typed into and is lower than a thumb needs.
SMALL = """
() => [...document.querySelectorAll('.form-page :is(a.btn, button, input, select, textarea, label.pick-choice)')]
  .filter((one) => one.offsetParent && !one.matches('[type=hidden], [type=checkbox], [type=radio], .day-picker'))
  .filter((one) => !one.matches('.visually-hidden') && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)
"""


def _watched(page: Page) -> list[str]:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def test_an_office_chooses_by_initials_and_the_page_leads_to_its_mistakes(page: Page, sign_in: SignIn) -> None:
    """With the keyboard and with the mouse; nothing that was chosen or typed is gone after a refusal."""
    cast = Cast()
    for index in range(25):
        make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}{400 + index}")
        make.PostFactory(cadre=make.CadreFactory(name=f"示例干部{index}"), unit=cast.near.unit)
    place = make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}500", name="西沟子村村民委员会")
    errors = _watched(page)
    sign_in(page, cast.county)
    page.goto("/p/zhaoyuan/visits/new/")

    village = page.get_by_label("所到村")
    village.press_sequentially("xgz")
    expect(page.get_by_text("共 1 个，点选即可")).to_be_visible()
    village.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(village).to_have_value("西沟子村")

    who = page.get_by_role("textbox", name="走访人")
    for typed in ("示例干部7", "示例住建局局长"):
        who.fill(typed)
        expect(page.locator("#id_participants_options")).to_contain_text("共 1 个")
        page.locator("#id_participants_options").get_by_text(typed).click()
        expect(who).to_have_value("")
    expect(page.get_by_role("checkbox", name="示例干部7")).to_be_checked()

    page.get_by_role("button", name="记一笔慰问金").click()
    page.get_by_label("金额（元）").fill("五百abc")
    page.get_by_label("做了什么").fill("送去慰问金")
    page.get_by_role("button", name="登记走访").last.click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="慰问金第1行").click()
    amount = page.get_by_label("金额（元）")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("五百abc")
    expect(village).to_have_value("西沟子村")
    expect(page.get_by_role("checkbox", name="示例住建局局长")).to_be_checked()
    amount.fill("500")
    page.get_by_role("button", name="登记走访").last.click()
    expect(page.get_by_role("status").filter(has_text="走访已登记")).to_be_visible()
    logged = Visit.objects.get()
    assert (logged.division, logged.gifts.get().amount) == (place, 500)
    assert {one.cadre.name for one in logged.participants.all()} == {"示例干部7", "示例住建局局长"}
    assert errors == []


def test_unsaved_changes_warn_and_an_untouched_page_does_not(page: Page, sign_in: SignIn) -> None:
    """A slip of the finger does not cost what was typed."""
    cast = Cast()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    sign_in(page, cast.team)
    page.goto("/p/zhaoyuan/visits/new/")
    page.get_by_role("link", name="不保存，返回").click()
    expect(page.get_by_role("heading", name="走访", exact=True)).to_be_visible()
    assert asked == []
    page.goto("/p/zhaoyuan/visits/new/")
    page.get_by_label("做了什么").press_sequentially("帮")
    page.get_by_role("link", name="不保存，返回").click()
    expect(page.get_by_role("heading", name="走访", exact=True)).to_be_visible()
    assert asked == ["beforeunload"]


def test_a_team_logs_a_visit_with_a_need_on_a_telephone(phone_page: Page, sign_in: SignIn) -> None:
    """No sideways scrolling, targets for thumbs, and a page that assistive technology can read."""
    cast = Cast()
    page = phone_page
    errors = _watched(page)
    sign_in(page, cast.team)
    page.goto("/p/zhaoyuan/visits/new/")
    page.get_by_label(cast.near.household.head).check()
    page.get_by_label("了解到的情况").fill("老人独自居住")
    page.get_by_role("button", name="记一条诉求").click()
    page.get_by_label("内容").fill("希望修路")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(SMALL) == []
    results = Axe().run(page, context="main")
    assert results.violations_count == 0, results.generate_report()
    page.locator("button.btn-primary").click()
    expect(page.get_by_role("status").filter(has_text="走访已登记")).to_be_visible()
    assert Visit.objects.get().households.get().household == cast.near.household
    assert Need.objects.get().text == "希望修路"
    assert errors == []
